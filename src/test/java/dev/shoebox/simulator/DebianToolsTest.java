package dev.shoebox.simulator;

import dev.shoebox.Programs;
import dev.shoebox.simulator.apps.SimulatedApp;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Debian's own programs on the real libimobiledevice accept the simulated phone as an iPhone. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DebianToolsTest {
    private static final boolean REQUIRED = "1".equals(System.getenv("SHOEBOX_REQUIRE_DEVICE_TESTS"));

    @TempDir
    private Path folder;

    private Path library;
    private SimulatedUsb usb;
    private SimulatedPhone phone;

    private record Ended(int code, String output) {}

    @BeforeEach
    void plugInAnUnpairedPhone() throws IOException {
        library = Files.createDirectories(folder.resolve("library"));
        usb = SimulatedUsb.start("UNIX:" + folder.resolve("usbmuxd"));
        phone = new SimulatedPhone(PhoneSettings.of(Libraries.folder(library)).withName("Ana’s iPhone"));
        usb.plug(phone);
    }

    @AfterEach
    void unplug() {
        usb.close();
    }

    @Test
    void ideviceIdListsThePhone() throws Exception {
        Ended ended = run("idevice_id", "-l");
        assertEquals(new Ended(0, phone.settings().udid() + "\n"), ended);
    }

    @Test
    void ideviceIdDistinguishesTheCableFromWiFi() throws Exception {
        usb.unplug(phone);
        usb.plugOverNetwork(phone);
        assertEquals("", run("idevice_id", "-l").output());
        assertEquals(phone.settings().udid() + "\n", run("idevice_id", "-n").output());
    }

    @Test
    void aPhonePairedFromTheStartNeedsNoTrustDialog() throws Exception {
        usb.unplug(phone);
        SimulatedPhone paired = new SimulatedPhone(phone.settings().withPaired(true));
        paired.faults().trustPending(Integer.MAX_VALUE);
        usb.plug(paired);
        Ended ended = run("ideviceinfo", "-k", "ActivationState");
        assertEquals(new Ended(0, "Activated\n"), ended);
    }

    @Test
    void idevicepairPairsValidatesAndUnpairs() throws Exception {
        for (String command : new String[] {"pair", "validate", "unpair"}) {
            boolean hasRecord = usb.pairRecord(phone.settings().udid()).isPresent();
            assertEquals(!command.equals("pair"), hasRecord, command);
            Ended ended = run("idevicepair", command);
            assertEquals(0, ended.code(), ended.output());
            assertTrue(ended.output().startsWith("SUCCESS"), ended.output());
        }
        assertTrue(usb.pairRecord(phone.settings().udid()).isEmpty(), "unpairing deletes the record");
    }

    @Test
    void idevicepairAsksForTheTrustDialogUntilItIsAnswered() throws Exception {
        phone.faults().trustPending(1);
        Ended pending = run("idevicepair", "pair");
        assertTrue(pending.code() != 0, pending.output());
        assertTrue(pending.output().contains("accept the trust dialog"), pending.output());
        assertEquals(0, run("idevicepair", "pair").code());
    }

    @Test
    void aStaleRecordIsRefusedWithInvalidHostId() throws Exception {
        assertEquals(0, run("idevicepair", "pair").code());
        phone.faults().forgetComputers();
        Ended stale = run("idevicepair", "validate");
        assertTrue(stale.output().contains("is not paired with this host"), stale.output());
    }

    @Test
    void ideviceinfoReadsItsNameOverTls() throws Exception {
        Ended ended = run("ideviceinfo");
        assertEquals(0, ended.code(), ended.output());
        assertTrue(ended.output().contains("DeviceName: Ana’s iPhone\n"), ended.output());
        assertTrue(ended.output().contains("ActivationState: Activated\n"), "a value that strangers do not see");
    }

    @Test
    void ideviceinfoReadsTheBatteryAndTheDisk() throws Exception {
        Ended battery = run("ideviceinfo", "-q", "com.apple.mobile.battery", "-k", "BatteryCurrentCapacity");
        assertEquals(new Ended(0, "80\n"), battery);
        Ended disk = run("ideviceinfo", "-q", "com.apple.disk_usage", "-k", "TotalDataAvailable");
        assertEquals(new Ended(0, "64000000000\n"), disk);
    }

    @Test
    void ifuseCopiesEveryByteOverTls() throws Exception {
        assumeOrRequire(Files.isWritable(Path.of("/dev/fuse")), "/dev/fuse cannot be used here");
        fillLibrary();
        Path mountPoint = Files.createDirectory(folder.resolve("mounted"));
        run("idevicepair", "pair");
        Ended mounted = run("ifuse", mountPoint.toString());
        try {
            assertEquals(0, mounted.code(), mounted.output());
            Path copy = folder.resolve("copy");
            assertEquals(new Ended(0, ""), run("cp", "-a", mountPoint.toString(), copy.toString()));
            assertEquals(new Ended(0, ""), run("diff", "-r", library.toString(), copy.toString()));
        } finally {
            run("fusermount", "-u", mountPoint.toString());
        }
        assertEquals(0, phone.observed().writeOperations());
        assertTrue(phone.observed().bytesSent() > 5_000_000, "nothing was read through the phone");
    }

    @Test
    void ifuseReadsTheDocumentsOfAnAppAndNothingElseOfIt() throws Exception {
        assumeOrRequire(Files.isWritable(Path.of("/dev/fuse")), "/dev/fuse cannot be used here");
        Path documents = Files.createDirectories(folder.resolve("documents/Zeichnungen/é"));
        Files.write(documents.resolve("plan.pdf"), new byte[100_000]);
        phone.apps().install(SimulatedApp.sharing("org.example.Cad", "CAD", Libraries.folder(documents.getParent())));
        phone.apps().install(SimulatedApp.closed("org.example.Bank", "Bank", Libraries.folder(documents)));
        Path mountPoint = Files.createDirectory(folder.resolve("mounted"));
        run("idevicepair", "pair");
        Ended mounted = run("ifuse", "--documents", "org.example.Cad", mountPoint.toString());
        try {
            assertEquals(0, mounted.code(), mounted.output());
            assertEquals(
                    new Ended(0, ""), run("diff", "-r", documents.getParent().toString(), mountPoint.toString()));
        } finally {
            run("fusermount", "-u", mountPoint.toString());
        }
        for (String[] refused : new String[][] {
            {"--documents", "org.example.Bank"}, {"--container", "org.example.Cad"}, {"--documents", "org.example.None"}
        }) {
            Ended ended = run("ifuse", refused[0], refused[1], mountPoint.toString());
            assertTrue(ended.code() != 0, ended.output());
        }
        phone.apps().awaitNone();
        assertEquals(0, phone.observed().writeOperations());
    }

    @Test
    void ifuseListsTheAppsThatShareDocuments() throws Exception {
        for (int i = 0; i < 9; i++) {
            phone.apps().install(SimulatedApp.sharing("org.example.App" + i, "Äpp " + i, Libraries.folder(library)));
        }
        phone.apps().install(SimulatedApp.closed("org.example.Bank", "Bank", Libraries.folder(library)));
        run("idevicepair", "pair");
        Ended listed = run("ifuse", "--list-apps");
        assertEquals(0, listed.code(), listed.output());
        assertTrue(listed.output().contains("org.example.App8, \"120\", \"Äpp 8\""), listed.output());
        assertFalse(listed.output().contains("Bank"), listed.output());
    }

    @Test
    void ideviceinstallerListsEveryAppAndChangesNone() throws Exception {
        phone.apps().install(SimulatedApp.closed("org.example.Bank", "Bank", Libraries.folder(library)));
        run("idevicepair", "pair");
        Ended listed = run("ideviceinstaller", "-l");
        assertEquals(0, listed.code(), listed.output());
        assertTrue(listed.output().contains("org.example.Bank, \"120\", \"Bank\""), listed.output());
        run("ideviceinstaller", "-U", "org.example.Bank");
        assertEquals(1, phone.observed().writeOperations());
        assertEquals(listed, run("ideviceinstaller", "-l"));
    }

    private void fillLibrary() throws IOException {
        Path album = Files.createDirectories(library.resolve("DCIM/100APPLE"));
        Random random = new Random(7);
        int[] sizes = {0, 1, 4096, 65_537, 5_000_000};
        for (int i = 0; i < sizes.length; i++) {
            byte[] content = new byte[sizes[i]];
            random.nextBytes(content);
            Files.write(album.resolve("IMG_000%d.JPG".formatted(i)), content);
        }
        Files.writeString(
                Files.createDirectories(library.resolve("PhotoData/été")).resolve("naïve.txt"), "é");
    }

    private Ended run(String... command) throws IOException, InterruptedException {
        Programs.require(command[0]);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("USBMUXD_SOCKET_ADDRESS", usb.address());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = builder.redirectOutput(output.toFile()).start();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            fail(String.join(" ", command) + " did not end");
        }
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private static void assumeOrRequire(boolean condition, String otherwise) {
        if (REQUIRED) {
            assertTrue(condition, otherwise);
        }
        assumeTrue(condition, otherwise);
    }
}
