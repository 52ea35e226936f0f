package dev.shoebox.library;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The words that a library has for its photos: the same words are kept once, and all of them in bounded memory. */
final class Texts {
    private static final int WORTH_SHARING = 64;

    private final Map<String, Optional<String>> shared = new HashMap<>();
    private final Map<List<String>, List<String>> sharedLists = new HashMap<>();
    private long room;

    /** @param room how many characters there is room for; what does not fit any more is left out */
    Texts(long room) {
        this.room = room;
    }

    Optional<String> keep(Optional<String> text) {
        if (text.isEmpty()) {
            return text;
        }
        Optional<String> known = shared.get(text.get());
        if (known != null) {
            return known;
        }
        room -= text.get().length();
        if (room < 0) {
            return Optional.empty();
        }
        if (text.get().length() <= WORTH_SHARING) {
            shared.put(text.get(), text);
        }
        return text;
    }

    List<String> keep(List<String> texts) {
        return sharedLists.computeIfAbsent(texts, List::copyOf);
    }
}
