package dev.shoebox.photos;

import java.util.Locale;

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

    /** What it is. */
    public enum Kind {
        DOCUMENT("documents"),
        SOUND("sound files"),
        ARCHIVE("archives"),
        /** Made by iTunes, Finder or Apple Devices. */
        PHONE_BACKUP("files of backups of iPhones"),
        PROGRAM("programs"),
        DATA("data files"),
        LINK("links"),
        /** A device, a socket, a pipe. */
        SPECIAL("special files"),
        UNKNOWN("files of unknown kind"),
        /** Reduced copies that shared albums keep, which are taken only if they are asked for. */
        SHARED_ALBUM("files of shared albums"),
        /** A reduced rendition that a phone keeps. */
        PREVIEW("previews"),
        THUMBNAILS("thumbnails"),
        SNAPSHOTS("snapshots"),
        TRASH("files in a trash"),
        DERIVATIVES("files that a photo library made"),
        CACHE("cached files"),
        SYSTEM("files of an operating system");

        private final String plural;

        Kind(String plural) {
            this.plural = plural;
        }

        /** As people read it: {@code documents}. */
        public String plural() {
            return plural;
        }

        /** Whether a system or a program made it for itself, so that nobody misses it. */
        public boolean isClutter() {
            return compareTo(THUMBNAILS) >= 0;
        }

        /** As JSON spells it: {@code shared-album}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
