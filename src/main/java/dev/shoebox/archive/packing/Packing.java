package dev.shoebox.archive.packing;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.system.process.Programs;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.zip.Deflater;

/** How the members of an archive become a file, and how other programs would read them out of it. */
public final class Packing {
    private static final int BUFFER_BYTES = 1 << 20;

    /** The overhead of compressing incompressible data: 5 bytes per block of at least 16 KiB, and a frame around it. */
    private static final long WORST = 2048;

    private final Disk disk;
    private final FolderSync folderSync;
    private final Format format;
    private final Programs programs;

    public Packing(Disk disk, FolderSync folderSync, Format format, Programs programs) {
        this.disk = disk;
        this.folderSync = folderSync;
        this.format = format;
        this.programs = programs;
    }

    /** Creates an archive or folder at that path. */
    public Container begin(String path) throws IOException {
        if (format.isFolder()) {
            return new FolderContainer(disk, folderSync, path);
        }
        PartFile file = new PartFile(disk, path);
        try {
            return switch (format) {
                case ZIP -> new ZipContainer(file);
                case TAR_GZ -> new TarContainer(file, new GzipCompressorOutputStream(file, fast()), () -> {});
                case TAR_ZST -> {
                    ZstdProgram.Compressing packed = zstd().into(file);
                    yield new TarContainer(file, packed, packed::abandon);
                }
                default -> new TarContainer(file, file, () -> {});
            };
        } catch (IOException failed) {
            file.abandon();
            file.remove(path);
            throw failed;
        }
    }

    /** Returns the name of a missing program that this format needs; empty if none is missing. */
    public String missing() {
        return format == Format.TAR_ZST && programs.find(ZstdProgram.NAME).isEmpty() ? ZstdProgram.NAME : "";
    }

    private ZstdProgram zstd() throws IOException {
        return new ZstdProgram(programs.find(ZstdProgram.NAME)
                .orElseThrow(() -> new IOException("the program zstd is no longer installed")));
    }

    /** Photos are compressed already: higher levels take ten times as long and gain nothing. */
    private static GzipParameters fast() {
        GzipParameters fast = new GzipParameters();
        fast.setCompressionLevel(Deflater.BEST_SPEED);
        fast.setBufferSize(BUFFER_BYTES);
        return fast;
    }

    /** Returns the maximum number of bytes that an entry takes besides its content, in archives. */
    public long overhead(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return switch (format) {
            case FOLDER -> 0;
            case ZIP -> ZipContainer.overhead(bytes);
            default -> TarContainer.overhead(bytes);
        };
    }

    /** Returns the maximum packed size of so many bytes of entries. */
    public long packed(long bytes) {
        return switch (format) {
            case FOLDER -> bytes;
            case ZIP, TAR -> bytes + TarContainer.END;
            case TAR_GZ, TAR_ZST -> bytes + TarContainer.END + bytes / WORST + WORST;
        };
    }

    /** Receives the entries of an archive. */
    public interface Visitor {
        void entry(String name, InputStream content) throws IOException;
    }

    /** Reads an archive from start to end; not for folders. */
    public void read(String path, Visitor visitor) throws IOException {
        if (format == Format.ZIP) {
            readZip(path, visitor);
            return;
        }
        InputStream bytes = new BufferedInputStream(Channels.newInputStream(disk.read(path)), BUFFER_BYTES);
        try (InputStream unpacked = unpacked(bytes);
                TarArchiveInputStream tar = new TarArchiveInputStream(unpacked, StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                visitor.entry(entry.getName(), tar);
            }
            // The bytes after the last entry belong to the file, too, such as a checksum.
            unpacked.transferTo(OutputStream.nullOutputStream());
        }
    }

    private InputStream unpacked(InputStream bytes) throws IOException {
        return switch (format) {
            case TAR_GZ -> new GzipCompressorInputStream(bytes);
            case TAR_ZST -> zstd().from(bytes);
            default -> bytes;
        };
    }

    /** Reads the entries by the central directory, as programs that unpack do. */
    private void readZip(String path, Visitor visitor) throws IOException {
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(disk.read(path))
                .setCharset(StandardCharsets.UTF_8)
                .get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                try (InputStream content = zip.getInputStream(entry)) {
                    visitor.entry(entry.getName(), content);
                }
            }
        }
    }
}
