package dev.shoebox.cli.backup;

import com.fasterxml.jackson.jr.ob.JSON;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.event.Outcome;
import dev.shoebox.backup.event.Skipped;
import dev.shoebox.backup.plan.PlannedCopy;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.FileOutcomes;
import dev.shoebox.cli.terminal.TerminalInfo;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunResult;
import dev.shoebox.history.UnsafeFiles;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.text.PrintableText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class BackupOutputTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Console console = new Console(new PrintWriter(out), new PrintWriter(err), TerminalInfo.none());
    private final BackupOutput output = new BackupOutput(console);

    @BeforeEach
    void begin() {
        output.opened(
                new SourceId(SourceId.Kind.PHONE, "0000", "Ada's iPhone"),
                Path.of(System.getProperty("user.home"), "Pictures"),
                Set.of());
    }

    private void options(String... words) {
        new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("console", mixin())).parseArgs(words);
    }

    private CommandLine.Model.CommandSpec mixin() {
        return CommandLine.Model.CommandSpec.forAnnotatedObject(console);
    }

    private static Resource file(String path) {
        return new Resource(new MediaFile(path, 1_000_000, Instant.EPOCH, Optional.empty()), Role.PHOTO);
    }

    private static BackupResult report(
            int copied, int before, List<RunResult.Item> failures, Optional<IOException> ended) {
        RunResult did = new RunResult(
                new RunResult.Counts(copied + before, copied, 0, before, failures.size(), 0),
                new RunResult.Traffic(copied * 1_000_000L, Duration.ofSeconds(2), 0, Map.of()),
                failures,
                List.of(),
                UnsafeFiles.NOTHING,
                Optional.empty());
        return new BackupResult(did, List.of(), Skipped.NOTHING, List.of(), false, ended.orElse(null), false);
    }

    private List<RunResult.Item> fail(int count, Outcome.Failed.Reason reason) {
        List<RunResult.Item> failures = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            String path = "DCIM/100APPLE/IMG_%04d.HEIC".formatted(index);
            Outcome.Failed outcome = new Outcome.Failed(reason, "it would not open");
            failures.add(new RunResult.Item(path, PrintableText.hyphenated(reason), outcome.message()));
            output.event(new BackupEvent.Settled(file(path), outcome));
        }
        return failures;
    }

    private List<Map<String, Object>> json() throws IOException {
        List<Map<String, Object>> events = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            events.add(JSON.std.mapFrom(line));
        }
        return events;
    }

    private String lastLine() {
        return out.toString().lines().reduce("", (before, line) -> line);
    }

    /** The text contains these facts, in this order, in whatever words. */
    private static void assertTells(String text, String... facts) {
        int at = 0;
        for (String fact : facts) {
            int found = text.indexOf(fact, at);
            assertTrue(found >= 0, "'" + fact + "' in: " + text);
            at = found + fact.length();
        }
    }

    @Test
    void theMostImportantComesLast() {
        output.event(new BackupEvent.Listed(57, 80, 80_000_000, 0));
        output.event(new BackupEvent.Planned(60, 60_000_000, 20));

        output.finished(report(60, 20, List.of(), Optional.empty()), 0);
        List<String> lines = out.toString().lines().toList();
        assertEquals(2, lines.size(), out::toString);
        assertTells(lines.get(0), "60", "60.0 MB", "2 s", "30.0 MB/s", "20");
        assertTells(lines.get(1), "57", "safe", "~/Pictures");
    }

    @Test
    void aRunWithNothingNewSaysSo() {
        output.event(new BackupEvent.Listed(1, 1, 5, 0));

        output.finished(report(0, 1, List.of(), Optional.empty()), 0);
        assertEquals(1, out.toString().lines().count(), out::toString);
        assertTells(out.toString(), "1", "safe", "~/Pictures");
    }

    @Test
    void nothingIsCalledSafeIfTheRunEndedBeforeItKnewWhatIsMissing() {
        output.event(new BackupEvent.Listed(57, 80, 80_000_000, 0));

        output.finished(report(0, 0, List.of(), Optional.of(new IOException("the drive is gone"))), 0);
        assertEquals("", out.toString());
    }

    @Test
    void aPhoneWithAnUnreadableFolderIsNotCalledEmpty() {
        output.event(new BackupEvent.Listed(0, 0, 0, 0));
        output.finished(report(0, 0, List.of(), Optional.empty()), 0);
        String empty = out.toString();
        out.getBuffer().setLength(0);

        Outcome.Failed refused = new Outcome.Failed(Outcome.Failed.Reason.DENIED, "it may not be read");
        output.event(new BackupEvent.Unlisted("DCIM", refused));
        RunResult.Item item = new RunResult.Item("DCIM", "denied", refused.message());
        output.finished(report(0, 0, List.of(item), Optional.empty()), 0);
        assertFalse(empty.isEmpty());
        assertFalse(out.toString().contains(empty.strip()), out::toString);
        assertTells(err.toString(), "DCIM", "it may not be read");
        assertTells(out.toString(), "Ada's iPhone");
    }

    @Test
    void aPhoneWithoutPhotosIsNotCalledSafe() {
        output.event(new BackupEvent.Listed(0, 0, 0, 0));

        output.finished(report(0, 0, List.of(), Optional.empty()), 0);
        assertEquals(1, out.toString().lines().count(), out::toString);
        assertTells(out.toString(), "Ada's iPhone");
        assertFalse(out.toString().contains("safe"), out::toString);
    }

    @Test
    void excludedPhotosCountNeitherAsSafeNorAsMissing() {
        output.event(new BackupEvent.Listed(57, 57, 57_000_000, 0));
        output.event(new BackupEvent.Unwanted(new Skipped(6, 6, 1, 1, 0)));

        output.finished(report(50, 0, List.of(), Optional.empty()), 0);
        assertTells(lastLine(), "50", "safe", "~/Pictures");
        assertFalse(lastLine().contains("57"), out::toString);
        assertTrue(out.toString().matches("(?s).*\\b6\\b.*"), out::toString);
    }

    @Test
    void photosOnlyInICloudAreUnknownIfNoLibraryWasRead() {
        output.event(new BackupEvent.Listed(1, 1, 1, 0));
        output.event(new BackupEvent.LibraryUnread());

        output.finished(report(0, 0, List.of(), Optional.empty()), 0);
        assertFalse(output.summary(0).fields().containsKey("placeholders"));
        assertFalse(output.summary(0).fields().containsKey("partsMissing"));
    }

    @Test
    void failuresAreNamedAndCountedWithAdvice() {
        output.event(new BackupEvent.Listed(57, 57, 57_000_000, 0));
        List<RunResult.Item> failures = fail(3, Outcome.Failed.Reason.READ_ERROR);

        output.finished(report(54, 0, failures, Optional.empty()), 0);
        String said = err.toString();
        assertTells(lastLine(), "54", "57", "safe", "~/Pictures");
        assertTells(said, "3", "DCIM/100APPLE/IMG_0002.HEIC", "it would not open", "again");
    }

    @Test
    void aCommonReasonIsPrintedOnceWithSomeOfTheNames() {
        output.event(new BackupEvent.Listed(57, 57, 57_000_000, 0));
        output.finished(report(44, 0, fail(13, Outcome.Failed.Reason.NO_SPACE), Optional.empty()), 0);

        assertTells(err.toString(), "3 more", "--json", "it would not open");
        assertEquals(1, err.toString().split("it would not open", -1).length - 1);
    }

    @Test
    void thousandsOfFilesThatHadNoTurnAreOneLine() {
        output.event(new BackupEvent.Listed(5000, 5000, 57_000_000, 0));
        List<RunResult.Item> failures = fail(4000, Outcome.Failed.Reason.NOT_REACHED);
        output.finished(report(1000, 0, failures, Optional.of(new IOException("The iPhone was unplugged."))), 0);

        assertTells(err.toString(), "4,000");
        assertTrue(err.toString().lines().count() < 6, err.toString());
    }

    @Test
    void quietPrintsOnlyFailures() {
        options("-q");
        output.event(new BackupEvent.Listed(1, 1, 5, 0));
        output.event(new BackupEvent.Warning("The disk is nearly full."));
        output.finished(report(1, 0, List.of(), Optional.empty()), 0);

        assertEquals("", out.toString());
        assertEquals("The disk is nearly full.\n", err.toString());
    }

    @Test
    void withJsonStdoutHoldsEventsAloneAndEndsInTheSummary() throws IOException {
        options("--json");
        console.promise(output::summary);
        output.event(new BackupEvent.Listed(57, 57, 57_000_000, 0));
        output.event(new BackupEvent.Planned(55, 55_000_000, 2));
        List<RunResult.Item> failures = fail(1, Outcome.Failed.Reason.READ_ERROR);
        output.finished(report(54, 2, failures, Optional.empty()), 0);
        console.end(3);

        assertEquals(
                List.of("listed", "planned", "failed", "summary"),
                json().stream().map(event -> event.get("event")).toList());
        assertEquals(
                Map.of(
                        "event", "failed",
                        "path", "DCIM/100APPLE/IMG_0000.HEIC",
                        "reason", "read-error",
                        "message", "it would not open"),
                json().get(2));
        Map<String, Object> summary = json().get(3);
        assertEquals(3, ((Number) summary.get("exitCode")).intValue());
        assertEquals(54, ((Number) summary.get("copied")).intValue());
        assertEquals(2, ((Number) summary.get("alreadyBackedUp")).intValue());
        assertEquals(1, ((Number) summary.get("failed")).intValue());
        assertEquals(54_000_000, ((Number) summary.get("bytesCopied")).longValue());
        assertEquals(2.0, ((Number) summary.get("transferSeconds")).doubleValue());
        assertTrue(summary.keySet().containsAll(List.of("duplicates", "leftOut", "placeholders", "implausible")));
    }

    @Test
    void theSummaryComesOnce() throws IOException {
        options("--json");
        console.promise(output::summary);
        console.end(130);
        console.end(130);

        assertEquals(1, json().size());
    }

    /**
     * Both hierarchies are sealed, but Java 17 has no exhaustive switch over them. {@code Stored} needs no branch: each
     * stored file was an outcome before.
     */
    @Test
    void everyEventAndOutcomeHasItsBranch() {
        Set<String> told = new ClassFileImporter()
                .importClasses(BackupOutput.class, FileOutcomes.class).stream()
                        .flatMap(output -> output.getInstanceofChecks().stream())
                        .map(check -> check.getRawType().getName())
                        .collect(Collectors.toSet());

        assertEquals(
                List.of(),
                Stream.of(BackupEvent.class, Outcome.class)
                        .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                        .filter(member -> member != BackupEvent.Stored.class)
                        .filter(member -> !told.contains(member.getName()))
                        .map(Class::getSimpleName)
                        .toList());
    }

    @Test
    void everyReasonOriginAndRoleIsInTheDocumentation() throws IOException {
        String documented = Files.readString(Path.of("docs/json.md"));

        for (Outcome.Failed.Reason reason : Outcome.Failed.Reason.values()) {
            assertTrue(documented.contains("`" + TextFormat.hyphenated(reason) + "`"), reason.name());
        }
        for (CaptureTime.Origin origin : CaptureTime.Origin.values()) {
            assertTrue(documented.contains("`" + TextFormat.hyphenated(origin) + "`"), origin.name());
        }
        for (Role role : Role.values()) {
            assertTrue(documented.contains("`" + TextFormat.hyphenated(role) + "`"), role.name());
        }
    }

    @Test
    void aDryRunShowsPathDateAndDoubtOfEachCopy() throws IOException {
        options("--json", "-v");
        console.promise(output::summary);
        CaptureTime captured = new CaptureTime(
                LocalDateTime.of(2024, 5, 1, 12, 0, 0), Optional.of(ZoneOffset.ofHours(2)), CaptureTime.Origin.EXIF);
        RunEnding code = output.planned(List.of(
                new PlannedCopy(
                        file("DCIM/100APPLE/IMG_0001.HEIC"), Optional.of(captured), "2024/05/IMG_0001.HEIC", false),
                new PlannedCopy(file("DCIM/101APPLE/IMG_0001.HEIC"), Optional.empty(), "undated/IMG_0001.HEIC", true)));
        console.end(code.number());

        String people = err.toString();
        assertTells(people, "IMG_0001.HEIC", "2024/05/IMG_0001.HEIC", "1.0 MB", "2024-05-01 12:00:00");
        assertTells(people, "undated/IMG_0001.HEIC", "1.0 MB", "no date");
        assertTells(people, "2 files", "2.0 MB", "~/Pictures");
        assertEquals("2024-05-01T12:00:00+02:00", json().get(0).get("captured"));
        assertFalse(json().get(1).containsKey("captured"));
        assertEquals(true, json().get(2).get("dryRun"));
        assertEquals(0, json().get(2).get("copied"));
    }
}
