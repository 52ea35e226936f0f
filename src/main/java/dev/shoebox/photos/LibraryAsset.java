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
 * The facts of a phone's own Photos library about one asset. A fact that the library does not have, or that this
 * version stores in an unknown place, is absent and never guessed.
 *
 * @param path of the primary original in the form of {@link MediaFile} ({@code DCIM/100APPLE/IMG_0001.HEIC}), whether
 *     or not the file is on the phone
 * @param kind the kind of the original: {@link Role#PHOTO} or {@link Role#VIDEO}
 * @param traits further properties in the Photos app
 * @param taken when and where it was taken
 * @param words its names and texts
 * @param membership its albums and burst
 * @param files the state of its upload, and its original files
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
     * @param created the capture time, as far as the library knows
     * @param offset the offset from UTC there at that time
     */
    public record Taken(
            Optional<Instant> created,
            Optional<ZoneOffset> offset,
            Optional<Place> place,
            Optional<Duration> duration) {}

    /** @param originalName the file's name at its origin */
    public record Words(
            Optional<String> originalName, Optional<String> title, Optional<String> caption, List<String> keywords) {
        public Words {
            keywords = List.copyOf(keywords);
        }
    }

    /**
     * @param albums the user's albums that contain it, with their folders
     * @param burst equal for all frames of a burst
     */
    public record Membership(List<AlbumPath> albums, Optional<String> burst) {
        public Membership {
            albums = List.copyOf(albums);
        }
    }

    /** @param originals the library's facts about each original file: photo or video, Live video, RAW half */
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

    /** Returns the {@link Asset#key} of its files. */
    public String key() {
        return keyOf(path);
    }

    /** Returns the {@link #key} of an asset with that path. */
    static String keyOf(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
    }

    /**
     * Returns whether files belong to this asset: one is its named original, or all are edits of it. The key alone
     * proves less.
     */
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

    /** Returns whether it has an original in that role, wherever that is. */
    public boolean has(Role role) {
        return originals().stream().anyMatch(original -> original.role() == role);
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** A yes-or-no property in the Photos app. */
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
        /** Edited by the user or an app, so that a render exists or existed. */
        ADJUSTED,
        /**
         * A reduced copy that belongs to a shared album, or was shared with the user; somebody else has the original.
         */
        SHARED_COPY,
        /** In the shared library of a family; the library does not say who added it. */
        SHARED_LIBRARY,
        /** From the files of an export, which have fewer facts than a library, for example not the kind of photo. */
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
     * @param here whether the file is on the phone by the library; absent if unknown. A listed file outranks this
     * @param inCloud whether iCloud has it by the library
     * @param bytes its size
     */
    public record Original(Role role, Optional<Boolean> here, Optional<Boolean> inCloud, OptionalLong bytes) {}
}
