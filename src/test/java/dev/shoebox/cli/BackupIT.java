package dev.shoebox.cli;

import dev.shoebox.TransportUnderTest;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import dev.shoebox.simulator.wire.LinkSpeed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The whole command: the packaged jar, the real libimobiledevice, a simulated phone, a real disk. */
@Tag(TransportUnderTest.TAG)
class BackupIT {
    private static final int PHOTOS = 40;
    private static final int BYTES = 250_000;

    @TempDir
    private Path folder;

    private SimulatedUsb usb;
    private SimulatedPhone phone;
    private Path backup;

    /** For runs that are not about the process. */
    private Shell inside;

    @BeforeEach
    void plugIn() throws IOException {
        backup = folder.resolve("backup");
        inside = Shell.besideStarted(folder);
        usb = SimulatedUsb.start("UNIX:" + folder.resolve("mux"));
        Shell.connectTo(usb.address());
        plug(LinkSpeed.unlimited());
    }

    @AfterEach
    void unplug() {
        usb.close();
    }

    private void plug(LinkSpeed link) {
        if (phone != null) {
            usb.unplug(phone);
        }
        phone = new SimulatedPhone(PhoneSettings.of(Libraries.generated(GeneratedLibrary.photos(PHOTOS, BYTES)))
                .withName("Ada's iPhone")
                .withPaired(true)
                .withLink(link));
        usb.plug(phone);
    }

    private Started shoebox(Object... arguments) throws IOException {
        return Started.shoebox(folder, Map.of("USBMUXD_SOCKET_ADDRESS", usb.address()), arguments);
    }

    private Map<String, Object> summary() throws IOException {
        return inside.events("summary").get(0);
    }

    private Set<String> storedHashes() throws IOException {
        try (Stream<String> lines = Files.lines(backup.resolve("SHA256SUMS"))) {
            return lines.map(line -> line.substring(0, 64)).collect(Collectors.toSet());
        }
    }

    private void assertComplete() throws IOException, InterruptedException {
        Set<String> expected = phone.settings().library().manifest().values().stream()
                .map(SimulatedLibrary.Expected::sha256)
                .collect(Collectors.toSet());
        assertEquals(expected, storedHashes());
        Process check = new ProcessBuilder("sha256sum", "--quiet", "--strict", "-c", "SHA256SUMS")
                .directory(backup.toFile())
                .inheritIO()
                .start();
        assertEquals(0, check.waitFor());
    }

    @Test
    void backsUpThenFindsNothingNewThenVerifiesAndShowsTheStatus() throws Exception {
        try (Started first = shoebox("backup", backup).ended()) {
            assertEquals(0, first.code(), first.err());
            String verdict =
                    first.out().strip().lines().reduce((before, line) -> line).orElseThrow();
            assertTrue(verdict.startsWith("40 photos and videos are safe in "), first.out());
            // The first file is read twice; no other is opened before it is copied.
            long most = (PHOTOS + 1L) * BYTES * 21 / 20;
            assertTrue(phone.observed().bytesSent() < most, phone.observed().bytesSent() + " of " + most);
        }
        assertComplete();
        try (Started second = shoebox("backup", "--json", backup).ended()) {
            assertEquals(0, second.code(), second.err());
            assertEquals(0, second.lastJson().get("copied"));
            assertEquals(PHOTOS, second.lastJson().get("alreadyBackedUp"));
        }
        try (Started verify = shoebox("verify", backup).ended()) {
            assertEquals(0, verify.code(), verify.err());
        }
        try (Started status = shoebox("status", backup).ended()) {
            assertEquals(0, status.code(), status.err());
            assertTrue(status.out().contains("40 photos and videos"), status.out());
            assertTrue(
                    status.out().contains("Every photo and video on Ada's iPhone, which is connected, is backed up."),
                    status.out());
        }
    }

    @Test
    void aRunHasItsDestinationToItselfAndCtrlCEndsItWell() throws Exception {
        plug(LinkSpeed.unlimited().withBytesPerSecond(1_500_000));
        try (Started run = shoebox("backup", "--json", "-v", backup).said("\"planned\"")) {
            assertEnds(11, "backup", backup);
            run.said("\"copied\"").signal("INT");
            run.ended();

            assertEquals(130, run.code(), run.err());
            assertEquals(130, run.lastJson().get("exitCode"));
            assertEquals(storedHashes().size(), run.lastJson().get("copied"));
            assertTrue(storedHashes().size() < PHOTOS);
            assertTrue(run.err().contains("Run the same command again to continue."), run.err());
        }
        plug(LinkSpeed.unlimited());
        assertEnds(0, "backup", "--json", backup);
        assertTrue((int) summary().get("alreadyBackedUp") > 0);
        assertComplete();
    }

