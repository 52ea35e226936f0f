package dev.shoebox.folder;

import dev.shoebox.photos.ListingLimits;
import dev.shoebox.photos.MediaSource;
import dev.shoebox.photos.Scope;
import dev.shoebox.photos.Unreadable;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens a folder or an archive as a {@link MediaSource}. */
public final class FolderSource {
    private static final int TAR_HEADER = 512;

    private FolderSource() {}

    /**
     * Tells by content, not by name, what it is. Only photos, videos and their companions are listed, hidden files and
     * those of operating systems are not, and symbolic links are not followed.
     *
     * @param path a folder, or a zip, tar or tar.gz file
     * @throws IOException if there is nothing readable, with one line for people
     */
    public static MediaSource open(Path path) throws IOException {
        return open(path, Scope.USUAL);
    }

    /**
     * {@link #open(Path)}.
     *
     * @param scope what is looked through in the copy of a phone
     */
    public static MediaSource open(Path path, Scope scope) throws IOException {
        return open(path, scope, ListingLimits.STANDARD);
    }

    static MediaSource open(Path path, Scope scope, ListingLimits limits) throws IOException {
        Path real;
        try {
            real = path.toRealPath();
        } catch (IOException absent) {
            throw new IOException(
                    "There is nothing to read at " + path + ". Check the path, and that its disk is connected.",
                    absent);
        }
        if (Files.isDirectory(real)) {
            return new Folder(real, scope, limits);
        }
        if (!Files.isRegularFile(real) || !Files.isReadable(real)) {
            throw new IOException(real + " cannot be read. Check its permissions.");
        }
        ArchiveFile file = ArchiveFile.of(real);
        byte[] head = head(real);
        if (startsWith(head, 'P', 'K', 3, 4) || startsWith(head, 'P', 'K', 5, 6) || startsWith(head, 'P', 'K', 7, 8)) {
            return zip(file, limits);
        }
        if (startsWith(head, 0x1f, 0x8b)) {
            return packedTar(file, limits);
        }
        if (isTar(head)) {
            return TarIndex.read(file, limits);
        }
        throw new IOException(real + " is neither a folder nor a zip, tar or tar.gz archive.");
    }

    private static MediaSource zip(ArchiveFile file, ListingLimits limits) throws IOException {
        try {
            return ZipIndex.read(file, limits);
        } catch (ZipIndex.TooLongException tooLong) {
            return withoutIndex(file, Optional.empty(), limits);
        } catch (IOException damaged) {
            String message = "The archive " + file.name() + " is cut off or damaged (" + ArchiveFile.reason(damaged)
                    + "): files at its end may be missing. Try another copy of it.";
            return withoutIndex(
                    file, Optional.of(new Unreadable(file.name(), Unreadable.Reason.READ_ERROR, message)), limits);
        }
    }

    private static MediaSource withoutIndex(ArchiveFile file, Optional<Unreadable> defect, ListingLimits limits) {
        return new PackedArchive(
                file,
                () -> {
                    var bytes = new EntryCursor.Limited(buffered(file));
                    return new EntryCursor(bytes, new ZipArchiveInputStream(bytes), limits);
                },
                defect,
                limits);
    }

    private static MediaSource packedTar(ArchiveFile file, ListingLimits limits) throws IOException {
        try (InputStream in = unpacked(file)) {
            if (!isTar(in.readNBytes(TAR_HEADER))) {
                throw new IOException("it holds something else");
            }
        } catch (IOException | RuntimeException other) {
            throw new IOException(
                    file.path() + " is compressed, but no tar archive can be read in it (" + ArchiveFile.reason(other)
                            + "). Try another copy of it.",
                    other);
        }
        return new PackedArchive(
                file,
                () -> {
                    var bytes = new EntryCursor.Limited(unpacked(file));
                    return new EntryCursor(bytes, new LenientTar(bytes, EntryCursor.MOST_HEADER), limits);
                },
                Optional.empty(),
                limits);
    }

    private static InputStream buffered(ArchiveFile file) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file.path()), 64 << 10);
    }

    private static InputStream unpacked(ArchiveFile file) throws IOException {
        InputStream packed = buffered(file);
        try {
            return GzipCompressorInputStream.builder()
                    .setInputStream(packed)
                    .setDecompressConcatenated(true)
                    .get();
        } catch (IOException | RuntimeException noGzip) {
            packed.close();
            throw noGzip;
        }
    }

    private static byte[] head(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(TAR_HEADER);
        }
    }

    private static boolean startsWith(byte[] bytes, int... signature) {
        for (int i = 0; i < signature.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != signature[i]) {
                return false;
            }
        }
        return true;
    }

    /** By the checksum of the first header, which tars older than any signature have too. */
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
