package dev.shoebox.photos;

import dev.shoebox.photos.source.MediaFile;

/** One file of an asset and what it is to it. */
public record Resource(MediaFile file, Role role) {}
