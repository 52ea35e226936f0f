package dev.shoebox.folder.archive;

import dev.shoebox.folder.stream.RereadableChannel;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.system.FolderHandle;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Opens archives by their content, whatever their names. */
public final class Archives {
    private static final int TAR_HEADER = 512;

    /** Opens the bytes of an archive from the start, any number of times. */
    interface Bytes {
        InputStream open() throws IOException;
    }

    private Archives() {}

    /**
     * Opens an archive.
     *
     * @param held whether a table of contents may be kept in memory; otherwise a zip is read sequentially
     * @throws IOException with a one-line message for people, if it is not a readable archive
     */
    public static MediaSource open(ArchiveFile file, boolean held, ListingLimits limits) throws IOException {
        Bytes bytes =
                () -> new BufferedInputStream(Channels.newInputStream(FolderHandle.openFile(file.path())), 64 << 10);
        byte[] head = head(bytes);
        if (isZip(head)) {
            return held ? zip(file, bytes, limits) : withoutIndex(file, bytes, List.of(), limits);
        }
        if (isGzip(head)) {
            return packedTar(file, file.path().toString(), bytes, limits);
        }
        if (isTar(head)) {
            return held ? TarIndex.read(file, limits, Archives::inner) : tar(file, bytes, limits);
        }
        throw none(file.path().toString(), head);
    }

    /**
     * Opens an archive inside another. It is read sequentially.
     *
     * @param file the outer archive
     * @param path the path of the inner one
     */
    public static MediaSource open(ArchiveFile file, String path, Bytes bytes, ListingLimits limits)
            throws IOException {
        byte[] head = head(bytes);
        if (isZip(head)) {
            return withoutIndex(file, bytes, List.of(), limits);
        }
        if (isGzip(head)) {
            return packedTar(file, path, bytes, limits);
        }
        if (isTar(head)) {
            return tar(file, bytes, limits);
        }
        throw none(path, head);
    }

    private static MediaSource inner(
            ArchiveFile around, String path, RereadableChannel.Opener bytes, ListingLimits limits) throws IOException {
        return open(around, path, bytes::open, limits);
    }

    private static IOException none(String path, byte[] head) {
        return new IOException(ForeignArchives.format(head)
                .map(format -> path + " is " + format
                        + ", which Shoebox cannot read. Unpack it, then back up the resulting folder.")
                .orElse(path + " is neither a folder nor a zip, tar or tar.gz archive."));
    }

    private static MediaSource zip(ArchiveFile file, Bytes bytes, ListingLimits limits) throws IOException {
        try {
            return ZipIndex.read(file, limits, Archives::inner);
        } catch (ZipIndex.TooLongException tooLong) {
            return withoutIndex(file, bytes, List.of(), limits);
        } catch (IOException damaged) {
            String message = "The archive " + file.name() + " is cut off or damaged (" + ArchiveFile.reason(damaged)
                    + "): files at its end may be missing. Try another copy of it.";
            var defect = new Unreadable(file.name(), Unreadable.Reason.READ_ERROR, message);
            return withoutIndex(file, bytes, List.of(defect), limits);
        }
    }

    private static MediaSource withoutIndex(
            ArchiveFile file, Bytes bytes, List<Unreadable> defects, ListingLimits limits) {
        return packed(file, bytes, Archives::boundedZip, defects, limits);
    }

    private static ArchiveInputStream<?> boundedZip(InputStream in) {
        UnpackingLimit limit = new UnpackingLimit();
        return new ZipArchiveInputStream(limit.packed(in)) {
            @Override
            public int read(byte[] bytes, int from, int count) throws IOException {
                int got = super.read(bytes, from, count);
                limit.unpacked(Math.max(got, 0));
                return got;
            }
        };
    }

    private static MediaSource tar(ArchiveFile file, Bytes bytes, ListingLimits limits) {
        return packed(file, bytes, in -> new LenientTar(in, EntryCursor.MOST_HEADER), List.of(), limits);
    }

    private static MediaSource packedTar(ArchiveFile file, String path, Bytes bytes, ListingLimits limits)
            throws IOException {
        Bytes unpacked = () -> unpacked(bytes);
        try {
            if (!isTar(head(unpacked))) {
                throw new IOException("it holds something else");
            }
        } catch (IOException | RuntimeException other) {
            throw new IOException(
                    path + " is compressed but does not contain a readable tar archive (" + ArchiveFile.reason(other)
                            + "). Try another copy of it.",
                    other);
        }
        return tar(file, unpacked, limits);
    }

    private interface Unpacking {
        ArchiveInputStream<?> of(EntryCursor.Limited bytes) throws IOException;
    }

    private static MediaSource packed(
            ArchiveFile file, Bytes bytes, Unpacking unpacking, List<Unreadable> defects, ListingLimits limits) {
        return new PackedArchive(
                file,
                () -> {
                    var limited = new EntryCursor.Limited(bytes.open());
                    return new EntryCursor(limited, unpacking.of(limited), limits);
                },
                defects,
                limits);
    }

    private static InputStream unpacked(Bytes bytes) throws IOException {
        UnpackingLimit limit = new UnpackingLimit();
        InputStream packed = limit.packed(bytes.open());
        try {
            return limit.unpacked(GzipCompressorInputStream.builder()
                    .setInputStream(packed)
                    .setDecompressConcatenated(true)
                    .get());
        } catch (IOException | RuntimeException noGzip) {
            packed.close();
            throw noGzip;
        }
    }

    private static byte[] head(Bytes bytes) throws IOException {
        try (InputStream in = bytes.open()) {
            return in.readNBytes(TAR_HEADER);
        }
    }

    private static boolean isZip(byte[] head) {
        return head.length > 3
                && head[0] == 'P'
                && head[1] == 'K'
                && ((head[2] == 3 && head[3] == 4) || (head[2] == 5 && head[3] == 6) || (head[2] == 7 && head[3] == 8));
    }

    private static boolean isGzip(byte[] head) {
        return head.length > 1 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b;
    }

    /** Checks the checksum of the first header, which even tars older than any signature have. */
    private static boolean isTar(byte[] header) {
        if (header.length < TAR_HEADER) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < TAR_HEADER; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        String stored = new String(header, 148, 8, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
        return stored.matches("[0-7]{1,7}") && Integer.parseInt(stored, 8) == sum && header[0] != 0;
    }
}
