package dev.shoebox.cli;

import dev.shoebox.TransportUnderTest;
import dev.shoebox.simulator.apps.SimulatedApp;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A phone with an app that shares documents and one that does not, and a backup of it. */
@Tag(TransportUnderTest.TAG)
@Tag(TransportUnderTest.ONCE)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class FilesCase {
    static final String SKETCHES = "org.example.Sketches";
    static final String PHOTO = "DCIM/100APPLE/IMG_0001.JPG";

    @TempDir
    Path home;

    @TempDir
    Path phoneFolder;

    Path media;
    Path sketches;
    Path backup;
    Shell shell;
    private SimulatedUsb usb;
    SimulatedPhone phone;

    @BeforeEach
    void plugIn() throws IOException {
        media = Files.createDirectories(phoneFolder.resolve("media"));
        sketches = Files.createDirectories(phoneFolder.resolve("sketches"));
        backup = home.resolve("backup");
        shell = new Shell(home);
        usb = SimulatedUsb.start("UNIX:" + home.resolve("mux"));
        phone = new SimulatedPhone(
                PhoneSettings.of(Libraries.folder(media)).withPaired(true).withName("Ana’s iPhone"));
        phone.apps().install(SimulatedApp.sharing(SKETCHES, "Sketches", Libraries.folder(sketches)));
        phone.apps().install(SimulatedApp.closed("org.example.Bank", "Bank", Libraries.folder(sketches)));
        usb.plug(phone);
        Shell.connectTo(usb.address());
    }

    @AfterEach
    void unplug() {
        usb.close();
    }

    /** Unplugs the phone, and plugs another one in. */
    void replaceBy(SimulatedPhone other) {
        usb.unplug(phone);
        usb.plug(other);
    }

    void plugBeside(SimulatedPhone other) {
        usb.plug(other);
    }

    static void put(Path folder, String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    void shoebox(int code, Object... words) {
        assertEquals(code, shell.shoebox(words), () -> shell.err() + shell.out());
    }

    void configure(String lines) throws IOException {
        Files.writeString(
                Files.createDirectories(home.resolve("config/shoebox")).resolve("config.toml"), lines);
    }

    void unplugPhone() {
        usb.unplug(phone);
    }

    void backUp(int code, Object... more) {
        Object[] words = Stream.concat(
                        Stream.of("files", "--json", "-v"), Stream.concat(Stream.of(more), Stream.of(backup)))
                .toArray();
        assertEquals(code, shell.shoebox(words), () -> shell.err() + shell.out());
    }

    Map<String, Object> summary() throws IOException {
        return shell.events("summary").get(0);
    }

    /** The content of every file below the folder of other files, by path. */
    Map<String, String> stored() throws IOException {
        Map<String, String> stored = new TreeMap<>();
        Path files = backup.resolve("Files");
        if (Files.isDirectory(files)) {
            try (Stream<Path> all = Files.walk(files)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    stored.put(files.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        return stored;
    }
}
