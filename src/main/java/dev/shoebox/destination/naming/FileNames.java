package dev.shoebox.destination.naming;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.photos.Role;

import java.io.IOException;
import java.util.ArrayList;
import java.util.regex.Pattern;

/** The paths of files other than photos: their folders and names on the source, whatever the layout of photos is. */
public final class FileNames {
    /** The folder of all such files. */
    public static final String FOLDER = "Files";

    private static final int FOLDER_BYTES = 100;
    private static final int FOLDERS_CHARACTERS = 150;
    private static final Pattern DISTINCT = Pattern.compile("-[0-9A-F]{8,64}");

    private FileNames() {}

    /** Returns whether a stored file is such a file; if only the manifest lists it, its folder decides. */
    public static boolean isFile(Kept kept) {
        return kept.role().map(role -> role == Role.FILE).orElseGet(() -> isPlaced(kept.path()));
    }

    /** Returns whether a path is inside the folder of such files. */
    public static boolean isPlaced(String path) {
        return path.startsWith(FOLDER + "/");
    }

    /**
     * Returns a path below {@link #FOLDER} with safe names, short enough for every disk.
     *
     * @param place folders and name on the source
     */
    public static String place(String place) {
        String[] names = place.split("/", -1);
        int folders = names.length - 1;
        var safe = new ArrayList<String>();
        safe.add(FOLDER);
        for (int i = 0; i < folders; i++) {
            safe.add(Names.safe(names[i], FOLDER_BYTES));
        }
        if (String.join("/", safe).length() > FOLDERS_CHARACTERS) {
            int each = Math.max(1, (FOLDERS_CHARACTERS - FOLDER.length()) / folders - 1);
            safe.replaceAll(name -> name.length() <= each ? name : Names.safe(Names.cut(name, each), FOLDER_BYTES));
            safe.set(0, FOLDER);
        }
        safe.add(Names.safe(names[folders], Names.STEM_BYTES));
        return String.join("/", safe);
    }

    /**
     * Returns whether a file is, by its name, an earlier version of another. Folders of files stay complete, with all
     * duplicates.
     *
     * @param stem of the other, if its name were free
     * @param name of the other on its source
     */
    public static boolean isVersion(Kept kept, String stem, String name) {
        String other = Names.fold(kept.stem());
        String own = Names.fold(stem);
        return isFile(kept)
                && Names.extension(Names.last(kept.path())).equals(Names.extension(name))
                && other.startsWith(own)
                && (other.equals(own)
                        || DISTINCT.matcher(other.substring(own.length())).matches());
    }

    /** Returns another name for a folder if a file has its name, as when a former file is now a folder on the phone. */
    public static String standing(String folder, Disk disk, Catalogue catalogue) throws IOException {
        String standing = "";
        for (String name : folder.split("/", -1)) {
            String next = standing.isEmpty() ? name : standing + "/" + name;
            while (catalogue.hasFolded(Names.fold(next))
                    || disk.look(next)
                            .filter(entry -> entry.kind() != Disk.Entry.Kind.FOLDER)
                            .isPresent()) {
                next += "_";
            }
            standing = next;
        }
        return standing;
    }
}
