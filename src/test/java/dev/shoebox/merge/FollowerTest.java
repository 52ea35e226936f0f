package dev.shoebox.merge;

import dev.shoebox.destination.Backups;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.ingest.IngestListener.StoredAsset;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.photos.Role;
import dev.shoebox.system.thread.Uninterrupted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static dev.shoebox.destination.Backups.part;
import static dev.shoebox.destination.Backups.photo;
import static dev.shoebox.destination.Backups.shot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A second backup that is filled while the first still gets files. */
@Timeout(30)
class FollowerTest {
    private static final Backups.Shot LIVE = shot(
            part("DCIM/100APPLE/IMG_1.HEIC", Role.PHOTO, "still"),
            part("DCIM/100APPLE/IMG_1.MOV", Role.PAIRED_VIDEO, "film"));
    private static final Backups.Shot TWO = photo("DCIM/100APPLE/IMG_2.JPG", "two");
    private static final Layout LAYOUT = Layout.parse("month");

    @TempDir
    private Path folder;

    private Backups first;
    private Backups second;
    private final List<StoredAsset> assets = new ArrayList<>();
    private final AtomicInteger released = new AtomicInteger();

    @BeforeEach
    void twoBackups() {
        first = new Backups(folder.resolve("first"));
        second = new Backups(folder.resolve("second"));
        first.stored = assets::add;
    }

    private Follower follower(Destination from, Follower.Opener opener) {
        return new Follower(from, Backups.PHONE, opener, LAYOUT, stored -> {});
    }

    private static boolean isEnded(Thread thread) {
        return Uninterrupted.get(() -> {
            thread.join();
            return true;
        });
    }

    /** Offers the content of the first to one that starts now. */
    private Follower.Result follow() throws IOException {
        try (Destination from = Destination.view(first.root, OpenMode.REQUIRE_EXISTING)) {
            Follower follower = follower(from, second::open);
            assets.forEach(asset -> follower.offer(asset, released::incrementAndGet));
            return follower.finish(FollowerTest::isEnded);
        }
    }

    private Merge.Result merge() throws IOException {
        try (Destination from = Destination.view(first.root, OpenMode.REQUIRE_EXISTING);
                Destination to = second.open()) {
            return new Merge(from, first.root, to, MergeOptions.with(LAYOUT), Backups.CLOCK, event -> {}).run();
        }
    }

    @Test
    void theSecondHasFilesWhileTheFirstStillGetsSome() throws Exception {
        var there = new CountDownLatch(2);
        try (Destination to = first.open()) {
            to.keepInMemory();
            var follower = new Follower(to, Backups.PHONE, second::open, LAYOUT, stored -> there.countDown());
            first.stored = asset -> follower.offer(asset, () -> {});
            try (Ingest ingest = to.ingest(Backups.PHONE, LAYOUT, first.listener())) {
                ingest.store(first.arrival(ingest, LIVE));
                ingest.flush();
                there.await();
                assertEquals(
                        2, Files.readAllLines(second.root.resolve("SHA256SUMS")).size());
                ingest.store(first.arrival(ingest, TWO));
                ingest.flush();
            }
            assertEquals(3, follower.finish(FollowerTest::isEnded).copied());
        }
        assertEquals("", second.sha256sum());
        assertEquals(first.photos(), second.photos());
    }

    @Test
    void theMergeBehindItFindsNothingLeftToCopy() throws IOException {
        first.run(LIVE, TWO);
        assertEquals(new Follower.Result(3, "stillfilmtwo".length()), follow());
        Merge.Result merged = merge();
        assertTrue(merged.isComplete());
        assertEquals(0, merged.copied());
        assertEquals(3, merged.there());
        assertEquals(assets.size(), released.get());
        second.catchUp(LIVE, TWO);
        assertEquals(List.of(), second.told, "the phone has nothing new for it");
    }

    @Test
    void existingFilesAreNotCopiedAgain() throws IOException {
        second.run(LIVE);
        first.run(LIVE, TWO);
        assertEquals(1, follow().copied());
        assertEquals(first.photos(), second.photos());
    }

    @Test
    void bytesThatAreNotThoseListedDoNotCome() throws IOException {
        first.run(LIVE, TWO);
        for (Map.Entry<String, String> file : first.photos().entrySet()) {
            if (file.getValue().equals("film")) {
                Files.writeString(first.root.resolve(file.getKey()), "fils");
            }
        }
        assertEquals(1, follow().copied());
        assertEquals(List.of("two"), List.copyOf(second.photos().values()));
        assertEquals(1, merge().lacking().failed());
    }

    @Test
    void anAssetThatCameInPartIsLeftToTheMerge() throws IOException {
        first.run(LIVE.only(0), TWO);
        assertEquals(1, follow().copied());
        assertEquals(1, merge().copied());
        assertEquals(first.photos(), second.photos());
    }

    @Test
    void aSecondThatCannotBeOpenedHoldsNothingBack() throws IOException {
        first.run(LIVE, TWO);
        try (Destination from = Destination.view(first.root, OpenMode.REQUIRE_EXISTING)) {
            Follower follower = follower(from, () -> {
                throw new DestinationException.Lost("no drive");
            });
            assets.forEach(asset -> follower.offer(asset, released::incrementAndGet));
            assertEquals(0, follower.finish(FollowerTest::isEnded).copied());
            assertFalse(follower.isBegun());
            assertInstanceOf(DestinationException.Lost.class, follower.failure().orElseThrow());
        }
        assertEquals(assets.size(), released.get());
    }

    /** Both copies may be on one disk, which must have room for what the first still gets. */
    @Test
    void roomThatTheFirstMayNeedIsLeft() throws IOException {
        first.run(TWO);
        try (Destination from = Destination.view(first.root, OpenMode.REQUIRE_EXISTING)) {
            Follower follower = follower(from, second::open);
            follower.expect(from.freeBytes());
            assets.forEach(asset -> follower.offer(asset, () -> {}));
            assertEquals(0, follower.finish(FollowerTest::isEnded).copied());
        }
        assertEquals(1, merge().copied());
    }

    @Test
    void oneThatLagsNeverBlocksTheRun() throws Exception {
        int many = 10_000;
        first.run(TWO);
        var all = new CountDownLatch(1);
        try (Destination from = Destination.view(first.root, OpenMode.REQUIRE_EXISTING)) {
            Follower follower = follower(from, () -> {
                awaited(all);
                return second.open();
            });
            for (int i = 0; i < many; i++) {
                follower.offer(assets.get(0), released::incrementAndGet);
            }
            assertTrue(released.get() > 0, "some of it is left to the merge");
            all.countDown();
            assertEquals(1, follower.finish(FollowerTest::isEnded).copied());
        }
        assertEquals(many, released.get());
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oneThatIsStoppedIsCaughtUpLater() throws Exception {
        first.run(LIVE, TWO);
        try (Destination from = Destination.view(first.root, OpenMode.REQUIRE_EXISTING)) {
            var opened = new CountDownLatch(1);
            Follower follower = follower(from, () -> {
                awaited(opened);
                return second.open();
            });
            assets.forEach(asset -> follower.offer(asset, released::incrementAndGet));
            follower.stop();
            opened.countDown();
            assertEquals(0, follower.finish(FollowerTest::isEnded).copied());
        }
        assertEquals(assets.size(), released.get());
        assertEquals(3, merge().copied());
        assertEquals(first.photos(), second.photos());
    }
}
