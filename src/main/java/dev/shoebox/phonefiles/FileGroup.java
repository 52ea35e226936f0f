package dev.shoebox.phonefiles;

import dev.shoebox.photos.format.FileKind;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A kind of file that can be requested, with its folder in a backup. */
public enum FileGroup {
    /** Of apps that share them. */
    DOCUMENTS("Apps"),
    /** Voice memos. Since about iOS 15, iOS keeps them elsewhere. */
    RECORDINGS("Recordings"),
    BOOKS("Books"),
    /** Songs, audiobooks and films. */
    MUSIC("Music"),
    RINGTONES("Ringtones"),
    /** The files that the Files app shows under that name. */
    ON_MY_IPHONE("On My iPhone"),
    /** Includes attachments. */
    MESSAGES("Messages"),
    NOTES("Notes");

    /** The groups that a phone shows over the cable. The others are only in local backups. */
    public static final Set<FileGroup> ON_CABLE =
            Collections.unmodifiableSet(EnumSet.of(DOCUMENTS, RECORDINGS, BOOKS, MUSIC, RINGTONES));

    private static final String EPUB_FOLDER = ".epub/";
    private static final String EDITED_MEMO = ".composition/";

    /**
     * Extensions of the internal files that iOS and iTunes keep among the user's. For databases, see {@link
     * #isDatabase}.
     */
    private static final Set<String> OWN_ENDINGS = Set.of("plist", "lock", "itc", "itc2", "ithmb");

    private static final Set<String> OWN_NAMES = Set.of(".DS_Store", ".localized", "iTunesArtwork");
    private static final Set<String> OWN_FOLDERS = Set.of("Artwork", "MetadataStore");

    /** Where Core Data stores large values of a database. */
    private static final String OF_DATABASE = "_SUPPORT";

    /** FairPlay: plays only with the subscription or the account that bought it. */
    private static final String PROTECTED = "m4p";

    private final String folder;

    FileGroup(String folder) {
        this.folder = folder;
    }

    /** Returns its folder below that of all files. */
    String folder() {
        return folder;
    }

    /** Returns the word to type: {@code on-my-iphone}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns whether a file of the media folder is encrypted for its own app, by its name. */
    static boolean isProtected(String path) {
        return extension(path).equals(PROTECTED);
    }

    /**
     * Classifies a file of the media folder; empty for internal files of iOS. In the user's folders, everything is
     * taken that iOS is not known to write.
     */
    static Optional<FileGroup> of(String path) {
        return ofFolder(path).filter(group -> isPart(path) || !isOwn(path));
    }

    private static Optional<FileGroup> ofFolder(String path) {
        if (path.startsWith("Recordings/")) {
            return Optional.of(RECORDINGS);
        }
        if (path.startsWith("Books/")) {
            return Optional.of(BOOKS);
        }
        if (path.startsWith("iTunes_Control/Ringtones/")) {
            return Optional.of(RINGTONES);
        }
        if (path.startsWith("iTunes_Control/Music/") || path.startsWith("Purchases/")) {
            return Optional.of(extension(path).equals("m4r") ? RINGTONES : MUSIC);
        }
        return Optional.empty();
    }

    /** Returns whether it belongs to a package, which is a folder whose files are all needed. */
    private static boolean isPart(String path) {
        return isInEpub(path) || path.contains(EDITED_MEMO);
    }

    /** Property lists, databases and artwork. Other pictures may be the user's, and one cover too many costs little. */
    private static boolean isOwn(String path) {
        String[] names = path.split("/", -1);
        int last = names.length - 1;
        for (int i = 0; i < last; i++) {
            if (OWN_FOLDERS.contains(names[i]) || names[i].endsWith(OF_DATABASE)) {
                return true;
            }
        }
        String extension = extension(path);
        return OWN_NAMES.contains(names[last]) || OWN_ENDINGS.contains(extension) || isDatabase(extension);
    }

    /** Includes the logs: {@code sqlitedb-wal}, {@code db-shm}. */
    private static boolean isDatabase(String extension) {
        return extension.startsWith("sqlite") || extension.equals("db") || extension.startsWith("db-");
    }

    /** A book may be a package. */
    static boolean isInEpub(String path) {
        return path.toLowerCase(Locale.ROOT).contains(EPUB_FOLDER);
    }

    /** Returns whether files of these groups may be in a folder of the media folder, or below it. */
    static boolean mayHold(String folder) {
        return folder.equals("iTunes_Control")
                || Set.of("Recordings", "Books", "Purchases").contains(top(folder))
                || folder.equals("iTunes_Control/Music")
                || folder.startsWith("iTunes_Control/Music/")
                || folder.equals("iTunes_Control/Ringtones")
                || folder.startsWith("iTunes_Control/Ringtones/");
    }

    private static String top(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    private static String extension(String path) {
        return FileKind.extension(path.substring(path.lastIndexOf('/') + 1)).toLowerCase(Locale.ROOT);
    }
}
