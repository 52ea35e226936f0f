package dev.shoebox.destination.opening;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.records.Catalogue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A consistent copy of the catalogue while a run of another process of this computer uses it. SQLite would respect that
 * run's lock for as long as it lasts, and with hundreds of thousands of photos, reading the journal takes a quarter of
 * a minute.
 *
 * <p>If two reads give the same bytes, these were in the file at the moment in between. If the rollback journal was
 * empty at that moment, no transaction was active: SQLite fills the journal before it changes anything, and empties it
 * last. This holds only for a file that no other computer writes: over a network, the first read would be cached.
 */
final class CatalogueSnapshot {
    private static final String JOURNAL = Catalogue.FILE + "-journal";
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final int PAUSE_MILLIS = 20;
    private static final int PIECE = 1 << 20;

    private final Disk disk;
    private final long most;

    /** @param most the number of bytes that fit into memory */
    CatalogueSnapshot(Disk disk, long most) {
        this.disk = disk;
        this.most = Math.min(most, Integer.MAX_VALUE - 8);
    }

    /** Returns the catalogue; empty if there is none, it is too large, or the run writes too often. */
    Optional<byte[]> read() throws IOException {
        long end = System.nanoTime() + LONGEST.toNanos();
        try {
            do {
                Optional<byte[]> read = isQuiet() ? once() : Optional.empty();
                if (read.isPresent()) {
                    return read;
                }
                Thread.sleep(PAUSE_MILLIS);
            } while (System.nanoTime() < end);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (NoSuchFileException gone) {
            // It was rebuilt meanwhile.
        }
        return Optional.empty();
    }

    private boolean isQuiet() throws IOException {
        return disk.look(JOURNAL).filter(journal -> journal.size() > 0).isEmpty();
    }

    private Optional<byte[]> once() throws IOException {
        try (SeekableByteChannel file = disk.read(Catalogue.FILE)) {
            if (file.size() == 0 || file.size() > most) {
                return Optional.empty();
            }
            byte[] bytes = new byte[(int) file.size()];
            if (!fill(file, ByteBuffer.wrap(bytes)) || !isQuiet()) {
                return Optional.empty();
            }
            file.position(0);
            return file.size() == bytes.length && isSame(file, bytes) ? Optional.of(bytes) : Optional.empty();
        }
    }

    private static boolean isSame(SeekableByteChannel file, byte[] bytes) throws IOException {
        byte[] piece = new byte[Math.min(PIECE, bytes.length)];
        for (int from = 0; from < bytes.length; from += piece.length) {
            int length = Math.min(piece.length, bytes.length - from);
            if (!fill(file, ByteBuffer.wrap(piece, 0, length))
                    || !Arrays.equals(piece, 0, length, bytes, from, from + length)) {
                return false;
            }
        }
        return true;
    }

    private static boolean fill(SeekableByteChannel file, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (file.read(into) < 0) {
                return false;
            }
        }
        return true;
    }
}
