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
 * The record of a large partial file: its source, how many of its bytes are durable, and their hash. A line is appended
 * each time; the last complete line counts.
 *
 * <p>A crash leaves a partial file that is longer than the record says, whose tail is dropped; or a torn line, which
 * does not count; or only one of the two files, which is removed. The bytes are hashed before they are used.
 */
final class PartialRecord {
    /** The extension that replaces that of the partial file. */
    static final String ENDING = ".resume";

    private final Disk disk;
    private final DiskCapabilities abilities;
    private final String partial;
    private final SourceId source;
    private final MediaFile file;

    /** Null unless a force failed. */
    private IOException failure;

    private boolean closed;

    /**
     * The content of a record.
     *
     * @param partial path of the partial file
     * @param bytes the number of durable bytes from the start
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

    /** Returns the path of the record of a partial file. */
    static String path(String partial) {
        return partial.substring(0, partial.lastIndexOf('.')) + ENDING;
    }

    /** Reads the record of a partial file; empty if there is no valid one. */
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

    /** Makes the bytes durable, then the line that records it; does nothing once the record is closed. */
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
            failure = e;
            throw e;
        }
    }

    /** @throws IOException if a force failed before: the disk does not report lost bytes a second time */
    synchronized void requireSound() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    /** Ends the recording. */
    synchronized void close() {
        closed = true;
    }

    /** Ends the recording and removes the record. */
    synchronized void forget() {
        closed = true;
        try {
            if (disk.look(path(partial)).isPresent()) {
                disk.delete(path(partial));
            }
        } catch (IOException e) {
            // Removed at the next opening.
        }
    }
}
