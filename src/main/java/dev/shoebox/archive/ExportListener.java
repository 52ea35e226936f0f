package dev.shoebox.archive;

import dev.shoebox.archive.packing.Member;

/** Told while an export is being made, from the thread that makes it. */
public interface ExportListener {
    /** What is being done. */
    enum Phase {
        WRITING,
        READING_BACK
    }

    /** Why a file is not in the export. */
    enum Reason {
        /** Its content is not what was backed up. */
        DAMAGED,
        MISSING,
        UNREADABLE,
        /** It may not be read by whoever runs this; nothing is known of it. */
        DENIED,
        /** Its name cannot be unpacked everywhere. */
        NAME
    }

    /** @param why one sentence without a full stop that goes on behind the name of the file */
    void leftOut(Member member, Reason reason, String why);

    /** Another phase begins. */
    void begins(Phase phase, long files, long bytes);

    /** How far this phase is. */
    void progress(long files, long bytes);
}
