package dev.shoebox.library;

import dev.shoebox.library.column.Distinct;
import dev.shoebox.library.column.IntColumn;
import dev.shoebox.library.column.LongColumn;
import dev.shoebox.library.column.LongIntMap;
import dev.shoebox.library.column.StringPool;
import dev.shoebox.library.database.JoinTable;
import dev.shoebox.library.database.Keys;
import dev.shoebox.library.database.NoLibraryException;
import dev.shoebox.library.database.Row;
import dev.shoebox.library.database.Tables;
import dev.shoebox.library.database.Tables.Table;

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
 * {@code ZADDITIONALASSETATTRIBUTES}: further facts about each asset, with captions and keywords, in columns. An asset
 * and its attributes refer to each other; one direction is enough.
 */
final class Attributes {
    private static final List<String> COLUMNS = List.of(
            "Z_PK",
            "ZASSET",
            "ZASSETDESCRIPTION",
            "ZORIGINALFILENAME",
            "ZORIGINALFILESIZE",
            "ZTITLE",
            "ZTIMEZONEOFFSET",
            "ZINFERREDTIMEZONEOFFSET",
            "ZTIMEZONENAME");
    private static final int MOST_KEYWORDS = 200;
    private static final long QUARTER_OF_AN_HOUR = 900;
    private static final long FARTHEST = 14 * 3600;
    private static final int NO_ROW = -1;
    private static final int NO_OFFSET = Integer.MIN_VALUE;

    private final StringPool texts;

    /** The row of an asset, by the index of its key. */
    private final IntColumn byAsset = new IntColumn(NO_ROW);

    /** Rows that refer to no asset, by their own key. */
    private final LongIntMap byKey = new LongIntMap();

    private final IntColumn originalNames = new IntColumn(StringPool.NONE);
    private final LongColumn sizes = new LongColumn(0);
    private final IntColumn titles = new IntColumn(StringPool.NONE);
    private final IntColumn captions = new IntColumn(StringPool.NONE);
    private final IntColumn keywords = new IntColumn(0);
    private final IntColumn offsets = new IntColumn(NO_OFFSET);
    private final IntColumn zones = new IntColumn(StringPool.NONE);
    private final Distinct<List<String>> keywordLists = new Distinct<>(List.of());
    private int rows;

    /**
     * @param assets the primary keys of all assets
     * @param most the maximum number of rows
     */
    Attributes(Tables tables, Keys assets, StringPool texts, int most) throws NoLibraryException {
        this.texts = texts;
        Optional<Table> table = tables.find("ZADDITIONALASSETATTRIBUTES");
        if (table.isPresent()) {
            Hanging hanging = new Hanging(tables, texts);
            table.get().scan(COLUMNS, row -> {
                if (rows >= most) {
                    throw new NoLibraryException("its assets need more memory than is available");
                }
                OptionalLong asset = row.number("ZASSET");
                int place = asset.isPresent() ? assets.place(asset.getAsLong()) : 0;
                if (asset.isEmpty()) {
                    byKey.putIfAbsent(row.numberOrZero("Z_PK"), rows);
                } else if (place < 0 || byAsset.get(place) != NO_ROW) {
                    return;
                } else {
                    byAsset.set(place, rows);
                }
                note(row, hanging);
                rows++;
            });
        }
    }

    private void note(Row row, Hanging hanging) throws SQLException {
        long key = row.numberOrZero("Z_PK");
        originalNames.set(rows, kept(row, "ZORIGINALFILENAME"));
        sizes.set(rows, Math.max(0, row.numberOrZero("ZORIGINALFILESIZE")));
        titles.set(rows, kept(row, "ZTITLE"));
        captions.set(rows, hanging.caption(row.numberOrZero("ZASSETDESCRIPTION"), key));
        keywords.set(rows, keywordLists.keep(hanging.keywords(key)));
        // If the library has no offset (or one derived from a longitude), its zone gives it.
        OptionalLong offset = row.number("ZTIMEZONEOFFSET");
        offset = offset.isPresent() && isSomewhere(offset.getAsLong()) ? offset : row.number("ZINFERREDTIMEZONEOFFSET");
        offsets.set(rows, offset.isPresent() && isSomewhere(offset.getAsLong()) ? (int) offset.getAsLong() : NO_OFFSET);
        zones.set(rows, kept(row, "ZTIMEZONENAME"));
    }

