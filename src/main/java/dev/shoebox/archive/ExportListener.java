package dev.shoebox.archive;

import dev.shoebox.archive.packing.Member;

/** Receives the events of an export, on the thread that makes it. */
public interface ExportListener {
    /** A phase of an export. */
    enum Phase {
        WRITING,
        READING_BACK
    }

    /** Why a file was left out. */
    enum Reason {
        /** Its content is not what was backed up. */
        DAMAGED,
        MISSING,
        UNREADABLE,
        /** The user may not read it; nothing is known about it. */
        DENIED,
        /** Its name cannot be unpacked everywhere. */
        NAME
    }

    /** @param why one sentence without a full stop, which follows the name of the file */
    void leftOut(Member member, Reason reason, String why);

    /** A phase starts. */
    void begins(Phase phase, long files, long bytes);

    /** The progress of this phase. */
    void progress(long files, long bytes);
}
