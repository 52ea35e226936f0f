package dev.shoebox.folder.archive;

import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.sorting.Clutter;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;
import dev.shoebox.text.DistinctPaths;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns the names of one archive's entries, which anybody may have written, into paths of media files. The same entries
 * in the same order give the same paths.
 */
final class EntryNames {
    private static final int LONGEST = 4096;
    private static final int LONGEST_SHOWN = 120;

    /**
     * What a name is worth.
     *
     * @param path where nothing is wrong with the name; otherwise the name as it can be shown
     * @param passedOver if it is clutter, or hostile and not even called as a photo
     */
    record Verdict(String path, Optional<Unreadable> refused, Optional<PassedOver> passedOver) {
        private Verdict(String path) {
            this(path, Optional.empty(), Optional.empty());
        }

        private Verdict(PassedOver what) {
            this(what.path(), Optional.empty(), Optional.of(what));
        }
    }

    private final Clutter clutter = Clutter.below("", Scope.USUAL);
    private final DistinctPaths paths = new DistinctPaths();

    /**
     * @param suspect the name as it is to be checked: each byte or character of the entry's name
     * @param name the same name as text
     */
    Verdict judge(String suspect, String name) {
        Optional<String> complaint = complaint(suspect);
        if (complaint.isPresent()) {
            String last = suspect.substring(Math.max(suspect.lastIndexOf('/'), suspect.lastIndexOf('\\')) + 1);
            Verdict refused = refuse(name, complaint.get());
            return isPhoto(last) || isPhoto(last.replace("\0", ""))
                    ? refused
                    : new Verdict(new PassedOver(refused.path(), PassedOver.Kind.UNKNOWN, complaint.get()));
        }
        String path = plain(name);
        if (path.isEmpty()) {
            return new Verdict(new PassedOver(shown(name), PassedOver.Kind.UNKNOWN, "it has no name"));
        }
        return clutter.anywhere(path).map(Verdict::new).orElseGet(() -> new Verdict(paths.distinct(path)));
    }

    private static boolean isPhoto(String name) {
        return !name.startsWith(".") && AssetGrouping.isMediaOrCompanion(name);
    }

    /** Whether a name stands for an entry that was taken: what a hard link in a tar file points to. */
    boolean isTaken(String name) {
        return paths.isTaken(plain(name));
    }

    static Verdict refuse(String name, String complaint) {
        String shown = shown(name);
        String message = shown + " was skipped: " + complaint + ".";
        return new Verdict(shown, Optional.of(new Unreadable(shown, Reason.REFUSED, message)), Optional.empty());
    }

    /** A name that anybody may have chosen, as it can be told. */
    static String shown(String name) {
        String shown = name.replaceAll("\\p{Cntrl}", "?");
        return shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "…" : shown;
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
            reason = "its name points outside the archive";
        }
        return Optional.ofNullable(reason);
    }

    /** Without the {@code ./} that tar likes to begin with, and other components that say nothing. */
    private static String plain(String name) {
        List<String> components = new ArrayList<>(List.of(name.split("/")));
        components.removeIf(component -> component.isEmpty() || component.equals("."));
        return String.join("/", components);
    }
}
