package dev.shoebox.destination.records;

import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.MediaFile;

/**
 * One file of a source that the catalogue knows, and the file on disk that holds its bytes.
 *
 * @param asset the {@link dev.shoebox.photos.Asset#key()} it belongs to
 * @param path relative to the destination, components joined by {@code /}
 * @param size of the file on disk, in bytes
 */
public record StoredFile(MediaFile file, String asset, Role role, String path, long size) {}
