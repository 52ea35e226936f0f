package dev.shoebox.schedule;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Which backup was found in a folder the first time, one line each, for folders whose identity nobody wrote down. */
public final class KnownIds {
    private final Path list;

    /** @param list the file; it need not be there */
    public KnownIds(Path list) {
        this.list = list;
    }

    /** The identity that was found there first. */
    public Optional<String> find(Path folder) throws IOException {
        if (Files.notExists(list)) {
            return Optional.empty();
        }
        String ending = "\t" + folder;
        // Read leniently: one torn line, or one in another encoding, must not hide the others.
        return new String(Files.readAllBytes(list), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.endsWith(ending) && line.indexOf('\t') == line.length() - ending.length())
                .map(line -> line.substring(0, line.indexOf('\t')))
                .findFirst();
    }

    /** Remembers it. */
    public void add(Path folder, String id) throws IOException {
        Files.createDirectories(list.getParent());
        Files.writeString(list, id + "\t" + folder + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
