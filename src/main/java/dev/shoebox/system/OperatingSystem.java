package dev.shoebox.system;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The systems that differ for Shoebox; every other counts as Linux, whose ways most have. */
public enum OperatingSystem {
    LINUX,
    MACOS,
    WINDOWS;

    /** The one that this process runs on. */
    public static OperatingSystem current() {
        return of(System.getProperty("os.name", ""));
    }

    /** @param name as the Java property {@code os.name} spells it */
    public static OperatingSystem of(String name) {
        String family = name.toLowerCase(Locale.ROOT);
        return family.startsWith("windows") ? WINDOWS : family.startsWith("mac") ? MACOS : LINUX;
    }

    /** Whether a path begins with {@code ~}, as people write their home: alone, or before the first separator. */
    public boolean isBelowHome(String path) {
        return path.equals("~") || path.startsWith("~/") || (this == WINDOWS && path.startsWith("~\\"));
    }

    /**
     * A path as a person gave it. On Windows {@code ~} is a name like any other for its shells, where others put the home in before
     * a program sees it.
     *
     * @param home empty where it is not known
     */
    public String withHome(String home, String path) {
        boolean meant = this == WINDOWS && isBelowHome(path) && !home.isEmpty();
        return meant ? home + path.substring(1) : path;
    }

    /**
     * The variables of a process as this system finds them: Windows takes {@code PATH} and {@code Path} for one, and Java's own map
     * does not.
     */
    public Map<String, String> environment(Map<String, String> variables) {
        if (this != WINDOWS) {
            return variables;
        }
        Map<String, String> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        found.putAll(variables);
        return Collections.unmodifiableMap(found);
    }
}
