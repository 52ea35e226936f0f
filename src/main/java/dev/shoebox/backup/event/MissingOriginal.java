package dev.shoebox.backup.event;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.LibraryNote;
import dev.shoebox.destination.LibraryNotes;
import dev.shoebox.destination.ProvenanceReader;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.SourceId;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Originals that the source's library lists and the source does not have. This is not an error: they are reported and
 * do not change the exit code.
 *
 * @param path of the primary original
 * @param parts the absent parts; for a placeholder the primary original itself, which is in iCloud
 * @param bytes of these parts, as far as the library knows
 * @param backedUp whether the backup has them from an earlier run
 */
public record MissingOriginal(String path, List<Role> parts, OptionalLong bytes, boolean backedUp) {
    public MissingOriginal {
        parts = List.copyOf(parts);
    }

    /** Whether the photo or video itself is absent, not only one of its parts. */
    public boolean isPlaceholder() {
        return parts.contains(Role.PHOTO) || parts.contains(Role.VIDEO);
    }

    /** Returns what the library listed when it was last read; empty if it never was. */
    public static List<MissingOriginal> remembered(Destination destination, SourceId source)
            throws DestinationException {
        List<MissingOriginal> absences = new ArrayList<>();
        for (LibraryNote note : destination
                .memory()
                .libraryNotes(source)
                .map(LibraryNotes::notes)
                .orElse(List.of())) {
            if (!note.absent().isEmpty()) {
                absences.add(new MissingOriginal(note.path(), note.absent(), note.bytes(), false)
                        .compared(destination, source));
            }
        }
        return absences;
    }

    /** Returns this with {@code backedUp} set: an original that left the phone after it was backed up is no concern. */
    public MissingOriginal compared(Destination destination, SourceId source) throws DestinationException {
        return new MissingOriginal(path, parts, bytes, isIn(destination.memory(), source));
    }

    private boolean isIn(ProvenanceReader memory, SourceId source) throws DestinationException {
        if (!isPlaceholder()) {
            return memory.hasParts(source, path, parts);
        }
        return bytes.isPresent()
                ? memory.hasOriginal(source, path, bytes.getAsLong())
                : memory.hasOriginal(source, path);
    }

    public static MissingOriginal of(LibraryAsset known, List<Role> parts) {
        OptionalLong bytes = OptionalLong.empty();
        for (LibraryAsset.Original original : known.originals()) {
            if (parts.contains(original.role()) && original.bytes().isPresent()) {
                bytes = OptionalLong.of(bytes.orElse(0) + original.bytes().getAsLong());
            }
        }
        return new MissingOriginal(known.path(), parts, bytes, false);
    }
}
