package dev.shoebox.history;

import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.SourceId;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a report says; nothing in a record can become markup or script. */
class HtmlReportTest {
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    private static final String EVIL = "\"><script>alert('x')</script>\u202Egpj.<img src=x onerror=y>&amp;";

    private static RunRecord run(int exitCode, String name, RunResult did) {
        return new RunRecord(new RunRecord.Start(
                        "20261120T120000Z-0a1b2c3d", RunRecord.Kind.BACKUP, "/media/me/Photos", false, START))
                .of(new SourceId(SourceId.Kind.PHONE, "00008101-001A2B3C4D5E6F7A", name))
                .in("5a1c")
                .endedWith(new RunRecord.Ending(
                        START.plusSeconds(95), RunEnding.of(exitCode).orElseThrow(), Optional.empty()))
                .withResult(did);
    }

    private static RunResult did(int copied, int failed) {
        return did(copied, failed, List.of(), Optional.empty());
    }

    private static RunResult did(int copied, int failed, List<RunResult.Item> failures, Optional<Omitted> omitted) {
        return new RunResult(
                new RunResult.Counts(1204, copied, 0, 1100, failed, 0),
                new RunResult.Traffic(34_100_000, Duration.ofSeconds(9), 4, Map.of()),
                failures,
                List.of(),
                UnsafeFiles.NOTHING,
                omitted);
    }

    /** The name of the failed file is also that of a folder and the text of a warning. */
    private static RunRecord failing(String name, int copied, int failed, String path, String message) {
        var item = new RunResult.Item(path, "read-error", message);
        return run(3, name, did(copied, failed, List.of(item), Optional.empty()))
                .withNotes(new RunRecord.Notes(Optional.of("auto"), List.of(path), Map.of(path, 2)));
    }

    @Test
    void theVerdictComesFirst() {
        String page = HtmlReport.of(run(0, "Ada's iPhone", did(12, 0)), ZoneOffset.UTC);

        assertTrue(page.contains("<h1>1,204 photos and videos on Ada&#39;s iPhone are safe.</h1>"), page);
        assertTrue(page.indexOf("<h1>") < page.indexOf("34.1 MB"), page);
        assertTrue(page.contains("20 November 2026, 12:00"), page);
    }

    @Test
    void failedFilesAreNamedWithAdvice() {
        RunRecord run = failing("Ada's iPhone", 12, 3, "DCIM/100APPLE/IMG_0001.HEIC", "the phone could not read it");
        String page = HtmlReport.of(run, ZoneOffset.UTC);

        assertTrue(page.contains("<h1>3 files could not be backed up.</h1>"), page);
        assertTrue(page.contains("Run the backup again"), page);
        assertTrue(page.contains("<li>DCIM/100APPLE/IMG_0001.HEIC</li>"), page);
        assertTrue(page.contains("and 2 more"), page);
    }

    @Test
    void noNameCanBeMoreThanText() {
        String page = HtmlReport.of(failing(EVIL, 1, 1, EVIL, EVIL), ZoneOffset.UTC);

        assertFalse(page.contains("<script"), page);
        assertFalse(page.contains("<img"), page);
        assertFalse(page.contains("\u202E"), page);
        assertTrue(page.contains("&lt;script&gt;"), page);
    }

    @Test
    void thePolicyAllowsThisStyleAndNothingElse() throws Exception {
        String page = HtmlReport.of(run(0, "iPhone", did(1, 0)), ZoneOffset.UTC);
        String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
        String hash = Base64.getEncoder().encodeToString(digest);

        assertTrue(page.contains("default-src 'none'; style-src 'sha256-" + hash + "'; base-uri 'none'"), page);
        assertFalse(page.contains("style=\""), page);
        assertFalse(page.contains("http://") || page.contains("https://"), page);
    }

    @Test
    void theUdidIsShortened() {
        String page = HtmlReport.of(run(0, "iPhone", did(1, 0)), ZoneOffset.UTC);

        assertFalse(page.contains("00008101-001A2B3C4D5E6F7A"), page);
        assertTrue(page.contains("…4D5E6F7A"), page);
    }

    @Test
    void aRecordIsReadAsItWasWritten() {
        RunRecord run = failing(EVIL, 12, 3, EVIL, EVIL);

        assertEquals(Optional.of(run), RunRecordJson.parse(RunRecordJson.of(run)));
    }

    @Test
    void skippedFilesAreReportedAndReadBackUnchanged() {
        List<PassedOver> many = IntStream.range(0, 700)
                .mapToObj(i -> new PassedOver("letters/" + i + ".pdf", PassedOver.Kind.DOCUMENT, "no photo"))
                .toList();
        Omitted omitted = new Omitted(
                900, Map.of(PassedOver.Kind.DOCUMENT, 700L, PassedOver.Kind.THUMBNAILS, 40L), many, 3, 4, 1, 2);
        RunRecord run = run(0, "iPhone", did(12, 0, List.of(), Optional.of(omitted)));

        assertEquals(Optional.of(run), RunRecordJson.parse(RunRecordJson.of(run)));
        assertEquals(200 + 40, omitted.unnamed(false) + omitted.unnamed(true));
        String page = HtmlReport.of(run, ZoneOffset.UTC);
        assertTrue(page.contains("letters/499.pdf") && page.contains("and 240 more files"), page);
        assertTrue(page.contains("700 documents") && page.contains("40 thumbnails"), page);
    }

    @Test
    void aRecordWithoutSkippedFilesIsReadAsOneOfAnEarlierVersion() {
        RunRecord run = run(0, "iPhone", did(12, 0));

        assertEquals(
                Optional.empty(),
                RunRecordJson.parse(RunRecordJson.of(run))
                        .orElseThrow()
                        .result()
                        .omitted());
    }

    @Test
    void aTornRecordIsIgnored() {
        String text = RunRecordJson.of(run(0, "iPhone", did(1, 0)));
        for (int length = 0; length < text.length(); length++) {
            assertEquals(Optional.empty(), RunRecordJson.parse(text.substring(0, length)));
        }
        assertEquals(Optional.empty(), RunRecordJson.parse(text.replace("\"format\":1", "\"format\":2")));
    }

    @Test
    void everyEndingHasAVerdict() {
        for (RunEnding ending : RunEnding.values()) {
            RunSummary verdict = RunSummary.of(run(ending.number(), "iPhone", did(1, 1)));
            assertEquals(ending == RunEnding.DONE, verdict.mood() == RunSummary.Mood.GOOD, verdict.headline());
        }
        RunRecord cut = RunRecordJson.parse(RunRecordJson.of(run(0, "iPhone", did(1, 0)))
                        .replaceFirst("\"ended\":\"[^\"]*\",\"exitCode\":0,", ""))
                .orElseThrow();
        assertTrue(RunSummary.of(cut).headline().contains("did not finish"));
    }
}
