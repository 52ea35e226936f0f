package dev.shoebox.run.copies;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.destination.Backups;
import dev.shoebox.destination.DelegatingDisk;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.CombinedRun;
import dev.shoebox.history.FollowUp;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.merge.Merge;
import dev.shoebox.system.thread.Uninterrupted;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TransferQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The drive of a second copy that hangs, as a share whose server is gone: a call to it does not return. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SilentDriveTest {
    private static final Layout LAYOUT = Layout.parse("month");
    private static final Backups.Shot ONE = photo("DCIM/100APPLE/IMG_1.JPG", "one");
    private static final Backups.Shot TWO = photo("DCIM/100APPLE/IMG_2.JPG", "two");

    private static final Duration LIMIT = DriveAccess.BETWEEN_LOOKS.multipliedBy(3);

    @TempDir
    private Path folder;

    private Backups first;
    private Backups second;
    private final CountDownLatch back = new CountDownLatch(1);
    private final List<String> warned = new ArrayList<>();

    /** What a user who watches is told of the copy itself. */
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    /** The moments that calls to a drive take, each as long as the interval between two looks. */
    private final TransferQueue<Boolean> moments = new LinkedTransferQueue<>();

    @BeforeEach
    void twoBackups() throws IOException {
        first = new Backups(folder.resolve("first"));
        second = new Backups(Files.createDirectory(folder.resolve("second")));
    }

    /** Otherwise threads would still write there when the folder is deleted. */
    @AfterEach
    void comeBack() throws InterruptedException {
        back.countDown();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("shoebox-second-copy")) {
                thread.join();
            }
        }
    }

    private void hang() {
        for (int moment = 0; moment < 100; moment++) {
            moments.add(true);
        }
        Uninterrupted.get(() -> {
            back.await();
            return true;
        });
    }

    /** Returns when the watch has looked this often. */
    private void take(int looks) {
        for (int look = 0; look < looks; look++) {
            Uninterrupted.get(() -> {
                moments.transfer(true);
                return true;
            });
        }
    }

    /** Waits fewer looks than for a real drive, and looks only during calls that take a moment. */
    private class Impatient implements DriveAccess {
        @Override
        public Duration longestCall() {
            return LIMIT;
        }

        @Override
        public Duration longestLook() {
            return BETWEEN_LOOKS;
        }

        @Override
        public void pause(Thread thread) throws InterruptedException {
            while (moments.poll() == null && thread.isAlive()) {
                thread.join(1);
            }
        }
    }

    private SecondCopies copies(DriveAccess drives) {
        return new SecondCopies(
                List.of(second.root), LAYOUT, OpenMode.CREATE_IF_EMPTY, Backups.CLOCK, new Heard(), drives);
    }

    /** Backs up both photos while the copy is filled. */
    private void fill(SecondCopies copies) throws IOException {
        try (Destination to = first.open()) {
            copies.follow(to, Backups.PHONE, new Heard());
            first.stored = asset -> copies.note(new BackupEvent.Stored(asset), to);
            try (Ingest ingest = to.ingest(Backups.PHONE, LAYOUT, first.listener())) {
                ingest.store(first.arrival(ingest, ONE));
                ingest.store(first.arrival(ingest, TWO));
                ingest.flush();
            }
            copies.settle();
        }
        first.stored = asset -> {};
    }

    private FollowUp after(SecondCopies copies) {
        RunRecord.Start start =
                new RunRecord.Start("run", RunRecord.Kind.BACKUP, first.root.toString(), true, Backups.MODIFIED);
        RunRecord run = new RunRecord(start)
                .endedWith(new RunRecord.Ending(Backups.MODIFIED, RunEnding.DONE, Optional.empty()));
        return copies.after(new CombinedRun(run), first.root).get(0);
    }

    private void requireGivenUpAndCaughtUpLater(FollowUp step) throws Exception {
        assertEquals(FollowUp.State.FAILED, step.state());
        assertTrue(step.message().contains(second.root.toString()), step.message());
        assertTrue(step.message().contains("does not answer"), step.message());
        assertEquals(2, first.photos().size());
        List<String> before = List.copyOf(told);
        comeBack();
        assertEquals(before, told, "told after it was given up");
        FollowUp next = after(copies(new DriveAccess() {}));
        assertEquals(FollowUp.State.DONE, next.state(), next.message());
        assertEquals(first.photos(), second.photos());
        assertEquals("", second.sha256sum());
    }

    @Test
    void isGivenUpIfAWriteDoesNotReturnDuringTheRun() throws Exception {
        SecondCopies copies = copies(new Impatient() {
            @Override
            public Disk disk(Path root) {
                return new DelegatingDisk(new PathDisk(root)) {
                    @Override
                    public Out create(String path) throws IOException {
                        return new DelegatingOut(super.create(path)) {
                            @Override
                            public void write(ByteBuffer bytes) throws IOException {
                                hang();
                                super.write(bytes);
                            }
                        };
                    }
                };
            }
        });
        copies.requireApart(first.root);
        fill(copies);
        assertEquals(1, warned.size(), "a user who watches hears of it before");
        assertTrue(warned.get(0).contains(second.root.toString()), warned.get(0));
        requireGivenUpAndCaughtUpLater(after(copies));
    }

    @Test
    void isGivenUpIfItHangsWhileItIsBroughtUpToDate() throws Exception {
        first.run(ONE, TWO);
        SecondCopies copies = copies(new Impatient() {
            @Override
            public Disk disk(Path root) {
                return new DelegatingDisk(new PathDisk(root)) {
                    @Override
                    public void forceFolder(String path) throws IOException {
                        hang();
                        super.forceFolder(path);
                    }
                };
            }
        });
        requireGivenUpAndCaughtUpLater(after(copies));
    }

    @Test
    void isGivenUpIfItHangsWhileItIsOpened() throws Exception {
        first.run(ONE, TWO);
        Path silent = second.root.toRealPath();
        SecondCopies copies = copies(new Impatient() {
            @Override
            public Disk disk(Path root) {
                return new DelegatingDisk(new PathDisk(root)) {
                    @Override
                    public Optional<Entry> look(String path) throws IOException {
                        if (root.equals(silent)) {
                            hang();
                        }
                        return super.look(path);
                    }
                };
            }
        });
        requireGivenUpAndCaughtUpLater(after(copies));
    }

    @Test
    void isLeftAloneIfItHangsAtTheStart() throws Exception {
        SecondCopies copies = copies(new Impatient() {
            @Override
            public Path real(Path path) throws IOException {
                hang();
                return super.real(path);
            }
        });
        copies.requireApart(first.root);
        assertEquals(1, warned.size(), warned.toString());
        fill(copies);
        try (var entries = Files.list(second.root)) {
            assertEquals(List.of(), entries.toList());
        }
        requireGivenUpAndCaughtUpLater(after(copies));
    }

    /** Each recorded file of the first backup is looked at before the first one is copied. */
    @Test
    void isAwaitedAsLongAsTheDriveOfTheFirstBackupAnswers() throws IOException {
        first.run(IntStream.range(0, 14)
                .mapToObj(number -> photo("DCIM/100APPLE/IMG_" + number + ".JPG", "photo " + number))
                .toArray(Backups.Shot[]::new));
        Path slow = first.root.toRealPath();
        FollowUp step = after(copies(new Impatient() {
            @Override
            public Disk disk(Path root) {
                return new DelegatingDisk(new PathDisk(root)) {
                    @Override
                    public Optional<Entry> look(String path) throws IOException {
                        if (root.equals(slow) && path.endsWith(".JPG")) {
                            take(1);
                        }
                        return super.look(path);
                    }
                };
            }
        }));
        assertEquals(FollowUp.State.DONE, step.state(), step.message());
        assertEquals(first.photos(), second.photos());
    }

    /** The limit is one of each call, not of the whole look. */
    @Test
    void isLookedAtAsLongAsItAnswers() throws IOException {
        first.run(ONE);
        var calls = new AtomicInteger();
        var slow = new Impatient() {
            @Override
            public Disk disk(Path root) {
                return new DelegatingDisk(new PathDisk(root)) {
                    @Override
                    public Optional<Entry> look(String path) throws IOException {
                        calls.incrementAndGet();
                        take(2);
                        return super.look(path);
                    }
                };
            }
        };
        int looked = DriveWatch.look(
                first.root,
                limit -> {},
                disks -> {
                    Disk disk = disks.apply(first.root);
                    for (int look = 0; look < 15; look++) {
                        disk.look("SHA256SUMS");
                    }
                    return calls.get();
                },
                slow);
        assertEquals(15, looked);
    }

    @Test
    void isAwaitedLongerIfMoreIsToBeForced() throws IOException {
        var watch = new DriveWatch(new Impatient() {}, limit -> {});
        Path film = watch.await(LIMIT, () -> {
            Disk disk = watch.watched(new SlowToForce(second.root));
            try (Disk.Out out = disk.create("film")) {
                out.write(ByteBuffer.allocate(1_500_000));
                out.force();
            }
            return second.root.resolve("film");
        });
        assertEquals(1_500_000, Files.size(film));
        assertFalse(watch.isSilent());
    }

    /** Takes longer to force a file than the longest call. */
    private final class SlowToForce extends DelegatingDisk {
        SlowToForce(Path root) {
            super(new PathDisk(root));
        }

        @Override
        public Out create(String path) throws IOException {
            return new DelegatingOut(super.create(path)) {
                @Override
                public void force() throws IOException {
                    take(5);
                    super.force();
                }
            };
        }
    }

    @Test
    void isAwaitedAsLongAsItAnswers() throws IOException {
        var watch = new DriveWatch(new Impatient() {}, limit -> {});
        assertEquals(Map.of(), watch.await(LIMIT, () -> {
            for (int call = 0; call < 15; call++) {
                take(2);
                watch.answered();
            }
            return Map.of();
        }));
        assertFalse(watch.isSilent());
    }

    private final class Heard implements CopyListener {
        @Override
        public void note(String line) {}

        @Override
        public void say(String line) {
            told.add(line);
        }

        @Override
        public void warn(String line) {
            warned.add(line);
        }

        @Override
        public void secondCopyHas(Path root, int files) {
            told.add("has " + files);
        }

        @Override
        public SecondCopy secondCopy(Path root) {
            told.add("begun");
            return new SecondCopy() {
                @Override
                public void accept(BackupEvent event) {
                    told.add(event.toString());
                }

                @Override
                public void ended(Merge.Result result, int duringRun) {
                    told.add("ended");
                }

                @Override
                public void close() {}
            };
        }
    }
}
