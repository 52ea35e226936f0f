package dev.shoebox.cli.phone;

import dev.shoebox.cli.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** In a folder that a cloud service synchronises, the output says that "safe" means this computer. */
class ElsewhereOutputTest {
    @TempDir
    private Path folder;

    @Test
    void aBackupInACloudsFolderIsNotSaidToBeSafeThere() throws Exception {
        Shell shell = new Shell(folder);
        Path card = shell.card("card", "IMG_0001.JPG");
        Path cloud = folder.resolve("Dropbox/iPhone");

        assertEquals(0, shell.shoebox("backup", "--from", card, cloud), shell.err());
        assertTrue(shell.err().contains("a cloud"), shell.err());
        assertEquals(0, shell.shoebox("safe-to-remove", "--from", card, cloud), shell.err());
        assertTrue(shell.err().contains("a cloud"), shell.err());

        assertEquals(0, shell.shoebox("backup", "--from", card, folder.resolve("disk")), shell.err());
        assertFalse(shell.err().contains("a cloud"), shell.err());
    }
}
