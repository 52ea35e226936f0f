package dev.shoebox.backup.thumbs;

import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.Unreadable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads files of a source into memory as a whole. The caller checks their sizes. */
public final class SmallFiles {
    private SmallFiles() {}

    /**
     * Reads them in one stream.
     *
     * @return complete files, by path
     * @throws IOException if the source is lost
     */
    public static Map<String, byte[]> read(MediaSource source, List<MediaFile> files) throws IOException {
        Map<String, byte[]> whole = new HashMap<>();
        if (files.isEmpty()) {
            return whole;
        }
        Map<String, ByteArrayOutputStream> parts = new LinkedHashMap<>();
        int left = files.size();
        try (MediaStream stream = source.read(
                files.stream().map(file -> new MediaSource.Request(file, 0)).toList())) {
            while (left > 0) {
                MediaStream.Piece piece = stream.next();
                if (piece instanceof MediaStream.Bytes bytes) {
                    append(parts.computeIfAbsent(bytes.path(), path -> new ByteArrayOutputStream()), bytes);
                } else {
                    left--;
                    ByteArrayOutputStream all = parts.remove(piece.path());
                    if (!(piece instanceof Unreadable) && all != null) {
                        whole.put(piece.path(), all.toByteArray());
                    }
                }
            }
        }
        return whole;
    }

    private static void append(ByteArrayOutputStream to, MediaStream.Bytes bytes) {
        ByteBuffer buffer = bytes.buffer();
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        bytes.release().run();
        to.writeBytes(copy);
    }
}
