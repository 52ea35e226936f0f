package dev.shoebox.destination.disk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** A handle of a folder that was removed never leads to a new folder of its name. */
class HeldFoldersTest {
    @TempDir
    private Path root;

    private static void write(Disk disk, String path) throws IOException {
        try (Disk.Out out = disk.create(path)) {
            out.write(ByteBuffer.wrap(new byte[] {1}));
        }
    }

    @Test
    void aNewFolderOfThatNameGetsTheFiles() throws IOException {
        Disk disk = new PathDisk(root.toRealPath());
        for (int i = 0; i < 5; i++) {
            disk.makeFolder("album");
            write(disk, "album/photo");
            disk.delete("album/photo");
            disk.delete("album");
        }
        disk.letGo();
    }

    @Test
    void filesWrittenAfterAFolderWasMovedAreNotInTheMovedOne() throws IOException {
        Disk disk = new PathDisk(root.toRealPath());
        disk.makeFolder("album.part");
        write(disk, "album.part/photo");
        disk.move("album.part", "album");
        disk.makeFolder("album.part");
        write(disk, "album.part/second");
        disk.letGo();
        assertTrue(Files.exists(root.resolve("album.part/second")));
    }
}
