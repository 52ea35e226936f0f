package dev.shoebox.run;

import dev.shoebox.cli.Shell;
import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.TerminalInfo;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.run.record.Notices;
import dev.shoebox.system.AppDirectories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
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

/** The preconditions of a scheduled backup that need no phone: a memory card replaces it. */
class PreconditionsTest {
    private Shell shell;

    @TempDir
    private Path folder;

    private Path card;
    private Path disk;

    @BeforeEach
    void prepare() throws IOException {
        shell = Shell.plain(folder).at(Instant.parse("2026-11-20T12:00:00Z"));
        shell.environment.put("PATH", "");
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
        return shell.shoebox(arguments);
    }

    private String firstBackup(Path root) {
        assertEquals(0, shoebox("backup", "--from", card, root), shell.err());
        return DestinationFolder.identity(root).orElseThrow();
    }

    private void assertNotNow(String why, Object... arguments) {
        assertEquals(75, shoebox(arguments), shell.err());
        assertTrue(shell.err().startsWith("Not now: "), shell.err());
        assertTrue(shell.err().contains(why), shell.err());
        assertEquals(1, shell.err().lines().count(), "one line: " + shell.err());
    }

    @Test
    void aScheduledBackupIsABackup() throws IOException {
        String id = firstBackup(disk);
        Files.write(card.resolve("DCIM/100APPLE/IMG_0002.JPG"), new byte[] {4, 5});
        configureDisk("id = '" + id + "'");
        assertEquals(0, shoebox("backup", "--json", "--scheduled"), shell.err());
        assertTrue(shell.out().contains("\"copied\":1"), shell.out());
        assertEquals(0, shoebox("backup", "--json", "--scheduled", "anna"), shell.err());
        assertTrue(shell.out().contains("\"copied\":0"), shell.out());
    }

    @Test
    void aScheduledDryRunUsesTheDriveOfTheRun() throws IOException {
        String id = firstBackup(disk);
        assertEquals(0, shoebox("backup", "--from", card, "--dry-run", "--scheduled", disk), shell.err());
        configureDisk("id = '" + id + "'");
        assertEquals(0, shoebox("backup", "--dry-run", "--scheduled"), shell.err());
        // Another drive is mounted there now.
        Files.move(disk, folder.resolve("elsewhere"));
        firstBackup(disk);
        assertNotNow("a different backup", "backup", "--dry-run", "--scheduled");
    }

    @Test
    void withoutAConfigurationAFolderWillDo() {
        firstBackup(disk);
        assertEquals(0, shoebox("backup", "--from", card, "--scheduled", disk), shell.err());
        assertEquals(0, shoebox("backup", "--from", card, disk, "--scheduled"), shell.err());
        assertEquals(2, shoebox("backup", "--scheduled"), shell.err());
        assertTrue(shell.err().contains("'shoebox config init'"), shell.err());
    }

    @Test
    void aDriveThatIsNotThereIsNothingToDoNowAndItsMountPointStaysEmpty() throws IOException {
        configureDisk("id = 'x'");
        assertNotNow("the drive for 'disk' is not connected", "backup", "--scheduled");
        assertFalse(Files.exists(disk));
        Files.createDirectory(disk);
        assertNotNow("the drive for 'disk' is not connected", "backup", "--scheduled");
        assertEquals(75, shoebox("backup"), "by hand without a folder, where the drive is known: " + shell.err());
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
        assertNotNow("the one for 'disk'", "backup", "--scheduled");
        assertTrue(shell.err().contains("id = \"" + id + "\" under [destination.disk]"), shell.err());
    }

    @Test
    void aDriveWithoutAConfiguredIdentityIsKnownAfterTheFirstRun() throws IOException {
        firstBackup(disk);
        configureDisk();
        assertEquals(0, shoebox("backup", "--scheduled"), shell.err());
        Files.move(disk, folder.resolve("away"));
        firstBackup(disk);
        assertNotNow("holds a different backup", "backup", "--scheduled");
    }

