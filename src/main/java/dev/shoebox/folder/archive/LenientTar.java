package dev.shoebox.folder.archive;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A tar that may contain nonsense in unimportant fields. Commons-compress can ignore that in plain headers. In an
 * extended header, a time that no calendar can express would end the archive, so this class skips such records.
 */
final class LenientTar extends TarArchiveInputStream {
    private static final Set<String> TIMES = Set.of("mtime", "atime", "ctime", "LIBARCHIVE.creationtime");
    private static final Set<String> NUMBERS = Set.of("uid", "gid", "SCHILY.devminor", "SCHILY.devmajor");
    private static final Pattern TIME = Pattern.compile("-?\\d{1,12}(\\.\\d{1,9}\\d*)?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private final int longestHeader;
    private TarArchiveEntry header;
    private InputStream records = InputStream.nullInputStream();

    /** @param longestHeader in bytes; longer ones are not inspected, and their reader has limits of its own */
    LenientTar(InputStream in, int longestHeader) {
        super(in, TarConstants.DEFAULT_BLKSIZE, TarConstants.DEFAULT_RCDSIZE, StandardCharsets.UTF_8.name(), true);
        this.longestHeader = longestHeader;
    }

    /** Compares entries by identity: equality goes by name, and extended headers share theirs. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public int read(byte[] bytes, int from, int count) throws IOException {
        TarArchiveEntry entry = getCurrentEntry();
        boolean extended =
                entry != null && (entry.isPaxHeader() || entry.isGlobalPaxHeader()) && entry.getSize() <= longestHeader;
        if (!extended) {
            return super.read(bytes, from, count);
        }
        if (entry != header) {
            header = entry;
            records = new ByteArrayInputStream(withoutNonsense(content((int) entry.getSize())));
        }
        return records.read(bytes, from, count);
    }

    private byte[] content(int size) throws IOException {
        byte[] content = new byte[size];
        int filled = 0;
        while (filled < size) {
            int got = super.read(content, filled, size - filled);
            if (got < 0) {
                break;
            }
            filled += got;
        }
        return filled == size ? content : Arrays.copyOf(content, filled);
    }

    /**
     * Each record is {@code LENGTH KEY=VALUE\n}, where the length includes itself. An impossible record gets an unknown
     * key.
     */
    private static byte[] withoutNonsense(byte[] records) {
        int start = 0;
        while (start < records.length) {
            int blank = start;
            int length = 0;
            while (blank < records.length
                    && records[blank] >= '0'
                    && records[blank] <= '9'
                    && length < records.length) {
                length = length * 10 + records[blank] - '0';
                blank++;
            }
            int end = start + length;
            if (blank >= records.length || records[blank] != ' ' || end <= blank + 1 || end > records.length) {
                return records;
            }
            String record = new String(records, blank + 1, end - blank - 1, StandardCharsets.ISO_8859_1);
            int equals = record.indexOf('=');
            if (equals > 0 && record.endsWith("\n") && isNonsense(record, equals)) {
                records[blank + 1] = '?';
            }
            start = end;
        }
        return records;
    }

    private static boolean isNonsense(String record, int equals) {
        String key = record.substring(0, equals);
        String value = record.substring(equals + 1, record.length() - 1);
        // An empty value revokes that of an earlier header.
        return !value.isEmpty()
                && ((TIMES.contains(key) && !TIME.matcher(value).matches())
                        || (NUMBERS.contains(key) && !NUMBER.matcher(value).matches()));
    }
}
