package dev.shoebox.destination.opening;

import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * A file system without a journal that was cut off while a run wrote to it. Two files may then own the same blocks,
 * which no program notices until the file system is checked: a file that was verified is wrong after the next write to
 * the other. A note on the drive records this until the user has checked the drive and deletes the note. While it
 * exists, every run ends by reading back all files stored since the cut.
 */
public final class UncheckedDrive {
    /** The note, which the user deletes. */
    public static final String NOTE = Identity.FOLDER + "/check-this-drive.txt";

    private static final int LARGEST = 4096;

    /** Prefix of the line with the number of the last catalogued file that was stored before the cut. */
    private static final String LAST = "last: ";

    private UncheckedDrive() {}

    /**
     * Writes the note unless there is one. An existing note describes an earlier cut, which counts.
     *
     * @param catalogue in its original state, before anything is recovered into it
     */
    static void note(Disk disk, Catalogue catalogue) throws IOException {
        if (since(disk).isEmpty()) {
            write(disk, catalogue.lastId());
        }
    }

    /**
     * Updates the note because file numbers changed: all of them in another catalogue, the last ones after files were
     * forgotten. Files stored from now on have higher numbers than the note.
     */
    static void renumbered(Disk disk, Catalogue catalogue) throws IOException {
        long last = catalogue.isFresh() ? 0 : catalogue.lastId();
        if (since(disk).orElse(0) > last) {
            disk.delete(NOTE);
            write(disk, last);
        }
    }

    private static void write(Disk disk, long last) throws IOException {
        String text = """
                A run of Shoebox did not come to its end on this drive, and its file system keeps no log from which it
                mends itself. If the power went or the drive was pulled, files may overwrite each other.

                Check the drive: 'chkdsk /f' on Windows, First Aid on a Mac, fsck on Linux. Then delete this file.
                Until then, each run reads back what was stored since.

                """ + LAST + last + "\n";
        try (Disk.Out out = disk.create(NOTE)) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            out.force();
        }
    }

    /** Returns the number of the last file that was stored before the cut; empty if nothing is in doubt. */
    public static OptionalLong since(Disk disk) throws IOException {
        var entry = disk.look(NOTE);
        if (entry.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!entry.get().isFile()) {
            throw DestinationException.inTheWay(NOTE, "file");
        }
        long[] last = {0};
        if (entry.get().size() <= LARGEST) {
            AppendOnlyLines.read(disk, NOTE, 0, (text, end) -> {
                String digits = text.startsWith(LAST) ? text.substring(LAST.length()) : "";
                // If the line is unreadable, everything is in doubt.
                last[0] = digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : last[0];
            });
        }
        return OptionalLong.of(last[0]);
    }
}
