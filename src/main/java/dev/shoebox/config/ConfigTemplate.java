package dev.shoebox.config;

import dev.shoebox.system.AppDirectories;
import dev.shoebox.system.access.PrivateFolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A new table for a phone, and one for its destination if that has none yet.
 *
 * @param profile the name of the phone's table
 * @param udid the phone; if there is no {@code name} either, any phone that is connected
 * @param destination the name of the destination's table
 * @param place the destination, if its table has to be written
 * @param schedule the configured time for automatic runs
 */
public record ConfigTemplate(
        String profile,
        Optional<String> name,
        Optional<String> udid,
        String destination,
        Optional<Place> place,
        List<String> schedule) {
    /**
     * A folder for photos.
     *
     * @param path the folder of the backup
     * @param id the id of the backup there
     */
    public record Place(Path path, String id) {}

    /**
     * Creates the file.
     *
     * @throws java.nio.file.FileAlreadyExistsException if it exists
     */
    public void write(AppDirectories places) throws IOException {
        PrivateFolder.makeIfAbsent(places.configuration());
        String text = "# Settings for 'shoebox backup'. Every option of it can be set here. Above the tables, it "
                + "applies to all phones:\n"
                + "# layout = \"day\"\n" + text();
        // The file names commands, so nobody else may write it, whatever the umask.
        try {
            Files.createFile(
                    places.file(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (UnsupportedOperationException windows) {
            Files.createFile(places.file());
        }
        Files.writeString(places.file(), text, StandardOpenOption.WRITE);
    }

    /** Appends it to the file. Existing text stays byte for byte as it is, and keeps its meaning. */
    public void addTo(Configuration configuration, ConfigSchema words) throws IOException {
        requireAddable(configuration, words);
        Files.writeString(configuration.file(), addition(configuration.file()), StandardOpenOption.APPEND);
    }

    /**
     * Checks whether it can be appended.
     *
     * @throws ConfigurationException if that would change the meaning of an existing table, or of the new one
     */
    public void requireAddable(Configuration configuration, ConfigSchema words) throws IOException {
        Path file = configuration.file();
        Configuration after;
        try {
            after = configuration.with(Files.readString(file) + addition(file), words);
        } catch (ConfigurationException clash) {
            throw unaddable(file, clash.getMessage());
        }
        for (Profile before : configuration.profiles()) {
            try {
                Profile now = after.profile(before.name());
                if (!now.path().equals(before.path()) || !now.id().equals(before.id())) {
                    throw unaddable(file, "'" + before.name() + "' would go to another folder.");
                }
            } catch (ConfigurationException unclear) {
                throw new ConfigurationException("With a second destination, it would be unclear where the "
                        + "photos of '" + before.name() + "' go. Add destination = \"" + before.destination()
                        + "\" under [phone." + before.name() + "] in " + file + ", then run this command again.");
            }
        }
    }

    private ConfigurationException unaddable(Path file, String why) {
        return new ConfigurationException(
                "The iPhone cannot be added to " + file + " automatically: " + why + " Add it with a text editor.");
    }

    private String addition(Path file) throws IOException {
        String before = Files.readString(file);
        return (before.isEmpty() || before.endsWith("\n") ? "" : "\n") + text();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        place.ifPresent(folder -> {
            text.append("\n[destination.").append(destination).append("]\n");
            line(text, Configuration.PATH, quoted(folder.path().toString()));
            text.append("# Identifies this drive, wherever it is mounted.\n");
            line(text, Configuration.ID, quoted(folder.id()));
        });
        text.append("\n[phone.").append(profile).append("]\n");
        name.ifPresent(word -> line(text, "name", quoted(word)));
        udid.ifPresent(word -> line(text, "udid", quoted(word)));
        line(text, Configuration.DESTINATION, quoted(destination));
        if (!schedule.isEmpty()) {
            line(
                    text,
                    "schedule",
                    schedule.stream().map(ConfigTemplate::quoted).collect(Collectors.joining(", ", "[", "]")));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(" = ").append(value).append('\n');
    }

    /** Returns a basic string of TOML, without escaping letters. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
            } else if (Character.isISOControl(point)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", point));
            } else {
                quoted.appendCodePoint(point);
            }
        });
        return quoted.append('"').toString();
    }
}
