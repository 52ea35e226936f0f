package dev.shoebox.destination;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.Outcome;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.ingest.IngestListener.StoredAsset;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.merge.Follower;
import dev.shoebox.merge.Merge;
import dev.shoebox.merge.MergeOptions;
import dev.shoebox.system.thread.Uninterrupted;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/**
 * A second copy on a disk of the model, filled from a first backup on a real one: half of it during a run, the rest
 * after it.
 */
final class SecondCopyTrial extends DiskTrial {
    private final Path first;
    private final List<StoredAsset> assets;
    private final List<String> contents;
    private final UnaryOperator<Disk> mutation;
    private boolean wasComplete;

    /** The files that were reported as copied, by path, with their content at that moment. */
    private final Map<String, String> told = new ConcurrentHashMap<>();

    /**
     * @param first a backup, which is only read
     * @param assets as they were stored there
     * @param contents of its files, sorted
     */
    SecondCopyTrial(
            Path first,
            List<StoredAsset> assets,
            List<String> contents,
            DiskProfile profile,
            UnaryOperator<Disk> mutation,
            long seed)
            throws IOException {
        super(profile, seed);
        this.first = first;
        this.assets = assets;
        this.contents = contents;
        this.mutation = mutation;
    }

    /** @return whether the copy was reported as complete */
    boolean run() throws IOException {
        try (Destination from = Destination.view(first, OpenMode.REQUIRE_EXISTING)) {
            follow(from);
            return merge(from);
        }
    }

    private Destination open() throws IOException {
        var disk = new CrashDisk(medium, faults, new PathDisk(folder));
        return Destination.open(
                folder, OpenMode.CREATE_IF_EMPTY, Backups.CLOCK, root -> mutation.apply(disk), line -> {});
    }

    /** Half of the assets are stored in the first during the run; all of them are pending when the copy is opened. */
    private void follow(Destination from) {
        var offered = new CountDownLatch(1);
        var follower = new Follower(
                from,
                Backups.PHONE,
                () -> {
                    await(offered);
                    return open();
                },
                Layout.parse("month"),
                stored -> hearAll());
        for (StoredAsset asset : assets.subList(0, assets.size() / 2)) {
            follower.offer(asset, () -> {});
        }
        offered.countDown();
        follower.finish(thread -> Uninterrupted.get(() -> {
            thread.join();
            return true;
        }));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Called on the thread that lists, between two batches: whatever is listed is safe. */
    private void hearAll() {
        for (String line : manifest()) {
            Manifest.parse(line).ifPresent(each -> hear(each.path()));
        }
    }

    private boolean merge(Destination from) throws IOException {
        try (Destination to = open()) {
            var options = MergeOptions.with(Layout.parse("month"));
            return new Merge(from, first, to, options, Backups.CLOCK, this::hear)
                    .run()
                    .isComplete();
        }
    }

    private void hear(BackupEvent event) {
        if (event instanceof BackupEvent.Settled settled && settled.outcome() instanceof Outcome.Copied copied) {
            hear(copied.path());
        }
    }

    private void hear(String path) {
        if (!faults.isDead()) {
            medium.at(path).ifPresent(name -> told.put(path, text(name.node())));
        }
    }

    @Override
    void attempt() throws IOException {
        wasComplete = false;
        wasComplete = run() && !faults.isDead();
    }

    @Override
    void disturbed(int at, Faults.Kind kind) throws IOException {
        super.disturbed(at, kind);
        if (wasComplete) {
            requireWhole("said to be complete after " + kind);
        }
    }

    /** The next run, undisturbed: after it, the copy has everything once, durably. */
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

    private void requireWhole(String when) {
        Set<String> there = new TreeSet<>(photos());
        Set<String> listed = new TreeSet<>();
        manifest().forEach(line -> Manifest.parse(line).ifPresent(each -> listed.add(each.sha256())));
        for (String content : contents) {
            if (!there.contains(content) || !listed.contains(Sha256.hex(content))) {
                wrong.add(when + " it lacks: " + content);
            }
        }
    }

    @Override
    void check(String when) {
        List<String> listed = manifest();
        told.forEach((path, content) -> {
            if (medium.at(path)
                    .filter(name -> text(name.node()).equals(content))
                    .isEmpty()) {
                wrong.add(when + " lost or changed: " + path);
            } else if (!listed.contains(new Manifest(Sha256.hex(content), path).line())) {
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
}
