package dev.shoebox.config;

import java.util.Optional;

/**
 * An error in the configuration file.
 *
 * @param message what is wrong, in one line
 * @param likely what was probably meant
 */
public record ConfigError(Position at, String message, Optional<String> likely) {
    ConfigError(Position at, String message) {
        this(at, message, Optional.empty());
    }

    /** {@code message. Did you mean 'layout'?} */
    public String words() {
        return message + likely.map(word -> " Did you mean '" + word + "'?").orElse("");
    }
}
