package dev.shoebox.device.afc;

import dev.shoebox.photos.source.PassedOver;

import java.util.List;
import java.util.Optional;

/** The roots of a walk through a phone's folders, and what it takes. Paths are those of AFC. */
public interface WalkRules {
    /** Returns the roots. An absent root is not an error. */
    List<String> roots();

    /** Returns whether to enter a folder; other folders are not reported at all. */
    boolean enters(String folder);

    /** Returns the kind of a folder whose contents are all passed over; it is still listed, to count them. */
    Optional<PassedOver> folder(String path);

    /** Returns the kind of a file that is passed over. */
    Optional<PassedOver> file(String path);

    /** Returns a noun for the wanted files. */
    default String noun() {
        return "file";
    }

    /** Returns the maximum number of folders around a file. */
    default int depth() {
        return 64;
    }

    /** Returns whether a folder with the same names as one around it must be that folder. */
    default boolean areNamesTelling() {
        return false;
    }

    /**
     * Returns the sort key of a folder's files among all files.
     *
     * @param folder with a trailing slash
     */
    default String order(String folder) {
        return folder;
    }
}
