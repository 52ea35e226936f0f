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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** {@code backup --scheduled} with an absent, locked, untrusting and ready phone, also started by a real systemd. */
class ScheduledIT {
    @TempDir
    private Path folder;

    private SimulatedUsb usb;
    private SimulatedPhone phone;
    private Path disk;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void configure() throws Exception {
        usb = SimulatedUsb.start("UNIX:" + folder.resolve("mux"));
        phone = new SimulatedPhone(PhoneSettings.of(Libraries.generated(GeneratedLibrary.photos(5, 10_000)))
                .withName("Anna's iPhone")
                .withPaired(true));
        usb.plug(phone);
        disk = folder.resolve("disk");
        environment.put("USBMUXD_SOCKET_ADDRESS", usb.address());
        environment.put("HOME", folder.toString());
        environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
        Shell.connectTo(usb.address());
        assertEnds(0, "config", "init", "--phone", "Anna's iPhone", "--dest", disk, "--schedule", "weekly");
    }

    @AfterEach
    void unplug() {
        usb.close();
    }

    private Started shoebox(Object... arguments) throws IOException {
        return Started.shoebox(folder, environment, arguments);
    }

    private String assertEnds(int code, Object... arguments) throws Exception {
        Shell shell = Shell.plain(folder);
        shell.environment.putAll(environment);
        assertEquals(code, shell.shoebox(arguments), () -> shell.out() + shell.err());
        return shell.err();
    }

    @Test
    @Tag(TransportUnderTest.TAG)
    void anOpenPhoneIsBackedUp() throws Exception {
        try (Started run = shoebox("backup", "--scheduled", "anna").ended()) {
            assertEquals(0, run.code(), run.out() + run.err());
        }
        assertEquals(5, Files.readAllLines(disk.resolve("SHA256SUMS")).size());
    }

    @Test
    @Tag(TransportUnderTest.TAG)
    void anAbsentPhoneIsNothingToDoNow() throws Exception {
        usb.unplug(phone);
        String said = assertEnds(75, "backup", "--scheduled", "--wait", "0");
        assertTrue(said.startsWith("Not now: No iPhone found."), said);
        assertEquals(1, said.lines().count(), said);
    }

    @Test
    @Tag(TransportUnderTest.TAG)
    void aLockedPhoneIsWaitedForAndThenNothingToDoNow() throws Exception {
        phone.faults().lock();
        String said = assertEnds(75, "backup", "--scheduled", "--wait", "2s");
        assertTrue(said.contains("Not now: "), said);
        assertTrue(said.contains("nlock"), said);
        assertEnds(12, "backup", disk);
        try (Started run = shoebox("backup", "--scheduled", "--wait", "60s").said("nlock")) {
            phone.faults().unlock();
            run.ended();
            assertEquals(0, run.code(), run.err());
        }
    }

    @Test
    @Tag(TransportUnderTest.TAG)
    void aPhoneThatDoesNotTrustIsNothingToDoNow() throws Exception {
        phone.faults().untrusted();
        String said = assertEnds(75, "backup", "--scheduled", "--wait", "2s");
        assertTrue(said.contains("Not now: "), said);
    }

    @Test
    void aRealSystemdTakesTheUnitsAndStartsTheBackup() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/lib/systemd/systemd")) && "root".equals(System.getProperty("user.name")),
                "only root can run a systemd of its own, and it must be installed");
        Path script = Files.writeString(
                folder.resolve("with-systemd"),
                String.join(
                        "\n",
                        "set -e",
                        "mount -t tmpfs none /run",
                        "mkdir -p /run/systemd/system /run/user/0",
                        "export XDG_RUNTIME_DIR=/run/user/0",
                        "/lib/systemd/systemd --user >systemd.log 2>&1 & manager=$!",
                        "trap 'kill $manager' EXIT",
                        "tries=0; until systemctl --user show-environment >/dev/null 2>&1; do",
                        "  tries=$((tries + 1)); [ $tries -lt 100 ] || exit 77; /bin/sleep 0.2; done",
                        Started.SCRIPT + " schedule install --weekly",
                        Started.SCRIPT + " schedule show",
                        "systemctl --user start shoebox.service",
                        "systemctl --user show -p Result -p ExecMainStatus shoebox.service",
                        "mv '" + disk + "' '" + disk + ".away'",
                        "systemctl --user start shoebox.service",
                        "systemctl --user show -p Result -p ExecMainStatus shoebox.service",
                        "mv '" + disk + ".away' '" + disk + "'",
                        Started.SCRIPT + " schedule remove",
                        "systemctl --user list-timers --all --no-legend",
                        ""));
        ProcessBuilder builder = new ProcessBuilder("unshare", "-m", "sh", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Path said = folder.resolve("said");
        Process process = builder.redirectOutput(said.toFile()).start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), () -> "still running");
        String text = Files.readString(said);
        assumeTrue(process.exitValue() != 77 && !text.contains("unshare failed"), "no systemd runs here: " + text);
        assertEquals(0, process.exitValue(), text);
        List<String> results = text.lines()
                .filter(line -> line.startsWith("Result=") || line.startsWith("ExecMainStatus="))
                .toList();
        assertEquals(4, results.size(), text);
        assertTrue(results.subList(0, 2).containsAll(List.of("Result=success", "ExecMainStatus=0")), text);
        assertTrue(results.subList(2, 4).containsAll(List.of("Result=success", "ExecMainStatus=75")), text);
        assertTrue(text.contains("shoebox: next on Sun"), text);
        assertEquals(5, Files.readAllLines(disk.resolve("SHA256SUMS")).size());
        assertTrue(!text.contains("shoebox.timer  "), text);
    }
}
