package dev.shoebox.cli;

import dev.shoebox.json.JsonObject;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was made in the folder of an album, written down in it: each link with where it leads, a list with its digest. A link
 * or list that differs from that is a person's. A crash before it is written leaves links that nobody removes.
 */
final class AlbumRecord {
    private static final String FILE = ".shoebox-links.json";
    private static final long LARGEST = 64 << 20;

    private final Path place;
    private final Map<String, String> made;

    private AlbumRecord(Path place, Map<String, String> made) {
        this.place = place;
        this.made = made;
    }

    /** @throws FileAlreadyExistsException if something else lies where it should */
    static AlbumRecord read(Path place) throws IOException {
        Path file = place.resolve(FILE);
        Map<String, String> made = new TreeMap<>();
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
                throw new FileAlreadyExistsException(file.toString(), null, "this is not from Shoebox; move it away");
            }
            try {
                JsonObject said = JsonObject.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                said.fields().keySet().forEach(name -> made.put(name, said.text(name)));
            } catch (RuntimeException torn) {
                made.clear();
            }
        }
        return new AlbumRecord(place, made);
    }

    /** Whether what is there now is what was made. */
    boolean isOurs(String name) throws IOException {
        String then = made.get(name);
        Path path = place.resolve(name);
        if (then == null || !path.normalize().getParent().equals(place.normalize())) {
            return false;
        }
        return leads(path, then)
                || (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                        && Files.size(path) <= LARGEST
                        && digest(Files.readAllBytes(path)).equals(then));
    }

    static boolean leads(Path link, String target) throws IOException {
        return Files.isSymbolicLink(link)
                && Files.readSymbolicLink(link).toString().equals(target);
    }

    static String digest(byte[] text) {
        return "sha256:" + Sha256.hex(new String(text, StandardCharsets.UTF_8));
    }

    /** Removes what was made and is wanted no more. */
    void removeOthers(Map<String, String> wanted) throws IOException {
        for (String name : made.keySet()) {
            if (!wanted.containsKey(name) && isOurs(name)) {
                Files.delete(place.resolve(name));
            }
        }
    }

    void write(Map<String, String> now) throws IOException {
        Map<String, String> kept = new TreeMap<>(now);
        kept.values().removeIf(String::isEmpty);
        if (kept.equals(made)) {
            return;
        }
        Path file = place.resolve(FILE);
        Files.deleteIfExists(file);
        Files.writeString(file, JsonObject.line(kept) + "\n");
    }
}
