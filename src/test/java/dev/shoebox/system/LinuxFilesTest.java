package dev.shoebox.system;

import com.google.common.jimfs.Jimfs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

@EnabledOnOs(value = OS.LINUX, disabledReason = "calls of Linux")
class LinuxFilesTest {
    private static final Instant TIME = Instant.parse("1999-12-31T23:59:59.123456789Z");

    @TempDir
    Path folder;

    @Test
    void durableFilesAreDroppedFromMemoryAndStay() throws Exception {
        assumeFalse(
                Files.getFileStore(folder).type().matches("tmpfs|ramfs"), "Temporary files are in memory alone here.");
        byte[] content = new byte[256 << 10];
        content[content.length - 1] = 7;
        Path file = Files.write(folder.resolve("\u00e4"), content, StandardOpenOption.CREATE, StandardOpenOption.SYNC);
        assertTrue(isInMemory(file));

        assertTrue(LinuxFiles.forget(file));

        assertFalse(isInMemory(file));
        assertEquals(7, Files.readAllBytes(file)[content.length - 1]);
    }

    private static boolean isInMemory(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(MapMode.READ_ONLY, 0, channel.size()).isLoaded();
        }
    }

    @Test
    void theTimeOfTheLastChangeIsSetAndNoOther() throws Exception {
        Path file = Files.createFile(folder.resolve("\u00e4"));
        FileTime accessed = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));
        Files.setAttribute(file, "lastAccessTime", accessed);

        assertTrue(LinuxFiles.setModified(file, TIME));

        assertEquals(FileTime.from(TIME), Files.getLastModifiedTime(file));
        assertEquals(accessed, Files.getAttribute(file, "lastAccessTime"));
    }

    @Test
    void aLinkGetsATimeOfItsOwn() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        FileTime before = Files.getLastModifiedTime(file);

        assertTrue(LinuxFiles.setModified(Files.createSymbolicLink(folder.resolve("link"), file), TIME));

        assertEquals(before, Files.getLastModifiedTime(file));
    }

    @Test
    void missingFilesAndOnesOnOtherFileSystemsAreLeftAlone() throws Exception {
        assertFalse(LinuxFiles.forget(folder.resolve("absent")));
        assertFalse(LinuxFiles.setModified(folder.resolve("absent"), TIME));
        try (var memory = Jimfs.newFileSystem()) {
            Path file = Files.createFile(memory.getPath("file"));
            assertFalse(LinuxFiles.forget(file));
            assertFalse(LinuxFiles.setModified(file, TIME));
        }
    }
}
