package dev.shoebox.folder.archive;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the name of an archive reveals. */
public final class ArchiveName {
    private static final Pattern READ = Pattern.compile(".+\\.(zip|tar|tgz|tar\\.gz)");

    /** A part of a Google Takeout, with the time of the export; {@code (1)} if it was downloaded twice. */
    private static final Pattern TAKEOUT =
            Pattern.compile("(takeout(?:-.*)?)-\\d{1,4}(?: ?\\(\\d+\\))?\\.(?:zip|tgz|tar\\.gz|tar)");

    private static final Pattern SEQUENCE = Pattern.compile("(takeout-\\d{8}t\\d{6}z)-\\d{1,3}");

    private ArchiveName() {}

    /** Returns whether it names an archive that can be read. */
    public static boolean isRead(String name) {
        return READ.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** Returns the export that the archive is a part of, if the name says so; equal for all its parts. */
    public static Optional<String> export(String name) {
        Matcher takeout = TAKEOUT.matcher(name.toLowerCase(Locale.ROOT));
        if (!takeout.matches()) {
            return Optional.empty();
        }
        // A large export numbers its archives twice: takeout-20260528T220800Z-3-001.zip.
        Matcher sequence = SEQUENCE.matcher(takeout.group(1));
        int length = sequence.matches()
                ? sequence.group(1).length()
                : takeout.group(1).length();
        return Optional.of(name.substring(0, length));
    }

    /** Returns the last component of a path. */
    public static String of(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Returns the prefix for the paths of an archive's files.
     *
     * @param path the path of the archive in its source
     */
    public static String place(String path) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        return export(of(path)).map(export -> folder + export).orElse(path) + "/";
    }
}
