package dev.shoebox.photos;

import java.util.List;

/**
 * What a source holds.
 *
 * @param files every photo, video and companion file, in the order in which the source reads them best
 * @param unreadable folders and files that the source would not list, by path
 */
public record Listing(List<MediaFile> files, List<Unreadable> unreadable) {
    public Listing {
        files = List.copyOf(files);
        unreadable = List.copyOf(unreadable);
    }
}
