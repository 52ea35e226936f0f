package dev.shoebox.config;

import dev.shoebox.system.AppDirectories;
import dev.shoebox.system.PrivateFolder;

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
 * What is to be written down of one phone: its table, and one for its destination where that has none yet.
 *
 * @param profile the name of the phone's table
 * @param udid which phone; with no {@code name} either, whichever is plugged in
 * @param destination the name of the destination's table
 * @param place of the destination, where that table is to be written, too
 * @param schedule the words for when it is to start by itself
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
     * @param path of the backup
     * @param id which backup is there
     */
    public record Place(Path path, String id) {}

    /**
     * Writes the file where none is.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one
     */
    public void write(AppDirectories places) throws IOException {
        PrivateFolder.makeIfAbsent(places.configuration());
        String text = "# Settings for 'shoebox backup'. Every option of it can be set here. Above the tables, it "
                + "applies to all phones:\n"
                + "# layout = \"day\"\n" + text();
        // Nobody else may write what names commands, whatever the umask.
        try {
            Files.createFile(
                    places.file(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (UnsupportedOperationException windows) {
            Files.createFile(places.file());
        }
        Files.writeString(places.file(), text, StandardOpenOption.WRITE);
    }

    /** Adds it to the end of the file. What stands there stays as it is, to the byte, and keeps its meaning. */
    public void addTo(Configuration configuration, ConfigSchema words) throws IOException {
        requireAddable(configuration, words);
        Files.writeString(configuration.file(), addition(configuration.file()), StandardOpenOption.APPEND);
    }

    /**
     * @throws ConfigurationException if the file would not mean the same of every phone that it has, or not this of the
     *     new one
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

    /** A basic string of TOML, with its letters as they are. */
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
