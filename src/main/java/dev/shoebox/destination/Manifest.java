package dev.shoebox.destination;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code SHA256SUMS}, as {@code sha256sum -c} reads it.
 *
 * @param sha256 64 hexadecimal digits
 * @param path relative to the root. Never needs escaping: {@link Names} lets neither line ends nor backslashes through
 */
record Manifest(String sha256, String path) {
    static final String FILE = "SHA256SUMS";

    private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64})[ ][ *]([^\\x00\\\\\\r]+)");

    /** Empty where the line is not one of a manifest, or names no place below the root. */
    static Optional<Manifest> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String path = matcher.group(2);
        for (String component : path.split("/", -1)) {
            if (component.isEmpty() || component.equals(".") || component.equals("..")) {
                return Optional.empty();
            }
        }
        return path.startsWith(Identity.FOLDER + "/")
                ? Optional.empty()
                : Optional.of(new Manifest(matcher.group(1).toLowerCase(java.util.Locale.ROOT), path));
    }

    String line() {
        return sha256 + "  " + path;
    }
}
