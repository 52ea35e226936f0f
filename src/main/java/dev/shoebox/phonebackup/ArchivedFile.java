package dev.shoebox.phonebackup;

import dev.shoebox.phonebackup.crypto.WrappedKey;
import dev.shoebox.plist.PropertyList;
import dev.shoebox.plist.PropertyList.Reference;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The metadata of one file in a backup: an object of class MBFile in a keyed archive (NSKeyedArchiver), as found in an
 * iOS 14.3 backup in mvt's tests. Malformed values are absent.
 *
 * @param size the size on the phone, in bytes
 * @param modified in whole seconds
 * @param created in whole seconds
 * @param key the key of its content, if encrypted
 * @param sha1 of the stored content, in hexadecimal digits; files of the camera roll have none
 */
record ArchivedFile(
        OptionalLong size,
        Optional<Instant> modified,
        Optional<Instant> created,
        Optional<WrappedKey> key,
        Optional<String> sha1) {
    static final ArchivedFile UNTOLD = new ArchivedFile(
            OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final int SHA1_LENGTH = 20;

    /** In bytes. Those of an iPhone take some hundred bytes, and each is parsed. */
    private static final int LARGEST = 64 << 10;

    private static final long EARLIEST = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    /** @param archive the value in the manifest */
    static ArchivedFile of(byte[] archive) {
        Optional<Map<String, Object>> list =
                archive.length > LARGEST ? Optional.empty() : PropertyList.dictionary(archive);
        Object objects = list.map(all -> all.get("$objects")).orElse(null);
        Object top = list.map(all -> all.get("$top")).orElse(null);
        if (!(objects instanceof List<?> all) || !(top instanceof Map<?, ?> roots)) {
            return UNTOLD;
        }
        return object(all, roots.get("root")) instanceof Map<?, ?> file ? of(all, file) : UNTOLD;
    }

    private static ArchivedFile of(List<?> all, Map<?, ?> file) {
        OptionalLong size =
                file.get("Size") instanceof Long bytes && bytes >= 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
        return new ArchivedFile(
                size,
                time(file.get("LastModified")),
                time(file.get("Birth")),
                data(all, file.get("EncryptionKey")).flatMap(WrappedKey::of),
                data(all, file.get("Digest"))
                        .filter(digest -> digest.length == SHA1_LENGTH)
                        .map(HexFormat.of()::formatHex));
    }

    private static Optional<Instant> time(Object value) {
        return value instanceof Long seconds && seconds >= EARLIEST && seconds <= LATEST
                ? Optional.of(Instant.ofEpochSecond(seconds))
                : Optional.empty();
    }

    /** Returns bytes, or the bytes of an object of class NSData. */
    private static Optional<byte[]> data(List<?> all, Object value) {
        Object meant = value instanceof Reference ? object(all, value) : value;
        if (meant instanceof Map<?, ?> data) {
            meant = data.get("NS.data");
        }
        return meant instanceof byte[] bytes ? Optional.of(bytes) : Optional.empty();
    }

    private static Object object(List<?> all, Object reference) {
        return reference instanceof Reference meant && meant.object() >= 0 && meant.object() < all.size()
                ? all.get(meant.object())
                : null;
    }
}
