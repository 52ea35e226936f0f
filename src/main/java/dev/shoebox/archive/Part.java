package dev.shoebox.archive;

import dev.shoebox.archive.packing.Container;
import dev.shoebox.archive.packing.Member;
import dev.shoebox.archive.packing.Packing;
import dev.shoebox.text.Sha256;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * One part of an export that is being filled, with a list of its contents. The list comes last: a truncated part has
 * none.
 */
final class Part {
    static final String MANIFEST = "SHA256SUMS";

    private static final String HEAD =
            "# Checked by: sha256sum -c    (macOS: shasum -a 256 -c)    and the name of this list\n";
    private static final int LONGEST_SUFFIX = 8;

    private final Packing packing;
    private final String path;
    private final Container container;
    private final Map<String, Written> written = new LinkedHashMap<>();
    private final StringBuilder manifest = new StringBuilder(HEAD);
    private long entries;
    private long manifestBytes = HEAD.length();
    private Instant newest = Instant.EPOCH;

    /** What must be read back. */
    record Written(long size, String sha256) {}

    /** @param path the path of the unfinished part */
    Part(Packing packing, String path) throws IOException {
        this.packing = packing;
        this.path = path;
        this.container = packing.begin(path);
    }

    String path() {
        return path;
    }

    Container container() {
        return container;
    }

    /** Returns everything in it, by name, in order. */
    Map<String, Written> written() {
        return written;
    }

    /** Returns whether one more file fits within a limit, including its line in the list. */
    boolean fits(Member entry, long limit) {
        return size(packing, entries + packing.overhead(entry.path()) + entry.size(), manifestBytes + line(entry))
                <= limit;
    }

    /** Returns the size of the largest file of that name that fits in an empty part. */
    static long largest(Packing packing, String name, long limit) {
        long beside = size(
                packing,
                packing.overhead(name),
                HEAD.length() + 4L * name.getBytes(StandardCharsets.UTF_8).length + 500);
        return (limit - beside) / 2048 * 2047;
    }

    private static long size(Packing packing, long entries, long manifestBytes) {
        return packing.packed(entries + packing.overhead(MANIFEST) + LONGEST_SUFFIX + manifestBytes);
    }

    private static long line(Member entry) {
        return line(entry.sha256(), entry.path()).getBytes(StandardCharsets.UTF_8).length;
    }

    private static String line(String sha256, String name) {
        return sha256 + "  " + name + "\n";
    }

    void add(Member entry, long crc32, InputStream content) throws IOException {
        container.add(entry, crc32, content);
        entries += packing.overhead(entry.path()) + entry.size();
        written.put(entry.path(), new Written(entry.size(), entry.sha256()));
        list(line(entry.sha256(), entry.path()));
        newest = entry.modified().isAfter(newest) ? entry.modified() : newest;
    }

    /** Adds a comment to the list. */
    void remark(String words) {
        list("# " + words + "\n");
    }

    private void list(String line) {
        manifest.append(line);
        manifestBytes += line.getBytes(StandardCharsets.UTF_8).length;
    }

    /** @param suffix of the list's name, so that parts can be unpacked into one folder */
    void finish(String suffix) throws IOException {
        byte[] bytes = manifest.toString().getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        Member list = new Member(
                MANIFEST + suffix,
                bytes.length,
                Sha256.hex(manifest.toString()),
                newest,
                LocalDateTime.ofInstant(newest, ZoneOffset.UTC));
        container.add(list, crc.getValue(), new ByteArrayInputStream(bytes));
        written.put(list.path(), new Written(list.size(), list.sha256()));
        container.finish();
    }
}
