package dev.shoebox.folder.archive;

import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;

import java.io.IOException;
import java.util.Map;

/** A source that may contain archives. */
public interface ArchiveHolder extends MediaSource {
    /** Opens an archive, which it recognises by content. */
    interface Opener {
        /** @param held whether a table of contents may be kept in memory */
        MediaSource open(boolean held) throws IOException;
    }

    /**
     * The contents of a source.
     *
     * @param listing everything except the archives
     * @param archives how to open each archive, by path; in the same order in every run
     */
    record Contents(Listing listing, Map<String, Opener> archives) {}

    Contents contents() throws IOException;
}
