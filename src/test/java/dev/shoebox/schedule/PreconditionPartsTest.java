package dev.shoebox.schedule;

import dev.shoebox.system.Drives;
import dev.shoebox.system.process.Power;
import dev.shoebox.system.process.Programs;
import dev.shoebox.system.process.SleepInhibitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The parts of the preconditions of a scheduled backup. */
class PreconditionPartsTest {
    @TempDir
    private Path folder;

    private Path supply(String name, String... facts) throws IOException {
        Path supply = Files.createDirectories(folder.resolve("power").resolve(name));
        for (int fact = 0; fact < facts.length; fact += 2) {
            Files.writeString(supply.resolve(facts[fact]), facts[fact + 1] + "\n");
        }
        return folder.resolve("power");
    }

    private static Optional<String> identity(Path root) {
        try {
            return Optional.of(Files.readString(root.resolve("id")));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private Path backup(String place, String id) throws IOException {
        Path root = Files.createDirectories(folder.resolve(place));
        Files.writeString(root.resolve("id"), id);
        return root;
    }

    @Test
    void aDischargingComputerWithoutMainsRunsOnItsBattery() throws IOException {
        Path power = supply("BAT0", "type", "Battery", "status", "Discharging");
        supply("AC", "type", "Mains", "online", "0");
        assertTrue(Power.isOnBattery(power));
        supply("AC", "online", "1");
        assertFalse(Power.isOnBattery(power), "plugged in, though the battery drains");
        supply("AC", "online", "0");
        supply("BAT0", "status", "Full");
        assertFalse(Power.isOnBattery(power));
    }

    @Test
    void withoutInformationOnPowerTheRunContinues() throws IOException {
        assertFalse(Power.isOnBattery(folder.resolve("none")));
        assertFalse(Power.isOnBattery(Files.createDirectory(folder.resolve("empty"))));
        assertFalse(Power.isOnBattery(supply("BAT0", "type", "Battery", "status", "Unknown")));
    }

    @Test
    void theBatteryOfAMouseIsNotThatOfTheComputer() throws IOException {
        assertFalse(
                Power.isOnBattery(supply("hid-mouse", "type", "Battery", "scope", "Device", "status", "Discharging")));
    }

    @Test
    void aDriveIsFoundByItsIdentityWhereverItIsMounted() throws IOException {
        Path was = folder.resolve("media/ada/USB/iPhone");
        Path other = backup("mnt/other/iPhone", "b");
        Path now = backup("run/media/USB1/iPhone", "a");
        Drives drives = new Drives(
                PreconditionPartsTest::identity,
                List.of(folder.resolve("mnt/other"), folder.resolve("run/media/USB1")));

        assertEquals(Optional.of(now), drives.find(was, "a"));
        assertEquals(Optional.of(other), drives.find(was, "b"));
        assertEquals(Optional.empty(), drives.find(was, "c"));
        assertFalse(Files.exists(folder.resolve("media")), "looking makes nothing");
    }

    @Test
    void aDriveThatIsABackupFromItsTopOnIsFound() throws IOException {
        Path now = backup("volumes/Photos", "a");
        assertEquals(
                Optional.of(now),
                new Drives(PreconditionPartsTest::identity, List.of(now)).find(Path.of("/media/ada/Photos"), "a"));
    }

    @Test
    void anotherBackupInTheOldPlaceIsNotUsed() throws IOException {
        Path was = backup("media/USB/iPhone", "b");
        Path now = backup("media/USB1/iPhone", "a");
        assertEquals(
                Optional.of(now),
                new Drives(
                                PreconditionPartsTest::identity,
                                List.of(folder.resolve("media/USB"), folder.resolve("media/USB1")))
                        .find(was, "a"));
    }

    @Test
    void mountsAreReadAsTheKernelWritesThem() {
        assertEquals(
                List.of(Path.of("/"), Path.of("/media/ada/My Photos é"), Path.of("/mnt/back\\slash")),
                Drives.mounts("""
                        /dev/sda1 / ext4 rw 0 0
                        proc /proc proc rw 0 0
                        /dev/sdb1 /media/ada/My\\040Photos\\040\\303\\251 exfat rw 0 0
                        /dev/sdc1 /mnt/back\\134slash vfat rw 0 0
                        nas:/x /mnt/nas nfs4 rw 0 0
                        torn
                        """));
        assertTrue(Drives.mounted().contains(Path.of("/")));
    }

    @Test
    void aFolderKeepsTheIdentityItWasFirstFoundWith() throws IOException {
        KnownIds known = new KnownIds(folder.resolve("state/list"));
        assertEquals(Optional.empty(), known.find(Path.of("/a b")));
        known.add(Path.of("/x/a b"), "2");
        known.add(Path.of("/a b"), "1");
        assertEquals(Optional.of("1"), known.find(Path.of("/a b")));
        assertEquals(Optional.of("2"), known.find(Path.of("/x/a b")));
    }

    @Test
    void oneTurnAtATime() throws IOException {
        Path file = folder.resolve("state/turn");
        ScheduledRunLock first = ScheduledRunLock.take(file, Duration.ZERO).orElseThrow();
        assertEquals(Optional.empty(), ScheduledRunLock.take(file, Duration.ZERO));
        first.close();
        ScheduledRunLock.take(file, Duration.ZERO).orElseThrow().close();
    }

    @Test
    void theComputerStaysAwakeUntilTheEnd() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path program = Files.writeString(bin.resolve("systemd-inhibit"), "#!/bin/sh\nexec /bin/cat\n");
        assertTrue(program.toFile().setExecutable(true));
        Process process;
        try (SleepInhibitor awake = SleepInhibitor.keep(new Programs(Map.of("PATH", bin.toString())))) {
            process = awake.process().orElseThrow();
            assertTrue(process.isAlive());
        }
        process.waitFor();
        assertFalse(process.isAlive());
    }

    @Test
    void withoutASleepInhibitorTheBackupContinues() {
        try (SleepInhibitor awake = SleepInhibitor.keep(new Programs(Map.of("PATH", folder.toString())))) {
            assertEquals(Optional.empty(), awake.process());
        }
    }
}
