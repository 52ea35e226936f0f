package dev.shoebox.history;

import dev.shoebox.json.JsonObject;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.source.SourceId;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Records of runs as this version and earlier ones write them. */
class RunRecordJsonTest {
    private static final String START = "{\"format\":1,\"id\":\"20261120T120000Z-0a1b2c3d\",\"kind\":\"backup\"";
    private static final String SOURCE =
            ",\"source\":{\"kind\":\"phone\",\"id\":\"00008110-0001\",\"name\":\"Anna's iPhone\"}";
    private static final String PLACE = ",\"destination\":\"/media/me/Photos\",\"shoebox\":\"5a1c\",\"scheduled\":true,"
            + "\"started\":\"2026-11-20T12:00:00Z\"";
    private static final String ENDED =
            ",\"ended\":\"2026-11-20T12:01:35Z\",\"exitCode\":3,\"message\":\"One file failed.\"";
    private static final String COUNTS = ",\"photosAndVideos\":1204,\"copied\":12,\"duplicates\":1,"
            + "\"alreadyBackedUp\":1100,\"failed\":3,\"readTwice\":4,\"damaged\":0,\"bytesCopied\":34100000,"
            + "\"transferSeconds\":9.25";
    private static final String ITEM =
            "{\"path\":\"DCIM/100APPLE/IMG_0001.HEIC\",\"reason\":\"read-error\",\"message\":\"It cannot be read.\"}";
    private static final String NAMES = ",\"verify\":\"device\",\"failures\":[" + ITEM + "],\"healed\":[],"
            + "\"warnings\":[\"no links\"],\"folders\":{\"2024/05\":2}";

    /** Without the fields that were added later. */
    private static final String OF_THE_FIRST_VERSION = START + SOURCE + PLACE + ENDED + COUNTS + NAMES;

    private static final String LATER = ",\"implausible\":2,\"implausiblePhotosAndVideos\":1,\"onlyInICloud\":7,"
            + "\"stillsOfLivePhotos\":3,\"withoutRaw\":0,\"doubtful\":[],\"found\":1200,\"passedOver\":5,\"clutter\":2,"
            + "\"passedOverKinds\":{\"document\":3,\"thumbnails\":2},\"passedOverNames\":[],\"passedOverUnnamed\":5,"
            + "\"leftOut\":1,\"leftOutFiles\":2,\"recentlyDeleted\":0,\"recentlyDeletedFiles\":0}";

    private static RunRecord parsed(String text) {
        return RunRecordJson.parse(text).orElseThrow(() -> new AssertionError(text));
    }

    @Test
    void aRecordOfTheFirstVersionIsReadWhole() {
        RunRecord run = parsed(OF_THE_FIRST_VERSION + "}");

        assertEquals(
                new RunRecord.Start(
                        "20261120T120000Z-0a1b2c3d",
                        RunRecord.Kind.BACKUP,
                        "/media/me/Photos",
                        true,
                        Instant.parse("2026-11-20T12:00:00Z")),
                run.start());
        assertEquals(Optional.of(new SourceId(SourceId.Kind.PHONE, "00008110-0001", "Anna's iPhone")), run.source());
        assertEquals(Optional.of("5a1c"), run.shoebox());
        assertEquals(Optional.of(RunEnding.INCOMPLETE), run.how());
        assertEquals(Optional.of("One file failed."), run.message());
        assertEquals(new RunResult.Counts(1204, 12, 1, 1100, 3, 0), run.result().counts());
        assertEquals(
                new RunResult.Traffic(34_100_000, Duration.ofMillis(9_250), 4, Map.of()),
                run.result().traffic());
        assertEquals("read-error", run.result().failures().get(0).reason());
        assertEquals(
                new RunRecord.Notes(Optional.of("device"), List.of("no links"), Map.of("2024/05", 2)), run.notes());
        assertEquals(UnsafeFiles.NOTHING, run.result().notSafe());
        assertEquals(Optional.empty(), run.result().omitted());
        assertEquals(3, run.left());
    }

    @Test
    void figuresOfLaterVersionsAreRead() {
        RunRecord run = parsed(OF_THE_FIRST_VERSION + ",\"proofs\":{\"readOnce\":8,\"readTwice\":4},"
                + "\"knownByFingerprint\":1" + LATER);

        assertEquals(
                Map.of(Proof.READ_ONCE, 8, Proof.READ_TWICE, 4, Proof.CLAIMED, 1),
                run.result().traffic().proofs());
        assertEquals(2, run.result().notSafe().files());
        assertEquals(OptionalInt.of(7), run.result().notSafe().onlyInICloud());
        assertEquals(1200, run.result().omitted().orElseThrow().found());
    }

    @Test
    void aRecordIsWrittenWithTheFieldsAndTheOrderThatItAlwaysHad() {
        String text = OF_THE_FIRST_VERSION + LATER;
        var written = JsonObject.parse(RunRecordJson.of(parsed(text))).fields();

        assertEquals(List.copyOf(JsonObject.parse(text).fields().keySet()), List.copyOf(written.keySet()));
    }

    @Test
    void aRunThatEndedBeforeItDidAnythingHasNoCounts() {
        RunRecord run = parsed(START + ",\"destination\":\"/media/me/Photos\",\"scheduled\":false,"
                + "\"started\":\"2026-11-20T12:00:00Z\",\"ended\":\"2026-11-20T12:00:01Z\",\"exitCode\":75,"
                + "\"failures\":[],\"healed\":[],\"warnings\":[],\"folders\":{}}");

        assertEquals(Optional.empty(), run.did());
        assertEquals(0, run.left());
        assertTrue(!RunRecordJson.fields(run).containsKey("copied"));
        assertEquals(Optional.of(run), RunRecordJson.parse(RunRecordJson.of(run)));
    }

    @Test
    void filesNotReachedAreCountedAndNotNamed() {
        var reached = new RunResult.Item("DCIM/1.JPG", "gone", "it is gone");
        var notReached = new RunResult.Item("DCIM/2.JPG", RunResult.Item.NOT_REACHED, "run it again");
        var did = new RunResult(
                new RunResult.Counts(2, 0, 0, 0, 2, 0),
                RunResult.Traffic.NONE,
                List.of(reached, notReached),
                List.of(),
                UnsafeFiles.NOTHING,
                Optional.empty());
        RunRecord run =
                parsed(RunRecordJson.of(parsed(OF_THE_FIRST_VERSION + "}").withResult(did)));

        assertEquals(List.of(reached), run.result().failures());
        assertEquals(2, run.result().counts().failed());
    }
}
