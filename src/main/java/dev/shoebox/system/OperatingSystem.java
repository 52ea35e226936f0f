package dev.shoebox.system;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The operating systems that matter here. All others count as Linux, which most resemble. */
public enum OperatingSystem {
    LINUX,
    MACOS,
    WINDOWS;

    /** Returns the system of this process. */
    public static OperatingSystem current() {
        return of(System.getProperty("os.name", ""));
    }

    /** @param name as in the system property {@code os.name} */
    public static OperatingSystem of(String name) {
        String family = name.toLowerCase(Locale.ROOT);
        return family.startsWith("windows") ? WINDOWS : family.startsWith("mac") ? MACOS : LINUX;
    }

    /** Returns whether a path starts with {@code ~} for the home folder: alone, or before the first separator. */
    public boolean isBelowHome(String path) {
        return path.equals("~") || path.startsWith("~/") || (this == WINDOWS && path.startsWith("~\\"));
    }

    /**
     * Resolves a path as it was typed. Shells on Windows do not expand {@code ~}, while others do so before a program
     * sees it.
     *
     * @param home empty if unknown
     */
    public String withHome(String home, String path) {
        boolean meant = this == WINDOWS && isBelowHome(path) && !home.isEmpty();
        return meant ? home + path.substring(1) : path;
    }

    /**
     * Returns the variables with the case rules of this system: Windows treats {@code PATH} and {@code Path} as one,
     * but Java's map does not.
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
