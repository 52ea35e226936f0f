package dev.shoebox.photos;

import dev.shoebox.photos.source.MediaFile;

/** One file of an asset and what it is to it. */
public record Resource(MediaFile file, Role role) {
    /** Whether it is the original that makes a photo or video of the files that go with it. */
    public boolean isPrimary() {
        return role == Role.PHOTO || role == Role.VIDEO;
    }
}
