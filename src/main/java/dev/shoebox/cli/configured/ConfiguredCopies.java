package dev.shoebox.cli.configured;

import dev.shoebox.config.Configuration;
import dev.shoebox.config.Profile;
import dev.shoebox.config.Table;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.system.OperatingSystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The second copies of a backup that are set in the environment or in the configuration. */
public final class ConfiguredCopies {
    private static final String COPY_TO = "--copy-to";

    private final ConfiguredArguments configured;

    public ConfiguredCopies(ConfiguredArguments configured) {
        this.configured = configured;
    }

    /**
     * Returns the second copies of the backup in a folder: those that the phones have whose photos go there, by their
     * own table or the one for all phones. If no phone is known for it, those for all phones.
     */
    public List<Path> of(Path root) throws IOException {
        return of(root, OperatingSystem.current());
    }

    List<Path> of(Path root, OperatingSystem system) throws IOException {
        Set<Path> copies = new LinkedHashSet<>();
        for (Table phone : phonesOf(root)) {
            configured.settings(phone).stream()
                    .filter(setting -> setting.option().longestName().equals(COPY_TO))
                    .flatMap(setting -> setting.values().stream())
                    .forEach(text -> copies.add(ConfiguredArguments.folder(
                            system, configured.places().home(), text)));
        }
        return List.copyOf(copies);
    }

    private List<Table> phonesOf(Path root) throws IOException {
        List<Table> phones = new ArrayList<>();
        if (Files.exists(configured.places().file())) {
            Configuration configuration = configured.configuration();
            for (Table phone : configuration.phones()) {
                // The page fills these copies: those of a phone whose photos may go elsewhere are none of this backup.
                if (configuration.hasDestination(phone) && isIn(root, configuration.profile(phone.name()))) {
                    phones.add(phone);
                }
            }
        }
        return phones.isEmpty() ? List.of(Table.EMPTY) : phones;
    }

    /** Compares ids: the drive may be mounted elsewhere, and another one in its place. */
    private boolean isIn(Path root, Profile profile) throws IOException {
        Optional<String> here = DestinationFolder.identity(root);
        Optional<String> expected = configured.id(profile);
        return (here.isPresent() && expected.isPresent())
                ? here.equals(expected)
                : whole(profile.path()).equals(whole(root));
    }

    private static Path whole(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
