package dev.shoebox.destination;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.Outcome;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.ingest.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.merge.Merge;
import dev.shoebox.merge.MergeOptions;
import dev.shoebox.text.Sha256;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** A second copy on a disk of the model, filled from a first backup on a real one, run after run. */
final class SecondCopyTrial implements Closeable {
    private final Path first;
    private final List<String> contents;
    private final UnaryOperator<Disk> mutation;
    private final Random random;
    private final Path folder;
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

    /** What was told to be copied, by its path in the copy, as what lay there at that moment. */
    private final Map<String, String> told = new ConcurrentHashMap<>();

    private Medium medium;
    private Faults faults = Faults.none();

    /**
     * @param first a backup, which is only read
     * @param contents of its files, sorted
     */
    SecondCopyTrial(Path first, List<String> contents, DiskProfile profile, UnaryOperator<Disk> mutation, long seed)
            throws IOException {
        this.first = first;
        this.contents = contents;
        this.mutation = mutation;
        this.random = new Random(seed);
        this.medium = new Medium(profile);
        Path memory = Path.of("/dev/shm");
        this.folder = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "shoebox-trial")
                : Files.createTempDirectory("shoebox-trial");
        Files.createDirectories(folder.resolve(Identity.SET_ASIDE));
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }

    int operations() {
        return faults.operations();
    }

    /** @return whether the copy was said to be complete */
    boolean run() throws IOException {
        var disk = new CrashDisk(medium, faults, new PathDisk(folder));
        try (Destination from = Destination.view(first, OpenMode.REQUIRE_EXISTING);
                Destination to = Destination.open(
                        folder, OpenMode.CREATE_IF_EMPTY, Backups.CLOCK, root -> mutation.apply(disk), line -> {})) {
            var options = MergeOptions.with(Layout.parse("month"));
            return new Merge(from, first, to, options, Backups.CLOCK, this::hear)
                    .run()
                    .isComplete();
        }
    }

    private void hear(BackupEvent event) {
        if (event instanceof BackupEvent.Settled settled
                && settled.outcome() instanceof Outcome.Copied copied
                && !faults.isDead()) {
            medium.at(copied.path()).ifPresent(name -> told.put(copied.path(), text(name.node())));
        }
    }

    /** A run that may meet a fault, and what it leaves: after a crash on the next start of the system. */
    void disturbed(int at, Faults.Kind kind) throws IOException {
        var saved = new AtomicReference<>(CatalogueCopy.NONE);
        CatalogueCopy before = CatalogueCopy.of(folder);
        faults = new Faults(at, kind, () -> saved.set(CatalogueCopy.of(folder)));
        boolean isComplete = false;
        try {
            isComplete = run() && !faults.isDead();
        } catch (IOException e) {
            // The run says what stopped it.
        }
        if (faults.isDead()) {
            CatalogueCopy left =
                    random.nextInt(8) > 0 ? saved.get() : random.nextBoolean() ? before : CatalogueCopy.NONE;
            left.restore(folder);
        }
        if (faults.isPowerLost() || (!faults.isDead() && random.nextInt(3) == 0)) {
            cutPower();
        }
        check("after " + kind);
        if (isComplete) {
            requireWhole("said to be complete after " + kind);
        }
    }

    /** The next run, which nothing disturbs: the copy has all then, once, and keeps it. */
    void undisturbed() throws IOException {
        faults = Faults.none();
        try {
            if (!run()) {
                wrong.add("the next run is not complete");
            }
        } catch (IOException e) {
            wrong.add("the next run fails: " + e);
            return;
        }
        check("after the next run");
        requireWhole("after the next run");
        if (!photos().equals(contents)) {
            wrong.add("other files: " + photos());
        }
        cutPower();
        check("after a power cut at the end");
        requireWhole("after a power cut at the end");
    }

    private void cutPower() throws IOException {
        medium = medium.afterPowerCut(random);
        if (medium.at(Identity.FOLDER).isEmpty()) {
            CatalogueCopy.NONE.restore(folder);
        }
    }

    private void requireWhole(String when) {
        Set<String> there = new TreeSet<>(photos());
        Set<String> listed = new TreeSet<>();
        manifest().forEach(line -> Manifest.parse(line).ifPresent(each -> listed.add(each.sha256())));
        for (String content : contents) {
            if (!there.contains(content) || !listed.contains(sha256(content))) {
                wrong.add(when + " it lacks: " + content);
            }
        }
    }

    private void check(String when) {
        List<String> listed = manifest();
        told.forEach((path, content) -> {
            if (medium.at(path)
                    .filter(name -> text(name.node()).equals(content))
                    .isEmpty()) {
                wrong.add(when + " lost or changed: " + path);
            } else if (!listed.contains(new Manifest(sha256(content), path).line())) {
                wrong.add(when + " not listed: " + path);
            }
        });
    }

    private List<String> photos() {
        return medium.names().values().stream()
                .filter(name -> !name.node().folder
                        && !name.path().startsWith(Identity.FOLDER + "/")
                        && !name.path().equals(Manifest.FILE))
                .map(name -> text(name.node()))
                .sorted()
                .toList();
    }

    private List<String> manifest() {
        return medium.at(Manifest.FILE)
                .map(name -> text(name.node()).lines().toList())
                .orElse(List.of());
    }

    private static String text(Medium.Node node) {
        return new String(node.bytes(), StandardCharsets.UTF_8);
    }

    private static String sha256(String content) {
        return HexFormat.of().formatHex(Sha256.digest().digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
