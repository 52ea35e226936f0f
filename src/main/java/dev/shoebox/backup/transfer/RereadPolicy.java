package dev.shoebox.backup.transfer;

import dev.shoebox.photos.source.MediaFile;

/**
 * Decides which files are read from the phone a second time before they count. Nothing on the way checks the bytes for
 * us: AFC has no checksum, and a cable or a memory that turns one bit leaves the right number of them.
 */
public final class RereadPolicy {
    /** What is read twice after an oddity of the connection, in bytes: the file it befell, and these after it. */
    static final long AFTER_ODDITY = 64 << 20;

    /** The first file of a run is read twice if it is no larger than this, in bytes: a film would cost minutes. */
    private static final long FIRST = 8 << 20;

    /** One byte in so many is read twice where nothing is odd. */
    private static final int SHARE = 200;

    /** What tells how a photo was edited is smaller, in bytes. */
    private static final long CHEAP = 64 << 10;

    private final boolean possible;

    /** Whether a person wants every file read twice, whatever else proves it. */
    private final boolean insists;

    private boolean everything;
    private boolean first = true;
    private long seen;
    private long spent;

    /**
     * @param possible whether reading again asks the phone again: what a disk gives twice comes from memory
     * @param everything whether every file is to be read twice
     */
    public RereadPolicy(boolean possible, boolean everything) {
        this.possible = possible;
        this.insists = everything;
        this.everything = everything;
    }

    /** Whether a file is to be read twice with nothing odd about it; to be asked once for each, in their order. */
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

    /** Whether it costs next to nothing to read a file twice, where others need not be. */
    boolean isCheap(MediaFile file) {
        return possible && file.size() > 0 && file.size() <= CHEAP;
    }

    /** Whether a file is to be read twice whatever else proves it. */
    boolean insists(MediaFile file) {
        return insists && possible && file.size() > 0;
    }

    /** Whether a file about which something was odd is to be read twice. */
    boolean wants(MediaFile file) {
        return possible && file.size() > 0;
    }

    boolean isEverything() {
        return everything;
    }

    /** Two readings of a file differed: from here on every file is read twice. Answers whether that is news. */
    boolean distrust() {
        boolean news = !everything;
        everything = true;
        return news;
    }
}