    @Test
    void aRunOfAnotherComputerIsReportedWithTheCommandThatUnlocksIt() throws IOException {
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
            assertNotNow("another run is using", "backup", "--scheduled", "--wait-for-turn", "1s");
        }
        assertEquals(0, shoebox("backup", "--scheduled", "--wait-for-turn", "0"), shell.err());
    }

    @Test
    void aBackupThatIsRecentEnoughIsNotRepeated() throws IOException {
        firstBackup(disk);
        configureDisk();
        shell.now = shell.now.plus(Duration.ofHours(1));
        assertNotNow("ended less than 2 h ago", "backup", "--scheduled", "--cooldown", "2h");
        shell.now = shell.now.plus(Duration.ofHours(1));
        assertEquals(0, shoebox("backup", "--scheduled", "--cooldown", "2h"), shell.err());
        shell.now = shell.now.minus(Duration.ofDays(400));
        assertEquals(0, shoebox("backup", "--scheduled", "--cooldown", "2h"), "the clock was set back: " + shell.err());
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
        shell.meeting(Notices.NONE, battery.getParent());
        assertEquals(75, shoebox("backup", "--scheduled"), shell.err());
        assertTrue(shell.err().contains("battery"), shell.err());
        assertEquals(0, shoebox("backup", "--scheduled", "--on-battery"), shell.err());
    }

    @Test
    void aLockedPhoneIsReportedOnce() {
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(Writer.nullWriter()), new PrintWriter(err), TerminalInfo.none());
        List<String> told = new ArrayList<>();
        Notices notices = (title, text) -> told.add(title + ": " + text);
        AppDirectories places = AppDirectories.of(Map.of("HOME", folder.toString()));
        ConfiguredArguments configured = new ConfiguredArguments(Map.of(), places, () -> {
            throw new AssertionError("nobody asked for options");
        });
        PhoneWait asking = new Preconditions(
                        new BackupConditions(
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ZERO,
                                Duration.ZERO,
                                BackupConditions.PowerNeed.ANY,
                                0),
                        configured,
                        new Surroundings(
                                () -> shell.now, notices, Map.of("HOME", folder.toString()), folder, List.of()),
                        console)
                .asking();

        asking.phone().accept("No iPhone found.");
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
        assertTrue(shell.err().contains("a scheduled run never does"), shell.err());
        assertFalse(Files.exists(disk));
    }

    @Test
    void quietMeansOneLineWithATimeAndOnlyTroubleOnStderr() throws IOException {
        configureDisk("id = 'x'");
        assertEquals(75, shoebox("backup", "--scheduled", "--quiet"));
        assertOneLine("Not now: the drive for 'disk' is not connected");
        assertEquals(75, shoebox("backup", "--scheduled", "--json", "--quiet"));
        assertTrue(shell.out().contains("\"exitCode\":75"), shell.out());
        assertEquals("", shell.err());

        firstBackup(disk);
        configureDisk();
        assertEquals(0, shoebox("backup", "--scheduled", "--quiet"), shell.err());
        assertOneLine("Nothing new on card");
        Files.write(card.resolve("DCIM/100APPLE/IMG_0002.JPG"), new byte[] {4, 5});
        assertEquals(0, shoebox("backup", "--scheduled", "--quiet"), shell.err());
        assertOneLine("1 new file");
        assertEquals(0, shoebox("backup", "--quiet", "--from", card, disk), shell.err());
        assertEquals("", shell.out() + shell.err(), "by hand");
    }

    private void assertOneLine(String words) {
        assertEquals("", shell.err());
        assertEquals(1, shell.out().lines().count(), shell.out());
        assertTrue(shell.out().matches("(?s)\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  .*"), shell.out());
        assertTrue(shell.out().contains(words), shell.out());
    }
}