    @Test
    void aSecondCtrlCEndsAtOnce() throws Exception {
        phone.faults().stallAfter(5_000_000);
        try (Started run = shoebox("backup", "--json", "-v", backup).said("\"copied\"")) {
            run.signal("INT");
            run.said("Press Ctrl-C again").signal("INT");
            run.ended();

            assertEquals(130, run.code(), run.err());
        }
        phone.faults().release();
        assertEnds(0, "backup", backup);
        assertComplete();
    }

    @Test
    void waitingForAPhoneEndsInASummaryWhenInterrupted() throws Exception {
        usb.unplug(phone);
        try (Started run = shoebox("backup", "--json", "--wait", "60", backup).said("No iPhone found")) {
            run.signal("INT");
            run.ended();

            assertEquals(130, run.code());
            assertEquals(
                    List.of("summary"),
                    run.json().stream().map(event -> event.get("event")).toList());
            assertEquals(130, run.lastJson().get("exitCode"));
        }
        assertFalse(Files.exists(backup));
    }

    @Test
    void theStatesOfAPhoneHaveTheirExitCodes() throws Exception {
        phone.faults().lock();
        try (Started run = shoebox("backup", backup).ended()) {
            assertEquals(12, run.code(), run.out() + run.err());
        }
        assertEnds(12, "backup", backup);
        phone.faults().unlock();
        phone.faults().forgetComputers();
        phone.faults().denyPairing();
        assertEnds(12, "list");
        usb.unplug(phone);
        assertEnds(75, "backup", backup);
        assertEnds(75, "devices");
        assertFalse(Files.exists(backup));
    }

    @Test
    @Tag(TransportUnderTest.ONCE)
    void theStatesOfADestinationHaveTheirExitCodes() throws Exception {
        assertEnds(75, "status", backup);
        assertEnds(75, "backup", "--require-existing", backup);
        Files.createDirectories(backup);
        assertEnds(10, "backup", "--require-existing", backup);
        assertEnds(10, "verify", backup);
        Files.writeString(backup.resolve("letter.txt"), "Dear Ada");
        assertEnds(10, "backup", backup);
        assertEnds(0, "backup", "--init", backup);
        assertEquals("Dear Ada", Files.readString(backup.resolve("letter.txt")));
    }

    private void assertEnds(int code, Object... arguments) throws Exception {
        assertEquals(code, inside.shoebox(arguments), () -> inside.out() + inside.err());
        assertEquals(code == 0, !inside.out().isEmpty(), inside.out());
    }

    @Test
    void aPulledPhoneIsLostAndCopiedFilesAreSafe() throws Exception {
        phone.faults().unplugAfter(5_000_000);
        try (Started run =
                shoebox("backup", "--json", "--wait-for-phone", "0", backup).ended()) {
            assertEquals(14, run.code(), run.err());
            assertEquals(14, run.lastJson().get("exitCode"));
        }
        usb.plug(phone);
        assertEnds(0, "backup", backup);
        assertComplete();
    }

    @Test
    void aPhoneThatComesBackLockedIsWaitedForAndGoneOnWithByItself() throws Exception {
        phone.faults().unplugAfter(5_000_000);
        try (Started run = shoebox("backup", "--json", "--wait-for-phone", "1m", backup)) {
            run.said("iPhone disconnected, waiting (reconnect to continue)");
            phone.faults().lock();
            usb.plug(phone);
            run.said("iPhone locked, waiting (unlock it to continue)");
            phone.faults().unlock();
            run.ended();
            assertEquals(0, run.code(), run.err());
            assertTrue(run.err().contains("Ada's iPhone is back"), run.err());
        }
        assertComplete();
    }

    @Test
    void aPhoneThatLocksItselfOnTheWayIsWaitedForAndGoneOnWithByItself() throws Exception {
        phone.faults().lockAfter(5_000_000);
        try (Started run = shoebox("backup", "--json", backup)) {
            run.said("iPhone locked, waiting (unlock it to continue)");
            phone.faults().unlock();
            run.ended();
            assertEquals(0, run.code(), run.err());
            assertFalse(run.err().contains("disconnected"), run.err());
            assertTrue(run.err().contains("Ada's iPhone is back"), run.err());
        }
        assertComplete();
    }

