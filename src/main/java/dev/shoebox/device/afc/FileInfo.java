package dev.shoebox.device.afc;

import dev.shoebox.photos.source.MediaFile;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * The phone's information about a file; missing or invalid numbers are absent.
 *
 * @param size in bytes
 * @param modified nanoseconds since 1970
 * @param created nanoseconds since 1970
 */
public record FileInfo(Kind kind, OptionalLong size, OptionalLong modified, OptionalLong created) {
    private static final long NANOS = 1_000_000_000;
    private static final int ABSENT = -1;

    public enum Kind {
        FILE,
        FOLDER,
        /** A link, a device, a socket. */
        OTHER,
        /** The response does not contain it. */
        UNKNOWN
    }

    /**
     * Parses the response to {@code GET_FILE_INFO}: alternating keys and values; of repeated keys, the first counts.
     */
    public static FileInfo of(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        // Uses one string without substrings: tens of thousands of these are parsed before Java has compiled anything.
        String text = new String(bytes, ISO_8859_1);
        int kind = ABSENT;
        int size = ABSENT;
        int modified = ABSENT;
        int created = ABSENT;
        for (int key = 0; key < text.length(); ) {
            int end = end(text, key);
            int value = Math.min(end + 1, text.length());
            if (kind == ABSENT && isWord("st_ifmt", text, key, end)) {
                kind = value;
            } else if (size == ABSENT && isWord("st_size", text, key, end)) {
                size = value;
            } else if (modified == ABSENT && isWord("st_mtime", text, key, end)) {
                modified = value;
            } else if (created == ABSENT && isWord("st_birthtime", text, key, end)) {
                created = value;
            }
            key = end(text, value) + 1;
        }
        OptionalLong length = number(text, size);
        return new FileInfo(
                kind(text, kind),
                length.isPresent() && length.getAsLong() < 0 ? OptionalLong.empty() : length,
                number(text, modified),
                number(text, created));
    }

    /**
     * Returns the number under a key in a response of alternating keys and values; absent if it is invalid or negative.
     */
    static OptionalLong number(ByteBuffer data, String key) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        String text = new String(bytes, ISO_8859_1);
        for (int at = 0; at < text.length(); ) {
            int end = end(text, at);
            int value = Math.min(end + 1, text.length());
            if (isWord(key, text, at, end)) {
                OptionalLong number = number(text, value);
                return number.isPresent() && number.getAsLong() >= 0 ? number : OptionalLong.empty();
            }
            at = end(text, value) + 1;
        }
        return OptionalLong.empty();
    }

    private static Kind kind(String text, int at) {
        int end = at == ABSENT ? ABSENT : end(text, at);
        if (at == end) {
            return Kind.UNKNOWN;
        }
        return isWord("S_IFREG", text, at, end)
                ? Kind.FILE
                : isWord("S_IFDIR", text, at, end) ? Kind.FOLDER : Kind.OTHER;
    }

    private static boolean isWord(String word, String text, int start, int end) {
        return end - start == word.length() && text.startsWith(word, start);
    }

    /** Returns the index of the NUL after this text; the last one may be missing. */
    private static int end(String text, int start) {
        int nul = text.indexOf('\0', start);
        return nul < 0 ? text.length() : nul;
    }

    /**
     * Returns the file; empty if the size is missing. A missing date does not exclude a photo from the backup: the time
     * of creation replaces that of modification, else 1970, which never counts as the date of a photo.
     */
    public Optional<MediaFile> file(String path) {
        if (size.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> born = created.isPresent() ? Optional.of(instant(created.getAsLong())) : Optional.empty();
        Instant changed = modified.isPresent() ? instant(modified.getAsLong()) : born.orElse(Instant.EPOCH);
        return Optional.of(new MediaFile(path, size.getAsLong(), changed, born));
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    private static OptionalLong number(String text, int at) {
        if (at == ABSENT) {
            return OptionalLong.empty();
        }
        int end = end(text, at);
        try {
            return OptionalLong.of(Long.parseLong(text, at, end, 10));
        } catch (NumberFormatException beyond) {
            return unsigned(text, at, end);
        }
    }

    /**
     * Parses a time. One before 1970 may be printed as an unsigned 64-bit number: it is the negative number with the
     * same bits.
     */
    private static OptionalLong unsigned(String text, int at, int end) {
        try {
            return OptionalLong.of(Long.parseUnsignedLong(text, at, end, 10));
        } catch (NumberFormatException hostile) {
            return OptionalLong.empty();
        }
    }
}
