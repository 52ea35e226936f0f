package dev.shoebox.run;

import dev.shoebox.config.Profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Which phone goes to which folder, as the configuration has it. */
public interface BackupProfiles {
    /**
     * The profile of this name.
     *
     * @throws IOException if there is none, or the configuration cannot be read
     */
    Profile profile(String name) throws IOException;

    /**
     * The only profile.
     *
     * @throws IOException if there is none, or more than one, or the configuration cannot be read
     */
    Profile onlyProfile() throws IOException;

    /** Which backup a profile means: as it is written down, or as it was found the first time. */
    Optional<String> id(Profile profile) throws IOException;

    /**
     * Remembers which backup is in a folder.
     *
     * @throws IOException if it cannot be remembered
     */
    void remember(Path path, String id) throws IOException;
}
