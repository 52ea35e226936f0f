package dev.shoebox.library;

import dev.shoebox.InMemory;
import dev.shoebox.library.PhotosDatabase.Ios;
import dev.shoebox.library.database.LibraryResult;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A valid Photos library with arbitrary values. A line has a column, the type of its value (i, t or b for a number,
 * text or bytes) and the value.
 */
final class LibraryRowsFuzz {
    private static final int MOST_ROWS = 20;

    private LibraryRowsFuzz() {}

    static List<byte[]> seeds() {
        return Stream.of("""
                        ZDIRECTORY t DCIM/100APPLE
                        ZFILENAME t IMG_0001.HEIC
                        ZDATECREATED i 700000000
                        ZKIND i 0
                        ZTIMEZONENAME t Europe/Berlin
                        ZTIMEZONEOFFSET i 7200
                        ZTITLE t A title
                        keyword t sea
                        caption t By the sea
                        """, """
                        ZUUID b 0123
                        ZKINDSUBTYPE i 2
                        ZTRASHEDSTATE i 1
                        ZAVALANCHEUUID t X
                        ZAVALANCHEPICKTYPE i 4
                        ZLATITUDE t north
                        ZLONGITUDE i 181
                        ZDURATION i -1
                        """, """
                        ZFILENAME t ../../x

                        ZDIRECTORY t /etc
                        ZDATECREATED i 9223372036854775807
                        """).map(text -> text.getBytes(UTF_8)).toList();
    }

    private static Object value(char kind, String text) {
        if (kind == 'b') {
            return text.getBytes(UTF_8);
        }
        if (kind == 'i') {
            try {
                return Long.valueOf(text);
            } catch (NumberFormatException none) {
                return text;
            }
        }
        return text;
    }

    /** Rows of assets in order; an empty line begins the next. */
    private static List<PhotosDatabase.Row> rows(String text) {
        List<PhotosDatabase.Row> rows = new ArrayList<>();
        PhotosDatabase.Row row = PhotosDatabase.asset("DCIM/100APPLE/IMG_0001.HEIC");
        rows.add(row);
        for (String line : text.split("\n", -1)) {
            String[] said = line.split(" ", 3);
            if (line.isEmpty() && rows.size() < MOST_ROWS) {
                row = PhotosDatabase.asset("DCIM/100APPLE/IMG_%04d.HEIC".formatted(rows.size() + 1));
                rows.add(row);
            } else if (said.length == 3 && !said[1].isEmpty()) {
                Object value = value(said[1].charAt(0), said[2]);
                switch (said[0]) {
                    case "ZORIGINALFILENAME", "ZTITLE", "ZTIMEZONEOFFSET", "ZINFERREDTIMEZONEOFFSET", "ZTIMEZONENAME" ->
                        row.attribute(said[0], value);
                    case "keyword" -> row.keyword(said[2]);
                    case "caption" -> row.caption(said[2]);
                    default -> row.with(said[0], value);
                }
            }
        }
        return rows;
    }

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException, SQLException {
        Path media = InMemory.folder("shoebox-fuzz");
        Path cache = InMemory.folder("shoebox-fuzz");
        try {
            try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_18)) {
                database.add(rows(new String(bytes, UTF_8)));
            }
            LibraryResult reading = new LibraryReader(cache).read(new WatchedPhone(media), size -> {}, () -> false);
            if (!reading.library().isThere()) {
                throw new AssertionError(reading);
            }
        } finally {
            delete(media);
            delete(cache);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
