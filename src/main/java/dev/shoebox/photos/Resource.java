package dev.shoebox.photos;

import dev.shoebox.photos.source.MediaFile;

/** One file of an asset, and its role. */
public record Resource(MediaFile file, Role role) {
    /** Returns whether it is the original that makes a set of files a photo or video. */
    public boolean isPrimary() {
        return role == Role.PHOTO || role == Role.VIDEO;
    }
}
