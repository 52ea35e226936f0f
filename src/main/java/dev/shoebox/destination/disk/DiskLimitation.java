package dev.shoebox.destination.disk;

import java.util.Locale;

/** Something that a destination's disk cannot do and a good one can. Ordered by how much a person should care. */
public enum DiskLimitation {
    ELSEWHERE(
            "This folder is another computer's or a cloud's: what is safe here is safe there only once it has arrived, which"
                    + " Shoebox cannot see."),
    NO_FLUSH("This disk refuses to flush on demand: eject it before you unplug it, or the last photos may be lost."),
    NO_READ_BACK("This disk cannot be read past the computer's memory, so copies are not proven by reading them back;"
            + " plug it out and in again and run 'shoebox verify' to be sure."),
    NO_PERMISSIONS("This disk keeps no permissions: everybody who has it can read the photos, and here whoever its"
            + " mount lets in."),
    SMALL_FILES("This disk holds no file of 4 GiB or more: longer videos are named and left out. A disk formatted as"
            + " exFAT, NTFS, APFS or ext4 holds them."),
    NO_FOLDER_FLUSH(
            "This system does not flush folders on demand: eject the disk before you unplug it. After a power cut run"
                    + " 'shoebox verify'."),
    NO_LINKS("This disk has no hard links: names are given by moving files, after looking that nothing is there."),
    CHANGES_NAMES("This disk changes names that end in a dot; Shoebox gives none such.");

    private final String message;

    DiskLimitation(String message) {
        this.message = message;
    }

    /** A sentence or two for people. */
    public String message() {
        return message;
    }

    /** As JSON and the journal spell it: {@code no-flush}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a person should hear of it at each run, and not only where the disk is looked into. */
    boolean isForEveryRun() {
        return this == ELSEWHERE || this == NO_FLUSH || this == NO_READ_BACK || this == NO_PERMISSIONS;
    }
}
