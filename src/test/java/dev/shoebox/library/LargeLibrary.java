package dev.shoebox.library;

import dev.shoebox.folder.FolderSource;
import dev.shoebox.library.PhotosDatabase.Ios;
import dev.shoebox.library.PhotosDatabase.Row;
import dev.shoebox.library.database.LibraryResult;
import dev.shoebox.photos.source.MediaSource;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A Photos library of any size, and the memory that reading it takes; docs/benchmarks/load.md has the figures. */
public final class LargeLibrary {
    private static final Instant FIRST = Instant.parse("2010-01-01T00:00:00Z");
    private static final int BATCH = 10_000;

    private LargeLibrary() {}

    /** @param arguments {@code make FOLDER ASSETS}, or {@code read FOLDER CACHE} */
    public static void main(String[] arguments) throws IOException, SQLException {
        if (arguments[0].equals("make")) {
            make(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
            return;
        }
        long began = System.nanoTime();
        try (MediaSource source = FolderSource.open(Path.of(arguments[1]))) {
            LibraryResult reading = new LibraryReader(Path.of(arguments[2])).read(source, bytes -> {}, () -> false);
            System.gc();
            Runtime java = Runtime.getRuntime();
            System.out.println((reading.library().isThere() ? reading.library().size() + " assets" : "no library")
                    + reading.note().map(note -> ", " + note).orElse("") + ", "
                    + (java.totalMemory() - java.freeMemory()) / 1_000_000 + " MB of "
                    + java.maxMemory() / 1_000_000
                    + " MB live afterwards, " + (System.nanoTime() - began) / 1_000_000 + " ms");
        }
    }

    /**
     * Every photo with the facts that a phone usually has: name, time, offset, place, cloud state, an album for some.
     */
    static void make(Path media, int assets) throws IOException, SQLException {
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_18)) {
            database.album(7, 2, 1, "Travel");
            List<Row> rows = new ArrayList<>();
            for (int number = 0; number < assets; number++) {
                Row row = PhotosDatabase.asset(
                                "DCIM/%dAPPLE/IMG_%04d.HEIC".formatted(100 + number / 1000, number % 10_000))
                        .with("ZKINDSUBTYPE", number % 3 == 0 ? 0 : 2)
                        .with("ZLATITUDE", 47 + number / 1e6)
                        .with("ZLONGITUDE", 8 + number / 1e6)
                        .created(FIRST.plusSeconds(number * 400L), 7200)
                        .attribute(
                                "ZORIGINALFILENAME",
                                (number % 4 == 0 ? "PXL_%09d.jpg" : "IMG_%04d.HEIC")
                                        .formatted(number % 4 == 0 ? number : number % 10_000))
                        .attribute("ZTIMEZONENAME", "Europe/Zurich")
                        .resource(1, 1, 1, 2_000_000L + number)
                        .master(3);
                rows.add(number % 2 == 0 ? row.in(7) : row);
                if (rows.size() == BATCH) {
                    database.add(rows);
                    rows.clear();
                }
            }
            database.add(rows);
        }
    }
}
