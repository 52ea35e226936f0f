package dev.shoebox.folder.archive;

import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.system.FolderHandle;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Collections;
import java.util.Optional;

/** Reads the central directory at the end of a zip file. */
final class ZipIndex {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int ZIP64_LOCATOR_LENGTH = 20;
    private static final int ZIP64_TABLE_OFFSET = 48;
    private static final long IN_ZIP64 = 0xffff_ffffL;

    /** The directory is read into memory, where each entry takes about ten times its size on disk. */
    private static final long LONGEST_TABLE = 16 << 20;

    /** Signals a valid directory that would need more memory than a run has. */
    static final class TooLongException extends IOException {
        TooLongException() {
            super("its table of contents is longer than " + LONGEST_TABLE + " bytes");
        }
    }

    private ZipIndex() {}

    /**
     * @throws TooLongException if the directory does not fit in memory
     * @throws IOException if it is missing or damaged
     */
    static IndexedArchive read(ArchiveFile file, ListingLimits limits, IndexedArchive.InnerArchives inner)
            throws IOException {
        FileChannel channel = FolderHandle.openFile(file.path());
        try {
            requireBoundedTable(channel);
            ZipFile zip = ZipFile.builder()
                    .setSeekableByteChannel(channel)
                    .setIgnoreLocalFileHeader(true)
                    .get();
            IndexedArchive archive = new IndexedArchive(file, zip, limits, inner);
            EntryNames names = new EntryNames();
            ListingLimits.Count count = limits.count();
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                Optional<EntryCursor.Entry> found = EntryCursor.entry(entry, names, zip.canReadEntryData(entry));
                if (found.isPresent() && !count.admits(found.get().path())) {
                    archive.addUnreadable(file.tooMany(count.complaint()));
                    break;
                }
                found.ifPresent(one -> archive.add(one, () -> zip.getInputStream(entry)));
            }
            return archive;
        } catch (IOException failed) {
            channel.close();
            throw failed;
        } catch (RuntimeException defect) {
            channel.close();
            throw new IOException("its table of contents is invalid", defect);
        }
    }

    private static void requireBoundedTable(FileChannel channel) throws IOException {
        int length = (int) Math.min(channel.size(), END_LENGTH + LONGEST_COMMENT + ZIP64_LOCATOR_LENGTH);
        long start = channel.size() - length;
        ByteBuffer tail = read(channel, start, length);
        for (int at = length - END_LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == END_SIGNATURE) {
                long table = Integer.toUnsignedLong(tail.getInt(at + 16));
                if (table == IN_ZIP64 && at >= ZIP64_LOCATOR_LENGTH) {
                    long end64 = tail.getLong(at - ZIP64_LOCATOR_LENGTH + 8);
                    table = read(channel, end64 + ZIP64_TABLE_OFFSET, Long.BYTES)
                            .getLong(0);
                }
                if (table < 0 || table > start + at) {
                    throw new IOException("its table of contents is not where it should be");
                }
                if (start + at - table > LONGEST_TABLE) {
                    throw new TooLongException();
                }
                return;
            }
        }
        throw new IOException("its table of contents is missing");
    }

    private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        if (at < 0 || at > channel.size() - length) {
            throw new IOException("its table of contents is not where it should be");
        }
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
            // A read may return less than requested.
        }
        return bytes;
    }
}
