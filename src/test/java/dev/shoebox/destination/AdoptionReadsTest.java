package dev.shoebox.destination;

import dev.shoebox.backup.Adoption;
import dev.shoebox.backup.event.DateSource;
import dev.shoebox.backup.plan.CaptureTimeResolver;
import dev.shoebox.backup.plan.LibrarySource;
import dev.shoebox.cli.Pictures;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.folder.FolderSource;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.SourceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** An adoption reads each photo once: a folder of many small files takes as long as opening them. */
class AdoptionReadsTest {
    private static final Adoption.Listener NOBODY = new Adoption.Listener() {
        @Override
        public void progress(long files, long ofFiles, long bytes, long ofBytes) {}

        @Override
        public void differs(String path) {
            throw new AssertionError(path);
        }

        @Override
        public void unreadable(String path, String reason) {
            throw new AssertionError(path + " " + reason);
        }
    };

    /** How often each photo was opened for reading. */
    private final Map<String, Integer> reads = new ConcurrentHashMap<>();

    private void opened(String path) {
        if (path.startsWith("Trip/")) {
            reads.merge(path, 1, Integer::sum);
        }
    }

    private final class CountingDisk extends DelegatingDisk {
        CountingDisk(Disk disk) {
            super(disk);
        }

        @Override
        public SeekableByteChannel read(String path) throws IOException {
            opened(path);
            return super.read(path);
        }

        @Override
        public boolean readPastCache(String path, Consumer<ByteBuffer> taker) throws IOException {
            opened(path);
            return super.readPastCache(path, taker);
        }
    }

    private final class CountingSource implements MediaSource {
        private final MediaSource source;

        CountingSource(MediaSource source) {
            this.source = source;
        }

        @Override
        public SourceId id() {
            return source.id();
        }

        @Override
        public Listing list() throws IOException {
            return source.list();
        }

        @Override
        public MediaStream read(List<Request> requests) throws IOException {
            return source.read(requests);
        }

        @Override
        public SeekableByteChannel open(MediaFile file) throws IOException {
            opened(file.path());
            return source.open(file);
        }

        @Override
        public void close() {
            source.close();
        }
    }

    @Test
    void photosAndShortFilmsAreReadOnce(@TempDir Path root) throws IOException {
        Path trip = Files.createDirectories(root.resolve("Trip"));
        Files.write(trip.resolve("IMG_0001.JPG"), Pictures.jpeg("1"));
        Files.write(trip.resolve("IMG_0002.JPG"), Pictures.jpeg("2"));
        Files.write(trip.resolve("IMG_0003.MOV"), Pictures.film("3"));
        var setting =
                new CaptureTimeResolver.Setting("Trip", ZoneOffset.UTC, Backups.CLOCK.instant(), DateSource.PHOTOS);
        try (Destination destination = Destination.open(
                        root,
                        OpenMode.INITIALISE,
                        Backups.CLOCK,
                        path -> new CountingDisk(new PathDisk(path)),
                        line -> {});
                MediaSource folder = new CountingSource(FolderSource.open(root))) {
            Adoption.Result result = new Adoption(
                            folder, LibrarySource.NONE, destination, setting, Backups.CLOCK, () -> false, NOBODY)
                    .run();
            assertEquals(3, result.adopted());
        }
        assertEquals(Map.of("Trip/IMG_0001.JPG", 1, "Trip/IMG_0002.JPG", 1, "Trip/IMG_0003.MOV", 1), reads);
    }
}
