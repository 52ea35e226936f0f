package dev.shoebox.folder.archive;

import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;

import java.io.IOException;
import java.util.Map;

/** A source that may have archives among its files. */
public interface ArchiveHolder extends MediaSource {
    /** Opens an archive by what it contains. */
    interface Opener {
        /** @param held whether its table of contents may be held in memory, where it has one */
        MediaSource open(boolean held) throws IOException;
    }

    /**
     * What it holds.
     *
     * @param listing of all but the archives
     * @param archives how to open each, by its path; in an order that is the same from run to run
     */
    record Contents(Listing listing, Map<String, Opener> archives) {}

    Contents contents() throws IOException;
}
