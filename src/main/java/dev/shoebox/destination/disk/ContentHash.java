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

/** SHA-256 of what a file holds, as 64 lower-case hexadecimal digits. */
public final class ContentHash {
    private static final int READ_BYTES = 1 << 20;

    private ContentHash() {}

    /** As the system shows it, which may be what it remembers. */
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
     * SHA-256 and the fingerprint.
     *
     * @param pastCache whether it is read as it lies on the disk itself, which must be possible
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

    /** As it lies on the disk itself; empty where this disk cannot be read so. */
    public static Optional<String> onDisk(Disk disk, String path) throws IOException {
        MessageDigest digest = Sha256.digest();
        return disk.readPastCache(path, digest::update) ? Optional.of(Sha256.hex(digest)) : Optional.empty();
    }
}
