package dev.shoebox.archive;

import dev.shoebox.archive.packing.Packing;
import dev.shoebox.destination.disk.ContentHash;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Reads a finished part back: each file in it as a program that unpacks it would, and the whole part from the disk
 * itself, past the page cache.
 */
final class ExportVerification {
    private static final int CHUNK = 1 << 20;

    private final Disk disk;
    private final Packing packing;
    private final IntConsumer passed;
    private final Runnable fileRead;
    private boolean pastCache = true;

    /**
     * Creates a verification.
     *
     * @param passed receives the number of bytes read; each is read twice
     * @param fileRead called after each file that was right
     */
    ExportVerification(Disk disk, Packing packing, IntConsumer passed, Runnable fileRead) {
        this.disk = disk;
        this.packing = packing;
        this.passed = passed;
        this.fileRead = fileRead;
    }

    /** Returns whether everything so far was read from the disk itself. */
    boolean isPastCache() {
        return pastCache;
    }

    /** @throws ArchiveException.Lost if a file is missing, differs from what was written, or should not be there */
    void folder(Part part) throws IOException {
        for (Map.Entry<String, Part.Written> each : part.written().entrySet()) {
            String path = part.path() + "/" + each.getKey();
            Optional<String> onDisk = pastCache ? ContentHash.onDisk(disk, path) : Optional.empty();
            pastCache &= onDisk.isPresent();
            String found = onDisk.isPresent() ? onDisk.get() : ContentHash.shown(disk, path);
            require(found.equals(each.getValue().sha256()), each.getKey());
            fileRead.run();
            pass(2 * each.getValue().size());
        }
    }

    private void pass(long bytes) {
        for (long left = bytes; left > 0; left -= CHUNK) {
            passed.accept((int) Math.min(left, CHUNK));
        }
    }

    /**
     * Verifies an archive in the same way.
     *
     * @param sha256 of the bytes that were written
     */
    void archive(Part part, String sha256) throws IOException {
        MessageDigest digest = Sha256.digest();
        pastCache &= disk.readPastCache(part.path(), bytes -> {
            passed.accept(bytes.remaining());
            digest.update(bytes);
        });
        if (pastCache) {
            require(Sha256.hex(digest).equals(sha256), part.path());
        } else {
            pass(part.container().size());
        }
        Map<String, Part.Written> expected = new HashMap<>(part.written());
        byte[] chunk = new byte[CHUNK];
        packing.read(part.path(), (name, content) -> {
            Part.Written wanted = expected.remove(name);
            require(wanted != null && hash(content, chunk).equals(wanted.sha256()), name);
            fileRead.run();
        });
        require(expected.isEmpty(), part.path());
    }

    private String hash(InputStream content, byte[] chunk) throws IOException {
        MessageDigest digest = Sha256.digest();
        for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
            digest.update(chunk, 0, count);
            passed.accept(count);
        }
        return Sha256.hex(digest);
    }

    private static void require(boolean isRight, String name) throws ArchiveException.Lost {
        if (!isRight) {
            throw new ArchiveException.Lost(name
                    + " did not read back as written, so no export was made. The disk, its cable or this "
                    + "computer's memory is faulty: try another disk.");
        }
    }
}
