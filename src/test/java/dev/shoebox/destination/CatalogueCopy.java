package dev.shoebox.destination;

import dev.shoebox.destination.records.Catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The catalogue of a trial at one moment, with its rollback journal, by the suffixes of their names. */
record CatalogueCopy(Map<String, byte[]> files) {
    static final CatalogueCopy NONE = new CatalogueCopy(Map.of());

    private static final String[] ENDINGS = {"", "-journal"};

    static CatalogueCopy of(Path folder) {
        var files = new HashMap<String, byte[]>();
        for (String ending : ENDINGS) {
            Path file = folder.resolve(Catalogue.FILE + ending);
            if (Files.exists(file)) {
                try {
                    files.put(ending, Files.readAllBytes(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return new CatalogueCopy(files);
    }

    /** Replaces the current catalogue by this copy. */
    void restore(Path folder) throws IOException {
        for (String ending : ENDINGS) {
            Path file = folder.resolve(Catalogue.FILE + ending);
            Files.deleteIfExists(file);
            if (files.containsKey(ending)) {
                Files.write(file, files.get(ending));
            }
        }
    }
}
