package dev.shoebox.cli;

import dev.shoebox.cli.phone.BackupChecks;
import dev.shoebox.cli.phone.Check;
import dev.shoebox.cli.phone.PhoneChecks;
import dev.shoebox.device.PhoneInfo;
import dev.shoebox.device.Refusals;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunResult;
import dev.shoebox.library.database.LibraryResult;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Makes every check fail once; the list of advice begins with the most important. */
class DoctorTest {
    private static final Instant NOW = Instant.parse("2026-03-20T12:00:00Z");
    private static final long ROOM = 50_000_000_000L;

    @TempDir
    private Path folder;

    private static PhoneChecks.Seen phone(PhoneInfo.Trust trust, long freeBytes, boolean... here) {
        PhoneInfo info = new PhoneInfo(
                "00008101-A",
                "Ada's iPhone",
                "iPhone 15",
                "18.0",
                trust,
                OptionalInt.of(80),
                new PhoneInfo.Space(OptionalLong.of(128_000_000_000L), OptionalLong.of(freeBytes)));
        return new PhoneChecks.Seen(
                info, () -> LibraryResult.of(library(here)), known -> Optional.empty(), Optional::empty);
    }

    private static Library library(boolean... here) {
        List<LibraryAsset> assets = new java.util.ArrayList<>();
        for (boolean isHere : here) {
            assets.add(new LibraryAsset(
                    "DCIM/100APPLE/IMG_" + assets.size() + ".HEIC",
                    Role.PHOTO,
                    Set.of(),
                    new LibraryAsset.Taken(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                    new LibraryAsset.Words(Optional.empty(), Optional.empty(), Optional.empty(), List.of()),
                    new LibraryAsset.Membership(List.of(), Optional.empty()),
                    new LibraryAsset.OriginalFiles(
                            LibraryAsset.Upload.UNKNOWN,
                            List.of(new LibraryAsset.Original(
                                    Role.PHOTO, Optional.of(isHere), Optional.of(true), OptionalLong.of(1000))))));
        }
        return new Library(assets).withICloud(true);
    }

    /** A look at phones that are reached through libimobiledevice. */
    private interface Connected extends PhoneChecks.Look {
        @Override
        default String absence() {
            return "No iPhone found.";
        }

        @Override
        default String way() {
            return "libimobiledevice.";
        }
    }

    private static List<Check> checks(Connected look) {
        return new PhoneChecks(look).run(false);
    }

    private static List<String> wrong(Connected look) {
        return wrong(checks(look));
    }

    private static List<String> wrong(List<Check> checks) {
        return checks.stream()
                .filter(check -> !check.isFine())
                .map(Check::about)
                .toList();
    }

    @Test
    void aPhoneThatIsReadyIsFine() {
        assertEquals(List.of(), wrong(() -> List.of(phone(PhoneInfo.Trust.TRUSTED, ROOM, true, true))));
    }

    @Test
    void aMissingLibraryIsReported() {
        assertEquals(List.of("library"), wrong(() -> {
            Refusals.noLibrary();
            return List.of();
        }));
    }

    @Test
    void aSilentDaemonIsReported() {
        assertEquals(List.of("daemon"), wrong(() -> {
            Refusals.noDaemon();
            return List.of();
        }));
    }

    @Test
    void aCableWithoutAPhoneIsReported() {
        assertEquals(List.of("phone"), wrong(List::of));
    }

    @Test
    void everyStateOfTrustButTheBestIsReported() {
        Map<PhoneInfo.Trust, String> told = Map.of(
                PhoneInfo.Trust.LOCKED, "locked",
                PhoneInfo.Trust.NOT_TRUSTED, "trust",
                PhoneInfo.Trust.ASKING, "trust",
                PhoneInfo.Trust.DENIED, "trust");
        told.forEach((trust, about) -> assertEquals(List.of(about), wrong(() -> List.of(phone(trust, ROOM)))));
    }

    @Test
    void aNearlyFullPhoneIsReported() {
        assertEquals(List.of("phone-room"), wrong(() -> List.of(phone(PhoneInfo.Trust.TRUSTED, 900_000_000L, true))));
    }

    @Test
    void originalsThatAreOnlyInICloudAreCounted() {
        List<Check> checks = checks(() -> List.of(phone(PhoneInfo.Trust.TRUSTED, ROOM, true, false, false)));

        assertEquals(List.of("icloud"), wrong(checks));
        assertTrue(checks.stream().anyMatch(check -> check.message().startsWith("2 of 3 originals of Ada's iPhone")));
    }

    private static RunRecord run(RunRecord.Kind kind, Duration age, int exitCode, int damaged) {
        Instant then = NOW.minus(age);
        return new RunRecord(new RunRecord.Start("run-" + age, kind, "/backup", true, then))
                .endedWith(new RunRecord.Ending(then, RunEnding.of(exitCode).orElseThrow(), Optional.empty()))
                .withResult(RunResult.of(new RunResult.Counts(1, 1, 0, 0, 0, damaged), RunResult.Traffic.NONE));
    }

    @Test
    void anOldOrMissingBackupIsReported() {
        RunRecord good = run(RunRecord.Kind.BACKUP, Duration.ofDays(2), 0, 0);
        RunRecord old = run(RunRecord.Kind.BACKUP, Duration.ofDays(9), 0, 0);
        RunRecord failed = run(RunRecord.Kind.BACKUP, Duration.ofDays(1), 14, 0);

        assertEquals(List.of(), wrong(new BackupChecks(NOW).run(List.of(failed, good))));
        assertEquals(List.of("last-backup"), wrong(new BackupChecks(NOW).run(List.of(failed, old))));
        assertEquals(List.of("last-backup"), wrong(new BackupChecks(NOW).run(List.of())));
    }

    @Test
    void damageIsReportedUntilAVerificationFindsNone() {
        RunRecord damaged = run(RunRecord.Kind.VERIFY, Duration.ofDays(2), 4, 3);
        RunRecord mended = run(RunRecord.Kind.VERIFY, Duration.ofDays(1), 0, 0);

        assertEquals(List.of("damage"), wrong(BackupChecks.damage(List.of(damaged))));
        assertEquals(List.of(), wrong(BackupChecks.damage(List.of(mended, damaged))));
    }

    @Test
    void aMissingScheduleIsReported() {
        assertEquals(List.of("schedule"), wrong(List.of(BackupChecks.schedule(0))));
        assertEquals(List.of(), wrong(List.of(BackupChecks.schedule(1))));
    }

    @Test
    void theFinalListBeginsWithTheMostImportant() throws IOException {
        Shell shell = new Shell(folder);
        Path backup = folder.resolve("backup");
        assertEquals(0, shell.shoebox("backup", "--from", shell.card("card", "IMG_0001.JPG"), backup), shell.err());
        Path photo;
        try (Stream<Path> all = Files.walk(backup)) {
            photo = all.filter(path -> path.toString().endsWith("IMG_0001.JPG"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(photo, "not what was copied");
        shell.now = shell.now.plus(Duration.ofDays(9));
        assertEquals(4, shell.shoebox("verify", backup));

        assertEquals(0, shell.shoebox("doctor", "--json", backup), shell.err());
        List<Object> advice = shell.json().stream()
                .filter(event -> event.get("event").equals("advice"))
                .map(event -> event.get("about"))
                .toList();
        assertEquals("damage", advice.get(0), advice.toString());
        assertTrue(advice.indexOf("last-backup") < advice.indexOf("schedule"), advice.toString());
        assertTrue(shell.json().stream()
                .anyMatch(event -> "destination".equals(event.get("about")) && Boolean.TRUE.equals(event.get("ok"))));
    }

    @Test
    void aDestinationThatCannotBeUsedIsOneOfThePointsAndTheExitCode() throws IOException {
        Shell shell = new Shell(folder);
        assertEquals(75, shell.shoebox("doctor", "--json", folder.resolve("unplugged")));
        assertTrue(shell.json().stream()
                .anyMatch(event -> "advice".equals(event.get("event")) && "destination".equals(event.get("about"))));
        assertEquals(0, shell.shoebox("doctor"), shell.err());
    }
}
