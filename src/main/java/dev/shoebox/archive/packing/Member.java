package dev.shoebox.archive.packing;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One file that is to be in an export.
 *
 * @param path in the export, components joined by {@code /}
 * @param size in bytes
 * @param sha256 64 lower-case hexadecimal digits
 * @param modified the date that the file is to have, in whole seconds
 * @param wallClock what a clock on the wall showed then; a zip keeps no other time for programs that know none
 */
public record Member(String path, long size, String sha256, Instant modified, LocalDateTime wallClock) {
    public static final int SHA256_DIGITS = 64;

    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\\\]");

    /** Whether a name leads to one place below wherever it is unpacked, with every program, and fits on one line. */
    public boolean hasSafeName() {
        for (String component : path.split("/", -1)) {
            if (component.isEmpty() || component.equals(".") || component.equals("..")) {
                return false;
            }
        }
        return !UNSAFE.matcher(path).find() && !path.matches("[A-Za-z]:.*");
    }

    /** The name of one of several pieces of it, counted from 1: with such names 7-Zip and {@code cat} join them again. */
    public String piece(int number) {
        return path + String.format(Locale.ROOT, ".%03d", number);
    }
}
