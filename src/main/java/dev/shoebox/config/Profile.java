package dev.shoebox.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A phone and its destination.
 *
 * @param phone the phone's table, which gives the profile its name
 * @param destination the name of the destination's table
 * @param path the configured folder of the backup
 * @param id the expected contents of {@code .shoebox/id}, if configured
 */
public record Profile(Table phone, String destination, Path path, Optional<String> id) {
    /** Names become parts of file names and of schedulers' command lines, so only plain ones are valid. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    /** Returns whether the table of a phone or a destination may have this name. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    public String name() {
        return phone.name();
    }
}