    @Test
    void aPhoneThatLocksItselfAndStaysLockedEndsTheRunWithAdvice() throws Exception {
        phone.faults().lockAfter(5_000_000);
        try (Started run =
                shoebox("backup", "--json", "--wait-for-phone", "1s", backup).ended()) {
            assertEquals(14, run.code(), run.err());
            assertEquals(14, run.lastJson().get("exitCode"));
            String last =
                    run.err().strip().lines().reduce((before, line) -> line).orElseThrow();
            assertTrue(last.contains("nlock the iPhone") && last.contains("run the command again"), run.err());
        }
        phone.faults().unlock();
        assertEnds(0, "backup", backup);
        assertComplete();
    }

    @Test
    void ctrlCWhileWaitingForThePhoneEndsAtOnce() throws Exception {
        phone.faults().unplugAfter(5_000_000);
        try (Started run = shoebox("backup", "--json", backup)) {
            run.said("giving up in 2 min").signal("INT");
            run.ended();
            assertEquals(130, run.code(), run.err());
            assertEquals(130, run.lastJson().get("exitCode"));
        }
    }

    @Test
    @Tag(TransportUnderTest.ONCE)
    void damageIsFoundAndNamed() throws Exception {
        assertEnds(0, "backup", "--layout", "flat", backup);
        Path victim;
        try (Stream<Path> photos = Files.list(backup)) {
            victim = photos.filter(path -> path.toString().endsWith(".JPG"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(victim);
        bytes[bytes.length / 2] ^= 1;
        Files.write(victim, bytes);

        assertEquals(4, inside.shoebox("verify", "--json", backup), inside::err);
        assertEquals("altered", inside.json().get(0).get("event"));
        assertEquals(victim.getFileName().toString(), inside.json().get(0).get("path"));
        assertEquals(1, summary().get("damaged"));
    }

    @Test
    @Tag(TransportUnderTest.ONCE)
    void damagedAndMissingFilesAreRestoredFromThePhone() throws Exception {
        assertEnds(0, "backup", "--layout", "flat", backup);
        List<Path> photos;
        try (Stream<Path> files = Files.list(backup)) {
            photos = files.filter(path -> path.toString().endsWith(".JPG"))
                    .sorted()
                    .toList();
        }
        byte[] whole = Files.readAllBytes(photos.get(0));
        byte[] damaged = whole.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(photos.get(0), damaged);
        Files.delete(photos.get(7));

        usb.unplug(phone);
        assertEquals(4, inside.shoebox("repair", "--json", backup), inside::err);
        assertArrayEquals(damaged, Files.readAllBytes(photos.get(0)));
        usb.plug(phone);
        assertEnds(0, "repair", "--json", backup);
        assertEquals(
                Set.of(photos.get(0), photos.get(7)),
                inside.events("mended").stream()
                        .map(event -> backup.resolve(event.get("path").toString()))
                        .collect(Collectors.toSet()));
        assertArrayEquals(whole, Files.readAllBytes(photos.get(0)));
        assertComplete();
        assertEnds(0, "verify", backup);
        try (Stream<Path> kept = Files.list(backup.resolve(".shoebox/set-aside"))) {
            List<Path> aside = kept.toList();
            assertEquals(1, aside.size(), aside.toString());
            assertArrayEquals(damaged, Files.readAllBytes(aside.get(0)));
        }
    }

    @Test
    @Tag(TransportUnderTest.ONCE)
    void aSharedBackupIsReadByOthersWhateverTheUmask() throws Exception {
        try (Started run = Started.start(
                        Path.of("/bin/sh"),
                        folder,
                        Map.of("USBMUXD_SOCKET_ADDRESS", usb.address()),
                        "-c",
                        "umask 077; exec \"$0\" backup --shared \"$1\"",
                        Started.SCRIPT,
                        backup.resolve("iPhone/Ada"))
                .ended()) {
            assertEquals(0, run.code(), run.err());
        }
        try (Stream<Path> paths = Files.walk(backup)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                if (!path.endsWith(".shoebox/lock")) {
                    assertEquals(
                            Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--",
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
                            path.toString());
                }
            }
        }
    }

    @Test
    @Tag(TransportUnderTest.ONCE)
    void aDryRunWritesNothing() throws Exception {
        assertEnds(0, "backup", "--dry-run", "--json", backup);
        assertEquals(PHOTOS, summary().get("plannedFiles"));
        assertEquals((long) PHOTOS * BYTES, ((Number) summary().get("plannedBytes")).longValue());
        assertFalse(Files.exists(backup));
    }
}
