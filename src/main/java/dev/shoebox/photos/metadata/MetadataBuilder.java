package dev.shoebox.photos.metadata;

import dev.shoebox.photos.CaptureTime;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What a parser has found so far; of several capture times the best source wins, of other facts the first found. */
final class MetadataBuilder {
    /** Where in a file a capture time stood, best first. */
    enum Rank {
        EXIF_ORIGINAL,
        EXIF_DIGITIZED,
        QUICKTIME_CREATION_DATE,
        XMP,
        PNG,
        /** EXIF DateTime: when the file was last changed, which is something only where nothing else is known. */
        EXIF_CHANGED,
        QUICKTIME_MOVIE_HEADER
    }

    private static final int LONGEST_NAME = 64;

    private final Map<Rank, CaptureTime> times = new EnumMap<>(Rank.class);
    private Optional<String> make = Optional.empty();
    private Optional<String> model = Optional.empty();
    private Optional<String> contentIdentifier = Optional.empty();

    void captured(Rank rank, Optional<CaptureTime> time) {
        time.ifPresent(found -> times.putIfAbsent(rank, found));
    }

    boolean has(Rank rank) {
        return times.containsKey(rank);
    }

    void make(String text) {
        make = make.or(() -> name(text));
    }

    void model(String text) {
        model = model.or(() -> name(text));
    }

    void contentIdentifier(String text) {
        contentIdentifier = contentIdentifier.or(() -> name(text));
    }

    MediaFacts facts() {
        return new MediaFacts(times.values().stream().findFirst(), make, model, contentIdentifier);
    }

    private static Optional<String> name(String text) {
        int nul = text.indexOf('\0');
        String clean = (nul < 0 ? text : text.substring(0, nul))
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
        return clean.isEmpty() || clean.length() > LONGEST_NAME ? Optional.empty() : Optional.of(clean);
    }
}
