package dev.shoebox.backup.transfer;

import dev.shoebox.photos.source.MediaFile;

/**
 * Decides which files are read from the phone a second time before they count. AFC has no checksum: a cable or memory
 * that flips a bit still delivers the right number of bytes.
 */
public final class RereadPolicy {
    /** After an irregularity of the connection, bytes to read twice, starting with the affected file. */
    static final long AFTER_ODDITY = 64 << 20;

    /** The first file of a run is read twice if it is at most this large, in bytes: a film would take minutes. */
    private static final long FIRST = 8 << 20;

    /** Without irregularities, one byte in this many is read twice. */
    private static final int SHARE = 200;

    /** Descriptions of edits are smaller, in bytes. */
    private static final long CHEAP = 64 << 10;

    private final boolean possible;

    /** Whether the user requested that every file is read twice, whatever else proves it. */
    private final boolean insists;

    private boolean everything;
    private boolean first = true;
    private long seen;
    private long spent;

    /** Which files a person wants read twice. */
    public enum Wish {
        /** A sample, and files about which something was odd. */
        SOME,
        ALL
    }

    /**
     * @param possible whether a second read reaches the phone: a disk would answer from its cache
     */
    public RereadPolicy(boolean possible, Wish wish) {
        this.possible = possible;
        this.insists = wish == Wish.ALL;
        this.everything = insists;
    }

    /** Returns whether to read a file twice without any irregularity. Called once for each file, in order. */
    boolean samples(MediaFile file) {
        seen += file.size();
        if (!possible || file.size() == 0) {
            return false;
        }
        if (first && file.size() <= FIRST) {
            first = false;
            return true;
        }
        if (spent + file.size() <= seen / SHARE) {
            spent += file.size();
            return true;
        }
        return everything;
    }

    /** Returns whether the second read of a file costs next to nothing. */
    boolean isCheap(MediaFile file) {
        return possible && file.size() > 0 && file.size() <= CHEAP;
    }

    /** Returns whether to read a file twice, whatever else proves it. */
    boolean insists(MediaFile file) {
        return insists && possible && file.size() > 0;
    }

    /** Returns whether to read a file twice after an irregularity. */
    boolean wants(MediaFile file) {
        return possible && file.size() > 0;
    }

    boolean isEverything() {
        return everything;
    }

    /** Has every later file read twice, because two reads of a file differed. Returns whether that is new. */
    boolean distrust() {
        boolean news = !everything;
        everything = true;
        return news;
    }
}
