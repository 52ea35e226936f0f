package dev.shoebox.config;

import dev.shoebox.system.access.Trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The configuration is invalid. The message names the places to correct. */
public final class ConfigurationException extends IOException {
    private final List<ConfigError> faults;

    /** @param faults at least one, in the order of the file */
    ConfigurationException(Path file, List<ConfigError> faults) {
        super(message(file, faults));
        this.faults = List.copyOf(faults);
    }

    /** Creates an exception for something that is missing, and so has no position in the file. */
    public ConfigurationException(String message) {
        super(message);
        this.faults = List.of();
    }

    /** @throws ConfigurationException if other users could write the file, and so run commands as this one */
    public static void requireTrusted(Path path) throws ConfigurationException {
        Optional<String> complaint = Files.exists(path) ? Trust.complaint(path) : Optional.empty();
        if (complaint.isPresent()) {
            throw new ConfigurationException(complaint.get());
        }
    }

    private static String message(Path file, List<ConfigError> faults) {
        ConfigError first = faults.get(0);
        String rest = faults.size() == 1
                ? ""
                : " (" + (faults.size() - 1) + " more: run 'shoebox config check' to list them)";
        return file + ":" + first.at().line() + ":" + first.at().column() + ": " + first.words() + rest;
    }

    /** Returns the errors; empty if nothing in the file is wrong. */
    public List<ConfigError> faults() {
        return faults;
    }
}
