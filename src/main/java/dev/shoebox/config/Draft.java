package dev.shoebox.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A first configuration: one phone and one destination.
 *
 * @param profile the name of the phone's table
 * @param udid which phone; with no {@code name} either, whichever is plugged in
 * @param path of the backup
 * @param id which backup is there
 * @param schedule the words for when it is to start by itself
 */
public record Draft(
        String profile, Optional<String> name, Optional<String> udid, Path path, String id, List<String> schedule) {
    /**
     * Writes the file where none is.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one
     */
    public void write(Places places) throws IOException {
        Files.createDirectories(places.configuration());
        Files.writeString(places.file(), text(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private String text() {
        StringBuilder text =
                new StringBuilder("# What 'shoebox backup' goes by. Every option of it can stand here, above the"
                        + " tables for all phones:\n# layout = \"day\"\n\n[destination.disk]\n");
        line(text, Configuration.PATH, quoted(path.toString()));
        text.append("# Tells this drive from others, wherever it is mounted.\n");
        line(text, Configuration.ID, quoted(id));
        text.append("\n[phone.").append(profile).append("]\n");
        name.ifPresent(word -> line(text, "name", quoted(word)));
        udid.ifPresent(word -> line(text, "udid", quoted(word)));
        line(text, Configuration.DESTINATION, quoted("disk"));
        if (!schedule.isEmpty()) {
            line(text, "schedule", schedule.stream().map(Draft::quoted).collect(Collectors.joining(", ", "[", "]")));
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
