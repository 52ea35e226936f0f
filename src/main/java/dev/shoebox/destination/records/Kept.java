package dev.shoebox.destination.records;

import dev.shoebox.photos.Role;

import java.util.Optional;

/**
 * A file on disk.
 *
 * @param role its role when it was first stored; empty if only the manifest lists it
 */
public record Kept(long id, String path, String stem, Optional<Role> role, String sha256, long size) {}
