package dev.shoebox.run;

import dev.shoebox.config.Profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The profiles of the configuration: which phone is backed up to which folder. */
public interface BackupProfiles {
    /**
     * Returns the profile of this name.
     *
     * @throws IOException if there is none, or the configuration cannot be read
     */
    Profile profile(String name) throws IOException;

    /**
     * Returns the only profile.
     *
     * @throws IOException if there is none, or more than one, or the configuration cannot be read
     */
    Profile onlyProfile() throws IOException;

    /** Returns the id of the backup that a profile refers to: the configured id, or the one found the first time. */
    Optional<String> id(Profile profile) throws IOException;

    /**
     * Records which backup is in a folder.
     *
     * @throws IOException if it cannot be recorded
     */
    void remember(Path path, String id) throws IOException;
}
