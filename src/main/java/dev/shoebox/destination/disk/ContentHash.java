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
import java.util.function.Consumer;

/** The SHA-256 of files, as 64 lower-case hexadecimal digits. */
public final class ContentHash {
    private static final int READ_BYTES = 1 << 20;

    private ContentHash() {}

    /** Returns the hash of a file as the system shows it, possibly from its cache. */
    public static String shown(Disk disk, String path) throws IOException {
        return of(disk, path, false);
    }

    private static void read(Disk disk, String path, Consumer<ByteBuffer> taker) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
        try (SeekableByteChannel channel = disk.read(path)) {
            while (channel.read(buffer.clear()) >= 0) {
                taker.accept(buffer.flip());
            }
        }
    }

    /**
     * Passes every byte of a file to the taker.
     *
     * @param pastCache whether to read from the disk itself, which the disk must support
     */
    public static void read(Disk disk, String path, boolean pastCache, Consumer<ByteBuffer> taker) throws IOException {
        if (!pastCache) {
            read(disk, path, taker);
        } else if (!disk.readPastCache(path, taker)) {
            throw new IOException("cannot be read without the cache");
        }
    }

    /**
     * Returns the hash of a file.
     *
     * @param pastCache whether to read from the disk itself, which the disk must support
     */
    public static String of(Disk disk, String path, boolean pastCache) throws IOException {
        MessageDigest digest = Sha256.digest();
        read(disk, path, pastCache, digest::update);
        return Sha256.hex(digest);
    }

    /**
     * Returns SHA-256 and fingerprint of a file.
     *
     * @param pastCache whether to read from the disk itself, which the disk must support
     */
    public static ContentDigest.Result digested(Disk disk, String path, boolean pastCache) throws IOException {
        ContentDigest digest = new ContentDigest(Set.of(Extra.FINGERPRINT));
        read(disk, path, pastCache, digest::update);
        return digest.complete();
    }

    /** Returns the hash of a file as it is on the disk itself; empty if this disk does not support direct reads. */
    public static Optional<String> onDisk(Disk disk, String path) throws IOException {
        MessageDigest digest = Sha256.digest();
        return disk.readPastCache(path, digest::update) ? Optional.of(Sha256.hex(digest)) : Optional.empty();
    }

    /**
     * Returns the hash of a file as it is on the disk itself, or else as the system shows it.
     *
     * @param readsPastCache whether this disk supports direct reads
     */
    public static String best(Disk disk, String path, boolean readsPastCache) throws IOException {
        Optional<String> onDisk = readsPastCache ? onDisk(disk, path) : Optional.empty();
        return onDisk.isPresent() ? onDisk.get() : shown(disk, path);
    }
}
