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
 * Converts the names of an archive's entries, which are untrusted, to paths of media files. The same entries in the
 * same order yield the same paths.
 */
final class EntryNames {
    private static final int LONGEST = 4096;
    private static final int LONGEST_SHOWN = 120;

    /**
     * The verdict on a name.
     *
     * @param path the path, or, if the name is refused, the name in printable form
     * @param passedOver set if it is clutter, or hostile and not even named like a photo
     */
    record Verdict(String path, Optional<Unreadable> refused, Optional<PassedOver> passedOver) {
        private Verdict(String path) {
            this(path, Optional.empty(), Optional.empty());
        }

        private Verdict(PassedOver what) {
            this(what.path(), Optional.empty(), Optional.of(what));
        }

        /** Returns this verdict if the name is refused already; otherwise one that refuses the entry. */
        Verdict unless(String complaint) {
            return refused.isPresent() || passedOver.isPresent() ? this : refuse(path, complaint);
        }
    }

    private final Clutter clutter = Clutter.below("", Scope.USUAL);
    private final DistinctPaths paths = new DistinctPaths();

    /**
     * Judges a name.
     *
     * @param suspect the name for checks: each byte or character of the entry's name
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

    /** Returns whether the name is that of an entry that was taken. Hard links in a tar point to names. */
    boolean isTaken(String name) {
        return paths.isTaken(plain(name));
    }

    private static Verdict refuse(String name, String complaint) {
        String shown = shown(name);
        String message = shown + " was skipped: " + complaint + ".";
        return new Verdict(shown, Optional.of(new Unreadable(shown, Reason.REFUSED, message)), Optional.empty());
    }

    /** Returns an untrusted name in printable form. */
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

    /** Removes {@code ./} and other components without meaning. */
    private static String plain(String name) {
        List<String> components = new ArrayList<>(List.of(name.split("/")));
        components.removeIf(component -> component.isEmpty() || component.equals("."));
        return String.join("/", components);
    }
}
