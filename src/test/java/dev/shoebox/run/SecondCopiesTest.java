package dev.shoebox.run;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.folder.FolderSource;
import dev.shoebox.history.RunEnding;
import dev.shoebox.merge.Merge;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.hook.HookCommands;
import dev.shoebox.run.record.Alarms;
import dev.shoebox.run.record.Notices;
import dev.shoebox.run.record.RunHistory;
import dev.shoebox.run.record.RunRecorder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Second copies of a run whose source waits for them. */
@Timeout(60)
class SecondCopiesTest {
    /** More than one batch. */
    private static final int PHOTOS = 40;

    /** This many are read before the source waits. */
    private static final int BEFORE = 35;

    @TempDir
    private Path home;

    private Path card;
    private Path first;
    private Path second;
    private Path third;
    private BackupRun running;
    private final CountDownLatch inBoth = new CountDownLatch(2);
    private final Set<Path> told = new TreeSet<>();
    private final List<Merge.Result> results = new ArrayList<>();
    private final List<Integer> duringRun = new ArrayList<>();

    @BeforeEach
    void card() throws IOException {
        card = Files.createDirectory(home.resolve("card"));
        first = home.resolve("first");
        second = Files.createDirectory(home.resolve("second"));
        third = Files.createDirectory(home.resolve("third"));
        for (int i = 0; i < PHOTOS; i++) {
            byte[] photo = new byte[200 + i];
            photo[0] = (byte) 0xff;
            photo[1] = (byte) 0xd8;
            Arrays.fill(photo, 2, photo.length - 2, (byte) i);
            photo[photo.length - 2] = (byte) 0xff;
            photo[photo.length - 1] = (byte) 0xd9;
            Files.write(card.resolve("IMG_%04d.JPG".formatted(i)), photo);
        }
    }

    /**
     * @param gate releases the last photos
     * @param onceInBoth runs when both copies have a photo
     */
    private RunEnding run(CountDownLatch gate, Runnable onceInBoth) throws IOException {
        var listener = new Heard();
        var clock = InstantSource.system();
        var around = new Surroundings(clock, Notices.NONE, Map.of("HOME", home.toString()), home, List.of());
        var history = new RunHistory(
                listener,
                clock,
                home.resolve("state"),
                new Alarms(home.resolve("state"), clock, Notices.NONE),
                failure -> false);
        var request = new BackupRequest(
                new Backup.Options(
                        Layout.parse("month"),
                        ZoneOffset.UTC,
                        RetryPolicy.waiting(Duration.ZERO),
                        OptionalLong.empty(),
                        Backup.Verify.AUTO),
                LibraryUse.OPTIONAL,
                new BackupRequest.Begun(OpenMode.CREATE_IF_EMPTY, BackupRequest.Access.OWNER),
                List.of(second, third),
                HookCommands.NONE,
                BackupRequest.Attended.YES,
                RunRecorder.USUAL_ALARM);
        var run = new BackupRun(request, new Card(gate, onceInBoth), around, history, listener);
        running = run;
        return run.byHand(first, new PhoneWait(Duration.ZERO, Duration.ZERO, line -> {}, line -> {}, line -> {}));
    }

    private static int listed(Path root) throws IOException {
        return Files.readAllLines(root.resolve("SHA256SUMS")).size();
    }

    @Test
    void bothHavePhotosWhileTheSourceStillHasSome() throws IOException {
        List<Integer> meanwhile = new ArrayList<>();
        RunEnding ending = run(inBoth, () -> {
            for (Path copy : List.of(second, third)) {
                try {
                    meanwhile.add(listed(copy));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        assertEquals(RunEnding.DONE, ending);
        assertEquals(2, meanwhile.size());
        assertTrue(meanwhile.stream().allMatch(photos -> photos > 0 && photos <= BEFORE), meanwhile::toString);
        assertEquals(List.of(PHOTOS, PHOTOS), duringRun);
        assertTrue(results.stream().allMatch(result -> result.isComplete() && result.copied() == PHOTOS));
        assertEquals(PHOTOS, listed(second));
        assertEquals(PHOTOS, listed(third));
    }

    @Test
    void aRunThatIsStoppedLeavesThemSoundAndTheNextOneCatchesUp() throws IOException {
        assertEquals(RunEnding.INTERRUPTED, run(inBoth, () -> running.stop()));
        assertEquals(List.of(), results, "nobody waits for the second copies of a run that is stopped");
        int before = listed(second);
        assertTrue(before > 0 && before < PHOTOS, "" + before);
        assertFalse(Files.exists(second.resolve(".shoebox/lock.json")));

        assertEquals(RunEnding.DONE, run(new CountDownLatch(0), () -> {}));
        assertEquals(PHOTOS, listed(first));
        assertEquals(PHOTOS, listed(second));
        assertEquals(PHOTOS, listed(third));
        assertTrue(results.get(0).isComplete());
        assertEquals(PHOTOS - before, results.get(0).copied());
    }

    /** Ends once both copies have a photo. */
    private final class Heard extends SilentListener {
        @Override
        public void secondCopyHas(Path root, int files) {
            synchronized (told) {
                if (told.add(root)) {
                    inBoth.countDown();
                }
            }
        }

        @Override
        public SecondCopy secondCopy(Path root) {
            return new SecondCopy() {
                @Override
                public void accept(BackupEvent event) {}

                @Override
                public void ended(Merge.Result result, int files) {
                    results.add(result);
                    duringRun.add(files);
                }

                @Override
                public void close() {}
            };
        }
    }

    /** A card whose last photos arrive once a gate is open. */
    private final class Card implements SourceOpener {
        private final CountDownLatch gate;
        private final Runnable behind;

        Card(CountDownLatch gate, Runnable behind) {
            this.gate = gate;
            this.behind = behind;
        }

        @Override
        public boolean isPhone() {
            return false;
        }

        @Override
        public boolean mayBe(SourceId known) {
            return true;
        }

        @Override
        public void check(Path root) {}

        @Override
        public MediaSource open(PhoneWait wait) throws IOException {
            MediaSource folder = FolderSource.open(card);
            return new MediaSource() {
                @Override
                public SourceId id() {
                    return folder.id();
                }

                @Override
                public Listing list() throws IOException {
                    return folder.list();
                }

                @Override
                public MediaStream read(List<Request> requests) throws IOException {
                    return gated(folder.read(requests));
                }

                @Override
                public SeekableByteChannel open(MediaFile file) throws IOException {
                    return folder.open(file);
                }

                @Override
                public void close() {
                    folder.close();
                }
            };
        }

        private MediaStream gated(MediaStream stream) {
            return new MediaStream() {
                private int whole;

                @Override
                public Piece next() throws IOException {
                    if (whole == BEFORE) {
                        whole++;
                        try {
                            gate.await();
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                        behind.run();
                    }
                    Piece piece = stream.next();
                    whole += piece instanceof Whole ? 1 : 0;
                    return piece;
                }

                @Override
                public void close() {
                    stream.close();
                }
            };
        }
    }
}
