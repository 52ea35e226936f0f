package dev.shoebox.folder;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Archives made by tests. */
public final class Packing {
    public static final Instant JUNE = Instant.parse("2021-06-05T10:00:00Z");

    /**
     * A photo in its folder, one with a name in another script, and a film whose name is too long for the original tar
     * format.
     */
    static final List<Map.Entry<String, String>> FILES = List.of(
            Map.entry("DCIM/100APPLE/IMG_0001.JPG", random(900)),
            Map.entry("DCIM/100APPLE/\u00e9.JPG", random(10)),
            Map.entry("very/" + "long/".repeat(40) + "name.mov", random(2_000)));

    public enum Format {
        ZIP,
        STORED_ZIP,
        TAR,
        TAR_GZ
    }

    private Packing() {}

    public static String random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return new String(bytes, ISO_8859_1);
    }

    public static byte[] packed(Format format, List<Map.Entry<String, String>> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (format == Format.ZIP || format == Format.STORED_ZIP) {
            try (var zip = new ZipArchiveOutputStream(bytes)) {
                for (Map.Entry<String, String> file : files) {
                    byte[] content = file.getValue().getBytes(ISO_8859_1);
                    ZipArchiveEntry entry = new ZipArchiveEntry(file.getKey());
                    entry.setLastModifiedTime(FileTime.from(JUNE));
                    if (format == Format.STORED_ZIP) {
                        var crc = new CRC32();
                        crc.update(content);
                        entry.setMethod(ZipArchiveEntry.STORED);
                        entry.setSize(content.length);
                        entry.setCrc(crc.getValue());
                    }
                    zip.putArchiveEntry(entry);
                    zip.write(content);
                    zip.closeArchiveEntry();
                }
            }
        } else {
            try (OutputStream out = format == Format.TAR ? bytes : new GZIPOutputStream(bytes);
                    var tar = new TarArchiveOutputStream(out, "UTF-8")) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                for (Map.Entry<String, String> file : files) {
                    byte[] content = file.getValue().getBytes(ISO_8859_1);
                    TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                    entry.setSize(content.length);
                    entry.setLastModifiedTime(FileTime.from(JUNE));
                    tar.putArchiveEntry(entry);
                    tar.write(content);
                    tar.closeArchiveEntry();
                }
            }
        }
        return bytes.toByteArray();
    }
}
