package dev.shoebox.backup;

import dev.shoebox.backup.event.BackupResult;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The next runs retry files that failed, in a sensible order. */
class RetryOrderTest extends BackupCase {
    @Test
    void failedFilesAreTriedFirstNextTime() throws IOException {
        run(source().unreadable(NEXT, 99));
        ScriptedSource again = after(EARLIER).unreadable(NEXT, 99);
        run(again);
        assertEquals(List.of(NEXT, EARLIER), again.order());
        ScriptedSource third = after(OLDEST, EARLIER);
        assertEquals(List.of(), run(third).did().failures());
        assertEquals(List.of(NEXT, OLDEST), third.order());
        assertEquals(List.of(), notes(), "and nothing is left to remember");
    }

    @Test
    void filesThatBrokeTheConnectionAreTriedLastNextTime() throws IOException {
        BackupResult first = run(source().breaksAt(PHOTO, 99).breaksAt(LIVE, 99).unreadable(NEXT, 99));
        assertEquals(3, first.did().failures().size());
        ScriptedSource again = source().with("DCIM/100APPLE/IMG_0003.JPG", "a later still");
        assertEquals(List.of(), run(again).did().failures());
        assertEquals(List.of(NEXT, "DCIM/100APPLE/IMG_0003.JPG", PHOTO, LIVE), again.order());
    }

    @Test
    void aFileAtWhichThePhoneDisconnectsIsTheLastOfTheNextRun() throws IOException {
        run(source().breaksAt(PHOTO, 1).awayFor(99));
        ScriptedSource again = source().breaksAt(PHOTO, 1).awayFor(99);
        BackupResult second = run(again);
        assertTrue(second.ended().isPresent());
        assertEquals(
                Map.of("2024/05/IMG_0002.JPG", "another still"),
                tree(),
                "what can be had is there although every run ends at the same file");
        assertEquals(NEXT, again.order().get(0));
    }

    @Test
    void aRunThatCannotListThePhoneKeepsTheFailuresBefore() throws IOException {
        run(source().unreadable(NEXT, 99));
        assertTrue(run(source().losesListing(99).awayFor(99)).ended().isPresent());
        ScriptedSource again = after(EARLIER);
        run(again);
        assertEquals(List.of(NEXT, EARLIER), again.order());
    }

    @Test
    void aRunThatEndsBeforeTheTurnOfAFileKeepsInMindThatItBrokeTheConnection() throws IOException {
        run(source().breaksAt(PHOTO, 99));
        ScriptedSource second = source().with(EARLIER, "an older still").breaksAt(EARLIER, 1);
        assertTrue(run(second.awayFor(99)).ended().isPresent());
        assertEquals(List.of(EARLIER), second.order());
        ScriptedSource third = source().with(EARLIER, "an older still").with(OLDEST, "the oldest still");
        assertEquals(List.of(), run(third).did().failures());
        assertEquals(List.of(OLDEST, PHOTO, EARLIER), third.order());
    }

    @Test
    void failuresOfOnePhoneDoNotConcernAnother() throws IOException {
        run(source().unreadable(NEXT, 99));
        run(source().named("another").unreadable(PHOTO, 99));
        ScriptedSource again = after(EARLIER);
        run(again);
        assertEquals(List.of(NEXT, EARLIER), again.order());
    }

    @Test
    void aNoteOfFailuresThatMakesNoSenseCostsNothing() throws IOException {
        run(source().unreadable(NEXT, 99));
        Files.writeString(
                destination().resolve(".shoebox/troubled.ndjson"),
                notes().get(0).replace("IMG_0002", "IMG_0009") + "\n{\"source\":7}\n\u0000\n" + notes().get(0));
        ScriptedSource again = after(EARLIER);
        assertEquals(List.of(), run(again).did().failures());
        assertEquals(List.of(EARLIER, NEXT), again.order(), "half a line counts for nothing");
    }

    /** The usual files, listed after the given ones. */
    private static ScriptedSource after(String... earlier) {
        ScriptedSource source = new ScriptedSource();
        for (String path : earlier) {
            source.with(path, "what is in " + path);
        }
        return source.with(PHOTO, "a still").with(LIVE, "its moving half").with(NEXT, "another still");
    }

    private List<String> notes() throws IOException {
        Path file = destination().resolve(".shoebox/troubled.ndjson");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
