package dev.shoebox.backup.thumbs;

import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.NamedFiles;
import dev.shoebox.photos.source.SourceId;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How often a phone is asked for thumbnails: each separate request costs a round trip. */
class PhoneThumbnailsTest {
    private static final List<String> PHOTOS = IntStream.range(0, 64)
            .mapToObj(i -> String.format("DCIM/100APPLE/IMG_%04d.HEIC", i))
            .toList();

    /** Has the given files, and counts its answers. */
    private static final class Phone implements MediaSource, NamedFiles {
        private final Set<String> files;
        private int answers;

        Phone(Set<String> files) {
            this.files = files;
        }

        @Override
        public SourceId id() {
            return new SourceId(SourceId.Kind.PHONE, "udid", "iPhone");
        }

        @Override
        public Listing list() throws IOException {
            throw new IOException("nobody lists it");
        }

        @Override
        public MediaStream read(List<Request> requests) throws IOException {
            throw new IOException("nobody reads it");
        }

        @Override
        public SeekableByteChannel open(MediaFile file) throws IOException {
            throw new IOException("nobody opens it");
        }

        @Override
        public Optional<MediaFile> find(String path) {
            answers++;
            return Optional.ofNullable(look(path));
        }

        @Override
        public Map<String, MediaFile> findAll(Collection<String> paths) {
            answers++;
            Map<String, MediaFile> found = new HashMap<>();
            paths.stream().filter(files::contains).forEach(path -> found.put(path, look(path)));
            return found;
        }

        private MediaFile look(String path) {
            return files.contains(path) ? new MediaFile(path, 1, Instant.EPOCH, Optional.empty()) : null;
        }

        @Override
        public void close() {}
    }

    private static String picture(int photo, int number) {
        return "PhotoData/Thumbnails/V2/" + PHOTOS.get(photo) + "/" + number + ".JPG";
    }

    @Test
    void aPhoneWithoutThumbnailsIsRecognisedByAFewRequests() throws IOException {
        Phone phone = new Phone(Set.of());
        PhoneThumbnails thumbnails = new PhoneThumbnails(phone);
        assertEquals(Map.of(), thumbnails.of(PHOTOS));
        assertTrue(thumbnails.areMissing());
        assertTrue(phone.answers <= 3, phone.answers + " questions");
    }

    @Test
    void thumbnailsAreFoundEvenIfTheFirstPhotosHaveNone() throws IOException {
        Phone phone = new Phone(Set.of(picture(20, 5003), picture(22, 5003), picture(40, 5003), picture(22, 5103)));
        PhoneThumbnails thumbnails = new PhoneThumbnails(phone);
        Map<String, MediaFile> found = thumbnails.of(PHOTOS);
        assertEquals(Set.of(PHOTOS.get(20), PHOTOS.get(22), PHOTOS.get(40)), found.keySet());
        assertEquals(picture(22, 5003), found.get(PHOTOS.get(22)).path());
        assertFalse(thumbnails.areMissing());
        assertTrue(phone.answers <= 4, phone.answers + " questions");
    }
}
