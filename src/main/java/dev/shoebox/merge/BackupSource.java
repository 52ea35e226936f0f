package dev.shoebox.merge;

import dev.shoebox.backup.plan.CaptureTimeResolver;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.Holdings;
import dev.shoebox.destination.naming.FileNames;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.folder.stream.ReadAhead;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.SourceException;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files that one source once brought into a backup, presented as that source: with its paths, sizes and dates, and
 * the bytes from the disk. Each file is compared with its recorded SHA-256 before it counts as complete.
 *
 * <p>A source may have had several contents at one path over time. A listing contains a path once, so later contents
 * form further {@code BackupSource}s of the same source.
 */
final class BackupSource implements MediaSource, MediaSource.Placed, CaptureTimeResolver.Filed {
    private final Destination backup;
    private final String name;
    private final SourceId id;
    private final Map<String, StoredFile> files;

    private BackupSource(Destination backup, String name, SourceId id, Map<String, StoredFile> files) {
        this.backup = backup;
        this.name = name;
        this.id = id;
        this.files = files;
    }

    /**
     * The contents of a backup.
     *
     * @param gone the number of recorded files that are missing
     * @param previews the number of reduced copies of originals in iCloud; these are in none of the sources
     */
    record Contents(List<BackupSource> sources, int gone, int previews) {}

    /**
     * Returns all contents of a backup, by source. The earliest contents of a source come first.
     *
     * @param name the name of the backup, for people
     * @param loose the source of files that only {@code SHA256SUMS} lists
     */
    static Contents of(Destination backup, String name, SourceId loose) throws IOException {
        List<BackupSource> sources = new ArrayList<>();
        Set<String> attributed = new HashSet<>();
        int gone = 0;
        int previews = 0;
        for (SourceId id : backup.holdings().sources()) {
            List<Map<String, StoredFile>> versions = new ArrayList<>();
            // Their bytes came from elsewhere, and nobody read them from this source. {@link MergedProofs} brings these
            // records.
            Set<MediaFile> claimed = backup.recognition().claimed(id);
            try (Stream<StoredFile> rows = backup.stored(id)) {
                for (StoredFile row : (Iterable<StoredFile>) rows::iterator) {
                    if (claimed.contains(row.file())) {
                        continue;
                    }
                    attributed.add(row.path());
                    if (row.role() == Role.PREVIEW) {
                        previews++;
                    } else if (backup.isPresent(row)) {
                        put(versions, row);
                    } else {
                        gone++;
                    }
                }
            } catch (UncheckedIOException unreadable) {
                throw unreadable.getCause();
            }
            versions.forEach(files -> sources.add(new BackupSource(backup, name, id, files)));
        }
        Map<String, StoredFile> rest = new HashMap<>();
        Holdings.Unattributed unattributed = backup.holdings().unattributed(attributed);
        for (MediaFile file : unattributed.files()) {
            rest.put(file.path(), new StoredFile(file, file.path(), Role.PHOTO, file.path(), file.size()));
        }
        if (!rest.isEmpty()) {
            sources.add(new BackupSource(backup, name, loose, rest));
        }
        return new Contents(sources, gone + unattributed.gone(), previews);
    }

    private static void put(List<Map<String, StoredFile>> versions, StoredFile row) {
        for (Map<String, StoredFile> files : versions) {
            if (files.putIfAbsent(row.file().path(), row) == null) {
                return;
            }
        }
        versions.add(new HashMap<>(Map.of(row.file().path(), row)));
    }

    @Override
    public SourceId id() {
        return id;
    }

    @Override
    public Listing list() {
        return new Listing(
                files.values().stream()
                        .map(StoredFile::file)
                        .sorted((one, other) -> one.path().compareTo(other.path()))
                        .toList(),
                List.of());
    }

    @Override
    public MediaStream read(List<Request> requests) throws IOException {
        requireThere();
        List<Request> wanted = List.copyOf(requests);
        return ReadAhead.start(wanted.size(), sink -> {
            for (Request request : wanted) {
                read(request, sink);
            }
        });
    }

