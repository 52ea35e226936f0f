package dev.shoebox.device;

import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaSource.Request;
import dev.shoebox.photos.source.MediaSource.UnreadableException;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.MediaStream.Whole;
import dev.shoebox.photos.source.NamedFiles;
import dev.shoebox.photos.source.Unreadable.Reason;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Finds and reads files of a phone that are not photos, by their path. */
class NamedFilesTest extends PhotosFixture {
    private static final String DATABASE = "PhotoData/Photos.sqlite";

    @Test
    void aFileIsFoundWithItsSizeAndTimeAndReadFromEndToEndAndAtAnyPlace() throws IOException {
        write(DATABASE, 700_001, 7);
        byte[] content = contents.get(DATABASE);
        try (MediaSource photos = plugged.photos()) {
            MediaFile found = find(photos, DATABASE).orElseThrow();
            assertEquals(DATABASE, found.path());
            assertEquals(700_001, found.size());
            assertEquals(Files.getLastModifiedTime(folder.resolve(DATABASE)).toInstant(), found.modified());
            try (MediaStream stream = photos.read(List.of(new Request(found, 0)))) {
                Received received = receive(stream, 1).get(DATABASE);
                assertEquals(new Whole(DATABASE), received.end());
                assertEquals(ByteBuffer.wrap(content), received.bytes());
            }
            try (SeekableByteChannel channel = photos.open(found)) {
                ByteBuffer head = ByteBuffer.allocate(32);
                assertEquals(32, channel.read(head));
                assertEquals(ByteBuffer.wrap(Arrays.copyOf(content, 32)), head.flip());
            }
        }
    }

    @Test
    void missingFilesAndFoldersAreNotFound() throws IOException {
        Files.createDirectories(folder.resolve("PhotoData"));
        Files.createSymbolicLink(folder.resolve(DATABASE), Path.of("/etc/passwd"));
        try (MediaSource photos = plugged.photos()) {
            assertEquals(Optional.empty(), find(photos, "PhotoData/nothing"));
            assertEquals(Optional.empty(), find(photos, "nothing/at/all"));
            assertEquals(Optional.empty(), find(photos, "DCIM"));
            assertEquals(Optional.empty(), find(photos, DATABASE));
        }
    }

    @Test
    void aRefusalIsReportedAndTheSourceContinues() throws IOException {
        write(DATABASE, 1000, 7);
        plugged.phone.faults().ghost(DATABASE, 10);
        try (MediaSource photos = plugged.photos()) {
            Optional<MediaFile> found = find(photos, DATABASE);
            var refused = assertThrows(UnreadableException.class, () -> photos.open(found.orElseThrow())
                    .close());
            assertEquals(Reason.DENIED, refused.unreadable().reason());
            assertTrue(find(photos, "DCIM/100APPLE/IMG_0001.JPG").isPresent());
        }
    }

    private static Optional<MediaFile> find(MediaSource photos, String path) throws IOException {
        return NamedFiles.of(photos).orElseThrow().find(path);
    }
}
