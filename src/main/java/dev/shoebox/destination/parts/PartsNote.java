package dev.shoebox.destination.parts;

import dev.shoebox.destination.disk.Disk;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code NAME.sha256} beside {@code NAME.001}, {@code NAME.002} and so on, which makes them one file. After
 * the parts are joined, {@code sha256sum -c NAME.sha256} checks the whole. The digests of the parts follow as comments.
 * Only the numbers in their names count, so the parts and the note can be renamed together.
 */
final class PartsNote {
    private static final String ENDING = ".sha256";

    /** The size for 999 parts, with names of 200 bytes. */
    private static final int LONGEST = 512 * 1024;

    /** The length of a SHA-256 in hexadecimal digits. */
    private static final int DIGITS = 64;

    private static final Pattern WHOLE = Pattern.compile("([0-9a-f]{64})  [^\\r\\n]+");
    private static final Pattern PART = Pattern.compile("# ([0-9a-f]{64})  [^\\r\\n]+\\.([0-9]{3})");

    private PartsNote() {}

    static String path(String file) {
        return Disk.Parts.note(file);
    }

    /** Returns the name of the file that a note of that name would define; empty for other names. */
    static Optional<String> file(String name) {
        return name.endsWith(ENDING) && name.length() > ENDING.length()
                ? Optional.of(name.substring(0, name.length() - ENDING.length()))
                : Optional.empty();
    }

    /** Returns the parts; empty if there is no note, or a file of that name that is not a note. */
    static Optional<Disk.Parts> read(Disk disk, String file) throws IOException {
        String path = path(file);
        Optional<Disk.Entry> entry = disk.look(path).filter(Disk.Entry::isFile);
        if (entry.isEmpty() || entry.get().size() > LONGEST) {
            return Optional.empty();
        }
        try (SeekableByteChannel channel = disk.read(path)) {
            byte[] bytes = Channels.newInputStream(channel).readNBytes(LONGEST);
            return parse(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    /** Returns the paths of the parts; empty if there is no note. */
    static List<String> paths(Disk disk, String file) throws IOException {
        return read(disk, file).map(parts -> parts.paths(file)).orElse(List.of());
    }

    /** @param name the name of the file, without its folder */
    static String text(String name, Disk.Parts parts) {
        List<String> lines = new ArrayList<>();
        lines.add(parts.sha256() + "  " + name);
        lines.add("# " + name + " lies here in parts. To join them: cat " + quoted(name) + ".[0-9]* > " + quoted(name)
                + " (on Windows: copy /b with the names of all parts in their order, joined by +).");
        for (int number = 1; number <= parts.digests().size(); number++) {
            lines.add("# " + parts.digests().get(number - 1) + "  " + Disk.Parts.path(name, number));
        }
        return String.join("\n", lines) + "\n";
    }

    /** Returns the size of the {@link #text} in bytes, which the digests do not change. */
    static int size(String name, int parts) {
        String digest = "0".repeat(DIGITS);
        Disk.Parts any = new Disk.Parts(digest, Collections.nCopies(parts, digest));
        return text(name, any).getBytes(StandardCharsets.UTF_8).length;
    }

    private static String quoted(String name) {
        return name.matches("[0-9A-Za-z._-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
    }

    static Optional<Disk.Parts> parse(String text) {
        List<String> lines = text.lines().toList();
        Matcher whole = WHOLE.matcher(lines.isEmpty() ? "" : lines.get(0));
        if (!whole.matches()) {
            return Optional.empty();
        }
        List<String> digests = new ArrayList<>();
        for (String line : lines) {
            Matcher part = PART.matcher(line);
            if (part.matches()) {
                digests.add(part.group(1));
                if (Integer.parseInt(part.group(2)) != digests.size()) {
                    return Optional.empty();
                }
            }
        }
        return digests.size() < 2 ? Optional.empty() : Optional.of(new Disk.Parts(whole.group(1), digests));
    }
}
