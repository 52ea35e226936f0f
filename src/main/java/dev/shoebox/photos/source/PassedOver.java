package dev.shoebox.photos.source;

import dev.shoebox.text.Amounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A file of a source, or a folder with all below it, that is not backed up and is no failure: what is no photo, and what
 * a system or a program made for itself.
 *
 * @param why one line for people
 * @param files how many there are: 1 for a file
 */
public record PassedOver(String path, Kind kind, String why, long files) {
    /** One file. */
    public PassedOver(String path, Kind kind, String why) {
        this(path, kind, why, 1);
    }

    /**
     * How many there are of which kind, for people: {@code 3 documents, 1 archive}.
     *
     * @param clutter whether of what systems and programs made for themselves, or of all else
     */
    public static String kinds(Map<Kind, Long> counts, boolean clutter) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.isClutter() == clutter && counts.containsKey(kind))
                .map(kind -> kind.counted(counts.get(kind)))
                .collect(Collectors.joining(", "));
    }

    /** What it is. */
    public enum Kind {
        DOCUMENT("document", "documents"),
        SOUND("sound file", "sound files"),
        /** Looked through, or a file that was packed by itself. */
        ARCHIVE("archive", "archives"),
        /** Of a kind that Shoebox does not read, or too deep in other archives: photos may be in it. */
        UNREAD_ARCHIVE("archive that cannot be read", "archives that cannot be read"),
        /** Made by iTunes, Finder or Apple Devices: photos are in it. */
        PHONE_BACKUP("file of a backup of an iPhone", "files of a backup of an iPhone"),
        PROGRAM("program", "programs"),
        DATA("data file", "data files"),
        LINK("link", "links"),
        /** A device, a socket, a pipe. */
        SPECIAL("special file", "special files"),
        UNKNOWN("file of unknown kind", "files of unknown kind"),
        /** Reduced copies that shared albums keep, which are taken only if they are asked for. */
        SHARED_ALBUM("file of shared albums", "files of shared albums"),
        /** A reduced rendition that a phone keeps. */
        PREVIEW("preview", "previews"),
        /** Bought or rented, and encrypted so that only its own app plays it. */
        PROTECTED("protected purchase", "protected purchases"),
        THUMBNAILS("thumbnail", "thumbnails"),
        SNAPSHOTS("file of a snapshot", "files of snapshots"),
        TRASH("file in a trash", "files in a trash"),
        DERIVATIVES("file that a photo library made", "files that a photo library made"),
        CACHE("cached file", "cached files"),
        SYSTEM("file of an operating system", "files of an operating system");

        private final String singular;
        private final String plural;

        Kind(String singular, String plural) {
            this.singular = singular;
            this.plural = plural;
        }

        /** As people read it: {@code 3 documents}. */
        public String counted(long files) {
            return Amounts.count(files) + " " + (files == 1 ? singular : plural);
        }

        /** Whether nobody looked into it and photos may well be in it. */
        public boolean mayHoldPhotos() {
            return this == UNREAD_ARCHIVE || this == PHONE_BACKUP;
        }

        /** Whether a system or a program made it for itself, so that nobody misses it. */
        public boolean isClutter() {
            return compareTo(THUMBNAILS) >= 0;
        }

        /** The kind that JSON spells so; {@link #UNKNOWN} for one that only a later version knows. */
        public static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findAny()
                    .orElse(UNKNOWN);
        }

        /** As JSON spells it: {@code shared-album}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
