package dev.shoebox.destination.lock;

import dev.shoebox.system.OperatingSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** All users of a computer are on the same one. */
class ComputerTest {
    private static final String SYSTEMS = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    private Path machineId(String text) throws IOException {
        return Files.writeString(folder.resolve("machine-id"), text);
    }

    private Path state(String user) {
        return folder.resolve(user);
    }

    @Test
    void rootAndAnotherUserOfOneComputerAreOnTheSame() throws IOException {
        Path machineId = machineId(SYSTEMS + "\n");
        Computer roots = Computer.of(machineId, state("root"));
        assertTrue(roots.isSame(Computer.of(machineId, state("anna"))));
        assertTrue(roots.isSame(Computer.of(machineId)));
    }

    /**
     * On a Mac, the host name in Java changes with the network, and looking it up takes seconds if no server knows it.
     */
    @Test
    void aMacUsesTheNameThatItsOwnerGaveIt() throws IOException {
        Path programs = Files.createDirectory(folder.resolve("programs"));
        Path scutil = Files.writeString(
                programs.resolve("scutil"), "#!/bin/sh\n[ \"$*\" = '--get LocalHostName' ] && echo Annas-Mac\n");
        assertTrue(scutil.toFile().setExecutable(true));

        assertEquals(
                "Annas-Mac", Computer.hostName(OperatingSystem.MACOS, folder, Map.of("PATH", programs.toString())));
        assertEquals(
                "ANNAS-PC", Computer.hostName(OperatingSystem.WINDOWS, folder, Map.of("ComputerName", "ANNAS-PC")));
        Path host = Files.writeString(folder.resolve("hostname"), "annas\n");
        assertEquals("annas", Computer.hostName(OperatingSystem.LINUX, host, Map.of()));
    }

    @Test
    void theIdOfTheSystemIsNotDisclosed() throws IOException {
        assertFalse(Computer.of(machineId(SYSTEMS), state("anna")).id().contains(SYSTEMS.substring(0, 8)));
    }

    @Test
    void anotherSystemIsAnother() throws IOException {
        Computer here = Computer.of(machineId(SYSTEMS), state("anna"));
        assertFalse(here.isSame(Computer.of(machineId(SYSTEMS.replace('0', 'f')), state("anna"))));
        assertFalse(here.isSame(new Computer(here.id(), here.name() + "-copy", here.boot())));
    }

    @Test
    void aSystemWithoutAnIdUsesTheStoredOne() throws IOException {
        for (String none : new String[] {"", "uninitialized\n", "0".repeat(32), "\u0000"}) {
            Path machineId = machineId(none);
            Computer here = Computer.of(machineId, state("anna"));
            assertEquals(Files.readString(folder.resolve("anna/computer")).strip(), here.id());
            assertEquals(here, Computer.of(machineId, state("anna")));
        }
    }

    @Test
    void aRecordOfAnEarlierVersionByThisUserBelongsToThisComputer() throws IOException {
        Computer before = Computer.of(folder.resolve("absent"), state("anna"));
        Computer now = Computer.of(machineId(SYSTEMS), state("anna"));
        assertFalse(before.id().equals(now.id()));
        assertTrue(now.isSame(before));
        assertTrue(before.isSame(now));
    }
}
