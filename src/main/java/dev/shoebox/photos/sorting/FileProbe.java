package dev.shoebox.photos.sorting;

import dev.shoebox.photos.format.FileFormat;
import dev.shoebox.photos.format.PictureSize;
import dev.shoebox.photos.source.PassedOver.Kind;

import java.nio.ByteBuffer;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * What the first bytes of a file reveal, for files whose names do not.
 *
 * @param format the format, if it is a photo, film or sound
 * @param kind the kind of any other file
 * @param isTiny whether it is a complete picture as small as a thumbnail
 */
public record FileProbe(Optional<FileFormat> format, Kind kind, boolean isTiny) {
    /** The result for a file that could not be read. */
    public static final FileProbe NOTHING = new FileProbe(Optional.empty(), Kind.UNKNOWN, false);

    /**
     * Inspects a file.
     *
     * @param head the first {@link FileFormat#HEAD} bytes or as many as were requested; fewer only at the end of the
     * file
     * @param size the size of the whole file, in bytes
     */
    public static FileProbe at(ByteBuffer head, long size) {
        Optional<FileFormat> format = FileFormat.of(head, size);
        boolean whole = head.remaining() == size;
        return new FileProbe(
                format,
                format.equals(Optional.of(FileFormat.SOUND)) ? Kind.SOUND : otherwise(head),
                whole && format.filter(FileFormat::isMedia).isPresent() && PictureSize.isTiny(head));
    }

    private static Kind otherwise(ByteBuffer head) {
        byte[] bytes = new byte[Math.min(FileFormat.HEAD, head.remaining())];
        head.get(head.position(), bytes);
        String text = new String(bytes, ISO_8859_1);
        if (text.startsWith("%PDF") || text.startsWith("{\\rtf") || text.startsWith("\u00d0\u00cf\u0011\u00e0")) {
            return Kind.DOCUMENT;
        } else if (text.startsWith("PK\u0003\u0004") || text.startsWith("7z\u00bc\u00af") || text.startsWith("Rar!")) {
            return Kind.UNREAD_ARCHIVE;
        } else if (text.startsWith("\u001f\u008b") || text.startsWith("BZh") || text.startsWith("\u00fd7zXZ")) {
            return Kind.ARCHIVE;
        } else if (text.startsWith("MZ") || text.startsWith("\u007fELF") || text.startsWith("#!/")) {
            return Kind.PROGRAM;
        } else if (text.startsWith("SQLite format 3") || text.startsWith("bplist00")) {
            return Kind.DATA;
        }
        return isText(bytes) ? Kind.DOCUMENT : Kind.UNKNOWN;
    }

    private static boolean isText(byte[] bytes) {
        for (byte character : bytes) {
            if (character >= 0 && character < ' ' && character != '\n' && character != '\r' && character != '\t') {
                return false;
            }
        }
        return bytes.length > 0;
    }
}
