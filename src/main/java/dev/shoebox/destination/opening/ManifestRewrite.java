package dev.shoebox.destination.opening;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;

/**
 * Writes {@code SHA256SUMS} again with fewer lines, so that a crash loses none that stays: others write in it, too, and no
 * record of ours has what they wrote. What is to be in it lies durably beside our records from before the old file is set
 * aside until the new one is durable, and the next opening ends what was cut off.
 */
final class ManifestRewrite {
    private static final String FRESH = Identity.FOLDER + "/manifest.new";

    private final Disk disk;
    private final DiskCapabilities abilities;

    ManifestRewrite(Disk disk, DiskCapabilities abilities) {
        this.disk = disk;
        this.abilities = abilities;
    }

    /** @param content what is there now, without some lines */
    void replace(ByteBuffer content, Instant now) throws IOException {
        write(FRESH, content.duplicate(), Identity.FOLDER);
        SetAside.setAside(disk, abilities, Manifest.FILE, now);
        write(Manifest.FILE, content, "");
        forget();
    }

    /** Ends what was cut off, if anything was; before the file is opened. */
    void end() throws IOException {
        if (!disk.hasFile(FRESH)) {
            return;
        }
        byte[] fresh = bytes(FRESH);
        if (disk.look(Manifest.FILE).isEmpty()) {
            write(Manifest.FILE, ByteBuffer.wrap(fresh), "");
        } else if (disk.hasFile(Manifest.FILE)) {
            byte[] there = bytes(Manifest.FILE);
            // Longer than what was to come of it, it is the old one, which was not set aside yet. Else it is what was
            // written
            // so far; or somebody made one of their own meanwhile, which stays as it is.
            if (there.length <= fresh.length && isBeginning(there, fresh)) {
                disk.delete(Manifest.FILE);
                write(Manifest.FILE, ByteBuffer.wrap(fresh), "");
            }
        }
        forget();
    }

    /** Whether one is a beginning of the other, where a crash may have left zeros for the rest. */
    private static boolean isBeginning(byte[] there, byte[] whole) {
        int length = there.length;
        while (length > 0 && there[length - 1] == 0) {
            length--;
        }
        for (int i = 0; i < length; i++) {
            if (there[i] != whole[i] && there[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private void write(String path, ByteBuffer content, String folder) throws IOException {
        try (Disk.Out out = disk.create(path)) {
            out.write(content);
            if (abilities.forces()) {
                out.force();
            }
        }
        if (abilities.forces()) {
            // On FAT the size of a new file is durable only with its name.
            disk.force(path);
        }
        forceFolder(folder);
    }

    private void forget() throws IOException {
        disk.delete(FRESH);
        forceFolder(Identity.FOLDER);
    }

    private void forceFolder(String folder) throws IOException {
        if (abilities.forcesFolders()) {
            disk.forceFolder(folder);
        }
    }

    private byte[] bytes(String path) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(
                Math.toIntExact(disk.look(path).orElseThrow().size()));
        try (SeekableByteChannel channel = disk.read(path)) {
            while (all.hasRemaining() && channel.read(all) >= 0) {
                // Until all is there.
            }
        }
        return all.array();
    }
}
