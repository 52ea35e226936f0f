package dev.shoebox.folder.archive;

import dev.shoebox.photos.naming.EscapedName;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.Unreadable;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipMethod;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Iterates over the entries of an archive in order, stopping at every file. Limits everything that an archive can
 * claim: the length of names, the number of entries, and the headers before the content.
 */
final class EntryCursor implements Closeable {
    /** The limit for long names and extended headers: a tar could claim gigabytes of them, to be held in memory. */
    static final int MOST_HEADER = 1 << 20;

    /** At least one record of zeros. */
    private static final int TAR_END_MARK = 512;

    /** The zeros with which tar fills the last block; usually 10 KiB. */
    private static final int MOST_PADDING = 1 << 20;

    private static final Set<ZipMethod> ZIP_METHODS =
            EnumSet.of(ZipMethod.STORED, ZipMethod.DEFLATED, ZipMethod.ENHANCED_DEFLATED, ZipMethod.BZIP2);

    /** The input of an archive, with a limit in effect while a header is read. */
    static final class Limited extends CountedInput {
        private long left = Long.MAX_VALUE;
        private long total;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        void count(long bytes) throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("Reading the archive was interrupted.");
            }
            total += bytes;
            left -= bytes;
            if (left < 0) {
                throw new IOException("an entry's header is larger than " + MOST_HEADER + " bytes");
            }
        }
    }

    /**
     * A file to take, or one that is refused or passed over because of its name or kind.
     *
     * @param size as declared; negative if only reading can tell
     * @param checksum the CRC-32 of the content, negative if there is none; known once the content is read
     */
    record Entry(
            String path,
            long size,
            Instant modified,
            Optional<Instant> created,
            Optional<Unreadable> refused,
            Optional<PassedOver> passedOver,
            LongSupplier checksum) {
        private static Entry passing(PassedOver what) {
            return new Entry(
                    what.path(), 0, Instant.EPOCH, Optional.empty(), Optional.empty(), Optional.of(what), () -> -1);
        }

        /** Returns whether its content need not be read. */
        boolean isSettled() {
            return refused.isPresent() || passedOver.isPresent();
        }
    }

    /** Too many entries. The ones before are intact. */
    static final class TooManyException extends IOException {
        TooManyException(String complaint) {
            super(complaint);
        }
    }

    private final Limited bytes;
    private final ArchiveInputStream<?> archive;
    private final EntryNames names = new EntryNames();
    private final ListingLimits limits;
    private final ListingLimits.Count count;
    private int entries;
    private boolean contentIsReadable;

    EntryCursor(Limited bytes, ArchiveInputStream<?> archive, ListingLimits limits) {
        this.bytes = bytes;
        this.limits = limits;
        this.count = limits.count();
        this.archive = archive;
    }

    /** Returns the content of the entry that {@link #next} returned last. */
    InputStream content() {
        return archive;
    }

    /** Returns whether an entry with this path was returned before. */
    boolean hasPassed(String path) {
        return names.isTaken(path);
    }

    /**
     * Returns the next file.
     *
     * @throws TooManyException if the archive contains more than is read of any archive
     * @throws InterruptedIOException if the thread was interrupted
     * @throws IOException if the archive is damaged or truncated: nothing after this can be read
     */
    Optional<Entry> next() throws IOException {
        try {
            Optional<ArchiveEntry> raw = advance();
            while (raw.isPresent()) {
                Optional<Entry> entry = entry(raw.get(), names, contentIsReadable);
                if (entry.isPresent()) {
                    if (!count.admits(entry.get().path())) {
                        throw new TooManyException(count.complaint());
                    }
                    return entry;
                }
                raw = advance();
            }
            return Optional.empty();
        } catch (RuntimeException | StackOverflowError defect) {
            throw new IOException("its compressed data is invalid", defect);
        }
    }

    private Optional<ArchiveEntry> advance() throws IOException {
        if (contentIsReadable) {
            archive.skip(Long.MAX_VALUE);
            byte[] rest = new byte[8 << 10];
            while (archive.read(rest) >= 0) {
                // The next header is found only by reading the content to its end.
            }
        }
        bytes.left = contentIsReadable || entries == 0 ? MOST_HEADER : Long.MAX_VALUE;
        long before = bytes.total;
        ArchiveEntry raw = archive.getNextEntry();
        bytes.left = Long.MAX_VALUE;
        if (raw == null && archive instanceof TarArchiveInputStream) {
            if (bytes.total - before < TAR_END_MARK) {
                throw new IOException("its end marker is missing");
            }
            // The checksum of a compressed archive is at its very end, and is only compared there.
            bytes.readNBytes(MOST_PADDING);
        }
        if (raw != null && ++entries > limits.entries()) {
            throw new TooManyException(count.complaint());
        }
        contentIsReadable = raw != null && archive.canReadEntryData(raw);
        return Optional.ofNullable(raw);
    }

    /** Returns the entry; empty for a folder. */
    static Optional<Entry> entry(ArchiveEntry raw, EntryNames names, boolean readable) {
        return raw instanceof ZipArchiveEntry zip
                ? zip(zip, names, readable)
                : tar((TarArchiveEntry) raw, names, readable);
    }

    private static Optional<Entry> zip(ZipArchiveEntry raw, EntryNames names, boolean readable) {
        if (raw.isDirectory()) {
            return Optional.empty();
        }
        if (raw.isUnixSymlink()) {
            return Optional.of(link(raw.getName(), "a link"));
        }
        byte[] bytes = raw.getRawName();
        boolean rawIsTheName = bytes != null && raw.getNameSource() != ZipArchiveEntry.NameSource.UNICODE_EXTRA_FIELD;
        String suspect = rawIsTheName ? new String(bytes, StandardCharsets.ISO_8859_1) : raw.getName();
        String name = rawIsTheName ? EscapedName.text(bytes) : raw.getName();
        EntryNames.Verdict verdict = names.judge(suspect, name);
        if (raw.getGeneralPurposeBit().usesEncryption()) {
            verdict = verdict.unless("it is encrypted; unpack the archive and back up the folder");
        } else if (!readable || !ZIP_METHODS.contains(ZipMethod.getMethodByCode(raw.getMethod()))) {
            verdict = verdict.unless(
                    "its compression method is not supported; unpack the archive and back up the folder");
        }
        return Optional.of(
                entry(verdict, raw.getSize(), raw.getLastModifiedTime(), raw.getCreationTime(), raw::getCrc));
    }

    private static Optional<Entry> tar(TarArchiveEntry raw, EntryNames names, boolean readable) {
        if (raw.isDirectory()) {
            return Optional.empty();
        }
        if (raw.isFIFO() || raw.isCharacterDevice() || raw.isBlockDevice()) {
            String name = EntryNames.shown(raw.getName());
            return Optional.of(
                    Entry.passing(new PassedOver(name, PassedOver.Kind.SPECIAL, "a device, pipe or socket")));
        }
        if (raw.isSymbolicLink()) {
            return Optional.of(link(raw.getName(), "a link"));
        }
        if (raw.isLink() && names.isTaken(raw.getLinkName())) {
            return Optional.of(link(raw.getName(), "a hard link to a file that is already in the archive"));
        }
        EntryNames.Verdict verdict = names.judge(raw.getName(), raw.getName());
        if (raw.isLink()) {
            verdict = verdict.unless("it is a link to something outside the archive");
        } else if (!readable || raw.isSparse()) {
            verdict = verdict.unless("it is a sparse file; unpack the archive and back up the folder");
        }
        return Optional.of(entry(verdict, raw.getSize(), raw.getLastModifiedTime(), raw.getCreationTime(), () -> -1));
    }

    private static Entry link(String name, String why) {
        return Entry.passing(new PassedOver(EntryNames.shown(name), PassedOver.Kind.LINK, why));
    }

    private static Entry entry(
            EntryNames.Verdict verdict, long size, FileTime modified, FileTime created, LongSupplier checksum) {
        if (verdict.passedOver().isPresent()) {
            return Entry.passing(verdict.passedOver().get());
        }
        return new Entry(
                verdict.path(),
                size,
                modified == null ? Instant.EPOCH : ArchiveTimes.sane(modified),
                Optional.ofNullable(created).map(ArchiveTimes::sane),
                verdict.refused(),
                Optional.empty(),
                checksum);
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
