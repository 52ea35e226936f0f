package dev.shoebox.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A phone and where its photos go.
 *
 * @param phone its table; its name is the name of the profile
 * @param destination the name of the destination's table
 * @param path of the backup, where it was when this was written
 * @param id which {@code .shoebox/id} must have there, if that is written down
 */
public record Profile(Table phone, String destination, Path path, Optional<String> id) {
    public String name() {
        return phone.name();
    }
}
