package dev.shoebox.folder.archive;

import dev.shoebox.folder.stream.ReadAhead;
import dev.shoebox.folder.stream.RereadableChannel;
import dev.shoebox.photos.sorting.FileProbe;
import dev.shoebox.photos.sorting.FileSorter;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** An archive with random access: a zip with its central directory, or an uncompressed tar. */
final class IndexedArchive implements ArchiveHolder {
    /**
     * The location of a file.
     *
     * @param checksum CRC-32, negative if there is none
     */
    private record Slot(MediaFile file, RereadableChannel.Opener opener, LongSupplier checksum) {
        InputStream open() throws IOException {
            try {
                return opener.open();
            } catch (RuntimeException defect) {
                throw new IOException("its compressed data is invalid", defect);
            }
        }
    }

    /** Opens an archive inside another. */
    interface InnerArchives {
        /** @param path the path of the inner one */
        MediaSource open(ArchiveFile around, String path, RereadableChannel.Opener bytes, ListingLimits limits)
                throws IOException;
    }

    private final ArchiveFile archive;
    private final Closeable handle;
    private final InnerArchives inner;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final Map<String, Opener> archives = new LinkedHashMap<>();
    private final FileSorter sorting;
    private final ListingLimits limits;

    /** Null until every entry was inspected. */
    private Listing sorted; // or null

    /** @param handle closed with the source */
    IndexedArchive(ArchiveFile archive, Closeable handle, ListingLimits limits, InnerArchives inner) {
        this.inner = inner;
        this.archive = archive;
        this.limits = limits;
        this.sorting = new FileSorter(limits, archive.name());
        this.handle = handle;
    }

    void add(EntryCursor.Entry entry, RereadableChannel.Opener opener) {
        if (entry.isSettled()) {
            sorting.met();
            entry.refused().ifPresent(sorting::refuse);
            entry.passedOver().ifPresent(sorting::passOver);
        } else if (entry.size() < 0) {
            addUnreadable(ArchiveFile.damaged(entry.path(), new IOException("its size is missing")));
        } else {
            var file = new MediaFile(entry.path(), entry.size(), entry.modified(), entry.created());
            slots.put(entry.path(), new Slot(file, opener, entry.checksum()));
        }
    }

    void addUnreadable(Unreadable what) {
        sorting.met();
        sorting.refuse(what);
    }

    @Override
    public SourceId id() {
        return archive.id();
    }

    @Override
    public Listing list() throws IOException {
        archive.requireUnchanged();
        if (sorted == null) {
            sorting.met(slots.size());
            sorting.sort(slots.values().stream().map(Slot::file).toList(), this::look);
            sorted = sorting.listing();
        }
        return sorted;
    }

    /** Removes nested archives from the listing, unless it was listed before. */
    @Override
    public Contents contents() throws IOException {
        if (sorted == null) {
            slots.values().removeIf(slot -> {
                String path = slot.file().path();
                boolean packed = ArchiveName.isRead(ArchiveName.of(path));
                if (packed) {
                    archives.put(path, held -> inner.open(archive, path, slot::open, limits));
                }
                return packed;
            });
        }
        return new Contents(list(), archives);
    }

    private FileProbe look(MediaFile file, int bytes) throws IOException {
        try (InputStream in = slot(file).open()) {
            return FileProbe.at(ByteBuffer.wrap(in.readNBytes((int) Math.min(bytes, file.size()))), file.size());
        } catch (UnreadableException known) {
            throw known;
        } catch (IOException | RuntimeException failed) {
            throw new UnreadableException(archive.explain(file.path(), new IOException(failed.getMessage(), failed)));
        }
    }

    @Override
    public MediaStream read(List<Request> requests) throws IOException {
        List<Request> wanted = List.copyOf(requests);
        return ReadAhead.start(wanted.size(), sink -> {
            for (Request request : wanted) {
                String path = request.file().path();
                try {
                    Slot slot = slot(request.file());
                    CRC32 crc = new CRC32();
                    try (InputStream in = new CheckedInputStream(slot.open(), crc)) {
                        in.skipNBytes(request.offset());
                        sink.file(request, Channels.newChannel(in), rightSize -> complaint(slot, crc, rightSize));
                    }
                } catch (UnreadableException known) {
                    sink.unreadable(known.unreadable());
                } catch (IOException failed) {
                    sink.unreadable(archive.explain(path, failed));
                }
            }
        });
    }

    private Optional<Unreadable> complaint(Slot slot, CRC32 crc, boolean rightSize) throws IOException {
        Optional<Unreadable> changed = archive.complaint(slot.file().path());
        long expected = slot.checksum().getAsLong();
        if (changed.isPresent() || !rightSize || expected < 0 || expected == crc.getValue()) {
            return changed;
        }
        return Optional.of(ArchiveFile.damaged(slot.file().path(), new IOException("its checksum does not match")));
    }

    private Slot slot(MediaFile file) throws UnreadableException {
        Slot slot = slots.get(file.path());
        if (slot == null || !slot.file().equals(file)) {
            throw new UnreadableException(new Unreadable(
                    file.path(),
                    Reason.GONE,
                    file.path() + " changed in the archive since it was listed. Run the command again."));
        }
        return slot;
    }

    @Override
    public SeekableByteChannel open(MediaFile file) throws IOException {
        Slot slot = slot(file);
        return new RereadableChannel(file.size(), slot::open);
    }

    @Override
    public void close() {
        try {
            handle.close();
        } catch (IOException ignored) {
            // It was opened for reading only.
        }
    }
}
