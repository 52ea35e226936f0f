package dev.shoebox.coverage;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Upload;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.fingerprint.Claim;
import dev.shoebox.photos.fingerprint.ClaimTable;
import dev.shoebox.photos.fingerprint.Claims.Part;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds who holds the same bytes of an asset, by fingerprint. The fingerprint of a copy was computed while it was read
 * from the phone. That of an original comes from the phone's library; it is also iCloud's checksum.
 */
public final class SameBytes {
    private final Library library;
    private final BackedUpFiles backup;

    /** Fingerprints of the copies that were read from the source, by the file there. */
    private final ClaimTable copies = new ClaimTable();

    /** A holder of bytes. */
    public enum Holder {
        PHONE,
        BACKUP,
        ICLOUD
    }

    private SameBytes(Library library, BackedUpFiles backup) {
        this.library = library;
        this.backup = backup;
    }

    /** @param backup the intact files in the backup */
    public static SameBytes of(Library library, BackedUpFiles backup, Destination destination, SourceId source)
            throws DestinationException {
        SameBytes same = new SameBytes(library, backup);
        if (library.claims().isEmpty()) {
            return same;
        }
        Set<MediaFile> claimed = destination.recognition().claimed(source);
        try (Stream<StoredFile> rows = destination.stored(source)) {
            for (Iterator<StoredFile> each = rows.iterator(); each.hasNext(); ) {
                StoredFile row = each.next();
                if (!claimed.contains(row.file())) {
                    destination
                            .recognition()
                            .fingerprint(row.path())
                            .ifPresent(
                                    print -> same.copies.put(key(row.file()), new Claim(print, OptionalLong.empty())));
                }
            }
        } catch (UncheckedIOException unreadable) {
            throw (DestinationException) unreadable.getCause();
        }
        return same;
    }

    private static String key(MediaFile file) {
        return file.path() + '\0' + file.size() + '\0' + file.modified();
    }

    /** Returns who is known to have all originals of an asset, byte for byte: nobody, or at least two holders. */
    public Set<Holder> holders(AssetCoverage covered) {
        Optional<LibraryAsset> known = covered.known();
        if (known.isEmpty() || !backup.hold(covered)) {
            return Set.of();
        }
        boolean inCloud =
                known.get().upload() == Upload.UPLOADED || covered.whereabouts() == CoverageClass.ONLY_IN_ICLOUD;
        if (covered.isHere()) {
            Asset asset = covered.asset().orElseThrow();
            List<Resource> originals = asset.resources().stream()
                    .filter(resource -> resource.role().isOriginal())
                    .toList();
            boolean alike = originals.stream().allMatch(resource -> library.claim(asset, resource)
                    .filter(claim -> isCopied(claim, resource.file()))
                    .isPresent());
            return !alike ? Set.of() : inCloud ? Set.of(Holder.values()) : Set.of(Holder.PHONE, Holder.BACKUP);
        }
        boolean alike = inCloud
                && backup.original(covered)
                        .filter(file -> library.claims()
                                .find(Part.ORIGINAL, covered.path())
                                .filter(claim -> isCopied(claim, file))
                                .isPresent())
                        .isPresent();
        return alike ? Set.of(Holder.BACKUP, Holder.ICLOUD) : Set.of();
    }

    private boolean isCopied(Claim claim, MediaFile file) {
        return !claim.isDisputed()
                && copies.find(key(file))
                        .map(Claim::fingerprint)
                        .filter(claim::isOf)
                        .isPresent();
    }
}
