package dev.shoebox.run;

import dev.shoebox.cli.Shoebox;
import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.TerminalInfo;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.run.record.Notices;
import dev.shoebox.system.AppDirectories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The gates of a scheduled backup that need no phone: a memory card stands in for it. */
class PreconditionsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path card;
    private Path disk;
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");

    @BeforeEach
    void prepare() throws IOException {
        card = folder.resolve("card");
        disk = folder.resolve("disk");
        Files.createDirectories(card.resolve("DCIM/100APPLE"));
        Files.write(card.resolve("DCIM/100APPLE/IMG_0001.JPG"), new byte[] {1, 2, 3});
    }

    private void configure(String... lines) throws IOException {
        Path file = folder.resolve(".config/shoebox/config.toml");
        Files.createDirectories(file.getParent());
        Files.write(
                file,
                Stream.concat(
                                Stream.of(lines),
                                Stream.of("[phone.anna]", "from = '" + card + "'", "destination = 'disk'"))
                        .toList());
    }

    private void configureDisk(String... lines) throws IOException {
        configure(Stream.concat(Stream.of("[destination.disk]", "path = '" + disk + "'"), Stream.of(lines))
                .toArray(String[]::new));
    }

    private int shoebox(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), TerminalInfo.none());
        String[] words = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
        return new Shoebox(
                        console,
                        new InterruptHandler(onSignal -> {}, () -> {}),
                        () -> now,
                        Map.of("HOME", folder.toString(), "PATH", ""))
                .run(words);
    }

    private String firstBackup(Path root) {
        assertEquals(0, shoebox("backup", "--from", card, root), err.toString());
        return Destination.identity(root).orElseThrow();
    }

    private void assertNotNow(String why, Object... arguments) {
        assertEquals(75, shoebox(arguments), err.toString());
        assertTrue(err.toString().startsWith("Not now: "), err.toString());
        assertTrue(err.toString().contains(why), err.toString());
        assertEquals(1, err.toString().lines().count(), "one line: " + err);
    }

    @Test
    void aScheduledBackupIsABackup() throws IOException {
        String id = firstBackup(disk);
        Files.write(card.resolve("DCIM/100APPLE/IMG_0002.JPG"), new byte[] {4, 5});
        configureDisk("id = '" + id + "'");
        assertEquals(0, shoebox("backup", "--json", "--scheduled"), err.toString());
        assertTrue(out.toString().contains("\"copied\":1"), out.toString());
        assertEquals(0, shoebox("backup", "--json", "--scheduled", "anna"), err.toString());
        assertTrue(out.toString().contains("\"copied\":0"), out.toString());
    }

    @Test
    void withoutAConfigurationAFolderWillDo() {
        firstBackup(disk);
        assertEquals(0, shoebox("backup", "--from", card, "--scheduled", disk), err.toString());
        assertEquals(0, shoebox("backup", "--from", card, disk, "--scheduled"), err.toString());
        assertEquals(2, shoebox("backup", "--scheduled"), err.toString());
        assertTrue(err.toString().contains("'shoebox config init'"), err.toString());
    }

    @Test
    void aDriveThatIsNotThereIsNothingToDoNowAndItsMountPointStaysEmpty() throws IOException {
        configureDisk("id = 'x'");
        assertNotNow("the drive of 'disk' is not there", "backup", "--scheduled");
        assertFalse(Files.exists(disk));
        Files.createDirectory(disk);
        assertNotNow("the drive of 'disk' is not there", "backup", "--scheduled");
        assertEquals(75, shoebox("backup"), "by hand without a folder, where the drive is known: " + err);
        configureDisk();
        assertNotNow("holds no backup", "backup", "--scheduled");
        assertNotNow("holds no backup", "backup", "--from", card, disk, "--scheduled");
        try (Stream<Path> left = Files.list(disk)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void anotherDriveInItsPlaceIsRefused() throws IOException {
        String id = firstBackup(disk);
        configureDisk("id = 'another'");
        assertNotNow("holds another backup than that of 'disk'", "backup", "--scheduled");
        assertTrue(err.toString().contains("write id = \"" + id + "\" below [destination.disk]"), err.toString());
    }

    @Test
    void aDriveWhoseIdentityNobodyWroteDownIsKnownFromTheFirstTimeOn() throws IOException {
        firstBackup(disk);
        configureDisk();
        assertEquals(0, shoebox("backup", "--scheduled"), err.toString());
        Files.move(disk, folder.resolve("away"));
        firstBackup(disk);
        assertNotNow("holds another backup", "backup", "--scheduled");
    }

    @Test
    void aRunOfAnotherComputerIsToldWithTheCommandThatEndsIt() throws IOException {
        firstBackup(disk);
        configureDisk();
        Files.writeString(
                disk.resolve(".shoebox/lock.json"),
                "{\"host\":\"attic\",\"computer\":\"1\",\"boot\":\"b\",\"pid\":7,\"run\":\"r\",\"beat\":\"000000000001\"}");
        assertNotNow("shoebox unlock", "backup", "--scheduled", "--wait-for-turn", "1s");
    }

    @Test
    void anotherRunIsWaitedForAndThenLeftAlone() throws IOException {
        firstBackup(disk);
        configureDisk();
        try (Destination other =
                Destination.open(disk, OpenMode.REQUIRE_EXISTING, InstantSource.system(), line -> {})) {
            assertTrue(other.freeBytes() > 0);
            assertNotNow("another run is still working on", "backup", "--scheduled", "--wait-for-turn", "1s");
        }
        assertEquals(0, shoebox("backup", "--scheduled", "--wait-for-turn", "0"), err.toString());
    }

    @Test
    void aBackupThatIsRecentEnoughIsNotRepeated() throws IOException {
        firstBackup(disk);
        configureDisk();
        now = now.plus(Duration.ofHours(1));
        assertNotNow("ended less than 2 h ago", "backup", "--scheduled", "--cooldown", "2h");
        now = now.plus(Duration.ofHours(1));
        assertEquals(0, shoebox("backup", "--scheduled", "--cooldown", "2h"), err.toString());
        now = now.minus(Duration.ofDays(400));
        assertEquals(0, shoebox("backup", "--scheduled", "--cooldown", "2h"), "the clock was set back: " + err);
    }

    @Test
    void aDriveWithoutRoomIsNothingToDoNow() throws IOException {
        firstBackup(disk);
        configureDisk();
        assertNotNow("are free in", "backup", "--scheduled", "--min-free", "999999G");
    }

    @Test
    void onItsBatteryAComputerDoesNotBeginUnlessItMay() throws IOException {
        firstBackup(disk);
        configureDisk();
        Path battery = Files.createDirectories(folder.resolve("power/BAT0"));
        Files.writeString(battery.resolve("type"), "Battery\n");
        Files.writeString(battery.resolve("status"), "Discharging\n");
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), TerminalInfo.none());
        var environment = Map.of("HOME", folder.toString(), "PATH", "");
        Surroundings around = new Surroundings(() -> now, Notices.NONE, environment, battery.getParent(), List.of());
        Shoebox shoebox = new Shoebox(
                console, new InterruptHandler(onSignal -> {}, () -> {}), () -> now, environment, () -> around);
        err.getBuffer().setLength(0);
        assertEquals(75, shoebox.run("backup", "--scheduled"), err.toString());
        assertTrue(err.toString().contains("runs on its battery"), err.toString());
        assertEquals(0, shoebox.run("backup", "--scheduled", "--on-battery"), err.toString());
    }

    @Test
    void theOwnerOfALockedPhoneIsToldOnce() {
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), TerminalInfo.none());
        List<String> told = new ArrayList<>();
        Notices notices = (title, text) -> told.add(title + ": " + text);
        AppDirectories places = AppDirectories.of(Map.of("HOME", folder.toString()));
        ConfiguredArguments configured = new ConfiguredArguments(Map.of(), places, () -> {
            throw new AssertionError("nobody asked for options");
        });
        PhoneWait asking = new Preconditions(
                        new BackupConditions(
                                Optional.empty(), Duration.ZERO, Duration.ZERO, BackupConditions.PowerNeed.ANY, 0),
                        configured,
                        new Surroundings(() -> now, notices, Map.of("HOME", folder.toString()), folder, List.of()),
                        console)
                .asking();

        asking.phone().accept("No iPhone is seen.");
        assertEquals(List.of(), told);
        asking.owner().accept("Unlock it.");
        asking.owner().accept("Tap Trust.");
        assertEquals(List.of("Unlock the iPhone to start its backup: Unlock it."), told);
        assertEquals(2, err.toString().lines().count(), "an absent phone is told of at the end: " + err);
    }

    @Test
    void aScheduledBackupNeverBeginsOne() throws IOException {
        configureDisk();
        assertEquals(2, shoebox("backup", "--scheduled", "--init"));
        assertTrue(err.toString().contains("a scheduled one never does"), err.toString());
        assertFalse(Files.exists(disk));
    }

    @Test
    void quietMeansOneLineWithATimeAndOnlyTroubleOnStderr() throws IOException {
        configureDisk("id = 'x'");
        assertEquals(75, shoebox("backup", "--scheduled", "--quiet"));
        assertOneLine("Not now: the drive of 'disk' is not there");
        assertEquals(75, shoebox("backup", "--scheduled", "--json", "--quiet"));
        assertTrue(out.toString().contains("\"exitCode\":75"), out.toString());
        assertEquals("", err.toString());

        firstBackup(disk);
        configureDisk();
        assertEquals(0, shoebox("backup", "--scheduled", "--quiet"), err.toString());
        assertOneLine("Nothing new on card");
        Files.write(card.resolve("DCIM/100APPLE/IMG_0002.JPG"), new byte[] {4, 5});
        assertEquals(0, shoebox("backup", "--scheduled", "--quiet"), err.toString());
        assertOneLine("1 new file");
        assertEquals(0, shoebox("backup", "--quiet", "--from", card, disk), err.toString());
        assertEquals("", out.toString() + err, "by hand");
    }

    private void assertOneLine(String words) {
        assertEquals("", err.toString());
        assertEquals(1, out.toString().lines().count(), out.toString());
        assertTrue(out.toString().matches("(?s)\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  .*"), out.toString());
        assertTrue(out.toString().contains(words), out.toString());
    }
}
