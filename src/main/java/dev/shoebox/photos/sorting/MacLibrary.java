package dev.shoebox.photos.sorting;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the libraries of Photos, iPhoto and Aperture on a Mac keep what. Photos calls originals {@code originals/X/UUID.heic},
 * the moving half of a Live Photo {@code UUID_3.mov} and a RAW file beside a JPEG {@code UUID_4.dng}; what an edit made,
 * {@code resources/renders/X/UUID_1_201_a.jpeg} (still), {@code _2_0_a.mov} (film), {@code _2_100_a.mov} (moving half), and
 * what was edited, {@code UUID.plist}. The names are those that osxphotos documents.
 */
final class MacLibrary {
    private static final String UUID = "[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}";
    private static final Pattern ORIGINAL =
            Pattern.compile("(?:(.*)/)?originals/([0-9A-F])/(" + UUID + ")_[34]\\.[A-Za-z0-9]+");
    private static final Pattern RENDER = Pattern.compile("(?:(.*)/)?resources/renders/([0-9A-F])/(" + UUID
            + ")(?:_1_201_a|_2_0_a|_2_100_a)?\\.(?:heic|jpeg|jpg|png|tiff?|gif|mov|mp4|m4v|plist|aae)");

    private static final String ORIGINALS = "originals/";
    private static final String RENDERS = "resources/renders/";

    private MacLibrary() {}

    /**
     * A file that belongs to an original with another name.
     *
     * @param key the path of that original, without its extension
     * @param isEdit whether it is the result of an edit
     */
    record Part(String key, boolean isEdit) {}

    /** Returns whether the folder, with a slash at its end, may contain parts. */
    static boolean isPerhapsPart(String folder) {
        return folder.contains(ORIGINALS) || folder.contains(RENDERS);
    }

    static Optional<Part> part(String path) {
        // Cheaper than a pattern, for a hundred thousand files elsewhere.
        if (path.contains(ORIGINALS)) {
            return part(ORIGINAL.matcher(path), false);
        }
        return path.contains(RENDERS) ? part(RENDER.matcher(path), true) : Optional.empty();
    }

    private static Optional<Part> part(Matcher matcher, boolean isEdit) {
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String prefix = matcher.group(1) == null ? "" : matcher.group(1) + "/";
        return Optional.of(new Part(prefix + "originals/" + matcher.group(2) + "/" + matcher.group(3), isEdit));
    }
}
