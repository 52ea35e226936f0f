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
 * A file system without a log that was cut off while a run wrote to it. Two files may own the same blocks from then on, which no
 * program notices before the file system is checked: a file that was read back and found right is wrong after the next write
 * to another. A note on the drive remembers that until a person has checked the drive and deletes the note. As long as it is
 * there, every run ends by reading back what was stored since the cut.
 */
public final class UncheckedDrive {
    /** The note. A person deletes it. */
    public static final String NOTE = Identity.FOLDER + "/check-this-drive.txt";

    private static final int LARGEST = 4096;

    /** Begins the line with the number of the last file in the catalogue that was stored before the cut. */
    private static final String LAST = "last: ";

    private UncheckedDrive() {}

    /**
     * Leaves the note where there is none yet. One that was left before tells of the earlier cut, which counts.
     *
     * @param catalogue as it was found, before anything is recovered into it
     */
    static void note(Disk disk, Catalogue catalogue) throws IOException {
        if (since(disk).isEmpty()) {
            write(disk, catalogue.lastId());
        }
    }

    /**
     * Numbers are given anew: all of them by another catalogue, the last ones where files were let go. What is stored from now on
     * has higher ones than the note tells then.
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

    /** The number of the last file that was stored before the drive was cut off; empty where nothing is in doubt. */
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
                // Whatever else it says, everything is in doubt.
                last[0] = digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : last[0];
            });
        }
        return OptionalLong.of(last[0]);
    }
}
