package dev.shoebox.destination.ingest;

import dev.shoebox.destination.Backups;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.Proof;
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
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes 96 photos of 2.5 MB from memory durable, named and catalogued; the limit hashes, writes and forces the same
 * bytes, file after file.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(1)
public class IngestBenchmark {
    private static final int PHOTOS = 96;
    private static final int PIECES = 10;

    private final BlockingQueue<ByteBuffer> pieces = new LinkedBlockingQueue<>();
    private final Layout layout = Layout.parse("month");
    private Path root;
    private Disk disk;
    private Destination destination;
    private int photos;

    @Setup
    public void openDestination() throws IOException {
        byte[] noise = new byte[256 << 10];
        new Random(7).nextBytes(noise);
        for (int count = 0; count < 4; count++) {
            pieces.add(ByteBuffer.allocateDirect(noise.length).put(noise).flip());
        }
        root = Files.createTempDirectory("intake").toRealPath();
        disk = new PathDisk(root);
        destination = new Backups(Files.createDirectory(root.resolve("backup"))).open();
    }

    @TearDown
    public void removeEverything() throws IOException {
        destination.close();
        removeTree(root);
    }

    public static void removeTree(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path :
                    paths.sorted((left, right) -> right.compareTo(left)).toList()) {
                Files.delete(path);
            }
        }
    }

    @Benchmark
    public void storeDurably() throws IOException, InterruptedException {
        try (Ingest ingest = destination.ingest(Backups.PHONE, layout, new Silence())) {
            for (int count = 0; count < PHOTOS; count++) {
                store(ingest);
            }
            ingest.flush();
        }
    }

    private void store(Ingest ingest) throws IOException, InterruptedException {
        String name = "IMG_%07d".formatted(++photos);
        String key = "DCIM/100APPLE/" + name;
        var file = new MediaFile(
                key + ".JPG", (long) PIECES * pieces.element().capacity(), Backups.MODIFIED, Optional.empty());
        var resource = new Resource(file, Role.PHOTO);
        Staged staged = ingest.stage(file);
        for (int count = 0; count < PIECES; count++) {
            ByteBuffer piece = nextPiece();
            staged.write(piece, () -> pieces.add(piece));
        }
        var captured = Backups.captured(Backups.TAKEN);
        var facts = new Layout.Facts(captured, Backups.PHONE.name(), "photo", Optional.empty(), name);
        var asset = new Asset(key, name, List.of(resource));
        ingest.store(new Arrival(
                asset,
                captured,
                facts,
                List.of(new StagedResource(
                        resource, staged, staged.plausibility(resource.file().name()), Proof.READ_ONCE))));
    }

    @Benchmark
    public void limitHashWriteForce() throws IOException, InterruptedException {
        for (int photo = 0; photo < PHOTOS; photo++) {
            var digest = Sha256.digest();
            String name = ++photos + ".jpg";
            try (Disk.Out out = disk.create(name)) {
                for (int count = 0; count < PIECES; count++) {
                    ByteBuffer piece = nextPiece();
                    digest.update(piece.duplicate());
                    out.write(piece);
                    pieces.add(piece);
                }
                digest.digest();
                out.force();
            }
        }
    }

    /** No two photos are the same. */
    private ByteBuffer nextPiece() throws InterruptedException {
        return pieces.take().clear().putInt(0, photos);
    }

    private static final class Silence implements IngestListener {
        @Override
        public void unproven(Resource resource, String path) {
            throw new IllegalStateException(path + " did not read back");
        }

        @Override
        public void copied(Resource resource, String path) {}

        @Override
        public void duplicate(Resource resource, String path) {}
    }
}
