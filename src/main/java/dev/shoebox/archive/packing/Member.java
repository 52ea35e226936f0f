package dev.shoebox.archive.packing;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One file of an export.
 *
 * @param path the path in the export, with {@code /} between components
 * @param size in bytes
 * @param sha256 64 lower-case hexadecimal digits
 * @param modified the modification date for the file, in whole seconds
 * @param wallClock the local time at that moment: a zip stores no other time for programs that know none
 */
public record Member(String path, long size, String sha256, Instant modified, LocalDateTime wallClock) {
    public static final int SHA256_DIGITS = 64;

    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\\\]");

    /** Returns whether every program unpacks the name to one place below its target, and the name fits on one line. */
    public boolean hasSafeName() {
        for (String component : path.split("/", -1)) {
            if (component.isEmpty() || component.equals(".") || component.equals("..")) {
                return false;
            }
        }
        return !UNSAFE.matcher(path).find() && !path.matches("[A-Za-z]:.*");
    }

    /** Returns the name of one of its pieces, counted from 1. With such names, 7-Zip and {@code cat} can join them. */
    public String piece(int number) {
        return path + String.format(Locale.ROOT, ".%03d", number);
    }
}
