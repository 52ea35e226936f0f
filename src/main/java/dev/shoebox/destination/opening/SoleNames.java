package dev.shoebox.destination.opening;

import dev.shoebox.destination.aside.SetAside;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/**
 * Gives the records that change in place bytes of their own. In a snapshot of hard links ({@code cp -al},
 * {@code rsync --link-dest}) one file has a name here and one there: an append would change the snapshot, too.
 *
 * <p>A crash leaves the record under its name, or in {@code set-aside} under a name from which it is restored.
 */
final class SoleNames {
    private static final List<String> RECORDS =
            List.of(Catalogue.FILE, Catalogue.FILE + "-journal", Journal.FILE, Manifest.FILE);

    private static final String COPY = Identity.STAGING + "/record.copy";
    private static final int BYTES = 1 << 16;

    private final Disk disk;
    private final DiskCapabilities abilities;

    SoleNames(Disk disk, DiskCapabilities abilities) {
        this.disk = disk;
        this.abilities = abilities;
    }

    /** Called under the lock, before any record is opened. */
    void ensure() throws IOException {
        for (String record : RECORDS) {
            String away = Identity.SET_ASIDE + "/shared-" + Names.last(record);
            if (disk.hasFile(away) && disk.look(record).isEmpty()) {
                disk.move(away, record);
            }
            if (disk.hasFile(record) && disk.hasOtherNames(record)) {
                separate(record, away);
            }
        }
    }

    private void separate(String record, String away) throws IOException {
        if (disk.hasFile(COPY)) {
            disk.delete(COPY);
        }
        copy(record);
        if (disk.hasFile(away)) {
            disk.move(away, SetAside.freeName(disk, Names.last(away)));
        }
        disk.move(record, away);
        disk.move(COPY, record);
        if (abilities.forcesFolders()) {
            for (String folder : List.of(Names.folder(record), Identity.STAGING, Identity.SET_ASIDE)) {
                disk.forceFolder(folder);
            }
        }
        if (disk.hasOtherNames(away)) {
            // Removes only a name: the bytes belong to the snapshot.
            disk.delete(away);
        }
    }

    private void copy(String record) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES);
        try (SeekableByteChannel from = disk.read(record);
                Disk.Out to = disk.create(COPY)) {
            while (from.read(buffer.clear()) >= 0) {
                to.write(buffer.flip());
            }
            if (abilities.forces()) {
                to.force();
            }
        }
    }
}
