package dev.shoebox.cli.configured;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.shoebox.cli.Shell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The arguments that the environment and the configuration file give a backup. */
class ConfiguredArgumentsTest {
    private Shell shell;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        shell = Shell.plain(folder);
    }

    private int shoebox(Object... arguments) {
        return shell.shoebox(arguments);
    }

    private Path configure(String... lines) throws IOException {
        Path file = folder.resolve(".config/shoebox/config.toml");
        Files.createDirectories(file.getParent());
        return Files.write(file, List.of(lines));
    }

    private Path card() throws IOException {
        Path photo = folder.resolve("card/DCIM/100APPLE/IMG_0001.JPG");
        Files.createDirectories(photo.getParent());
        Files.write(photo, new byte[] {1, 2, 3});
        Files.setLastModifiedTime(
                photo, java.nio.file.attribute.FileTime.from(java.time.Instant.parse("2024-05-06T12:00:00Z")));
        return folder.resolve("card");
    }

    private String placeOf(Path backup) throws IOException {
        try (var files = Files.walk(backup)) {
            return files.filter(file -> file.getFileName().toString().equals("IMG_0001.JPG"))
                    .map(file -> backup.relativize(file).toString())
                    .findFirst()
                    .orElse("nowhere");
        }
    }

    @Test
    void aVariableStandsForAnOption() throws IOException {
        shell.environment.put("SHOEBOX_LAYOUT", "day");
        assertEquals(0, shoebox("backup", "--from", card(), folder.resolve("b")), shell.err());
        assertEquals("2024/05/06/IMG_0001.JPG", placeOf(folder.resolve("b")));
    }

    @Test
    void theConfiguredTransportIsThatOfCommandsWithoutAProfileToo() throws IOException {
        configure("transport = 'java'");
        shell.environment.put("USBMUXD_SOCKET_ADDRESS", "UNIX:" + folder.resolve("nobody"));
        shoebox("doctor");
        assertTrue(shell.out().contains("without a native library"), shell.out());
        shoebox("doctor", "--transport", "native");
        assertFalse(shell.out().contains("without a native library"), shell.out());
    }

    @Test
    void theCommandLineOutranksTheEnvironmentAndThatTheFile() throws IOException {
        configure("layout = 'flat'");
        assertEquals(0, shoebox("backup", "--from", card(), folder.resolve("file")), shell.err());
        assertEquals("IMG_0001.JPG", placeOf(folder.resolve("file")));
        shell.environment.put("SHOEBOX_LAYOUT", "day");
        assertEquals(0, shoebox("backup", "--from", card(), folder.resolve("variable")), shell.err());
        assertEquals("2024/05/06/IMG_0001.JPG", placeOf(folder.resolve("variable")));
        assertEquals(0, shoebox("backup", "--layout", "year", "--from", card(), folder.resolve("typed")));
        assertEquals("2024/IMG_0001.JPG", placeOf(folder.resolve("typed")));
    }

    @Test
    void withoutAFolderTheConfiguredOneIsMeantAndThePhonesTableCounts() throws IOException {
        configure(
                "layout = 'flat'",
                "[destination.disk]",
                "path = '" + folder.resolve("disk") + "'",
                "[phone.anna]",
                "layout = 'year'",
                "from = '" + card() + "'");
        assertEquals(0, shoebox("backup"), shell.err());
        assertEquals("2024/IMG_0001.JPG", placeOf(folder.resolve("disk")));
    }

    @Test
    void everyCommandKnowsTheConfiguredBackup() throws IOException {
        Path backup = folder.resolve("b");
        assertEquals(0, shoebox("backup", "--from", card(), backup), shell.err());
        configure("[destination.disk]", "path = '" + backup + "'", "[phone.ada]", "name = 'Ada'");
        for (List<String> command : List.of(
                List.of("verify"),
                List.of("status"),
                List.of("repair", "--from", folder.resolve("card").toString()),
                List.of("albums"),
                List.of("coverage", "--from", folder.resolve("card").toString()),
                List.of("safe-to-remove", "--from", folder.resolve("card").toString()))) {
            assertEquals(0, shoebox(command.toArray()), command + ": " + shell.err());
        }
        // A command that changes records irrevocably needs its folder by name.
        assertEquals(2, shoebox("rebuild"));
        assertEquals(2, shoebox("unlock"));
    }

    @Test
    void ofSeveralConfiguredBackupsNoneIsGuessed() throws IOException {
        configure(
                "[destination.one]",
                "path = '/one'",
                "[destination.two]",
                "path = '/two'",
                "[phone.ada]",
                "destination = 'one'",
                "[phone.ben]",
                "destination = 'two'");
        assertEquals(2, shoebox("verify"));
        assertTrue(shell.err().contains("one") && shell.err().contains("two"), shell.err());
    }

    @Test
    void aFlagThatIsTypedAndConfiguredStaysSet() throws IOException {
        shell.environment.put("SHOEBOX_DRY_RUN", "yes");
        assertEquals(0, shoebox("backup", "--dry-run", "--from", card(), folder.resolve("b")), shell.err());
        assertTrue(Files.notExists(folder.resolve("b")));
    }

    @Test
    void aVariableThatCannotBeFollowedIsNamed() throws IOException {
        shell.environment.put("SHOEBOX_VERIFY", "dsk");
        assertEquals(2, shoebox("backup", "--from", card(), folder.resolve("b")));
        assertTrue(shell.err().contains("SHOEBOX_VERIFY: 'dsk' is not one of"), shell.err());
        shell.environment.clear();
        shell.environment.put("SHOEBOX_SHARED", "maybe");
        assertEquals(2, shoebox("backup", "--from", card(), folder.resolve("b")));
        assertTrue(shell.err().contains("SHOEBOX_SHARED: 'maybe' is neither true nor false"), shell.err());
    }

    @Test
    void aFaultyFileStopsABackupWithItsPlaceAlsoInJson() throws IOException {
        Path file = configure("layout = 'day'", "[phone.anna]", "verfy = 'disk'");
        assertEquals(2, shoebox("backup", "--json", "--from", card(), folder.resolve("b")));
        String expected = file + ":3:1: 'verfy' is unknown in [phone.anna]. Did you mean 'verify'?";
        assertTrue(shell.err().contains(expected), shell.err());
        assertEquals(
                expected,
                JSON.std.mapFrom(shell.out().lines().findFirst().orElseThrow()).get("message"));
        assertTrue(shell.out().contains("\"summary\""), shell.out());
        assertTrue(Files.notExists(folder.resolve("b")));
    }

    @Test
    void aValueIsTriedAsTheOptionWouldTakeIt() throws IOException {
        Path file = configure("wait = '1.5m'", "time-zone = 'Europe/Nowhere'", "limit-rate = 'fast'");
        assertEquals(2, shoebox("config", "check"));
        assertTrue(shell.err().contains(file + ":1:1: 'wait': '1.5m' is not a duration; use 30s"), shell.err());
        assertTrue(shell.err().contains(file + ":2:1: 'time-zone': there is no time zone"), shell.err());
        assertTrue(shell.err().contains(file + ":3:1: 'limit-rate': 'fast' is not a rate above 0"), shell.err());
        assertEquals(2, shoebox("config", "check", "--json"));
        Map<String, Object> first =
                JSON.std.mapFrom(shell.out().lines().findFirst().orElseThrow());
        assertEquals("fault", first.get("event"));
        assertEquals(1, first.get("line"));
        assertEquals(1, first.get("column"));
    }

    @Test
    void everyOptionOfBackupIsAKey() throws IOException {
        configure("layot = 'day'");
        shoebox("backup", "--help");
        List<String> options = shell.out()
                .lines()
                .filter(line -> line.matches("\\s{1,9}(-\\w, )?--[a-z-]+.*"))
                .map(line -> line.replaceFirst("^\\s+(-\\w, )?--([a-z-]+).*", "$2"))
                .filter(name -> !List.of("help", "version", "dest", "scheduled").contains(name))
                .toList();
        assertTrue(options.size() >= 14, options.toString());
        configure("layot = []");
        shoebox("config", "check");
        assertTrue(shell.err().contains("is unknown"), shell.err());
        for (String option : options) {
            configure(option + " = []");
            shoebox("config", "check");
            assertTrue(shell.err().isEmpty() || !shell.err().contains("is unknown"), shell.err());
        }
    }

    @Test
    void aValidFileIsConfirmed() throws IOException {
        configure("[destination.disk]", "path = '/disk'", "[phone.anna]", "udid = '0123'");
        assertEquals(0, shoebox("config", "check"), shell.err());
        assertTrue(shell.out().contains(": 1 phone, 1 destination."), shell.out());
    }

    @Test
    void aStrangeVariableIsPointedOut() throws IOException {
        configure("[destination.disk]", "path = '/disk'", "[phone.anna]");
        shell.environment.put("SHOEBOX_LAYUOT", "day");
        shell.environment.put("SHOEBOX_UNATTENDED", "1");
        assertEquals(0, shoebox("config", "check"));
        assertTrue(shell.err().matches("(?s).*SHOEBOX_LAYUOT .*SHOEBOX_LAYOUT\\?.*"));
        assertEquals(1, shell.err().lines().count(), shell.err());
    }

    @Test
    void withoutAFileThereIsNothingToCheck() {
        assertEquals(2, shoebox("config", "check"));
        assertTrue(shell.err().contains("'shoebox config init'"), shell.err());
    }

    @Test
    void whereEachValueComesFromIsShown() throws IOException {
        Path file = configure(
                "layout = 'flat'",
                "wait = 60",
                "[destination.disk]",
                "path = '/disk'",
                "id = 'x-1'",
                "[phone.anna]",
                "wait = '2m'");
        shell.environment.put("SHOEBOX_LIMIT_RATE", "10M");
        assertEquals(0, shoebox("config", "show"), shell.err());
        assertTrue(shell.out().contains("anna, to /disk (disk, the backup x-1):"), shell.out());
        assertTrue(shell.out().contains("  layout = flat  (" + file + ":1:1)"), shell.out());
        assertTrue(shell.out().contains("  wait = 2m  (" + file + ":7:1)"), shell.out());
        assertTrue(shell.out().contains("  limit-rate = 10M  (SHOEBOX_LIMIT_RATE)"), shell.out());
        assertTrue(shell.out().contains("  verify = auto  (built in)"), shell.out());
        assertEquals(0, shoebox("config", "show", "--json", "anna"), shell.err());
        assertTrue(shell.out().contains("\"key\":\"limit-rate\",\"value\":\"10M\",\"from\":\"environment\""));
        assertTrue(shell.out().contains("\"key\":\"wait\",\"value\":\"2m\",\"from\":\"phone\""), shell.out());
        assertTrue(shell.out().contains("\"from\":\"defaults\""), shell.out());
        assertTrue(shell.out().contains("\"from\":\"built-in\""), shell.out());
    }

    @Test
    void configAloneListsItsCommands() {
        assertEquals(2, shoebox("config"));
        assertTrue(shell.err().contains("show, check"), shell.err());
        assertEquals(2, shoebox("config", "shwo"));
        assertTrue(shell.err().contains("show"), shell.err());
    }

    @Test
    void aWordThatNamesAPhoneMeansThatPhoneAndAPathMeansAFolder() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        String name = "anna-of-this-test";
        configure(
                "[destination.disk]",
                "path = '" + folder.resolve("disk") + "'",
                "[phone." + name + "]",
                "layout = 'year'",
                "from = '" + card() + "'",
                "[phone.ben]",
                "from = '" + folder.resolve("nothing") + "'");
        assertEquals(0, shoebox("backup", name), shell.err());
        assertEquals("2024/IMG_0001.JPG", placeOf(folder.resolve("disk")));
        assertTrue(Files.notExists(here.resolve(name)), "no folder was made");
        assertEquals(0, shoebox("backup", name, "--dry-run"), shell.err());
        assertEquals(0, shoebox("backup", "--dest", name, "--dry-run"), shell.err());
        assertEquals(0, shoebox("backup", name, "--scheduled"), shell.err());
        assertEquals(0, shoebox("backup", "--scheduled", name), shell.err());
        assertTrue(Files.notExists(here.resolve(name)), "no folder was made");

        assertEquals(75, shoebox("backup", "--require-existing", "--from", card(), "./" + name), shell.err());
        assertTrue(shell.err().contains("./" + name), shell.err());
    }

    @Test
    void aWordThatIsAlmostAPhoneIsNotMadeAFolder() throws IOException {
        configure(
                "[destination.disk]",
                "path = '" + folder.resolve("disk") + "'",
                "[phone.anna-of-this-test]",
                "from = '" + card() + "'");
        assertEquals(2, shoebox("backup", "--from", card(), "ana-of-this-test"), shell.err());
        assertTrue(Files.notExists(Path.of("ana-of-this-test")));
        assertTrue(shell.err().contains("'anna-of-this-test'"), shell.err());
        assertTrue(shell.err().contains("./ana-of-this-test"), shell.err());
    }
}
