package dev.shoebox.schedule;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The backup found in each folder the first time, one on each line, for folders without a configured id. */
public final class KnownIds {
    private final Path list;

    /** @param list the file, which need not exist */
    public KnownIds(Path list) {
        this.list = list;
    }

    /** Returns the id found there first. */
    public Optional<String> find(Path folder) throws IOException {
        if (Files.notExists(list)) {
            return Optional.empty();
        }
        String ending = "\t" + folder;
        // Read leniently: one truncated or badly encoded line must not hide the others.
        return new String(Files.readAllBytes(list), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.endsWith(ending) && line.indexOf('\t') == line.length() - ending.length())
                .map(line -> line.substring(0, line.indexOf('\t')))
                .findFirst();
    }

    /** Records an id. */
    public void add(Path folder, String id) throws IOException {
        Files.createDirectories(list.getParent());
        Files.writeString(list, id + "\t" + folder + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
