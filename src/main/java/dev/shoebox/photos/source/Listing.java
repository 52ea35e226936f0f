package dev.shoebox.photos.source;

import java.util.List;

/**
 * The contents of a source.
 *
 * @param files every photo, video and companion file, in the order that the source reads best
 * @param unreadable folders and files that the source did not list, by path
 * @param inventory everything found, these files and all others
 */
public record Listing(List<MediaFile> files, List<Unreadable> unreadable, Inventory inventory) {
    public Listing {
        files = PackedFiles.of(files);
        unreadable = List.copyOf(unreadable);
    }

    /** Creates a listing of a source without other files. */
    public Listing(List<MediaFile> files, List<Unreadable> unreadable) {
        this(files, unreadable, Inventory.of((long) files.size() + unreadable.size()));
    }
}
