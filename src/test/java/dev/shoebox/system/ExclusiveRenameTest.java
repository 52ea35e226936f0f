package dev.shoebox.system;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@EnabledOnOs(
        value = {OS.LINUX, OS.MAC},
        disabledReason = "other systems are not asked to rename exclusively")
class ExclusiveRenameTest {
    @TempDir
    Path folder;

    @Test
    void aFreeNameIsGiven() throws Exception {
        Path from = Files.writeString(folder.resolve("\u00e4"), "ours");
        assertTrue(ExclusiveRename.rename(from, folder.resolve("\u00f6")));
        assertEquals("ours", Files.readString(folder.resolve("\u00f6")));
        assertFalse(Files.exists(from));
    }

    @Test
    void whateverHasTheNameKeepsIt() throws Exception {
        Path from = Files.writeString(folder.resolve("from"), "ours");
        Path file = Files.writeString(folder.resolve("file"), "theirs");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        for (Path to : new Path[] {file, link, empty}) {
            assertThrows(FileAlreadyExistsException.class, () -> ExclusiveRename.rename(from, to));
        }
        assertEquals("theirs", Files.readString(file));
        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.isDirectory(empty));
        assertEquals("ours", Files.readString(from));
    }

    @Test
    void javaReportsWhyARenameIsImpossible() throws Exception {
        assertFalse(ExclusiveRename.rename(folder.resolve("nothing"), folder.resolve("to")));
    }
}
