package dev.shoebox.folder;

import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaSource.Request;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything read from a source: the content of each complete file, and why others failed. */
public record Drained(Map<String, String> whole, Map<String, Reason> failed) {
    /** Lists a source and reads all listed files; files that the listing calls unreadable count as failed. */
    public static Drained all(MediaSource source) throws IOException {
        Listing listing = source.list();
        Drained drained = of(
                source,
                listing.files().stream().map(file -> new Request(file, 0)).toList());
        for (Unreadable unreadable : listing.unreadable()) {
            drained.failed.put(unreadable.path(), unreadable.reason());
        }
        return drained;
    }

    /** Everything in an archive of these bytes; nothing if it is refused as a whole. */
    static Drained ofFile(byte[] archive) throws IOException {
        Path file = Files.createTempFile("shoebox-fuzz", "");
        try {
            Files.write(file, archive);
            try (MediaSource source = FolderSource.open(file)) {
                Drained drained = all(source);
                for (MediaFile each : source.list().files()) {
                    try (SeekableByteChannel channel = source.open(each)) {
                        channel.position(each.size() / 2).read(ByteBuffer.allocate(10));
                    } catch (IOException damaged) {
                        // This file failed; the others are read.
                    }
                }
                return drained;
            }
        } catch (IOException refused) {
            return new Drained(Map.of(), Map.of());
        } finally {
            Files.delete(file);
        }
    }

    public static Drained of(MediaSource source, List<Request> requests) throws IOException {
        Map<String, String> whole = new TreeMap<>();
        Map<String, Reason> failed = new TreeMap<>();
        Map<String, ByteArrayOutputStream> bytes = new LinkedHashMap<>();
        try (MediaStream stream = source.read(requests)) {
            for (int settled = 0; settled < requests.size(); ) {
                MediaStream.Piece piece = stream.next();
                if (piece instanceof MediaStream.Bytes some) {
                    byte[] copy = new byte[some.buffer().remaining()];
                    some.buffer().get(copy);
                    some.release().run();
                    bytes.computeIfAbsent(some.path(), path -> new ByteArrayOutputStream())
                            .writeBytes(copy);
                } else if (piece instanceof Unreadable unreadable) {
                    failed.put(unreadable.path(), unreadable.reason());
                    settled++;
                } else {
                    var content = Optional.ofNullable(bytes.get(piece.path()));
                    whole.put(
                            piece.path(),
                            content.map(c -> c.toString(StandardCharsets.ISO_8859_1))
                                    .orElse(""));
                    settled++;
                }
            }
        }
        return new Drained(whole, failed);
    }

    public static MediaFile file(MediaSource source, String path) throws IOException {
        return source.list().files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow();
    }
}
