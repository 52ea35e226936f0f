package dev.shoebox.backup;

import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.Role;

import java.util.List;
import java.util.OptionalLong;

/**
 * Originals that the source's library knows and the source does not have. Nothing is wrong with that: they are told of, and
 * change no exit code.
 *
 * @param path of the primary original
 * @param parts that are not here; for a placeholder the primary original itself, which iCloud has
 * @param bytes of these parts, as far as the library tells
 * @param backedUp whether the backup has them all the same, from when the source had them
 */
public record Absence(String path, List<Role> parts, OptionalLong bytes, boolean backedUp) {
    public Absence {
        parts = List.copyOf(parts);
    }

    /** Whether the photo or video itself is absent, and not only what goes with it. */
    public boolean isPlaceholder() {
        return parts.contains(Role.PHOTO) || parts.contains(Role.VIDEO);
    }

    static Absence of(LibraryAsset known, List<Role> parts) {
        OptionalLong bytes = OptionalLong.empty();
        for (LibraryAsset.Original original : known.originals()) {
            if (parts.contains(original.role()) && original.bytes().isPresent()) {
                bytes = OptionalLong.of(bytes.orElse(0) + original.bytes().getAsLong());
            }
        }
        return new Absence(known.path(), parts, bytes, false);
    }
}
