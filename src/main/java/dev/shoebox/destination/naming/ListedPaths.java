package dev.shoebox.destination.naming;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The files that {@code SHA256SUMS} lists. It is read when first asked about, which most runs never do. */
public final class ListedPaths {
    private static final String AS_ONE = "";
    private static final String IN_PARTS = "#parts ";

    private final Disk disk;

    /** Sorted prefixes of the digests of the lines with their form, eight bytes each. */
    private long[] lines; // or null until somebody asks

    private boolean foundOtherwise;

    public ListedPaths(Disk disk) {
        this.disk = disk;
    }

    /** Returns whether a line, or the lines of its parts, listed that path with that content. */
    public boolean has(String path, String sha256) throws IOException {
        Manifest line = new Manifest(sha256, path);
        return has(line, AS_ONE) || has(line, IN_PARTS);
    }

    /**
     * As {@link #has(String, String)}, but in one form only.
     *
     * @param inParts whether the lines of parts count; otherwise that of a file in one piece
     */
    public boolean has(String path, String sha256, boolean inParts) throws IOException {
        Manifest line = new Manifest(sha256, path);
        boolean is = has(line, inParts ? IN_PARTS : AS_ONE);
        foundOtherwise |= !is && has(line, inParts ? AS_ONE : IN_PARTS);
        return is;
    }

    /** Returns whether a file was only listed in the form that was not asked for. */
    public boolean hasFoundOtherwise() {
        return foundOtherwise;
    }

    private boolean has(Manifest line, String form) throws IOException {
        if (lines == null) {
            lines = read();
        }
        return Arrays.binarySearch(lines, digest(line, form)) >= 0;
    }

    private long[] read() throws IOException {
        long[][] all = {new long[1024]};
        int[] count = {0};
        Manifest.readFiles(disk, 0, group -> {
            if (count[0] == all[0].length) {
                all[0] = Arrays.copyOf(all[0], 2 * count[0]);
            }
            all[0][count[0]++] = digest(group.line(), group.isInParts() ? IN_PARTS : AS_ONE);
        });
        long[] read = Arrays.copyOf(all[0], count[0]);
        Arrays.sort(read);
        return read;
    }

    private static long digest(Manifest line, String form) {
        byte[] digest = Sha256.bytes(form + line.line());
        return ByteBuffer.wrap(digest).getLong();
    }
}
