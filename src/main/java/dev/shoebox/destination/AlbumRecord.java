package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.json.JsonObject;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The record of what was made in the folder of an album, stored in that folder: each link with its target, a list with
 * its digest. A link or list that differs belongs to the user. A crash before the record is written leaves links that
 * are never removed.
 */
final class AlbumRecord {
    private static final String FILE = ".shoebox-links.json";
    private static final int LARGEST = 64 << 20;

    private final Disk disk;
    private final String place;
    private final Map<String, String> made;

    private AlbumRecord(Disk disk, String place, Map<String, String> made) {
        this.disk = disk;
        this.place = place;
        this.made = made;
    }

    /** @throws DestinationException if something else has its name */
    static AlbumRecord read(Disk disk, String place) throws IOException {
        String file = place + "/" + FILE;
        Map<String, String> made = new TreeMap<>();
        Optional<Disk.Entry> there = disk.look(file);
        if (there.isPresent()) {
            if (!isOfUs(there.get())) {
                throw DestinationException.inTheWay(file, "file");
            }
            try {
                JsonObject said = JsonObject.parse(new String(bytes(disk, file), StandardCharsets.UTF_8));
                said.fields().keySet().forEach(name -> made.put(name, said.text(name)));
            } catch (RuntimeException torn) {
                made.clear();
            }
        }
        return new AlbumRecord(disk, place, made);
    }

    private static boolean isOfUs(Disk.Entry entry) {
        return entry.isFile() && entry.size() <= LARGEST;
    }

    private static byte[] bytes(Disk disk, String file) throws IOException {
        try (SeekableByteChannel channel = disk.read(file)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(channel.size(), LARGEST));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // A read may return fewer bytes than requested.
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
        }
    }

    /** Whether the file is unchanged since it was made. */
    boolean isOurs(String name) throws IOException {
        String then = made.get(name);
        // The record may have been changed: it must not name anything outside this folder.
        if (then == null || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.startsWith(".")) {
            return false;
        }
        String path = place + "/" + name;
        return disk.leadsTo(path).equals(Optional.of(then))
                || (disk.look(path).filter(AlbumRecord::isOfUs).isPresent()
                        && digest(bytes(disk, path)).equals(then));
    }

    static String digest(byte[] text) {
        return "sha256:" + Sha256.hex(new String(text, StandardCharsets.UTF_8));
    }

    /** Removes what was made and is no longer needed. */
    void removeOthers(Map<String, String> wanted) throws IOException {
        for (String name : made.keySet()) {
            if (!wanted.containsKey(name) && isOurs(name)) {
                disk.delete(place + "/" + name);
            }
        }
    }

    void write(Map<String, String> now) throws IOException {
        Map<String, String> kept = new TreeMap<>(now);
        kept.values().removeIf(String::isEmpty);
        if (kept.equals(made)) {
            return;
        }
        String file = place + "/" + FILE;
        if (disk.look(file).isPresent()) {
            disk.delete(file);
        }
        write(disk, file, (JsonObject.line(kept) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Creates a file; it must not exist. */
    static void write(Disk disk, String file, byte[] text) throws IOException {
        try (Disk.Out out = disk.create(file)) {
            out.write(ByteBuffer.wrap(text));
        }
    }
}
