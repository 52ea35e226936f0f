package dev.shoebox.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Files that control Shoebox are obeyed only if no other user can write them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions as on Unix")
class TrustedFilesTest {
    @TempDir
    private Path folder;

    private Shell shell;
    private Path config;
    private Path card;
    private Path backup;

    @BeforeEach
    void configure() throws IOException {
        shell = new Shell(folder);
        config = Files.createDirectories(folder.resolve("config/shoebox")).resolve("config.toml");
        card = shell.card("card", "IMG_0001.JPG");
        backup = folder.resolve("backup");
        Files.writeString(
                config,
                "run-before = 'touch \"" + folder.resolve("ran") + "\"'\n[destination.disk]\npath = '" + backup
                        + "'\n[phone.anna]\nfrom = '" + card + "'\n");
        mode(config, "rw-r--r--");
        mode(config.getParent(), "rwxr-xr-x");
        assertEquals(0, shell.shoebox("backup"), shell.err());
        Files.delete(folder.resolve("ran"));
    }

    private static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private void assertRefused(Path named, Object... words) {
        assertEquals(2, shell.shoebox(words), shell.err());
        assertTrue(shell.err().contains("chmod ") || shell.err().contains("chown "), shell.err());
        assertTrue(shell.err().contains(named.toString()), shell.err());
        assertFalse(Files.exists(folder.resolve("ran")), "nothing of it was run");
    }

    @Test
    void aConfigurationThatOthersMayWriteIsRefusedUntilItIsCorrected() throws IOException {
        for (String permissions : new String[] {"rw-r--rw-", "rw-rw-rw-"}) {
            mode(config, permissions);
            assertRefused(config, "backup");
            assertRefused(config, "backup", "--scheduled", "anna");
            assertRefused(config, "backup", "--from", card, backup);
            assertEquals(2, shell.shoebox("config", "check"));
            assertEquals(0, shell.shoebox("doctor"), "it survives that: " + shell.err());
        }
        mode(config, "rw-r--r--");
        assertEquals(0, shell.shoebox("backup"), shell.err());
    }

    @Test
    void theFoldersAboveItCountAsWell() throws IOException {
        mode(config.getParent(), "rwxr-xrwx");
        assertRefused(config.getParent(), "backup");
        mode(config.getParent(), "rwxr-xr-x");
        mode(folder.resolve("config"), "rwxrwxrwx");
        assertRefused(folder.resolve("config"), "backup");
        mode(folder.resolve("config"), "rwxr-xr-x");

        Path open = Files.createDirectory(folder.resolve("open"));
        mode(open, "rwxrwxrwx");
        Files.move(config, open.resolve("config.toml"));
        Files.createSymbolicLink(config, open.resolve("config.toml"));
        assertRefused(open, "backup");
    }

    @Test
    void soDoesWhoOwnsIt() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a file away");
        Files.setAttribute(config, "unix:uid", 54321);
        assertRefused(config, "backup");
        Files.setAttribute(config, "unix:uid", 0);
        mode(config, "rw-rw-r--");
        assertRefused(config, "backup");
    }

    @Test
    void aCommandThatOthersMayWriteIsNotRun() throws IOException {
        Path script =
                Files.writeString(folder.resolve("copy.sh"), "#!/bin/sh\ntouch '" + folder.resolve("ran") + "'\n");
        mode(script, "rwxr-xrwx");
        Files.delete(config);
        assertRefused(script, "backup", "--run-after", "nice " + script + " x", "--from", card, backup);
        mode(script, "rwxr-xr-x");
        assertEquals(0, shell.shoebox("backup", "--run-after", script, "--from", card, backup), shell.err());
        assertTrue(Files.exists(folder.resolve("ran")));
    }

    @Test
    void aStateFolderThatOthersMayWriteIsRefusedAndOneOfOursIsPrivate() throws IOException {
        Path state = folder.resolve("state/shoebox");
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(state)));
        mode(state, "rwxrwxrwx");
        assertRefused(state, "backup");
        assertRefused(state, "verify", backup);
        assertEquals(0, shell.shoebox("doctor"), shell.err());
        assertEquals(0, shell.shoebox("history"), shell.err());
        mode(state, "rwx------");
        assertEquals(0, shell.shoebox("backup"), shell.err());
    }

    @Test
    void filesOfConfigInitBelongToTheirOwnerAlone() throws IOException {
        Files.delete(config);
        Files.delete(config.getParent());
        assertEquals(
                0,
                shell.shoebox("config", "init", "--phone", "any", "--dest", backup, "--schedule", "daily"),
                shell.err());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(config)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(config.getParent())));
    }
}
