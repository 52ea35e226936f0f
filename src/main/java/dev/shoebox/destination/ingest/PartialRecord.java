package dev.shoebox.destination.ingest;

import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.JournalFields;
import dev.shoebox.json.JsonObject;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * The small file beside a large partial one that says whose bytes these are, how many of them are durable, and their
 * hash. It grows by a line each time; the last whole line counts.
 *
 * <p>A crash leaves a partial file that is longer than the last line says, whose tail is dropped; or a torn line, which
 * does not count; or one of the two files alone, which is swept up. Whatever it leaves is hashed before it is used.
 */
final class PartialRecord {
    /** What follows the partial file's name without its own ending. */
    static final String ENDING = ".resume";

    private final Disk disk;
    private final DiskCapabilities abilities;
    private final String partial;
    private final SourceId source;
    private final MediaFile file;
    private Optional<IOException> failure = Optional.empty();
    private boolean closed;

    /**
     * What a record says.
     *
     * @param partial path of the partial file
     * @param bytes how many, from its beginning, are durable
     * @param sha256 of these
     */
    record Known(String partial, SourceId source, MediaFile file, long bytes, String sha256) {}

    PartialRecord(Disk disk, DiskCapabilities abilities, String partial, SourceId source, MediaFile file) {
        this.disk = disk;
        this.abilities = abilities;
        this.partial = partial;
        this.source = source;
        this.file = file;
    }

    /** Where the record of a partial file lies. */
    static String path(String partial) {
        return partial.substring(0, partial.lastIndexOf('.')) + ENDING;
    }

    /** What the record of a partial file says; empty if there is none that makes sense. */
    static Optional<Known> read(Disk disk, String partial) throws IOException {
        var last = new LinkedHashMap<String, Known>();
        AppendOnlyLines.read(
                disk, path(partial), 0, (text, end) -> parse(partial, text).ifPresent(known -> last.put("", known)));
        return Optional.ofNullable(last.get(""));
    }

    private static Optional<Known> parse(String partial, String line) {
        try {
            var map = JsonObject.parse(line);
            return Optional.of(new Known(
                    partial,
                    JournalFields.source(map.object("source")),
                    JournalFields.file(map.object("file")),
                    map.number("bytes"),
                    map.text("sha256")));
        } catch (RuntimeException torn) {
            return Optional.empty();
        }
    }

    /** Makes the bytes durable, then the line that says so; nothing once the record is closed. */
    synchronized void note(long bytes, String sha256) throws IOException {
        if (closed) {
            return;
        }
        try {
            if (abilities.forces()) {
                disk.force(partial);
            }
            boolean fresh = disk.look(path(partial)).isEmpty();
            var map = new LinkedHashMap<String, Object>();
            map.put("source", JournalFields.source(source));
            map.put("file", JournalFields.file(file));
            map.put("bytes", bytes);
            map.put("sha256", sha256);
            try (Disk.Out out = disk.append(path(partial))) {
                out.write(ByteBuffer.wrap((JsonObject.line(map) + "\n").getBytes(StandardCharsets.UTF_8)));
                if (abilities.forces()) {
                    out.force();
                }
            }
            if (fresh && abilities.forcesFolders()) {
                disk.forceFolder(Identity.STAGING);
            }
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    /** @throws IOException if a force failed before: what the disk lost it will not tell a second time */
    synchronized void requireSound() throws IOException {
        if (failure.isPresent()) {
            throw new IOException(failure.get().getMessage(), failure.get());
        }
    }

    /** Nothing is noted any more. */
    synchronized void close() {
        closed = true;
    }

    /** Nothing is noted any more, and what was is of no use. */
    synchronized void forget() {
        closed = true;
        try {
            if (disk.look(path(partial)).isPresent()) {
                disk.delete(path(partial));
            }
        } catch (IOException e) {
            // Swept up at the next opening.
        }
    }
}
