package dev.shoebox.photos.source;

import java.util.List;

/**
 * What a source holds.
 *
 * @param files every photo, video and companion file, in the order in which the source reads them best
 * @param unreadable folders and files that the source would not list, by path
 * @param inventory everything that was met, these files and all others
 */
public record Listing(List<MediaFile> files, List<Unreadable> unreadable, Inventory inventory) {
    public Listing {
        files = PackedFiles.of(files);
        unreadable = List.copyOf(unreadable);
    }

    /** Of a source that holds nothing else. */
    public Listing(List<MediaFile> files, List<Unreadable> unreadable) {
        this(files, unreadable, Inventory.of((long) files.size() + unreadable.size()));
    }

    /** Whether each file that was met is listed, unreadable or passed over, and none twice. */
    public boolean isComplete() {
        return inventory.found() == files.size() + unreadable.size() + inventory.passedOver();
    }
}
