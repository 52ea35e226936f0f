package dev.shoebox.folder;

import dev.shoebox.photos.Grouping;
import dev.shoebox.photos.Scope;

import java.util.Locale;
import java.util.Set;

/** Which files and folders of a folder or archive are somebody's photos, by their path. */
final class Selection {
    /** Made by network disks, Windows and Linux; their contents are thumbnails, or were thrown away. */
    private static final Set<String> SYSTEM = Set.of(
            "@eadir", "#recycle", "$recycle.bin", "recycler", "system volume information", "lost+found", "__macosx");

    /** What an iPhone keeps beside the originals and the edits: small copies, and a database's files. */
    private static final Set<String> PHONES_OWN = Set.of("Thumbnails", "Metadata", "Caches", "UBF");

    private static final String PREVIEWS = "Metadata";

    private Selection() {}

    /** @param path of a folder, whose parents are entered already */
    static boolean isEntered(String path) {
        return isEntered(path, Scope.USUAL);
    }

    static boolean isEntered(String path, Scope scope) {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        String parent = path.substring(path.lastIndexOf('/', slash - 1) + 1, Math.max(slash, 0));
        return !name.startsWith(".")
                && !SYSTEM.contains(name.toLowerCase(Locale.ROOT))
                && !(parent.equals("PhotoData")
                        && PHONES_OWN.contains(name)
                        && !(scope.previews() && name.equals(PREVIEWS)));
    }

    /** @param path of a file whose folders are entered */
    static boolean isTaken(String path) {
        return !path.startsWith(".", path.lastIndexOf('/') + 1) && Grouping.isMediaOrCompanion(path);
    }

    /** Both, for a file that comes with its whole path at once. */
    static boolean isReachedAndTaken(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (!isEntered(path.substring(0, slash))) {
                return false;
            }
        }
        return isTaken(path);
    }
}
