package dev.shoebox.destination.naming;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The files that {@code SHA256SUMS} lists, read on first use: only a lost photo that comes back may be catalogued and
 * unlisted, because the user removed its line as well.
 */
public final class ListedPaths {
    private final Disk disk;

    /** Sorted prefixes of the digests of the lines, eight bytes each. */
    private long[] lines; // or null until somebody asks

    public ListedPaths(Disk disk) {
        this.disk = disk;
    }

    /** Returns whether a line listed that path with that content. */
    public boolean has(String path, String sha256) throws IOException {
        if (lines == null) {
            lines = read();
        }
        return Arrays.binarySearch(lines, digest(new Manifest(sha256, path))) >= 0;
    }

    private long[] read() throws IOException {
        long[][] all = {new long[1024]};
        int[] count = {0};
        Manifest.read(disk, 0, (line, end) -> {
            if (count[0] == all[0].length) {
                all[0] = Arrays.copyOf(all[0], 2 * count[0]);
            }
            all[0][count[0]++] = digest(line);
        });
        long[] read = Arrays.copyOf(all[0], count[0]);
        Arrays.sort(read);
        return read;
    }

    private static long digest(Manifest line) {
        byte[] digest = Sha256.bytes(line.line());
        return ByteBuffer.wrap(digest).getLong();
    }
}
