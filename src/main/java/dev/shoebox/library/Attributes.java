package dev.shoebox.library;

import dev.shoebox.library.Tables.Table;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code ZADDITIONALASSETATTRIBUTES}: what the library keeps apart of each asset, with the captions and keywords that hang
 * on it. An asset and its attributes know each other in both directions; one of them is enough.
 */
final class Attributes {
    private static final List<String> COLUMNS = List.of(
            "Z_PK",
            "ZASSET",
            "ZASSETDESCRIPTION",
            "ZORIGINALFILENAME",
            "ZTITLE",
            "ZTIMEZONEOFFSET",
            "ZINFERREDTIMEZONEOFFSET",
            "ZTIMEZONENAME");
    private static final int MOST_KEYWORDS = 200;
    private static final long QUARTER_OF_AN_HOUR = 900;
    private static final long FARTHEST = 14 * 3600;

    private final Map<Long, Known> byAsset = new HashMap<>();
    private final Map<Long, Known> byKey = new HashMap<>();
    private final Map<Long, String> captions = new HashMap<>();
    private final Map<Long, String> captionsByAttributes = new HashMap<>();
    private final Map<Long, List<String>> keywords = new HashMap<>();
    private final Map<OptionalLong, OptionalLong> offsets = new HashMap<>();
    private final Texts texts;

    /** @param most how many rows there may be */
    Attributes(Tables tables, Texts texts, int most) throws NoLibraryException {
        this.texts = texts;
        Optional<Table> table = tables.find("ZADDITIONALASSETATTRIBUTES");
        if (table.isPresent()) {
            readCaptions(tables);
            readKeywords(tables);
            table.get().scan(COLUMNS, Optional.empty(), row -> {
                if (byKey.size() + byAsset.size() >= most) {
                    throw new NoLibraryException("it has more assets than there is memory for");
                }
                Known known = known(row);
                OptionalLong asset = row.number("ZASSET");
                if (asset.isPresent()) {
                    byAsset.putIfAbsent(asset.getAsLong(), known);
                } else {
                    byKey.putIfAbsent(row.numberOrZero("Z_PK"), known);
                }
            });
        }
    }

    /** @param zone the name of the zone that the phone was in */
    record Known(
            Optional<String> originalName,
            Optional<String> title,
            Optional<String> caption,
            List<String> keywords,
            OptionalLong offset,
            Optional<String> zone) {
        static final Known NOTHING = new Known(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalLong.empty(),
                Optional.empty());

        /** An offset that some place on earth has; where the library's is none (it may be reckoned from a longitude), its zone's. */
        Optional<ZoneOffset> offset(Optional<Instant> at) {
            if (offset.isPresent() && isSomewhere(offset.getAsLong())) {
                return Optional.of(ZoneOffset.ofTotalSeconds((int) offset.getAsLong()));
            }
            try {
                return at.isEmpty() || zone.isEmpty()
                        ? Optional.empty()
                        : Optional.of(ZoneId.of(zone.get()).getRules().getOffset(at.get()));
            } catch (DateTimeException unknown) {
                return Optional.empty();
            }
        }

        private static boolean isSomewhere(long seconds) {
            return seconds % QUARTER_OF_AN_HOUR == 0 && Math.abs(seconds) <= FARTHEST;
        }
    }

    /**
     * What is known of an asset, which is asked about once: what was kept for it makes room for what is made of it.
     *
     * @param asset its primary key
     * @param attributes what it says itself is the key of its attributes
     */
    Known take(long asset, OptionalLong attributes) {
        Known known = byAsset.remove(asset);
        if (known == null && attributes.isPresent()) {
            known = byKey.get(attributes.getAsLong());
        }
        return known == null ? Known.NOTHING : known;
    }

    private Known known(Row row) throws SQLException {
        long key = row.numberOrZero("Z_PK");
        String caption = captions.get(row.numberOrZero("ZASSETDESCRIPTION"));
        OptionalLong offset = row.number("ZTIMEZONEOFFSET");
        OptionalLong inferred = row.number("ZINFERREDTIMEZONEOFFSET");
        return new Known(
                texts.keep(row.text("ZORIGINALFILENAME")),
                texts.keep(row.text("ZTITLE")),
                Optional.ofNullable(caption != null ? caption : captionsByAttributes.get(key)),
                texts.keep(keywords.getOrDefault(key, List.of())),
                offsets.computeIfAbsent(
                        offset.isPresent() && Known.isSomewhere(offset.getAsLong()) ? offset : inferred, same -> same),
                texts.keep(row.text("ZTIMEZONENAME")));
    }

    private void readCaptions(Tables tables) throws NoLibraryException {
        Optional<Table> table = tables.find("ZASSETDESCRIPTION");
        if (table.isPresent()) {
            table.get().scan(List.of("Z_PK", "ZASSETATTRIBUTES", "ZLONGDESCRIPTION"), Optional.empty(), row -> {
                Optional<String> caption = texts.keep(row.text("ZLONGDESCRIPTION"));
                if (caption.isPresent()) {
                    captions.put(row.numberOrZero("Z_PK"), caption.get());
                    captionsByAttributes.put(row.numberOrZero("ZASSETATTRIBUTES"), caption.get());
                }
            });
        }
    }

    private void readKeywords(Tables tables) throws NoLibraryException {
        Optional<Table> words = tables.find("ZKEYWORD");
        Optional<Join> join = Join.find(tables, "Z_\\d+KEYWORDS", "Z_\\d+ASSETATTRIBUTES", "Z_\\d+KEYWORDS");
        if (words.isEmpty() || join.isEmpty()) {
            return;
        }
        Map<Long, String> titles = new HashMap<>();
        words.get().scan(List.of("Z_PK", "ZTITLE"), Optional.empty(), row -> {
            Optional<String> title = texts.keep(row.text("ZTITLE"));
            if (title.isPresent()) {
                titles.put(row.numberOrZero("Z_PK"), title.get());
            }
        });
        join.get().scan((attributes, word) -> {
            String title = titles.get(word);
            List<String> all =
                    title == null ? List.of() : keywords.computeIfAbsent(attributes, key -> new ArrayList<>(2));
            if (title != null && all.size() < MOST_KEYWORDS && !all.contains(title)) {
                all.add(title);
            }
        });
    }
}
