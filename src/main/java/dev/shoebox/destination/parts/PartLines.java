package dev.shoebox.destination.parts;

import dev.shoebox.destination.disk.Disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The lines by which {@code SHA256SUMS} lists a file that lies in parts: one for each part in its order, as for any file, and directly below
 * them a comment that lists the whole, which checkers pass over:
 *
 * <pre>
 *  DIGEST  2024/05/IMG_0001.MOV.001
 *  DIGEST  2024/05/IMG_0001.MOV.002
 *  #parts 2 DIGEST  2024/05/IMG_0001.MOV
 * </pre>
 *
 * <p>Parts without such a comment below them are files of their own.
 */
public final class PartLines {
    private static final Pattern COMMENT = Pattern.compile("#parts ([0-9]{1,3}) ([0-9a-f]{64}  [^\\x00\\\\\\r]+)\\r?");

    private static final Pattern NUMBERED = Pattern.compile("(.+)\\.([0-9]{3})");

    /** A digest, or "#parts", as far as it was written. */
    private static final Pattern BEGINNING =
            Pattern.compile("[0-9a-f]{64}  |[0-9a-f]{1,63}$|#parts |(#|#p|#pa|#par|#part|#parts)$");

    private PartLines() {}

    public static List<String> of(String path, Disk.Parts parts) {
        List<String> lines = new ArrayList<>();
        IntStream.rangeClosed(1, parts.digests().size())
                .forEach(number -> lines.add(parts.digests().get(number - 1) + "  " + Disk.Parts.path(path, number)));
        lines.add("#parts " + parts.digests().size() + " " + parts.sha256() + "  " + path);
        return lines;
    }

    /**
     * The comment below the lines of parts.
     *
     * @param parts the number of parts
     * @param line the line that would list the whole as one file
     */
    public record Whole(int parts, String line) {}

    /** Parses the comment; empty for other lines. */
    public static Optional<Whole> whole(String line) {
        Matcher comment = COMMENT.matcher(line);
        return comment.matches()
                ? Optional.of(new Whole(Integer.parseInt(comment.group(1)), comment.group(2)))
                : Optional.empty();
    }

    /** Returns whether these are the paths of the parts of a file, in order and without a gap. */
    public static boolean arePartsOf(String file, List<String> paths) {
        return IntStream.range(0, paths.size()).allMatch(i -> paths.get(i).equals(Disk.Parts.path(file, i + 1)));
    }

    /** Returns whether a text may be the beginning of such a line. */
    public static boolean mayBegin(String text) {
        return BEGINNING.matcher(text).lookingAt();
    }

    /** Returns whether a line lists a part of a file on this disk. */
    public static boolean isPart(Disk disk, String path, String sha256) throws IOException {
        Matcher numbered = disk.joinsParts() ? NUMBERED.matcher(path) : null;
        if (numbered == null || !numbered.matches()) {
            return false;
        }
        int index = Integer.parseInt(numbered.group(2)) - 1;
        List<String> digests =
                disk.parts(numbered.group(1)).map(Disk.Parts::digests).orElse(List.of());
        return index >= 0 && index < digests.size() && digests.get(index).equals(sha256);
    }

    /** Returns whether a path may be the next part of a file after so many. */
    public static boolean goesOn(String path, int before) {
        Matcher numbered = NUMBERED.matcher(path);
        return numbered.matches() && Integer.parseInt(numbered.group(2)) == before + 1;
    }
}
