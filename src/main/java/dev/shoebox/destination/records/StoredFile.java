package dev.shoebox.destination.records;

import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.MediaFile;

/**
 * A catalogued file of a source, and the file on disk with its bytes.
 *
 * @param asset the {@link dev.shoebox.photos.Asset#key()} it belongs to
 * @param path relative to the destination, with {@code /} between components
 * @param size of the file on disk, in bytes
 */
public record StoredFile(MediaFile file, String asset, Role role, String path, long size) {}
