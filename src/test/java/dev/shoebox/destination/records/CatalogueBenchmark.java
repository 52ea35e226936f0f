package dev.shoebox.destination.records;

import dev.shoebox.destination.Backups;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.ingest.IngestBenchmark;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.database.Database;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.Evidence;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.text.Sha256;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A catalogue of a million photos: opened, read from end to end, and filled as runs fill it. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
public class CatalogueBenchmark {
    private static final int ROWS = 1_000_000;
    private static final int BATCH = 32;
    private static final int BATCHES = 50;

    /** A backup whose catalogue has a million rows. */
    @State(Scope.Thread)
    public static class Full {
        private Path root;

        @Setup
        public void fill() throws IOException, Database.Damaged {
            root = Files.createTempDirectory("catalogue").toRealPath();
            new Backups(root).open().close();
            try (Catalogue catalogue =
                    new Catalogue(Database.exclusive(root.resolve(Catalogue.FILE), false, () -> false))) {
                catalogue.transaction(() -> {
                    for (int number = 0; number < ROWS; number++) {
                        catalogue.add(entry(number));
                    }
                });
            }
        }

        @TearDown
        public void remove() throws IOException {
            IngestBenchmark.removeTree(root);
        }
    }

    /** An empty catalogue. */
    @State(Scope.Thread)
    public static class Fresh {
        private Path root;
        private Catalogue catalogue;
        private int rows;

        @Setup
        public void create() throws IOException, Database.Damaged {
            root = Files.createTempDirectory("fresh").toRealPath();
            catalogue = new Catalogue(Database.exclusive(root.resolve("catalogue.sqlite"), false, () -> false));
            catalogue.transaction(catalogue::create);
        }

        @TearDown
        public void remove() throws IOException {
            catalogue.close();
            IngestBenchmark.removeTree(root);
        }
    }

    /** A catalogue with a million rows that gets more. */
    @State(Scope.Thread)
    public static class Growing {
        private final Full full = new Full();
        private Catalogue catalogue;
        private int rows = ROWS;

        @Setup
        public void open() throws IOException, Database.Damaged {
            full.fill();
            catalogue = new Catalogue(Database.exclusive(full.root.resolve(Catalogue.FILE), false, () -> false));
        }

        @TearDown
        public void remove() throws IOException {
            catalogue.close();
            full.remove();
        }
    }

    @Benchmark
    @Measurement(iterations = 5)
    @Warmup(iterations = 1)
    public void openWithAMillionRows(Full full) throws IOException {
        Destination.view(full.root, OpenMode.REQUIRE_EXISTING).close();
    }

    @Benchmark
    @Measurement(iterations = 5)
    @Warmup(iterations = 1)
    public long openAndStreamAMillionRows(Full full) throws IOException {
        try (Destination destination = Destination.view(full.root, OpenMode.REQUIRE_EXISTING);
                var stored = destination.stored(Backups.PHONE)) {
            return stored.mapToLong(StoredFile::size).sum();
        }
    }

    /** Fifty durable transactions of 32 rows. */
    @Benchmark
    @Measurement(iterations = 7)
    @Warmup(iterations = 1)
    public void insert1600RowsFromEmpty(Fresh fresh) throws IOException {
        fresh.rows = insert(fresh.catalogue, fresh.rows);
    }

    @Benchmark
    @Measurement(iterations = 7)
    @Warmup(iterations = 1)
    public void insert1600RowsAfterAMillion(Growing growing) throws IOException {
        growing.rows = insert(growing.catalogue, growing.rows);
    }

    private static int insert(Catalogue catalogue, int first) throws IOException {
        int end = first + BATCHES * BATCH;
        for (int batch = first; batch < end; batch += BATCH) {
            int start = batch;
            catalogue.transaction(() -> {
                for (int number = start; number < start + BATCH; number++) {
                    catalogue.add(entry(number));
                }
            });
        }
        return end;
    }

    private static Journal.Entry entry(int number) {
        String stem = "IMG_%04d".formatted(number % 10_000);
        String key = "DCIM/%04dAPPLE/%s".formatted(100 + number / 10_000, stem);
        String path = "%d/%02d/%s-%d.HEIC".formatted(2015 + number / 100_000, 1 + number / 9_000 % 12, stem, number);
        String sha256 = HexFormat.of()
                .formatHex(Sha256.digest()
                        .digest(ByteBuffer.allocate(4).putInt(number).array()));
        var file = new MediaFile(
                key + ".HEIC",
                1_000_000 + number * 7L % 4_000_000,
                Backups.MODIFIED.plusSeconds(number),
                Optional.of(Backups.MODIFIED));
        return new Journal.Entry(
                true,
                "20261120T080000Z12345678",
                new Journal.Stored(path, path.substring(0, path.lastIndexOf('.')), sha256, file.size()),
                new Journal.Origin(Backups.PHONE, file),
                new Journal.Part(key, Role.PHOTO),
                Backups.captured(Backups.TAKEN.plusSeconds(number)),
                new Journal.Bytes(Optional.of(Plausibility.PLAUSIBLE), Evidence.NONE));
    }
}
