package dev.shoebox.web.index;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A search for photos. Each word must occur in a name, title, caption, keyword or album, or be a part of the date:
 * {@code 2026}, {@code 2026-08}, {@code 2026-08-03}, {@code August}.
 */
public final class Search {
    private static final int SHORTEST_MONTH = 3;
    private static final int SECONDS = 60;

    private final List<String> wanted = new ArrayList<>();
    private final Map<String, List<Integer>> months = new HashMap<>();

    /** @param languages the languages in which names of months are understood */
    public Search(String text, List<Locale> languages) {
        for (String word : text.toLowerCase(Locale.ROOT).strip().split("\\s+", -1)) {
            wanted.add(word);
            months.put(word, monthsCalled(word, languages));
        }
    }

    private static List<Integer> monthsCalled(String word, List<Locale> languages) {
        List<Integer> called = new ArrayList<>();
        for (java.time.Month month : java.time.Month.values()) {
            boolean is = word.length() >= SHORTEST_MONTH
                    && languages.stream().anyMatch(language -> month.getDisplayName(TextStyle.FULL, language)
                            .toLowerCase(Locale.ROOT)
                            .startsWith(word));
            if (is) {
                called.add(month.getValue());
            }
        }
        return called;
    }

    boolean finds(PageEntry entry) {
        String date = "";
        int month = 0;
        if (entry.minutes() != PageEntry.UNDATED) {
            LocalDateTime taken = LocalDateTime.ofEpochSecond((long) entry.minutes() * SECONDS, 0, ZoneOffset.UTC);
            date = taken.toLocalDate().toString();
            month = taken.getMonthValue();
        }
        for (String word : wanted) {
            boolean dated = date.startsWith(word) || months.get(word).contains(month);
            if (!dated && !contains(entry, word)) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(PageEntry entry, String word) {
        return entry.words().toLowerCase(Locale.ROOT).contains(word)
                || entry.albums().stream()
                        .anyMatch(album -> album.toLowerCase(Locale.ROOT).contains(word));
    }
}
