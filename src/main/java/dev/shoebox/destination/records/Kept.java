package dev.shoebox.destination.records;

import dev.shoebox.photos.Role;

import java.util.Optional;

/**
 * A file on disk.
 *
 * @param role what it was when it was first stored; empty where only the manifest knows it
 */
public record Kept(long id, String path, String stem, Optional<Role> role, String sha256, long size) {}
