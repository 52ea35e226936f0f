package dev.shoebox.cli;

import dev.shoebox.TransportUnderTest;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The phones of two people and one backup. */
class FamilyIT {
    private static final int PHOTOS = 8;
    private static final String ANNA = "00008101-00000000000000AA";
    private static final String BEN = "00008101-00000000000000BB";

    @TempDir
    private Path folder;

    private SimulatedUsb usb;
    private Path backup;

    /** For runs that are not about the process. */
    private Shell inside;

    @BeforeEach
    void plugIn() throws IOException {
        backup = folder.resolve("backup");
        inside = Shell.besideStarted(folder);
        inside.environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        usb = SimulatedUsb.start("UNIX:" + folder.resolve("mux"));
        Shell.connectTo(usb.address());
        usb.plug(phone("Anna's iPhone", ANNA));
        usb.plug(phone("Ben's iPhone", BEN));
    }

    @AfterEach
    void unplug() {
        usb.close();
    }

    /** Both people were sent the same photos. */
    private static SimulatedPhone phone(String name, String udid) {
        return new SimulatedPhone(PhoneSettings.of(Libraries.generated(GeneratedLibrary.photos(PHOTOS, 20_000)))
                .withName(name)
                .withUdid(udid)
                .withPaired(true));
    }

    private Started shoebox(Object... arguments) throws IOException, InterruptedException {
        Map<String, String> environment = Map.of(
                "USBMUXD_SOCKET_ADDRESS",
                usb.address(),
                "XDG_CONFIG_HOME",
                folder.resolve("config").toString());
        return Started.shoebox(folder, environment, arguments);
    }

    private void runs(Object... arguments) {
        assertEquals(0, inside.shoebox(arguments), () -> inside.out() + inside.err());
    }

    private Map<String, Object> summary() throws IOException {
        return inside.events("summary").get(0);
    }

    @Test
    @Tag(TransportUnderTest.TAG)
    void aPhotoThatBothHaveIsStoredOnceAndKnownOfBoth() throws Exception {
        runs("backup", "--json", "--layout", "{device}", "-u", ANNA, backup);
        assertEquals(PHOTOS, summary().get("copied"));
        runs("backup", "--json", "--layout", "{device}", "-u", BEN, backup);
        assertEquals(0, summary().get("copied"));
        assertEquals(PHOTOS, summary().get("duplicates"));
        assertEquals(PHOTOS, Kept.in(backup).files().size());
        assertTrue(Kept.in(backup).files().keySet().stream().allMatch(path -> path.contains("Anna")));
        String journal = Files.readString(backup.resolve(".shoebox/journal.ndjson"));
        assertEquals(
                PHOTOS,
                journal.lines()
                        .filter(line -> line.contains("\"same\"") && line.contains(BEN))
                        .count());
        for (String device : List.of(ANNA, "Ben's iPhone")) {
            runs("history", "--json", "--device", device, backup);
            assertEquals(1, inside.json().size(), inside.out());
        }
    }

    @Test
    @Tag(TransportUnderTest.TAG)
    void twoPhonesThatArePluggedInAreBackedUpOneAfterTheOtherByAWatch() throws Exception {
        Path config = Files.createDirectories(folder.resolve("config/shoebox"));
        Files.writeString(
                config.resolve("config.toml"),
                "[phone.anna]\nudid = \"" + ANNA + "\"\n[phone.ben]\nudid = \"" + BEN
                        + "\"\n[destination.disk]\npath = \"" + backup + "\"\n");
        runs("backup", "-u", ANNA, backup);
        try (Started watch = shoebox("watch", "-v")) {
            watch.said("backup of ben ended (exit code 0)").said("backup of anna ended (exit code 0)");
            watch.signal("TERM");
            watch.ended();
            assertEquals(0, watch.code(), watch.err());
        }
        runs("history", "--json", backup);
        assertEquals(3, inside.json().size(), inside.out());
    }

    @Test
    void ctrlCEndsAWatch() throws Exception {
        Path config = Files.createDirectories(folder.resolve("config/shoebox"));
        Files.writeString(
                config.resolve("config.toml"),
                "[phone.nobody]\nudid = \"00008101-00000000000000CC\"\n[destination.disk]\npath = \"" + backup
                        + "\"\n");
        try (Started watch = shoebox("watch").said("Waiting for nobody")) {
            watch.signal("INT");
            watch.ended();
            assertEquals(130, watch.code(), watch.err());
        }
    }
}
