package dev.shoebox.cli.phone;

import dev.shoebox.cli.Shell;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Which transport reaches the iPhone, and how it is encrypted. */
class WayTest {
    @TempDir
    private Path home;

    private SimulatedUsb usb;

    @BeforeEach
    void plugIn() throws IOException {
        usb = SimulatedUsb.start("UNIX:" + home.resolve("mux"));
        usb.plug(new SimulatedPhone(PhoneSettings.of(Libraries.folder(home))
                .withPaired(true)
                .with(new PhoneSettings.Encryption(true, true))));
        Shell.connectTo(usb.address());
    }

    @AfterEach
    void unplug() {
        usb.close();
    }

    private static String way(String transport) {
        return transport.equals("java") ? "Java" : "libimobiledevice";
    }

    private static String encryption(String transport) {
        return transport.equals("java") ? "_GCM_" : "libimobiledevice does not report";
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "native"})
    void devicesShowsItInDetail(String transport) throws IOException {
        Shell shell = new Shell(home);

        assertEquals(0, shell.shoebox("devices", "--transport", transport, "-v"));
        assertTrue(shell.err().contains("Reached through " + way(transport)), shell.err());
        assertTrue(shell.out().contains("Encrypted: "), shell.out());
        assertTrue(shell.out().contains(encryption(transport)), shell.out());
        shell.shoebox("devices", "--transport", transport);
        assertFalse((shell.out() + shell.err()).contains("Encrypted"));

        assertEquals(0, shell.shoebox("devices", "--transport", transport, "-v", "--json"));
        Map<String, Object> connection = shell.events("connection").get(0);
        assertTrue(connection.get("transport").toString().startsWith(way(transport)), connection.toString());
        assertTrue(connection.get("encryption").toString().contains(encryption(transport)), connection.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "native"})
    void doctorShowsItToo(String transport) {
        Shell shell = new Shell(home);

        assertEquals(0, shell.shoebox("doctor", "--transport", transport, "-v"));
        assertTrue(shell.out().contains("iPhones are reached through " + way(transport)), shell.out());
        assertTrue(shell.out().contains(encryption(transport)), shell.out());
        assertFalse(shell.out().contains("is installed"), shell.out());
    }
}