    private int kept(Row row, String column) throws SQLException {
        return row.text(column).map(texts::keep).orElse(StringPool.NONE);
    }

    /** Whether any place on earth has that offset. */
    private static boolean isSomewhere(long seconds) {
        return seconds % QUARTER_OF_AN_HOUR == 0 && Math.abs(seconds) <= FARTHEST;
    }

    /**
     * Returns the row of an asset; negative if there is none.
     *
     * @param place the index of its primary key
     * @param attributes the asset's reference to its attributes; 0 if there is none
     */
    int row(int place, long attributes) {
        int row = byAsset.get(place);
        return row == NO_ROW && attributes != 0 ? byKey.get(attributes) : row;
    }

    Optional<String> originalName(int row) {
        return row < 0 ? Optional.empty() : texts.get(originalNames.get(row));
    }

    /** Returns the size of the imported original in bytes; 0 if unknown. */
    long originalSize(int row) {
        return row < 0 ? 0 : sizes.get(row);
    }

    Optional<String> title(int row) {
        return row < 0 ? Optional.empty() : texts.get(titles.get(row));
    }

    Optional<String> caption(int row) {
        return row < 0 ? Optional.empty() : texts.get(captions.get(row));
    }

    List<String> keywords(int row) {
        return row < 0 ? List.of() : keywordLists.get(keywords.get(row));
    }

    /** Returns the offset in the library. */
    Optional<ZoneOffset> offset(int row) {
        return row < 0 || offsets.get(row) == NO_OFFSET
                ? Optional.empty()
                : Optional.of(ZoneOffset.ofTotalSeconds(offsets.get(row)));
    }

    /** Returns {@link #offset(int)}, or else that of the zone when the photo was taken. */
    Optional<ZoneOffset> offset(int row, Instant at) {
        Optional<ZoneOffset> known = offset(row);
        return row < 0 || known.isPresent() ? known : texts.get(zones.get(row)).flatMap(zone -> offset(zone, at));
    }

    private static Optional<ZoneOffset> offset(String zone, Instant at) {
        try {
            return Optional.of(ZoneId.of(zone).getRules().getOffset(at));
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }

    /** Texts that belong to the rows, needed only while they are read. */
    private static final class Hanging {
        private final LongIntMap captions = new LongIntMap();
        private final LongIntMap captionsByAttributes = new LongIntMap();
        private final Map<Long, List<String>> keywords = new HashMap<>();

        Hanging(Tables tables, StringPool texts) throws NoLibraryException {
            readCaptions(tables, texts);
            readKeywords(tables);
        }

        /** Returns the position of the caption. */
        int caption(long description, long attributes) {
            int named = captions.get(description);
            return named != StringPool.NONE ? named : captionsByAttributes.get(attributes);
        }

        List<String> keywords(long attributes) {
            List<String> known = keywords.get(attributes);
            return known == null ? List.of() : List.copyOf(known);
        }

        private void readCaptions(Tables tables, StringPool texts) throws NoLibraryException {
            Optional<Table> table = tables.find("ZASSETDESCRIPTION");
            if (table.isPresent()) {
                table.get().scan(List.of("Z_PK", "ZASSETATTRIBUTES", "ZLONGDESCRIPTION"), row -> {
                    int caption = row.text("ZLONGDESCRIPTION").map(texts::keep).orElse(StringPool.NONE);
                    if (caption != StringPool.NONE) {
                        captions.put(row.numberOrZero("Z_PK"), caption);
                        captionsByAttributes.put(row.numberOrZero("ZASSETATTRIBUTES"), caption);
                    }
                });
            }
        }

        private void readKeywords(Tables tables) throws NoLibraryException {
            Optional<Table> words = tables.find("ZKEYWORD");
            Optional<JoinTable> join =
                    JoinTable.find(tables, "Z_\\d+KEYWORDS", "Z_\\d+ASSETATTRIBUTES", "Z_\\d+KEYWORDS");
            if (words.isEmpty() || join.isEmpty()) {
                return;
            }
            Map<Long, String> titles = new HashMap<>();
            words.get().scan(List.of("Z_PK", "ZTITLE"), row -> {
                Optional<String> title = row.text("ZTITLE");
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
}
