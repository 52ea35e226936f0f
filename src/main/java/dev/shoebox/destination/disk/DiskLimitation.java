package dev.shoebox.destination.disk;

import java.util.Locale;

/** A limitation of a destination's disk that a good disk does not have. Ordered by importance. */
public enum DiskLimitation {
    ELSEWHERE("This folder is on another computer or in a cloud. Shoebox cannot see when its files arrive "
            + "there; only then are they safe there."),
    NO_FLUSH("This disk cannot be flushed: eject it before you unplug it, or the last photos may be lost."),
    NO_READ_BACK("This disk cannot be read without the computer's cache, so copies cannot be verified as "
            + "they are written. To be sure, unplug it, plug it in again and run 'shoebox verify'."),
    NO_PERMISSIONS("This disk stores no permissions: anyone with the disk can read the photos, and on this "
            + "computer any user the mount allows."),
    SMALL_FILES(
            "Large files cannot be written here (4 GiB or more on FAT32, or more than 'ulimit -f' allows): Shoebox "
                    + "stores such videos in parts, which other programs cannot play. Disks formatted as exFAT, NTFS, APFS or ext4 can hold them as one file."),
    NO_FOLDER_FLUSH("This system cannot flush folders: eject the disk before you unplug it. After a power cut, run "
            + "'shoebox verify'."),
    NO_LINKS("This disk has no hard links: Shoebox renames files into place after checking that the name is free."),
    CHANGES_NAMES("This disk changes names that end in a dot; Shoebox never uses such names.");

    private final String message;

    DiskLimitation(String message) {
        this.message = message;
    }

    /** Returns one or two sentences for the user. */
    public String message() {
        return message;
    }

    /** Returns the word in JSON and the journal: {@code no-flush}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether to report it in each run, and not only when the disk is examined. */
    boolean isForEveryRun() {
        return this == ELSEWHERE || this == NO_FLUSH || this == NO_READ_BACK || this == NO_PERMISSIONS;
    }
}
