package dev.shoebox.archive.packing;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;

/**
 * A tar in the format of POSIX.1-2001 (pax), which every current tar reads: UTF-8 names of any length, and sizes
 * without a limit. Reveals nothing about the computer, the user, or the time of creation.
 */
final class TarContainer extends ArchiveContainer {
    private static final int RECORD = 512;

    /** The records at its end, with padding to the last block. */
    static final int END = 20 * RECORD;

    private static final int MODE = 0100644;

    private final TarArchiveOutputStream tar;
    private final Runnable giveUp;

    /**
     * Creates a tar.
     *
     * @param packed the output, compressed or not
     * @param giveUp aborts the compression
     */
    TarContainer(PartFile file, OutputStream packed, Runnable giveUp) {
        super(file);
        this.giveUp = giveUp;
        tar = new TarArchiveOutputStream(packed, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /** The size of a header, an extended header with name, size and date, and the padding of the last record. */
    static long overhead(int nameBytes) {
        return 5L * RECORD + 2L * nameBytes;
    }

    @Override
    public void add(Member entry, long crc32, InputStream content) throws IOException {
        TarArchiveEntry header = new TarArchiveEntry(entry.path(), TarConstants.LF_NORMAL, true);
        header.setSize(entry.size());
        header.setLastModifiedTime(FileTime.from(entry.modified()));
        header.setMode(MODE);
        header.setIds(0, 0);
        header.setNames("", "");
        tar.putArchiveEntry(header);
        copy(content, tar);
        tar.closeArchiveEntry();
    }

    @Override
    public void finish() throws IOException {
        tar.close();
    }

    @Override
    public void close() throws IOException {
        giveUp.run();
        super.close();
    }
}
