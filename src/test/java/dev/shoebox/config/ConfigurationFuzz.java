package dev.shoebox.config;

import dev.shoebox.InMemory;
import dev.shoebox.system.AppDirectories;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A configuration file is accepted, or every error in it has a position. */
final class ConfigurationFuzz {
    private static final ConfigSchema WORDS = new ConfigSchema(
            List.of(
                    Key.ofText("layout"),
                    new Key("shared", Key.Kind.FLAG, text -> Optional.empty()),
                    new Key("album", Key.Kind.LIST, text -> Optional.empty())),
            List.of(Key.ofText("name"), Key.ofText("destination")),
            List.of(Key.ofText("path"), Key.ofText("id")));

    private ConfigurationFuzz() {}

    static List<byte[]> seeds() {
        return Stream.of(
                        """
                        layout = 'day'
                        shared = true
                        [destination.usb]
                        path = '/media/me/usb'
                        id = "8f1c"
                        [phone.anna]
                        destination = 'usb'
                        album = ['Family', "Summer\\u00e9"]
                        """,
                        """
                        # nothing yet
                        [destination.nas]
                        path = '~/nas'
                        [phone.ben]
                        album = 'Work'
                        name = 7
                        """,
                        "[[phone]]\nname = { a = 1979-05-27T07:32:00Z, b = [[[1], 2.5e3], nan] }\n",
                        "phone.x.album = \"long\"\n")
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        Path folder = InMemory.folder("shoebox-fuzz");
        AppDirectories places = new AppDirectories(folder, folder, folder, folder);
        try {
            Files.write(places.file(), bytes);
            Configuration.read(places, WORDS).profiles();
        } catch (ConfigurationException told) {
            for (ConfigError fault : told.faults()) {
                if (fault.at().line() < 1 || fault.words().isBlank()) {
                    throw new AssertionError(fault);
                }
            }
        } finally {
            Files.deleteIfExists(places.file());
            Files.delete(folder);
        }
    }
}
