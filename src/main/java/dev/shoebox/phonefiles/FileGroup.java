package dev.shoebox.phonefiles;

import dev.shoebox.photos.format.FileKind;

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
    RINGTONES("Ringtones");

    private static final Set<String> SOUNDS =
            Set.of("mp3", "m4a", "m4b", "aac", "wav", "aif", "aiff", "caf", "flac", "ogg", "opus", "wma", "qta");
    private static final Set<String> FILMS = Set.of("m4v", "mp4", "mov", "avi", "mpg", "mpeg");
    private static final Set<String> BOOK_FILES = Set.of("epub", "pdf", "ibooks", "azw3", "mobi", "cbz", "cbr");
    private static final String EPUB_FOLDER = ".epub/";
    private static final String EDITED_MEMO = ".composition/";

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

    /** As it is typed: {@code ringtones}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a file of the phone's media folder is encrypted for its own app, by its name. */
    static boolean isProtected(String path) {
        return extension(path).equals(PROTECTED);
    }

    /** What a file of the phone's media folder is; empty for what iOS keeps there for itself. */
    static Optional<FileGroup> of(String path) {
        String extension = extension(path);
        boolean sound = SOUNDS.contains(extension);
        if (path.startsWith("Recordings/")) {
            return when(sound || path.contains(EDITED_MEMO), RECORDINGS);
        }
        if (path.startsWith("Books/")) {
            return when(sound || BOOK_FILES.contains(extension) || isInEpub(path), BOOKS);
        }
        if (path.startsWith("iTunes_Control/Ringtones/")) {
            return when(sound || extension.equals("m4r"), RINGTONES);
        }
        if (path.startsWith("iTunes_Control/Music/") || path.startsWith("Purchases/")) {
            return extension.equals("m4r")
                    ? Optional.of(RINGTONES)
                    : when(sound || FILMS.contains(extension) || isProtected(path), MUSIC);
        }
        return Optional.empty();
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

    private static Optional<FileGroup> when(boolean is, FileGroup group) {
        return is ? Optional.of(group) : Optional.empty();
    }
}
