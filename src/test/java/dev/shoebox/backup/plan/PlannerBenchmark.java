package dev.shoebox.backup.plan;

import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.MediaFile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Plans a million files that are all known, as in a run with nothing new. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx1500m")
public class PlannerBenchmark {
    private static final int FILES = 1_000_000;
    private static final Instant NOON = Instant.parse("2024-05-01T12:00:00.123456789Z");

    private final List<Asset> listed = new ArrayList<>();
    private final List<Asset> shuffled = new ArrayList<>();
    private final List<StoredFile> known = new ArrayList<>();

    @Setup
    public void list() {
        for (int number = 0; number < FILES; number++) {
            String key = key(number);
            listed.add(new Asset(key, key.substring(14), List.of(new Resource(file(key, number), Role.PHOTO))));
            String again = key(number);
            known.add(new StoredFile(file(again, number), again, Role.PHOTO, "2024/05/IMG.HEIC", number));
        }
        shuffled.addAll(listed);
        Collections.shuffle(shuffled, new Random(7));
    }

    @Benchmark
    public int planAMillionInOrder() {
        return plan(listed);
    }

    @Benchmark
    public int planAMillionShuffled() {
        return plan(shuffled);
    }

    private int plan(List<Asset> assets) {
        return Planner.plan(assets, List.of(), known.iterator(), row -> true, row -> false, List.of())
                .alreadyBackedUp();
    }

    private static String key(int number) {
        return "DCIM/%04dAPPLE/IMG_%04d".formatted(100 + number / 10_000, number % 10_000);
    }

    private static MediaFile file(String key, int number) {
        return new MediaFile(key + ".HEIC", number, NOON.plusSeconds(number), Optional.of(NOON));
    }
}
