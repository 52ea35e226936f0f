package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.parts.PartLines;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code SHA256SUMS}, as {@code sha256sum -c} reads it.
 *
 * @param sha256 64 hexadecimal digits
 * @param path relative to the root. Never needs escaping: {@link Names} allows neither line ends nor backslashes
 */
public record Manifest(String sha256, String path) {
    public static final String FILE = Identity.MANIFEST;

    public static final AppendOnlyLines.Kind LINES = new AppendOnlyLines.Kind(FILE, true);

    private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64})[ ][ *]([^\\x00\\\\\\r]+)\\r?");

    /** The notation of {@code sha256sum --tag} and BSD. */
    private static final Pattern TAGGED = Pattern.compile("SHA256 \\(([^\\x00\\\\\\r]+)\\) = ([0-9a-fA-F]{64})\\r?");

    /** Parses a line; empty if it is not one of a manifest, or its path is outside the root. */
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
        /** @param end the offset after it, in bytes */
        void line(Manifest line, long end) throws IOException;
    }

    /**
     * Reads listed files from an offset on, and skips other lines, such as comments. A file in
     * {@linkplain PartLines parts} is read as one, and a further line of one of its parts, as a crash between its lines leaves it, is skipped. A last line without line end counts if its file exists; otherwise it
     * was torn.
     */
    public static void read(Disk disk, long from, Reader reader) throws IOException {
        readFiles(disk, from, group -> reader.line(group.line(), group.end()));
    }

    /** As {@link #read}, with the lines that list each file. */
    public static void readFiles(Disk disk, long from, GroupReader reader) throws IOException {
        long[] last = {from};
        String unended = readAll(disk, from, group -> {
            last[0] = group.end();
            if (group.line() != null
                    && !PartLines.isPart(disk, group.line().path(), group.line().sha256())) {
                reader.lines(group);
            }
        });
        Optional<Manifest> line = parse(unended);
        if (line.isPresent()
                && !PartLines.isPart(disk, line.get().path(), line.get().sha256())
                && disk.hasFile(line.get().path())) {
            reader.lines(new Group(line.get(), List.of(unended), last[0]));
        }
    }

    /** Returns whether it lists a file in parts. */
    public static boolean listsParts(Disk disk) throws IOException {
        boolean[] found = {false};
        readAll(disk, 0, group -> found[0] |= group.isInParts());
        return found[0];
    }

    /**
     * A line of a manifest, or the lines that list one file in parts.
     *
     * @param line the listed file; null for other lines
     * @param texts the lines as they are
     * @param end the offset after them, in bytes
     */
    public record Group(Manifest line, List<String> texts, long end) {
        /** Returns the listed file; empty for other lines. */
        public Optional<Manifest> listed() {
            return Optional.ofNullable(line);
        }

        public boolean isInParts() {
            return texts.size() > 1;
        }
    }

    /** Receives every line of a manifest. */
    public interface GroupReader {
        void lines(Group group) throws IOException;
    }

    /**
     * Reads all complete lines from an offset on, in order.
     *
     * @return the text after the last line end
     */
    public static String readAll(Disk disk, long from, GroupReader reader) throws IOException {
        Groups groups = new Groups(reader);
        String unended = AppendOnlyLines.read(disk, FILE, from, groups::take);
        groups.giveEach();
        return unended;
    }

    /** Holds the lines of parts back until the comment below them, or another line, follows. */
    private static final class Groups {
        private final GroupReader reader;
        private final List<String> texts = new ArrayList<>();
        private final List<String> paths = new ArrayList<>();
        private final List<Long> ends = new ArrayList<>();

        Groups(GroupReader reader) {
            this.reader = reader;
        }

        void take(String text, long end) throws IOException {
            Optional<Manifest> line = parse(text);
            if (line.isPresent() && PartLines.goesOn(line.get().path(), paths.size())) {
                hold(text, line.get().path(), end);
                return;
            }
            Optional<PartLines.Whole> whole = PartLines.whole(text);
            Optional<Manifest> listed = whole.isPresent()
                    ? parse(whole.get().line()).filter(each -> isOf(each, whole.get()))
                    : Optional.empty();
            if (listed.isPresent()) {
                texts.add(text);
                List<String> lines = List.copyOf(texts);
                clear();
                reader.lines(new Group(listed.get(), lines, end));
                return;
            }
            giveEach();
            if (line.isPresent() && PartLines.goesOn(line.get().path(), 0)) {
                hold(text, line.get().path(), end);
            } else {
                reader.lines(new Group(line.orElse(null), List.of(text), end));
            }
        }

        private boolean isOf(Manifest listed, PartLines.Whole whole) {
            return paths.size() > 1 && whole.parts() == paths.size() && PartLines.arePartsOf(listed.path(), paths);
        }

        private void hold(String text, String path, long end) {
            texts.add(text);
            paths.add(path);
            ends.add(end);
        }

        /** Passes the lines as those of separate files. */
        void giveEach() throws IOException {
            for (int i = 0; i < texts.size(); i++) {
                reader.lines(new Group(parse(texts.get(i)).orElse(null), List.of(texts.get(i)), ends.get(i)));
            }
            clear();
        }

        private void clear() {
            texts.clear();
            paths.clear();
            ends.clear();
        }
    }

    /** Returns the lines that list an existing file: one, or those of its parts. */
    public List<String> lines(Disk disk) throws IOException {
        Optional<Disk.Parts> parts =
                disk.parts(path).filter(each -> each.sha256().equals(sha256));
        return parts.isPresent() ? PartLines.of(path, parts.get()) : List.of(line());
    }

    public String line() {
        return sha256 + "  " + path;
    }
}
