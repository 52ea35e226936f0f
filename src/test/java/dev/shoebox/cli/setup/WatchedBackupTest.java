package dev.shoebox.cli.setup;

import dev.shoebox.TransportUnderTest;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import dev.shoebox.system.OperatingSystem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A backup that watch started is asked to end in the way of its system. */
@Tag(TransportUnderTest.TAG)
@Tag(TransportUnderTest.ONCE)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchedBackupTest {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"LINUX", "WINDOWS"})
    void aBackupThatIsAskedToEndEndsAsItDoesAfterCtrlC(OperatingSystem system) throws Exception {
        Path backup = folder.resolve("backup");
        try (SimulatedUsb usb = SimulatedUsb.start("UNIX:" + folder.resolve("mux"))) {
            SimulatedPhone phone =
                    new SimulatedPhone(PhoneSettings.of(Libraries.generated(GeneratedLibrary.photos(4, 50_000)))
                            .withPaired(true));
            phone.faults().stallAfter(120_000);
            usb.plug(phone);
            WatchedBackup started = WatchedBackup.start(
                    system,
                    JAVA,
                    List.of(
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.shoebox.cli.Shoebox",
                            "backup",
                            "--quiet",
                            backup.toString()),
                    Map.of(
                            "HOME",
                            folder.toString(),
                            "XDG_STATE_HOME",
                            folder.resolve("state").toString(),
                            "XDG_CONFIG_HOME",
                            folder.resolve("config").toString(),
                            "USBMUXD_SOCKET_ADDRESS",
                            usb.address()));
            phone.observed().await(() -> phone.observed().bytesSent() >= 120_000);
            started.end();

            assertEquals(130, started.onExit().get(30, TimeUnit.SECONDS));
            assertTrue(Files.exists(backup.resolve(".shoebox/id")));
            assertFalse(Files.exists(backup.resolve(".shoebox/lock.json")), "it ended at once");
        }
    }
}
