package dev.shoebox.photos.source;

import dev.shoebox.text.Amounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A file of a source, or a folder with its contents, that is skipped without being a failure: not a photo, or written
 * by a system or program for its own use.
 *
 * @param why one line for the user
 * @param files the number of files; 1 for a file
 */
public record PassedOver(String path, Kind kind, String why, long files) {
    /** Creates an entry for one file. */
    public PassedOver(String path, Kind kind, String why) {
        this(path, kind, why, 1);
    }

    /**
     * Returns the numbers by kind, for display: {@code 3 documents, 1 archive}.
     *
     * @param clutter whether to count files that systems and programs wrote for their own use, or all others
     */
    public static String kinds(Map<Kind, Long> counts, boolean clutter) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.isClutter() == clutter && counts.containsKey(kind))
                .map(kind -> kind.counted(counts.get(kind)))
                .collect(Collectors.joining(", "));
    }

    /** The kind of an item. */
    public enum Kind {
        DOCUMENT("document", "documents"),
        SOUND("sound file", "sound files"),
        /** Searched for photos, or a single packed file. */
        ARCHIVE("archive", "archives"),
        /** Of an unsupported kind, or nested too deeply: it may contain photos. */
        UNREAD_ARCHIVE("archive that cannot be read", "archives that cannot be read"),
        /** Made by iTunes, Finder or Apple Devices: it contains photos. */
        PHONE_BACKUP("file of a backup of an iPhone", "files of a backup of an iPhone"),
        PROGRAM("program", "programs"),
        DATA("data file", "data files"),
        LINK("link", "links"),
        /** A device, a socket, a pipe. */
        SPECIAL("special file", "special files"),
        UNKNOWN("file of unknown kind", "files of unknown kind"),
        /** Reduced copies in shared albums, which are copied only on request. */
        SHARED_ALBUM("file of shared albums", "files of shared albums"),
        /** A phone's reduced rendition. */
        PREVIEW("preview", "previews"),
        /** Bought or rented, and encrypted so that only its own app can play it. */
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

        /** Returns the number in words: {@code 3 documents}. */
        public String counted(long files) {
            return Amounts.count(files) + " " + (files == 1 ? singular : plural);
        }

        /** Returns whether it was not searched and may well contain photos. */
        public boolean mayHoldPhotos() {
            return this == UNREAD_ARCHIVE || this == PHONE_BACKUP;
        }

        /** Returns whether a system or program wrote it for its own use, so that nobody misses it. */
        public boolean isClutter() {
            return compareTo(THUMBNAILS) >= 0;
        }

        /** Returns the kind for a word in JSON; {@link #UNKNOWN} for one of a later version. */
        public static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findAny()
                    .orElse(UNKNOWN);
        }

        /** Returns the word in JSON: {@code shared-album}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
