package dev.shoebox.backup.transfer;

import dev.shoebox.backup.ScriptedSource;
import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.FingerprintUse;
import dev.shoebox.backup.event.RunOutcomes;
import dev.shoebox.backup.event.StopSignal;
import dev.shoebox.backup.hashing.PhoneHashing;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.backup.plan.SourceReconnect;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.ingest.Arrival;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunResult;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.SelfHashing;
import dev.shoebox.photos.source.SourceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A transfer in several shares gives the same result as in one, whatever fails. */
class TransferSharesTest {
    private static final int PHOTOS = 11;
    private static final int SHARE = 3;
    private static final RetryPolicy RETRYING = new RetryPolicy(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(15));

    @TempDir
    private Path folder;

    private final List<BackupEvent> events = new ArrayList<>();
    private final ScriptedSource phone = new ScriptedSource();
    private final List<Integer> requested = new ArrayList<>();

    private static String path(int number) {
        return "DCIM/100APPLE/IMG_%04d.JPG".formatted(number);
    }

    private static String content(int number) {
        return "photo number " + number + " with some bytes more";
    }

    private RunResult copy() throws IOException {
        IntStream.rangeClosed(1, PHOTOS).forEach(number -> phone.with(path(number), content(number)));
        var outcomes = new RunOutcomes(events::add);
        StopSignal stop = new StopSignal();
        MediaSource counted = new Counted();
        List<Step> steps =
                phone.list().files().stream().map(TransferSharesTest::step).toList();
        try (Destination destination = Destination.open(
                        folder.resolve("backup"), OpenMode.CREATE_IF_EMPTY, InstantSource.system(), line -> {});
                PhoneHashing hashing = new PhoneHashing(SelfHashing.NONE);
                Ingest ingest = destination.ingest(phone.id(), Layout.parse("flat"), outcomes)) {
            var setup = new Transfer.Setup(
                    new Transfer.Line(
                            counted,
                            new RateLimiter(RateLimiter.UNLIMITED, stop),
                            new SourceReconnect(outcomes, stop, Duration.ZERO, Duration.ZERO)),
                    outcomes,
                    stop,
                    new RereadPolicy(false, RereadPolicy.Wish.SOME),
                    new EndToEnd(FingerprintUse.OFF, Library.NONE, hashing, false),
                    RETRYING);
            new Transfer(
                            setup,
                            ingest,
                            (step, whole) -> List.of(new Arrival(
                                    step.asset(),
                                    Optional.empty(),
                                    new Layout.Facts(
                                            Optional.empty(),
                                            "phone",
                                            "photo",
                                            Optional.empty(),
                                            step.asset().name()),
                                    whole)),
                            SHARE)
                    .copy(steps);
            ingest.flush();
        }
        return outcomes.result(0, Duration.ZERO, List.of());
    }

    private static Step step(MediaFile file) {
        Resource resource = new Resource(file, Role.PHOTO);
        return new Step(new Asset(Asset.keyOf(file.path()), file.name(), List.of(resource)), List.of(resource));
    }

    /** Counts the files that are requested at once. */
    private final class Counted implements MediaSource {
        @Override
        public SourceId id() {
            return phone.id();
        }

        @Override
        public Listing list() throws IOException {
            return phone.list();
        }

        @Override
        public MediaStream read(List<Request> requests) throws IOException {
            requested.add(requests.size());
            return phone.read(requests);
        }

        @Override
        public SeekableByteChannel open(MediaFile file) throws IOException {
            return phone.open(file);
        }

        @Override
        public void close() {
            phone.close();
        }
    }

    private Set<String> contents() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("backup"))) {
            Set<String> contents = new TreeSet<>();
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".JPG")).toList()) {
                contents.add(Files.readString(file));
            }
            return contents;
        }
    }

    private static Set<String> all() {
        Set<String> all = new TreeSet<>();
        IntStream.rangeClosed(1, PHOTOS).forEach(number -> all.add(content(number)));
        return all;
    }

    @Test
    void everyShareIsCopiedAndNoneIsLargerThanItMayBe() throws IOException {
        RunResult result = copy();
        assertEquals(all(), contents());
        assertEquals(PHOTOS, result.counts().copied());
        assertEquals(0, result.counts().failed());
        assertEquals(List.of(3, 3, 3, 2), requested);
        IntStream.rangeClosed(1, PHOTOS)
                .forEach(number -> assertEquals(1, phone.timesRead(path(number)), path(number)));
    }

    @Test
    void failuresOfOneShareAreRetriedAfterTheLast() throws IOException {
        phone.unreadable(path(1), 1).unreadable(path(7), 2);
        RunResult result = copy();
        assertEquals(all(), contents());
        assertEquals(PHOTOS, result.counts().copied());
        assertEquals(2, phone.timesRead(path(1)));
        assertEquals(3, phone.timesRead(path(7)));
        assertTrue(requested.subList(4, requested.size()).stream().allMatch(count -> count <= 2), requested.toString());
    }

    @Test
    void anUnreadableFileIsOneFailureAndTheOtherSharesAreComplete() throws IOException {
        phone.unreadable(path(5), 99);
        RunResult result = copy();
        assertEquals(PHOTOS - 1, result.counts().copied());
        assertEquals(1, result.counts().failed());
        Set<String> others = new TreeSet<>(all());
        others.remove(content(5));
        assertEquals(others, contents());
    }

    @Test
    void aConnectionThatBreaksAtTheEndsOfSharesCostsNoFile() throws IOException {
        phone.breaksAt(path(3), 1).breaksAt(path(4), 1).breaksAt(path(PHOTOS), 1);
        RunResult result = copy();
        assertEquals(all(), contents());
        assertEquals(PHOTOS, result.counts().copied());
        assertEquals(0, result.counts().failed());
    }
}