    private void read(Request request, ReadAhead.Sink sink) throws IOException {
        StoredFile stored = files.get(request.file().path());
        if (stored == null) {
            sink.unreadable(notListed(request.file()));
            return;
        }
        try (SeekableByteChannel channel = backup.memory().open(stored)) {
            String recorded = recorded(stored).sha256();
            var bytes = new Digested(channel);
            bytes.skip(request.offset());
            sink.file(
                    request,
                    bytes,
                    rightSize -> !rightSize || bytes.sha256().equals(recorded)
                            ? Optional.empty()
                            : Optional.of(new Unreadable(
                                    request.file().path(),
                                    Reason.READ_ERROR,
                                    stored.path() + " in " + name + " was changed or damaged; 'shoebox "
                                            + "repair' may restore it.")));
        } catch (IOException failed) {
            requireThere();
            sink.unreadable(unreadable(stored, failed));
        }
    }

    private Unreadable notListed(MediaFile file) {
        return new Unreadable(file.path(), Reason.GONE, file.path() + " is not in " + name + ".");
    }

    private Unreadable unreadable(StoredFile stored, IOException failed) {
        return new Unreadable(
                stored.file().path(),
                Reason.READ_ERROR,
                stored.path() + " in " + name + " cannot be read: " + failed.getMessage());
    }

    private Holdings.Recorded recorded(StoredFile stored) throws IOException {
        return backup.holdings()
                .recorded(id, stored)
                .orElseThrow(() -> new IOException("its records contradict each other"));
    }

    /** Distinguishes a lost drive from missing files. */
    private void requireThere() throws IOException {
        if (backup.id().isEmpty()) {
            throw new SourceException.Lost(
                    "The backup " + name + " is gone. Connect its drive, then run the command again.", null);
        }
    }

    @Override
    public SeekableByteChannel open(MediaFile file) throws IOException {
        StoredFile stored = files.get(file.path());
        if (stored == null) {
            throw new UnreadableException(notListed(file));
        }
        try {
            return backup.memory().open(stored);
        } catch (IOException failed) {
            requireThere();
            throw new UnreadableException(unreadable(stored, failed));
        }
    }

    @Override
    public Optional<CaptureTime> captured(Asset asset) throws IOException {
        for (Resource resource : asset.resources()) {
            StoredFile stored = files.get(resource.file().path());
            Optional<CaptureTime> captured = stored == null
                    ? Optional.empty()
                    : backup.holdings().recorded(id, stored).flatMap(Holdings.Recorded::captured);
            if (captured.isPresent()) {
                return captured;
            }
        }
        return Optional.empty();
    }

    /** Returns its path in the other backup, relative to which this one stores it in the same folder. */
    @Override
    public String place(MediaFile file) {
        String path = files.get(file.path()).path();
        return FileNames.isPlaced(path) ? path.substring(FileNames.FOLDER.length() + 1) : path;
    }

    @Override
    public boolean areOne(MediaFile one, MediaFile other) {
        return files.get(one.path()).asset().equals(files.get(other.path()).asset());
    }

    /** The backup stays open: it belongs to the caller. */
    @Override
    public void close() {}

    /** Hashes the bytes that are read. */
    private static final class Digested implements ReadableByteChannel {
        private static final int SKIPPED = 1 << 18;

        private final ReadableByteChannel channel;
        private final MessageDigest digest = Sha256.digest();

        Digested(ReadableByteChannel channel) {
            this.channel = channel;
        }

        /** The digest covers the whole file, even if reading starts later. */
        void skip(long bytes) throws IOException {
            ByteBuffer passed = ByteBuffer.allocate(SKIPPED);
            long left = bytes;
            int read = 0;
            while (left > 0 && read >= 0) {
                read = read(passed.clear().limit((int) Math.min(SKIPPED, left)));
                left -= read;
            }
        }

        @Override
        public int read(ByteBuffer buffer) throws IOException {
            ByteBuffer read = buffer.duplicate();
            int count = channel.read(buffer);
            if (count > 0) {
                digest.update(read.limit(buffer.position()));
            }
            return count;
        }

        String sha256() {
            return Sha256.hex(digest);
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
