package dev.shoebox.cli.setup;

import dev.shoebox.cli.Shell;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** An address at which no iPhone can be simulated is refused at once, in one line that names it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SimulateAddressTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1:1",
                "host.invalid:5",
                "nonsense",
                "127.0.0.1:",
                "127.0.0.1:99999",
                "127.0.0.1:-1",
                "UNIX:",
                "UNIX:/nonexistent/folder/mux"
            })
    void isRefusedAtOnce(String address) {
        Shell shell = new Shell(home);

        assertEquals(2, shell.shoebox("simulate", "--listen", address), shell.err());
        assertTrue(shell.err().lines().findFirst().orElseThrow().contains(address), shell.err());
        assertEquals("", shell.out());
    }
}
