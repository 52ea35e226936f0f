package dev.shoebox.folder;

import dev.shoebox.photos.Unreadable;
import dev.shoebox.photos.Unreadable.Reason;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the names of one archive's entries, which anybody may have written, into paths of media files. The same entries
 * in the same order give the same paths.
 */
final class EntryNames {
    private static final int LONGEST = 4096;
    private static final int LONGEST_SHOWN = 120;

    /** @param path where nothing is wrong with the name; otherwise the name as it can be shown */
    record Verdict(String path, Optional<Unreadable> refused) {}

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> copies = new HashMap<>();

    /**
     * Empty for what is no photo, video or companion of one.
     *
     * @param suspect the name as it is to be checked: each byte or character of the entry's name
     * @param name the same name as text
     */
    Optional<Verdict> judge(String suspect, String name) {
        String lastComponent = suspect.substring(Math.max(suspect.lastIndexOf('/'), suspect.lastIndexOf('\\')) + 1);
        Optional<String> complaint = complaint(suspect);
        if (complaint.isPresent()) {
            return Selection.isTaken(lastComponent) || Selection.isTaken(lastComponent.replace("\0", ""))
                    ? Optional.of(refuse(name, complaint.get()))
                    : Optional.empty();
        }
        String path = plain(name);
        if (!Selection.isReachedAndTaken(path)) {
            return Optional.empty();
        }
        return Optional.of(new Verdict(distinct(path), Optional.empty()));
    }

    /** Whether a name stands for an entry that was taken: what a hard link in a tar file points to. */
    boolean isTaken(String name) {
        return taken.contains(plain(name));
    }

    static Verdict refuse(String name, String complaint) {
        String shown = name.replaceAll("\\p{Cntrl}", "?");
        if (shown.length() > LONGEST_SHOWN) {
            shown = shown.substring(0, LONGEST_SHOWN) + "…";
        }
        String message = shown + " was left out: " + complaint + ".";
        return new Verdict(shown, Optional.of(new Unreadable(shown, Reason.REFUSED, message)));
    }

    private static Optional<String> complaint(String name) {
        String reason = null;
        if (name.length() > LONGEST) {
            reason = "its name has more than " + LONGEST + " characters";
        } else if (name.indexOf('\0') >= 0) {
            reason = "its name contains a zero byte";
        } else if (name.indexOf('\\') >= 0) {
            reason = "its name contains a backslash";
        } else if (name.startsWith("/") || name.matches("(?s)[A-Za-z]:.*")) {
            reason = "its name is an absolute path";
        } else if (List.of(name.split("/")).contains("..")) {
            reason = "its name points out of the archive";
        }
        return Optional.ofNullable(reason);
    }

    /** Without the {@code ./} that tar likes to begin with, and other components that say nothing. */
    private static String plain(String name) {
        List<String> components = new ArrayList<>(List.of(name.split("/")));
        components.removeIf(component -> component.isEmpty() || component.equals("."));
        return String.join("/", components);
    }

    /**
     * A name may occur more than once. Later files of that name are shown in a folder of their own, {@code a/#2/b.jpg},
     * where the halves of a Live Photo meet again.
     */
    private String distinct(String path) {
        String unique = path;
        while (!taken.add(unique)) {
            int slash = path.lastIndexOf('/') + 1;
            int copy = copies.merge(path, 1, Integer::sum) + 1;
            unique = path.substring(0, slash) + "#" + copy + "/" + path.substring(slash);
        }
        return unique;
    }
}
