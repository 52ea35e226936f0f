package dev.shoebox.folder.archive;

import dev.shoebox.folder.archive.EntryCursor.Entry;
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

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * An archive with sequential access only: a tar.gz, or a zip without its central directory. Listing takes one pass, and
 * so does each stream, which returns files in the order of the archive.
 */
final class PackedArchive implements MediaSource {
    /** Starts a new pass. */
    interface Opener {
        EntryCursor open() throws IOException;
    }

    private final ArchiveFile archive;
    private final Opener opener;
    private final List<Unreadable> defects;
    private final ListingLimits limits;

    /** Where the last {@link #open} stopped, so that opening files in the order of the archive takes one pass, too. */
    private EntryCursor standing; // or null

    private int moves;

    /** @param defects known defects of the archive as a whole */
    PackedArchive(ArchiveFile archive, Opener opener, List<Unreadable> defects, ListingLimits limits) {
        this.archive = archive;
        this.opener = opener;
        this.defects = defects;
        this.limits = limits;
    }

    @Override
    public SourceId id() {
        return archive.id();
    }

    /** Reads everything once: only that shows what can be read. */
    @Override
    public Listing list() throws IOException {
        archive.requireUnchanged();
        List<MediaFile> files = new ArrayList<>();
        Map<String, FileProbe> looked = new HashMap<>();
        FileSorter sorting = new FileSorter(limits, archive.name());
        defects.forEach(defect -> refuse(defect, sorting));
        String last = "";
        try (EntryCursor cursor = opener.open()) {
            for (Optional<Entry> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                Entry entry = next.get();
                sorting.met();
                if (entry.isSettled()) {
                    entry.refused().ifPresent(sorting::refuse);
                    entry.passedOver().ifPresent(sorting::passOver);
                    continue;
                }
                last = entry.path();
                long size;
                try {
                    byte[] head = cursor.content().readNBytes(FileSorter.wanted(last, Math.max(0, entry.size())));
                    size = head.length + cursor.content().transferTo(OutputStream.nullOutputStream());
                    if (head.length > 0) {
                        looked.put(last, FileProbe.at(ByteBuffer.wrap(head), size));
                    }
                } catch (InterruptedIOException | ClosedByInterruptException stopped) {
                    throw stopped;
                } catch (EntryCursor.TooManyException tooMuch) {
                    sorting.refuse(new Unreadable(
                            last,
                            Reason.REFUSED,
                            last + " was skipped: its archive has " + tooMuch.getMessage() + "."));
                    throw tooMuch;
                } catch (IOException | RuntimeException damaged) {
                    sorting.refuse(ArchiveFile.damaged(entry.path(), damaged));
                    throw damaged;
                }
                if (entry.size() >= 0 && entry.size() != size) {
                    sorting.refuse(new Unreadable(
                            last, Reason.WRONG_SIZE, last + " is not as long as its archive states; it was skipped."));
                } else {
                    files.add(new MediaFile(last, size, entry.modified(), entry.created()));
                }
            }
        } catch (InterruptedIOException | ClosedByInterruptException stopped) {
            throw ArchiveFile.stopped(stopped);
        } catch (IOException | RuntimeException damaged) {
            refuse(archive.cutOff(last, damaged), sorting);
        }
        sorting.sort(files, (file, bytes) -> looked.getOrDefault(file.path(), FileProbe.NOTHING));
        return sorting.listing();
    }

    private static void refuse(Unreadable what, FileSorter sorting) {
        sorting.met();
        sorting.refuse(what);
    }

    @Override
    public MediaStream read(List<Request> requests) throws IOException {
        Map<String, Request> wanted = new LinkedHashMap<>();
        requests.forEach(request -> wanted.put(request.file().path(), request));
        return ReadAhead.start(wanted.size(), sink -> {
            try (EntryCursor cursor = opener.open()) {
                while (!wanted.isEmpty()) {
                    Optional<Entry> next = cursor.next();
                    if (next.isEmpty()) {
                        break;
                    }
                    Optional<Request> request =
                            Optional.ofNullable(wanted.get(next.get().path()));
                    if (request.isPresent()) {
                        deliver(request.get(), next.get(), cursor, sink);
                        wanted.remove(next.get().path());
                    }
                }
            } catch (IOException damaged) {
                for (String path : wanted.keySet()) {
                    sink.unreadable(archive.explain(path, damaged));
                }
                return;
            }
            for (String path : wanted.keySet()) {
                sink.unreadable(new Unreadable(
                        path, Reason.GONE, path + " is no longer in the archive. Run the command again."));
            }
        });
    }

    private void deliver(Request request, Entry entry, EntryCursor cursor, ReadAhead.Sink sink) throws IOException {
        CRC32 crc = new CRC32();
        InputStream in = new CheckedInputStream(cursor.content(), crc);
        in.skipNBytes(request.offset());
        String path = entry.path();
        sink.file(request, Channels.newChannel(in), rightSize -> {
            Optional<Unreadable> changed = archive.complaint(path);
            long expected = entry.checksum().getAsLong();
            return changed.isPresent() || !rightSize || expected < 0 || expected == crc.getValue()
                    ? changed
                    : Optional.of(ArchiveFile.damaged(path, new IOException("its checksum does not match")));
        });
    }

    @Override
    public SeekableByteChannel open(MediaFile file) throws IOException {
        archive.requireUnchanged();
        return new RereadableChannel(file.size(), () -> content(file.path()));
    }

    /** Returns the content from its first byte. Continues the last pass if the file lies ahead of it. */
    private InputStream content(String path) throws IOException {
        int move = ++moves;
        try {
            if (standing == null || standing.hasPassed(path)) {
                close();
                standing = opener.open();
            }
            EntryCursor cursor = standing;
            for (Optional<Entry> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                if (next.get().path().equals(path)) {
                    return new FilterInputStream(cursor.content()) {
                        @Override
                        public int read(byte[] bytes, int from, int count) throws IOException {
                            if (move != moves) {
                                throw new IOException("another file of the archive was opened meanwhile");
                            }
                            return super.read(bytes, from, count);
                        }

                        @Override
                        public void close() {
                            // The pass continues with the next file.
                        }
                    };
                }
            }
        } catch (IOException damaged) {
            close();
            throw new UnreadableException(archive.explain(path, damaged));
        }
        close();
        throw new UnreadableException(
                new Unreadable(path, Reason.GONE, path + " is no longer in the archive. Run the command again."));
    }

    @Override
    public void close() {
        try {
            if (standing != null) {
                standing.close();
            }
        } catch (IOException ignored) {
            // It was opened for reading only.
        }
        standing = null;
    }
}
