package dev.shoebox.device.afc;

import dev.shoebox.photos.source.PassedOver;

import java.util.List;
import java.util.Optional;

/** Where a walk through a phone's folders begins, and what of them it takes. Paths are as AFC has them. */
public interface WalkRules {
    /** Where to begin. A folder of these that is not there is none that is missing. */
    List<String> roots();

    /** Whether a folder is the walk's business at all; of one that is not, nothing is told. */
    boolean enters(String folder);

    /** What a folder is of which everything is passed over; it is looked through all the same, to count. */
    Optional<PassedOver> folder(String path);

    /** What a file is that is not taken. */
    Optional<PassedOver> file(String path);

    /** What is looked for, in a word. */
    default String noun() {
        return "file";
    }

    /** How many folders may lie around a file. */
    default int depth() {
        return 64;
    }

    /** Whether a folder that lists the same names as one around it must be that folder once more. */
    default boolean areNamesTelling() {
        return false;
    }

    /**
     * By which the files of a folder have their place among all.
     *
     * @param folder with the slash at its end
     */
    default String order(String folder) {
        return folder;
    }
}
