package dev.shoebox.cli.configured;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.shoebox.cli.Shoebox;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.TerminalInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the environment and the configuration file say to a backup. */
class ConfiguredArgumentsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path folder;

    private int shoebox(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        environment.put("HOME", folder.toString());
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), TerminalInfo.none());
        String[] words = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
        return new Shoebox(console, new InterruptHandler(onSignal -> {}, () -> {}), InstantSource.system(), environment)
                .run(words);
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
        environment.put("SHOEBOX_LAYOUT", "day");
        assertEquals(0, shoebox("backup", "--from", card(), folder.resolve("b")), err.toString());
        assertEquals("2024/05/06/IMG_0001.JPG", placeOf(folder.resolve("b")));
    }

    @Test
    void theCommandLineOutranksTheEnvironmentAndThatTheFile() throws IOException {
        configure("layout = 'flat'");
        assertEquals(0, shoebox("backup", "--from", card(), folder.resolve("file")), err.toString());
        assertEquals("IMG_0001.JPG", placeOf(folder.resolve("file")));
        environment.put("SHOEBOX_LAYOUT", "day");
        assertEquals(0, shoebox("backup", "--from", card(), folder.resolve("variable")), err.toString());
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
        assertEquals(0, shoebox("backup"), err.toString());
        assertEquals("2024/IMG_0001.JPG", placeOf(folder.resolve("disk")));
    }

    @Test
    void aFlagThatIsTypedAndConfiguredStaysSet() throws IOException {
        environment.put("SHOEBOX_DRY_RUN", "yes");
        assertEquals(0, shoebox("backup", "--dry-run", "--from", card(), folder.resolve("b")), err.toString());
        assertTrue(Files.notExists(folder.resolve("b")));
    }

    @Test
    void aVariableThatCannotBeFollowedIsNamed() throws IOException {
        environment.put("SHOEBOX_VERIFY", "dsk");
        assertEquals(2, shoebox("backup", "--from", card(), folder.resolve("b")));
        assertTrue(err.toString().contains("SHOEBOX_VERIFY: 'dsk' is not one of"), err.toString());
        environment.clear();
        environment.put("SHOEBOX_SHARED", "maybe");
        assertEquals(2, shoebox("backup", "--from", card(), folder.resolve("b")));
        assertTrue(err.toString().contains("SHOEBOX_SHARED: 'maybe' is neither true nor false"), err.toString());
    }

    @Test
    void aFaultyFileStopsABackupWithItsPlaceAlsoInJson() throws IOException {
        Path file = configure("layout = 'day'", "[phone.anna]", "verfy = 'disk'");
        assertEquals(2, shoebox("backup", "--json", "--from", card(), folder.resolve("b")));
        String expected = file + ":3:1: 'verfy' is not known in [phone.anna]. Did you mean 'verify'?";
        assertTrue(err.toString().contains(expected), err.toString());
        assertEquals(
                expected,
                JSON.std
                        .mapFrom(out.toString().lines().findFirst().orElseThrow())
                        .get("message"));
        assertTrue(out.toString().contains("\"summary\""), out.toString());
        assertTrue(Files.notExists(folder.resolve("b")));
    }

    @Test
    void aValueIsTriedAsTheOptionWouldTakeIt() throws IOException {
        Path file = configure("wait = '1.5m'", "time-zone = 'Europe/Nowhere'", "limit-rate = 'fast'");
        assertEquals(2, shoebox("config", "check"));
        assertTrue(err.toString().contains(file + ":1:1: 'wait': '1.5m' is no time; write it as 30s"), err.toString());
        assertTrue(err.toString().contains(file + ":2:1: 'time-zone': there is no time zone"), err.toString());
        assertTrue(err.toString().contains(file + ":3:1: 'limit-rate': 'fast' is no rate above 0"), err.toString());
        assertEquals(2, shoebox("config", "check", "--json"));
        Map<String, Object> first =
                JSON.std.mapFrom(out.toString().lines().findFirst().orElseThrow());
        assertEquals("fault", first.get("event"));
        assertEquals(1, first.get("line"));
        assertEquals(1, first.get("column"));
    }

    @Test
    void everyOptionOfBackupIsAKey() throws IOException {
        configure("layot = 'day'");
        shoebox("backup", "--help");
        List<String> options = out.toString()
                .lines()
                .filter(line -> line.matches("\\s+(-\\w, )?--[a-z-]+.*"))
                .map(line -> line.replaceFirst("^\\s+(-\\w, )?--([a-z-]+).*", "$2"))
                .filter(name -> !List.of("help", "version", "dest", "scheduled").contains(name))
                .toList();
        assertTrue(options.size() >= 14, options.toString());
        for (String option : options) {
            configure(option + " = []");
            shoebox("config", "check");
            assertTrue(err.toString().isEmpty() || !err.toString().contains("not known"), err.toString());
        }
    }

    @Test
    void aFileInOrderIsSaidToBe() throws IOException {
        configure("[destination.disk]", "path = '/disk'", "[phone.anna]", "udid = '0123'");
        assertEquals(0, shoebox("config", "check"), err.toString());
        assertTrue(out.toString().contains("is in order: 1 phone, 1 destination."), out.toString());
    }

    @Test
    void aStrangeVariableIsPointedOut() throws IOException {
        configure("[destination.disk]", "path = '/disk'", "[phone.anna]");
        environment.put("SHOEBOX_LAYUOT", "day");
        environment.put("SHOEBOX_UNATTENDED", "1");
        assertEquals(0, shoebox("config", "check"));
        assertTrue(err.toString().contains("SHOEBOX_LAYUOT is set, and is not known. Did you mean SHOEBOX_LAYOUT?"));
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    @Test
    void withoutAFileThereIsNothingToCheck() {
        assertEquals(2, shoebox("config", "check"));
        assertTrue(err.toString().contains("'shoebox config init'"), err.toString());
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
        environment.put("SHOEBOX_LIMIT_RATE", "10M");
        assertEquals(0, shoebox("config", "show"), err.toString());
        assertTrue(out.toString().contains("anna, to /disk (disk, the backup x-1):"), out.toString());
        assertTrue(out.toString().contains("  layout = flat  (" + file + ":1:1)"), out.toString());
        assertTrue(out.toString().contains("  wait = 2m  (" + file + ":7:1)"), out.toString());
        assertTrue(out.toString().contains("  limit-rate = 10M  (SHOEBOX_LIMIT_RATE)"), out.toString());
        assertTrue(out.toString().contains("  verify = auto  (built in)"), out.toString());
        assertEquals(0, shoebox("config", "show", "--json", "anna"), err.toString());
        assertTrue(out.toString().contains("\"key\":\"limit-rate\",\"value\":\"10M\",\"from\":\"environment\""));
        assertTrue(out.toString().contains("\"key\":\"wait\",\"value\":\"2m\",\"from\":\"phone\""), out.toString());
        assertTrue(out.toString().contains("\"from\":\"defaults\""), out.toString());
        assertTrue(out.toString().contains("\"from\":\"built-in\""), out.toString());
    }

    @Test
    void configAloneSaysWhatItCanDo() {
        assertEquals(2, shoebox("config"));
        assertTrue(err.toString().contains("show, check"), err.toString());
        assertEquals(2, shoebox("config", "shwo"));
        assertTrue(err.toString().contains("show"), err.toString());
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
        assertEquals(0, shoebox("backup", name), err.toString());
        assertEquals("2024/IMG_0001.JPG", placeOf(folder.resolve("disk")));
        assertTrue(Files.notExists(here.resolve(name)), "no folder was made");
        assertEquals(0, shoebox("backup", name, "--dry-run"), err.toString());
        assertEquals(0, shoebox("backup", "--dest", name, "--dry-run"), err.toString());
        assertEquals(0, shoebox("backup", name, "--scheduled"), err.toString());
        assertEquals(0, shoebox("backup", "--scheduled", name), err.toString());
        assertTrue(Files.notExists(here.resolve(name)), "no folder was made");

        assertEquals(75, shoebox("backup", "--require-existing", "--from", card(), "./" + name), err.toString());
        assertTrue(err.toString().contains("./" + name), err.toString());
    }

    @Test
    void aWordThatIsAlmostAPhoneIsNotMadeAFolder() throws IOException {
        configure(
                "[destination.disk]",
                "path = '" + folder.resolve("disk") + "'",
                "[phone.anna-of-this-test]",
                "from = '" + card() + "'");
        assertEquals(2, shoebox("backup", "--from", card(), "ana-of-this-test"), err.toString());
        assertTrue(Files.notExists(Path.of("ana-of-this-test")));
        assertTrue(err.toString().contains("'anna-of-this-test'"), err.toString());
        assertTrue(err.toString().contains("./ana-of-this-test"), err.toString());
    }
}
