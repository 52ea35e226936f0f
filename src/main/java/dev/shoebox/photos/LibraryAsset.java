package dev.shoebox.photos;

import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.source.MediaFile;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a phone's own Photos library knows of one asset. A fact that the library does not have, or that this version of it
 * keeps in a place nobody knows, is absent; it is never guessed.
 *
 * @param path of the primary original as a {@link MediaFile} has it ({@code DCIM/100APPLE/IMG_0001.HEIC}), whether or not
 *     the file is on the phone
 * @param kind what the original is: {@link Role#PHOTO} or {@link Role#VIDEO}
 * @param traits what else the Photos app says it is
 * @param taken when and where it was taken
 * @param words what it is called, and what was written about it
 * @param membership what it is a part of
 * @param files how far it is on its way to iCloud, and what there is of it
 */
public record LibraryAsset(
        String path,
        Role kind,
        Set<Trait> traits,
        Taken taken,
        Words words,
        Membership membership,
        OriginalFiles files) {
    public LibraryAsset {
        traits = Set.copyOf(traits);
    }

    /**
     * @param created when it was taken, as far as the library knows
     * @param offset of the place where it was taken from UTC, at that time
     */
    public record Taken(
            Optional<Instant> created,
            Optional<ZoneOffset> offset,
            Optional<Place> place,
            Optional<Duration> duration) {}

    /** @param originalName what the file was called where it came from */
    public record Words(
            Optional<String> originalName, Optional<String> title, Optional<String> caption, List<String> keywords) {
        public Words {
            keywords = List.copyOf(keywords);
        }
    }

    /**
     * @param albums the person's own albums that it is in, with their folders
     * @param burst the same for all frames of one burst
     */
    public record Membership(List<AlbumPath> albums, Optional<String> burst) {
        public Membership {
            albums = List.copyOf(albums);
        }
    }

    /** @param originals what the library says of each original file: the photo or video, the Live video, the RAW half */
    public record OriginalFiles(Upload upload, List<Original> originals) {
        public OriginalFiles {
            originals = List.copyOf(originals);
        }
    }

    public Optional<String> originalName() {
        return words.originalName();
    }

    public Optional<Instant> created() {
        return taken.created();
    }

    public Optional<ZoneOffset> offset() {
        return taken.offset();
    }

    public Optional<String> title() {
        return words.title();
    }

    public Optional<String> caption() {
        return words.caption();
    }

    public List<String> keywords() {
        return words.keywords();
    }

    public List<AlbumPath> albums() {
        return membership.albums();
    }

    public Optional<Place> place() {
        return taken.place();
    }

    public Optional<Duration> duration() {
        return taken.duration();
    }

    public Optional<String> burst() {
        return membership.burst();
    }

    public Upload upload() {
        return files.upload();
    }

    public List<Original> originals() {
        return files.originals();
    }

    /** The {@link Asset#key} of the files that this is about. */
    public String key() {
        return keyOf(path);
    }

    /** The {@link #key} of an asset with that path. */
    static String keyOf(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
    }

    /** Whether files are of this asset: one is the original that it names, or all are edits of it. A key alone proves less. */
    public boolean isOf(Asset asset) {
        boolean edits = asset.key().equals(key());
        for (Resource resource : asset.resources()) {
            if (resource.file().path().equals(path)) {
                return true;
            }
            edits &= !resource.role().isOriginal();
        }
        return edits;
    }

    /** Whether it has an original in that role, wherever that is. */
    public boolean has(Role role) {
        return originals().stream().anyMatch(original -> original.role() == role);
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** What the Photos app says of an asset, yes or no. */
    public enum Trait {
        LIVE,
        PANORAMA,
        SCREENSHOT,
        SCREEN_RECORDING,
        SLO_MO,
        TIME_LAPSE,
        SPATIAL,
        BURST,
        FAVOURITE,
        HIDDEN,
        /** In Recently Deleted. */
        TRASHED,
        /** Edited by a person or by an app, so that a render exists or existed. */
        ADJUSTED,
        /** A reduced copy that belongs to a shared album, or was shared with the person; the original is somebody else's. */
        SHARED_COPY,
        /** In the library that a family shares; put there by the person or by somebody else, which it does not tell. */
        SHARED_LIBRARY,
        /** Told by an export's own files, which know less than a library: not what kind of photo it is, for one. */
        EXPORTED
    }

    /** How far an asset has come on its way into iCloud. */
    public enum Upload {
        NOT_UPLOADED,
        PENDING,
        UPLOADED,
        /** It was tried and given up: iCloud does not have it, and does not wait for it. */
        REJECTED,
        /** The library does not tell, or not in words that are known. */
        UNKNOWN
    }

    /**
     * @param latitude in degrees, -90 to 90
     * @param longitude in degrees, -180 to 180
     */
    public record Place(double latitude, double longitude) {}

    /**
     * @param role {@link Role#PHOTO}, {@link Role#VIDEO}, {@link Role#PAIRED_VIDEO} or {@link Role#ALTERNATE_PHOTO}
     * @param here whether the library says that the file is on the phone; absent where it says nothing. A file that is
     *     seen outranks this
     * @param inCloud whether the library says that iCloud has it
     * @param bytes its size
     */
    public record Original(Role role, Optional<Boolean> here, Optional<Boolean> inCloud, OptionalLong bytes) {}
}
