package dev.shoebox.config;

import dev.shoebox.system.AppDirectories;
import dev.shoebox.text.NearestWord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ConfigurationTest {
    private static final ConfigSchema WORDS = new ConfigSchema(
            List.of(
                    Key.ofText("layout"),
                    new Key(
                            "limit-rate",
                            Key.Kind.VALUE,
                            text -> text.equals("fast") ? Optional.of("'fast' is no rate") : Optional.empty()),
                    new Key("shared", Key.Kind.FLAG, text -> Optional.empty()),
                    new Key("album", Key.Kind.LIST, text -> Optional.empty())),
            List.of(Key.ofText("name"), Key.ofText("destination")),
            List.of(Key.ofText("path"), Key.ofText("id")));

    @TempDir
    private Path folder;

    private Configuration read(String... lines) throws IOException {
        AppDirectories places = new AppDirectories(folder, folder, folder, folder);
        Files.write(places.file(), List.of(lines));
        return Configuration.read(places, WORDS);
    }

    private List<String> faults(String... lines) {
        return assertThrows(ConfigurationException.class, () -> read(lines)).faults().stream()
                .map(fault -> fault.at().line() + ":" + fault.at().column() + " " + fault.words())
                .toList();
    }

    @Test
    void aPhoneNamesItsDestination() throws IOException {
        Configuration configuration = read(
                "layout = 'day'",
                "[destination.usb]",
                "path = '/media/me/usb/iPhone'",
                "id = '8f1c'",
                "[destination.nas]",
                "path = '~/nas'",
                "[phone.anna]",
                "destination = 'usb'",
                "album = ['Family', 'Summer']",
                "shared = true",
                "limit-rate = 500000",
                "[phone.ben]",
                "destination = 'nas'",
                "album = 'Work'");

        Profile anna = configuration.profile("anna");
        assertEquals(Path.of("/media/me/usb/iPhone"), anna.path());
        assertEquals(Optional.of("8f1c"), anna.id());
        assertEquals(
                List.of("Family", "Summer"),
                anna.phone().find("album").orElseThrow().values());
        assertEquals(Optional.of("true"), anna.phone().text("shared"));
        assertEquals(Optional.of("500000"), anna.phone().text("limit-rate"));
        assertEquals(
                new Position(9, 1), anna.phone().find("album").orElseThrow().at());
        assertEquals(Optional.of("day"), configuration.defaults().text("layout"));
        assertEquals(folder.resolve("nas"), configuration.profile("ben").path());
        assertEquals(
                List.of("anna", "ben"),
                configuration.profiles().stream().map(Profile::name).toList());
    }

    @Test
    void whereThereIsOneOfEachNeitherNeedsToBeNamed() throws IOException {
        Configuration configuration = read("[phone.anna]", "[destination.usb]", "path = '/usb'");

        assertEquals("usb", configuration.onlyProfile().destination());
    }

    @Test
    void whereThereAreSeveralOneMustBeNamed() throws IOException {
        Configuration configuration = read("[phone.anna]", "[phone.ben]", "[destination.usb]", "path = '/usb'");

        String message = assertThrows(ConfigurationException.class, () -> configuration.onlyProfile())
                .getMessage();
        assertEquals("Several phones are configured; choose one of anna, ben.", message);
        assertTrue(assertThrows(ConfigurationException.class, () -> configuration.profile("ana"))
                .getMessage()
                .endsWith("Did you mean 'anna'?"));
    }

    @Test
    void withoutAFileNothingIsConfigured() throws IOException {
        Configuration configuration = Configuration.read(new AppDirectories(folder, folder, folder, folder), WORDS);

        assertEquals(List.of(), configuration.profiles());
        assertTrue(assertThrows(ConfigurationException.class, () -> configuration.onlyProfile())
                .getMessage()
                .contains("'shoebox config init'"));
    }

    @Test
    void everyErrorIsNamedWithItsPositionAndASuggestion() {
        assertEquals(
                List.of(
                        "1:1 'layuot' is unknown. Did you mean 'layout'?",
                        "3:3 'limt_rate' is unknown in [phone.anna]. Did you mean 'limit-rate'?",
                        "4:1 'shared' must be true or false, without quotes.",
                        "5:1 'limit-rate': 'fast' is no rate",
                        "6:1 'layout' takes one value: text in quotes, or a number.",
                        "7:1 There is no table [destination.ubs]. Did you mean 'usb'?",
                        "8:1 [destination.usb] does not set the folder: add path = \"...\".",
                        "10:1 'iPhone' is not an absolute path; start it with the root or with ~/.",
                        "11:1 [phones] is unknown; the tables are [phone.NAME] and [destination.NAME]. Did you"
                                + " mean 'phone'?"),
                faults(
                        "layuot = 'day'",
                        "[phone.anna]",
                        "  limt_rate = '1M'",
                        "shared = 'yes'",
                        "limit-rate = 'fast'",
                        "layout = ['day', 'year']",
                        "destination = 'ubs'",
                        "[destination.usb]",
                        "[destination.other]",
                        "path = 'iPhone'",
                        "[phones.ben]"));
    }

    @Test
    void aTableWithoutANameIsExplained() {
        assertEquals(
                List.of("2:1 'layout' is under [phone], which has no name: write [phone.NAME] above it."),
                faults("[phone]", "layout = 'day'"));
        assertEquals(List.of("1:1 Each phone has its own table: [phone.NAME]."), faults("[[phone]]"));
    }

    @Test
    void aNameThatWouldNotDoAsTheNameOfAFileIsRefused() {
        assertEquals(
                List.of("1:1 '../../x' cannot be the name of a phone; use letters A to Z, digits, - and _."),
                faults("[phone.'../../x']"));
    }

    @Test
    void invalidTomlIsNamedWithItsPosition() {
        List<String> faults = faults("layout = day", "layout = 'day'");
        assertTrue(faults.get(0).startsWith("1:10 "), faults.toString());
        assertTrue(faults("[phone.anna", "").get(0).startsWith("1:"), "an open bracket");
    }

    @Test
    void invalidTextIsRefused() throws IOException {
        Files.write(folder.resolve("config.toml"), new byte[] {'a', (byte) 0xff});
        ConfigurationException wrong = assertThrows(
                ConfigurationException.class,
                () -> Configuration.read(new AppDirectories(folder, folder, folder, folder), WORDS));

        assertEquals("This is not UTF-8 text.", wrong.faults().get(0).message());
    }

    @Test
    void eachSystemHasItsOwnPlaces() {
        Path home = Path.of("/home/me");
        assertEquals(
                Path.of("/home/me/.config/shoebox/config.toml"),
                AppDirectories.of(Map.of(), "Linux", home).file());
        assertEquals(
                Path.of("/home/me/.local/state/shoebox"),
                AppDirectories.of(Map.of(), "Linux", home).state());
        assertEquals(
                Path.of("/c/shoebox"),
                AppDirectories.of(Map.of("XDG_CONFIG_HOME", "/c"), "Linux", home)
                        .configuration());
        assertEquals(
                Path.of("/h/.config/shoebox"),
                AppDirectories.of(Map.of("XDG_CONFIG_HOME", "relative", "HOME", "/h"), "Linux", home)
                        .configuration());
        assertEquals(
                Path.of("/home/me/Library/Application Support/shoebox/config.toml"),
                AppDirectories.of(Map.of(), "Mac OS X", home).file());
        assertEquals(
                Path.of("/roaming/shoebox/config.toml"),
                AppDirectories.of(Map.of("APPDATA", "/roaming"), "Windows 11", home)
                        .file());
    }

    @Test
    void onlyNearMissesGetASuggestion() {
        List<String> known = List.of("layout", "limit-rate", "wait", "wait-for-phone", "udid");
        assertEquals(Optional.of("layout"), NearestWord.of("layuot", known));
        assertEquals(Optional.of("limit-rate"), NearestWord.of("LIMIT_RATE", known));
        assertEquals(Optional.of("udid"), NearestWord.of("uuid", known));
        assertEquals(Optional.empty(), NearestWord.of("colour", known));
    }
}
