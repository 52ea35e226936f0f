package dev.shoebox.device;

import dev.shoebox.photos.MediaFile;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the phone says of a file; a figure it does not give, or that does not fit, is absent.
 *
 * @param size in bytes
 * @param modified nanoseconds since 1970
 * @param created nanoseconds since 1970
 */
record FileInfo(Kind kind, OptionalLong size, OptionalLong modified, OptionalLong created) {
    private static final long NANOS = 1_000_000_000;

    enum Kind {
        FILE,
        FOLDER,
        /** A link, a device, a socket. */
        OTHER,
        /** The answer does not say. */
        UNKNOWN
    }

    /** Reads the answer to {@code GET_FILE_INFO}. */
    static FileInfo of(ByteBuffer data) {
        Map<String, String> pairs = Afc.pairs(data);
        Kind kind =
                switch (pairs.getOrDefault("st_ifmt", "")) {
                    case "S_IFREG" -> Kind.FILE;
                    case "S_IFDIR" -> Kind.FOLDER;
                    case "" -> Kind.UNKNOWN;
                    default -> Kind.OTHER;
                };
        OptionalLong size = number(pairs, "st_size");
        return new FileInfo(
                kind,
                size.isPresent() && size.getAsLong() < 0 ? OptionalLong.empty() : size,
                number(pairs, "st_mtime"),
                number(pairs, "st_birthtime"));
    }

    /** Empty if size or modification time are missing. */
    Optional<MediaFile> file(String path) {
        if (size.isEmpty() || modified.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> born = created.isPresent() ? Optional.of(instant(created.getAsLong())) : Optional.empty();
        return Optional.of(new MediaFile(path, size.getAsLong(), instant(modified.getAsLong()), born));
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    private static OptionalLong number(Map<String, String> pairs, String key) {
        try {
            return pairs.containsKey(key) ? OptionalLong.of(Long.parseLong(pairs.get(key))) : OptionalLong.empty();
        } catch (NumberFormatException hostile) {
            return OptionalLong.empty();
        }
    }
}
