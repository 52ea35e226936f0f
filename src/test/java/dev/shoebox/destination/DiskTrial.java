package dev.shoebox.destination;

import dev.shoebox.InMemory;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.database.Database;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A series of runs on one disk of the model, some of them disturbed by faults, and every condition that must never
 * occur.
 */
abstract class DiskTrial implements Closeable {
    private static final Pattern DRAWN = Pattern.compile(
            "(?<=T[0-9]{6}Z)[0-9a-f]{8}|(?<=\"(id|run|computer|boot|pid|beat)\":\"?)[^,\"]*|[0-9a-f]{8}-[0-9a-f-]{27}");

    final Random random;

    /** Holds the files that SQLite writes. */
    final Path folder;

    final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final List<String> outcomes = new ArrayList<>();
    Medium medium;
    Faults faults = Faults.none();

    DiskTrial(DiskProfile profile, long seed) throws IOException {
        this.random = new Random(seed);
        this.medium = new Medium(profile);
        // Thousands of runs: only our own steps should take time.
        this.folder = InMemory.folder("shoebox-trial");
        Files.createDirectories(folder.resolve(Identity.SET_ASIDE));
    }

    /** A run with the current faults. */
    abstract void attempt() throws IOException;

    /** Records what is wrong with the current state of the disk. */
    abstract void check(String when) throws IOException;

    /** The defects found; empty if none. */
    final List<String> wrong() {
        return List.copyOf(wrong);
    }

    final int operations() {
        return faults.operations();
    }

    /** The operations of the last run, each as "step path". */
    final List<String> steps() {
        return faults.steps();
    }

    /** The disk as a user works on it, without faults. */
    final CrashDisk hands() {
        return new CrashDisk(medium, Faults.none(), new PathDisk(folder));
    }

    /** A run that may meet a fault, and the state that it leaves: after a crash, at the next start of the system. */
    void disturbed(int at, Faults.Kind kind) throws IOException {
        disturbed(whenDying -> new Faults(at, kind, whenDying), kind);
    }

    /** @param first the first operation that fails, as "step path" */
    final void disturbed(String first, Faults.Kind kind) throws IOException {
        disturbed(first, 1, kind);
    }

    /**
     * @param operation what fails, as "step path"
     * @param time at which of such operations, from 1
     */
    final void disturbed(String operation, int time, Faults.Kind kind) throws IOException {
        var seen = new AtomicInteger();
        Predicate<String> first = each -> each.equals(operation) && seen.incrementAndGet() == time;
        disturbed(whenDying -> new Faults(first, kind, whenDying), kind);
        if (!faults.struck()) {
            wrong.add("there is no " + operation + " " + time);
        }
    }

    final void disturbed(Function<Runnable, Faults> plan, Faults.Kind kind) throws IOException {
        var saved = new AtomicReference<>(CatalogueCopy.NONE);
        CatalogueCopy before = CatalogueCopy.of(folder);
        faults = plan.apply(() -> saved.set(CatalogueCopy.of(folder)));
        try {
            attempt();
        } catch (IOException e) {
            // The run reports what stopped it.
        }
        if (faults.isDead()) {
            int drawn = random.nextInt(8) > 0 ? 0 : random.nextBoolean() ? 1 : 2;
            outcomes.add("catalogue " + drawn);
            CatalogueCopy left =
                    switch (drawn) {
                        case 0 -> saved.get();
                        case 1 -> before;
                        default -> CatalogueCopy.NONE;
                    };
            left.restore(folder);
        }
        if (faults.isPowerLost() || (!faults.isDead() && random.nextInt(3) == 0)) {
            cutPower();
        }
        check("after " + kind);
    }

    /**
     * The next run, undisturbed.
     *
     * @return whether it ended well
     */
    final boolean goesOn() throws IOException {
        faults = Faults.none();
        try {
            attempt();
        } catch (IOException e) {
            wrong.add("the next run fails: " + e);
            return false;
        }
        check("after the next run");
        return true;
    }

    /** The power fails while nothing is in progress: in several ways, each from the same state. */
    final void eachPowerCut(int cuts, Database.Work check) throws IOException {
        Medium before = medium;
        for (int cut = 0; cut < cuts; cut++) {
            medium = before;
            cutPower();
            check.run();
        }
    }

    /** What chance left for the next run: two trials of the same course with the same outcome go on in the same way. */
    final Object outcome() {
        var files = new TreeMap<String, List<String>>();
        medium.names().values().forEach(name -> files.computeIfAbsent(fixed(name.path()), path -> new ArrayList<>())
                .add(name.node().folder ? "" : fixed(text(name.node()))));
        return List.of(List.copyOf(outcomes), files, medium.atStake(DiskTrial::fixed));
    }

    /** Without the numbers that are drawn anew in each run. */
    private static String fixed(String text) {
        return DRAWN.matcher(text).replaceAll("");
    }

    /** The power fails while nothing is in progress. */
    void cutPower() throws IOException {
        outcomes.add("power cut");
        medium = medium.afterPowerCut(random);
        if (medium.at(Identity.FOLDER).isEmpty()) {
            CatalogueCopy.NONE.restore(folder);
        }
    }

    static String text(Medium.Node node) {
        return new String(node.bytes(), StandardCharsets.UTF_8);
    }

    @Override
    public final void close() throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
