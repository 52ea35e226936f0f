package dev.shoebox.folder.archive;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises containers of photos that Shoebox does not read, by the names in one folder, and says what to do about
 * them.
 */
public final class ForeignArchives {
    /** {@code NAME.zip.001}, {@code NAME.7z.001}, {@code NAME.001}: numbered from 000 or 001. */
    private static final Pattern NUMBERED = Pattern.compile("(.+)\\.(\\d{3})");

    /** {@code NAME.tar.gz.aa}, {@code NAME.tgz-aa}, {@code NAME.zipaa}: the output of split. */
    private static final Pattern LETTERED = Pattern.compile(
            "(.+\\.(?:zip|tar|tgz|tar\\.gz|7z|rar|gz|tbz2?|tar\\.bz2|txz|tar\\.xz|tar\\.zst))([.\\-_]?)([a-z]{2,3})");

    /** {@code NAME.part1.rar}. */
    private static final Pattern RAR_PART = Pattern.compile("(.+)\\.part(\\d+)\\.rar");

    /** {@code NAME.z01} beside NAME.zip, {@code NAME.r00} beside NAME.rar. */
    private static final Pattern SEGMENT = Pattern.compile("(.+)\\.([zr])(\\d{2,3})");

    private static final Pattern PACKED = Pattern.compile(
            ".+\\.(rar|7z|tar\\.bz2|tbz2?|tar\\.xz|txz|tar\\.zst|tzst|tar\\.lz4?|tar\\.lzma|cab|lzh|lha|arj|ace|sit|sitx|dmg|iso|ab|xar|cpio)");

    private static final Set<String> READ = Set.of("zip", "tar", "tgz", "gz");

    private ForeignArchives() {}

    /**
     * Says what a file is and what to do, if it is an archive, or part of one, that cannot be read directly.
     *
     * @param name the name of the file
     * @param beside the names of all files in its folder, in lower case
     */
    public static Optional<String> file(String name, Set<String> beside) {
        String lower = name.toLowerCase(Locale.ROOT);
        Matcher rar = RAR_PART.matcher(lower);
        if (rar.matches()) {
            return Optional.of(part("rar", Integer.parseInt(rar.group(2)) == 1, "unpack the first part"));
        }
        Matcher segment = SEGMENT.matcher(lower);
        if (segment.matches()
                && beside.contains(segment.group(1) + (segment.group(2).equals("z") ? ".zip" : ".rar"))) {
            return Optional.of("part of a split archive, which cannot be read: see the advice for its last part");
        }
        if (lower.endsWith(".zip") && beside.contains(lower.substring(0, lower.length() - 3) + "z01")) {
            return Optional.of("a split zip archive, which cannot be read as it is: unpack it, or join its parts with"
                    + " 'zip -s 0 NAME.zip --out WHOLE.zip', and back up the result");
        }
        Matcher numbered = NUMBERED.matcher(lower);
        if (numbered.matches() && isInRow(numbered.group(1), beside)) {
            return Optional.of(joinable(isFirstNumber(numbered, beside), numbered.group(1)));
        }
        Matcher lettered = LETTERED.matcher(lower);
        if (lettered.matches()) {
            String letters = lettered.group(3);
            String first = "a".repeat(letters.length());
            if (letters.equals(first) || beside.contains(lettered.group(1) + lettered.group(2) + first)) {
                return Optional.of(joinable(letters.equals(first), lettered.group(1)));
            }
        }
        Matcher packed = PACKED.matcher(lower);
        return packed.matches()
                ? Optional.of("an archive in an unsupported format: unpack it, then back up the resulting folder")
                : Optional.empty();
    }

    /** A number at the end is weak evidence; a known extension before it, or a second part beside it, is strong. */
    private static boolean isInRow(String base, Set<String> beside) {
        int dot = base.lastIndexOf('.');
        String extension = base.substring(dot + 1);
        return dot > 0
                && (READ.contains(extension)
                        || PACKED.matcher(base).matches()
                        || (beside.contains(base + ".001") && beside.contains(base + ".002")));
    }

    private static boolean isFirstNumber(Matcher numbered, Set<String> beside) {
        int number = Integer.parseInt(numbered.group(2));
        return number == 0 || (number == 1 && !beside.contains(numbered.group(1) + ".000"));
    }

    private static String joinable(boolean first, String whole) {
        return part(
                whole.substring(whole.lastIndexOf('.') + 1),
                first,
                "join the parts in order into one file (on Linux and macOS: cat PARTS > WHOLE), or "
                        + "open the first"
                        + " with 7-Zip");
    }

    private static String part(String of, boolean first, String advice) {
        return first
                ? "the first part of a file (" + of + ") that was split and cannot be read in parts: " + advice
                        + ", and back up the result"
                : "part of a split file: see the advice for its first part";
    }

    /** Identifies an unreadable archive by its first bytes, in words for people. */
    static Optional<String> format(byte[] head) {
        if (startsWith(head, 'R', 'a', 'r', '!', 0x1a, 7)) {
            return Optional.of("a RAR archive");
        }
        if (startsWith(head, '7', 'z', 0xbc, 0xaf, 0x27, 0x1c)) {
            return Optional.of("a 7z archive");
        }
        if (startsWith(head, 'B', 'Z', 'h')) {
            return Optional.of("packed with bzip2");
        }
        if (startsWith(head, 0xfd, '7', 'z', 'X', 'Z')) {
            return Optional.of("packed with xz");
        }
        return startsWith(head, 0x28, 0xb5, 0x2f, 0xfd) ? Optional.of("packed with zstd") : Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int... signature) {
        for (int i = 0; i < signature.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != signature[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns whether a folder is a local iPhone backup by iTunes, Finder or Apple Devices: its files are named with 40
     * hexadecimal digits, without extensions.
     *
     * @param names the files and folders in it
     */
    public static boolean isPhoneBackup(List<String> names) {
        Set<String> lower = new HashSet<>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        boolean manifest = lower.contains("manifest.db") || lower.contains("manifest.mbdb");
        return manifest && (lower.contains("manifest.plist") || lower.contains("info.plist"));
    }

    /** What to do with a local backup. */
    public static final String PHONE_BACKUP =
            "a local iPhone backup made by iTunes, Finder or Apple Devices, which must be read on its own: "
                    + "pass only its folder to --from";

    /** Converts names to lower case, as {@link #file} compares them. */
    public static Set<String> lower(Iterable<String> names) {
        Set<String> lower = new TreeSet<>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        return lower;
    }
}
