package dev.shoebox.photos;

/** One file of an asset and what it is to it. */
public record Resource(MediaFile file, Role role) {}
