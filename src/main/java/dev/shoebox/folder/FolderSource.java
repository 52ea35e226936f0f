package dev.shoebox.folder;

import dev.shoebox.photos.MediaSource;

import java.io.IOException;
import java.nio.file.Path;

/** Opens a folder or an archive as a {@link MediaSource}. */
public final class FolderSource {
    private FolderSource() {}

    /**
     * @param path a folder, or a zip, tar or tar.gz file
     * @throws IOException if there is nothing readable, with one line for people
     */
    public static MediaSource open(Path path) throws IOException {
        throw new UnsupportedOperationException();
    }
}
