package dev.shoebox.folder.archive;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the name of a file says of it as an archive. */
public final class ArchiveName {
    private static final Pattern READ = Pattern.compile(".+\\.(zip|tar|tgz|tar\\.gz)");

    /** A part of a Google Takeout, with the time at which the export was made; {@code (1)} if it was fetched twice. */
    private static final Pattern TAKEOUT =
            Pattern.compile("(takeout(?:-.*)?)-\\d{1,4}(?: ?\\(\\d+\\))?\\.(?:zip|tgz|tar\\.gz|tar)");

    private static final Pattern SEQUENCE = Pattern.compile("(takeout-\\d{8}t\\d{6}z)-\\d{1,3}");

    private ArchiveName() {}

    /** Whether it is an archive that can be read. */
    public static boolean isRead(String name) {
        return READ.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** The export of which the archive is a part, where its name says so: the same for all parts. */
    public static Optional<String> export(String name) {
        Matcher takeout = TAKEOUT.matcher(name.toLowerCase(Locale.ROOT));
        if (!takeout.matches()) {
            return Optional.empty();
        }
        // A large export counts its archives twice: takeout-20260528T220800Z-3-001.zip.
        Matcher sequence = SEQUENCE.matcher(takeout.group(1));
        int length = sequence.matches()
                ? sequence.group(1).length()
                : takeout.group(1).length();
        return Optional.of(name.substring(0, length));
    }

    /** The last component of a path. */
    public static String of(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * What stands before the paths of an archive's files.
     *
     * @param path of the archive in its source
     */
    public static String place(String path) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        return export(of(path)).map(export -> folder + export).orElse(path) + "/";
    }
}
