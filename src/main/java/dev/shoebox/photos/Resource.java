package dev.shoebox.photos;

import dev.shoebox.photos.source.MediaFile;

/** One file of an asset, and its role. */
public record Resource(MediaFile file, Role role) {
    /** Equivalent to the generated method, which costs a short run more: see {@link MediaFile#equals}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Resource resource && role == resource.role && file.equals(resource.file);
    }

    @Override
    public int hashCode() {
        return 31 * file.hashCode() + role.hashCode();
    }

    /** Returns whether it is the original that makes a set of files a photo or video. */
    public boolean isPrimary() {
        return role == Role.PHOTO || role == Role.VIDEO;
    }
}
