package dev.shoebox.archive.packing;

import org.apache.commons.compress.archivers.zip.X5455_ExtendedTimestamp;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipLong;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** A zip with stored entries, zip64 where a size needs it, and UTF-8 names. */
final class ZipContainer extends ArchiveContainer {
    private static final int END = 256;
    private static final int MODE = 0100644;

    /** The range of a zip's own time field. */
    private static final LocalDateTime EARLIEST = LocalDateTime.of(1980, 1, 1, 0, 0, 2);

    private static final LocalDateTime LATEST = LocalDateTime.of(2107, 12, 31, 23, 59, 58);

    private final ZipArchiveOutputStream zip;

    ZipContainer(PartFile file) {
        super(file);
        zip = new ZipArchiveOutputStream(file);
        zip.setEncoding(StandardCharsets.UTF_8.name());
        zip.setUseZip64(Zip64Mode.AsNeeded);
    }

    /** The size of the local header and the directory entry, each with the name and extra fields. */
    static long overhead(int nameBytes) {
        return END + 2L * nameBytes;
    }

    @Override
    public void add(Member entry, long crc32, InputStream content) throws IOException {
        zip.putArchiveEntry(new Header(entry, crc32));
        copy(content, zip);
        zip.closeArchiveEntry();
    }

    @Override
    public void finish() throws IOException {
        zip.close();
    }

    private static final class Header extends ZipArchiveEntry {
        Header(Member entry, long crc32) {
            super(entry.path());
            setUnixMode(MODE);
            setMethod(STORED);
            setSize(entry.size());
            setCompressedSize(entry.size());
            setCrc(crc32);
            // The library writes the local time in this computer's zone, so it gets the instant that yields the right
            // local time.
            LocalDateTime shown = entry.wallClock();
            shown = shown.isBefore(EARLIEST) ? EARLIEST : shown.isAfter(LATEST) ? LATEST : shown;
            setTime(shown.atZone(ZoneId.systemDefault()).toInstant().toEpochMilli());
            long seconds = entry.modified().getEpochSecond();
            if (seconds == (int) seconds) {
                X5455_ExtendedTimestamp universal = new X5455_ExtendedTimestamp();
                universal.setModifyTime(new ZipLong((int) seconds));
                addExtraField(universal);
            }
        }
    }
}
