package dev.shoebox.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SimulateIT {
    @TempDir
    private Path folder;

    @Test
    void printsOneLineToSetServesAndEndsWhenAskedTo() throws Exception {
        try (Started phone = Started.shoebox(folder, Map.of(), "simulate", "--name", "Ada's iPhone")
                .said("\n")) {
            String line = phone.out();
            assertTrue(line.matches("export USBMUXD_SOCKET_ADDRESS=127\\.0\\.0\\.1:\\d+\n"), line);
            String address = line.strip().split("=", 2)[1];

            try (Started devices = Started.shoebox(folder, Map.of("USBMUXD_SOCKET_ADDRESS", address), "devices")
                    .ended()) {
                assertTrue(devices.out().startsWith("Ada's iPhone\n"), devices.out() + devices.err());
            }

            phone.signal("TERM");
            phone.ended();
            assertEquals(0, phone.code());
            assertEquals(line, phone.out());
            assertEquals("", phone.err());
        }
    }

    @Test
    void aLibraryThatIsNoFolderIsRefused() throws Exception {
        try (Started phone = Started.shoebox(folder, Map.of(), "simulate", folder.resolve("nothing"))
                .ended()) {
            assertEquals(2, phone.code());
            assertTrue(phone.err().contains("nothing"), phone.err());
        }
    }
}
