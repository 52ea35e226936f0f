package dev.shoebox.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A phone and where its photos go.
 *
 * @param phone its table; its name is the name of the profile
 * @param destination the name of the destination's table
 * @param path of the backup, where it was when this was written
 * @param id which {@code .shoebox/id} must have there, if that is written down
 */
public record Profile(Table phone, String destination, Path path, Optional<String> id) {
    /** Names end up in names of files and in command lines of schedulers, so only plain ones are let in. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    /** Whether a table for a phone or a destination may be called this. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    public String name() {
        return phone.name();
    }
}
