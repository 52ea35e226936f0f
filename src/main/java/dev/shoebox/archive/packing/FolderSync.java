package dev.shoebox.archive.packing;

import dev.shoebox.destination.disk.Disk;

import java.io.IOException;

/** Makes names durable where the system can. Windows has no such call, and needs none. */
public final class FolderSync {
    private final Disk disk;
    private final boolean isPossible;

    public FolderSync(Disk disk) {
        this.disk = disk;
        this.isPossible = succeeds(disk);
    }

    private static boolean succeeds(Disk disk) {
        try {
            disk.forceFolder("");
            return true;
        } catch (IOException unable) {
            return false;
        }
    }

    /** Makes the names in a folder durable. Retries after a failure, which may be transient. */
    public void force(String folder) throws IOException {
        try {
            disk.forceFolder(folder);
        } catch (IOException failed) {
            if (isPossible) {
                throw failed;
            }
        }
    }
}
