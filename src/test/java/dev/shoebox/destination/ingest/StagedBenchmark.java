package dev.shoebox.destination.ingest;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.photos.fingerprint.ContentDigest.Extra;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;
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
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The hash-and-write loop: 10 MiB in pieces of 256 KiB, from a direct buffer into a new file that is then discarded.
 * The limits are its two halves, each alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(1)
public class StagedBenchmark {
    private static final int PIECES = 40;
    private static final SourceId PHONE = new SourceId(SourceId.Kind.PHONE, "00008110-0001", "iPhone");

    private final ByteBuffer piece = ByteBuffer.allocateDirect(256 << 10);
    private Path root;
    private Disk disk;
    private int files;
    private final ExecutorService hashing = Executors.newSingleThreadExecutor();

    @Setup
    public void makeFolder() throws IOException {
        byte[] noise = new byte[piece.capacity()];
        new Random(7).nextBytes(noise);
        piece.put(noise);
        root = Files.createTempDirectory("staged").toRealPath();
        disk = new PathDisk(root);
    }

    @TearDown
    public void removeFolder() throws IOException {
        hashing.shutdown();
        Files.delete(root);
    }

    @Benchmark
    public String hashAndWrite10MiB() throws IOException {
        String name = name();
        Staged.Setup setup = new Staged.Setup(
                disk, DiskCapabilities.UNTRIED, hashing, Set.of(Extra.FINGERPRINT), hashing, false, gone -> {});
        Staged staged = new Staged(setup, name, PHONE, new MediaFile(name, 0, Instant.EPOCH, Optional.empty()));
        for (int count = 0; count < PIECES; count++) {
            staged.write(piece.clear(), () -> {});
        }
        String sha256 = staged.sha256();
        staged.discard();
        return sha256;
    }

    @Benchmark
    public byte[] limitHash() {
        MessageDigest digest = Sha256.digest();
        for (int count = 0; count < PIECES; count++) {
            digest.update(piece.clear());
        }
        return digest.digest();
    }

    @Benchmark
    public void limitWrite() throws IOException {
        String name = name();
        try (Disk.Out out = disk.create(name)) {
            for (int count = 0; count < PIECES; count++) {
                out.write(piece.clear());
            }
        }
        disk.delete(name);
    }

    private String name() {
        return ++files + ".part";
    }
}
