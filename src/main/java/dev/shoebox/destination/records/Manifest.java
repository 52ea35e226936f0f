package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code SHA256SUMS}, as {@code sha256sum -c} reads it.
 *
 * @param sha256 64 hexadecimal digits
 * @param path relative to the root. Never needs escaping: {@link Names} lets neither line ends nor backslashes through
 */
public record Manifest(String sha256, String path) {
    public static final String FILE = Identity.MANIFEST;

    public static final AppendOnlyLines.Kind LINES = new AppendOnlyLines.Kind(FILE, true);

    private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64})[ ][ *]([^\\x00\\\\\\r]+)\\r?");

    /** As {@code sha256sum --tag} and BSD write it. */
    private static final Pattern TAGGED = Pattern.compile("SHA256 \\(([^\\x00\\\\\\r]+)\\) = ([0-9a-fA-F]{64})\\r?");

    /** Empty where the line is not one of a manifest, or names no place below the root. */
    public static Optional<Manifest> parse(String line) {
        Matcher plain = LINE.matcher(line);
        Matcher tagged = TAGGED.matcher(line);
        if (plain.matches()) {
            return of(plain.group(1), plain.group(2));
        }
        return tagged.matches() ? of(tagged.group(2), tagged.group(1)) : Optional.empty();
    }

    private static Optional<Manifest> of(String sha256, String named) {
        String path = named;
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        for (String component : path.split("/", -1)) {
            if (component.isEmpty() || component.equals(".") || component.equals("..")) {
                return Optional.empty();
            }
        }
        return path.startsWith(Identity.FOLDER + "/") || path.equals(FILE)
                ? Optional.empty()
                : Optional.of(new Manifest(sha256.toLowerCase(Locale.ROOT), path));
    }

    /** Receives the lines of a manifest. */
    public interface Reader {
        /** @param end offset in bytes of what follows it */
        void line(Manifest line, long end) throws IOException;
    }

    /**
     * Reads what is listed from an offset on, and passes over what is no such line: comments, and whatever else somebody wrote.
     * A last line without its end counts if what it names is there; else it was torn.
     */
    public static void read(Disk disk, long from, Reader reader) throws IOException {
        long[] last = {from};
        String unended = AppendOnlyLines.read(disk, FILE, from, (text, end) -> {
            last[0] = end;
            Optional<Manifest> line = parse(text);
            if (line.isPresent()) {
                reader.line(line.get(), end);
            }
        });
        Optional<Manifest> line = parse(unended);
        if (line.isPresent() && disk.hasFile(line.get().path())) {
            reader.line(line.get(), last[0]);
        }
    }

    public String line() {
        return sha256 + "  " + path;
    }
}
