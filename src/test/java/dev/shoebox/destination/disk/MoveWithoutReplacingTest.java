package dev.shoebox.destination.disk;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A move on a system without a rename that never replaces, as with drivers for FUSE 2: a file that has the name at the
 * check keeps it.
 */
class MoveWithoutReplacingTest {
    private FileSystem system;
    private Path root;
    private Disk disk;

    @BeforeEach
    void begin() throws IOException {
        system = Jimfs.newFileSystem(Configuration.unix());
        root = Files.createDirectories(system.getPath("/backup"));
        Files.writeString(root.resolve("ours"), "ours");
        disk = new PathDisk(root);
    }

    @AfterEach
    void end() throws IOException {
        system.close();
    }

    @Test
    void aFileKeepsItsPlace() throws IOException {
        Files.writeString(root.resolve("name"), "theirs");
        assertThrows(FileAlreadyExistsException.class, () -> disk.move("ours", "name"));
        assertEquals("theirs", Files.readString(root.resolve("name")));
        assertEquals("ours", Files.readString(root.resolve("ours")));
    }

    @Test
    void soDoFoldersAndLinksThatLeadNowhere() throws IOException {
        Files.createDirectory(root.resolve("folder"));
        Files.createSymbolicLink(root.resolve("link"), system.getPath("nowhere"));
        assertThrows(FileAlreadyExistsException.class, () -> disk.move("ours", "folder"));
        assertThrows(FileAlreadyExistsException.class, () -> disk.move("ours", "link"));
        assertTrue(Files.isDirectory(root.resolve("folder"), LinkOption.NOFOLLOW_LINKS));
        assertTrue(Files.isSymbolicLink(root.resolve("link")));
        assertEquals("ours", Files.readString(root.resolve("ours")));
    }

    @Test
    void aFreeNameIsUsed() throws IOException {
        disk.move("ours", "name");
        assertEquals("ours", Files.readString(root.resolve("name")));
    }
}
