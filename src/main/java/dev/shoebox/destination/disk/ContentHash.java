package dev.shoebox.destination.disk;

import dev.shoebox.photos.fingerprint.ContentDigest;
import dev.shoebox.photos.fingerprint.ContentDigest.Extra;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/** The SHA-256 of files, as 64 lower-case hexadecimal digits. */
public final class ContentHash {
    private static final int READ_BYTES = 1 << 20;

    private ContentHash() {}

    /** Returns the hash of a file as the system shows it, possibly from its cache. */
    public static String shown(Disk disk, String path) throws IOException {
        MessageDigest digest = Sha256.digest();
        ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
        try (SeekableByteChannel channel = disk.read(path)) {
            while (channel.read(buffer) >= 0) {
                digest.update(buffer.flip());
                buffer.clear();
            }
        }
        return Sha256.hex(digest);
    }

    /**
     * Returns SHA-256 and fingerprint of a file.
     *
     * @param pastCache whether to read from the disk itself, which the disk must support
     */
    public static ContentDigest.Result digested(Disk disk, String path, boolean pastCache) throws IOException {
        ContentDigest digest = new ContentDigest(Set.of(Extra.FINGERPRINT));
        if (pastCache) {
            if (!disk.readPastCache(path, digest::update)) {
                throw new IOException("cannot be read without the cache");
            }
            return digest.complete();
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
        try (SeekableByteChannel channel = disk.read(path)) {
            while (channel.read(buffer.clear()) >= 0) {
                digest.update(buffer.flip());
            }
        }
        return digest.complete();
    }

    /** Returns the hash of a file as it is on the disk itself; empty if this disk does not support direct reads. */
    public static Optional<String> onDisk(Disk disk, String path) throws IOException {
        MessageDigest digest = Sha256.digest();
        return disk.readPastCache(path, digest::update) ? Optional.of(Sha256.hex(digest)) : Optional.empty();
    }
}
