package dev.shoebox.phonefiles;

import dev.shoebox.photos.format.FileKind;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What kind of file it is, as a person chooses among them, and its folder in a backup. */
public enum FileGroup {
    /** Of apps that share them. */
    DOCUMENTS("Apps"),
    /** Voice memos, which iOS keeps elsewhere since about version 15. */
    RECORDINGS("Recordings"),
    BOOKS("Books"),
    /** Songs, audiobooks and films. */
    MUSIC("Music"),
    RINGTONES("Ringtones"),
    /** What the app Files keeps under that name. */
    ON_MY_IPHONE("On My iPhone"),
    /** With what was sent in them. */
    MESSAGES("Messages"),
    NOTES("Notes");

    /** Those that a phone shows over the cable; the others are in a local backup alone. */
    public static final Set<FileGroup> ON_CABLE =
            Collections.unmodifiableSet(EnumSet.of(DOCUMENTS, RECORDINGS, BOOKS, MUSIC, RINGTONES));

    private static final String EPUB_FOLDER = ".epub/";
    private static final String EDITED_MEMO = ".composition/";

    /** What iOS and iTunes write for themselves beside what is a person's; of databases, see {@link #isDatabase}. */
    private static final Set<String> OWN_ENDINGS = Set.of("plist", "lock", "itc", "itc2", "ithmb");

    private static final Set<String> OWN_NAMES = Set.of(".DS_Store", ".localized", "iTunesArtwork");
    private static final Set<String> OWN_FOLDERS = Set.of("Artwork", "MetadataStore");

    /** Where Core Data keeps the large values of a database. */
    private static final String OF_DATABASE = "_SUPPORT";

    /** FairPlay; without a subscription or the account that bought it, nothing plays it. */
    private static final String PROTECTED = "m4p";

    private final String folder;

    FileGroup(String folder) {
        this.folder = folder;
    }

    /** Its folder below that of all files. */
    String folder() {
        return folder;
    }

    /** As it is typed: {@code on-my-iphone}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a file of the phone's media folder is encrypted for its own app, by its name. */
    static boolean isProtected(String path) {
        return extension(path).equals(PROTECTED);
    }

    /**
     * What a file of the phone's media folder is; empty for what iOS keeps there for itself. In a folder that is a person's,
     * everything is theirs that is not known to be written by iOS.
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

    /** Whether it is a part of something that is a folder, all of which is needed. */
    private static boolean isPart(String path) {
        return isInEpub(path) || path.contains(EDITED_MEMO);
    }

    /** Property lists, databases and artwork. A picture elsewhere may be a person's, and a cover too many costs little. */
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

    /** With its logs: {@code sqlitedb-wal}, {@code db-shm}. */
    private static boolean isDatabase(String extension) {
        return extension.startsWith("sqlite") || extension.equals("db") || extension.startsWith("db-");
    }

    /** A book may be a folder of its parts. */
    static boolean isInEpub(String path) {
        return path.toLowerCase(Locale.ROOT).contains(EPUB_FOLDER);
    }

    /** Whether files of these groups may be in a folder of the phone's media folder, or below it. */
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
