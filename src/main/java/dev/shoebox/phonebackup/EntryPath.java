package dev.shoebox.phonebackup;

import dev.shoebox.photos.naming.EscapedName;
import dev.shoebox.photos.source.ListingLimits;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Validates the paths in a manifest, which are untrusted. */
final class EntryPath {
    /** The folder that a phone shows over the cable. */
    private static final String MEDIA = "Media/";

    /** In characters; iOS allows 1024 bytes. */
    private static final int LONGEST = 4096;

    private static final int LONGEST_SHOWN = 120;

    private EntryPath() {}

    /** Returns the path that the phone shows over the cable; empty if it is not a valid path. */
    static Optional<String> of(String relative, ListingLimits limits) {
        String path = relative.startsWith(MEDIA) ? relative.substring(MEDIA.length()) : relative;
        if (path.isEmpty() || path.length() > LONGEST || path.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        int depth = 0;
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || depth++ > limits.depth()) {
                return Optional.empty();
            }
        }
        return Optional.of(EscapedName.text(path.getBytes(StandardCharsets.UTF_8)));
    }

    static String shown(String relative) {
        String shown = relative.replaceAll("\\p{Cntrl}", "?");
        return shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "…" : shown;
    }
}
