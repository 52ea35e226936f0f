package dev.shoebox.phonebackup;

import dev.shoebox.folder.archive.ArchiveTimes;
import dev.shoebox.folder.stream.ReadAhead;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource.Request;
import dev.shoebox.photos.source.MediaSource.UnreadableException;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.SourceException;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;
import dev.shoebox.system.ExhaustedException;
import dev.shoebox.text.DistinctPaths;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reads files of a backup by the paths under which a source lists them, and explains why a file cannot be read. */
final class EntryReader {
    private final BackupFolder folder;
    private final FileContents contents;

    /** By listed path: two entries with the same path get different ones. */
    private final Map<String, BackupEntry> entries = new LinkedHashMap<>();

    /** Identifies the state of the manifest when it was read. */
    private final String listed;

    private final Set<String> broken = ConcurrentHashMap.newKeySet();

    /** @param known the entries; only those with a path can be read */
    EntryReader(BackupFolder folder, FileContents contents, List<BackupEntry> known) {
        this.folder = folder;
        this.contents = contents;
        this.listed = state();
        DistinctPaths paths = new DistinctPaths();
        for (BackupEntry entry : known) {
            entry.path().ifPresent(path -> entries.put(paths.distinct(path), entry));
        }
    }

    /** Returns the entries by listed path, in their original order. */
    Map<String, BackupEntry> entries() {
        return Collections.unmodifiableMap(entries);
    }

    /** Returns whether the phone or computer stored the file damaged or incomplete in the backup. */
    boolean isBroken(MediaFile file) {
        return broken.contains(file.path());
    }

    /**
     * Returns the current state of a file.
     *
     * @throws IOException if its content is missing or unreadable; {@link #explain} gives the reason
     */
    MediaFile file(String path, BackupEntry entry) throws IOException {
        if (!BackupFolder.isFileId(entry.fileId())) {
            throw new FileSystemException(path, null, "the backup does not say which of its files holds it");
        }
        BasicFileAttributes stored = folder.attributes(entry.fileId());
        FileContents.Extent extent = contents.extent(entry, stored.size());
        if (extent.isBroken()) {
            broken.add(path);
        }
        return new MediaFile(
                path,
                extent.size(),
                entry.archived().modified().orElse(ArchiveTimes.sane(stored.lastModifiedTime())),
                entry.archived().created());
    }

    /** Returns the file listed under a path; empty if there is none. */
    Optional<MediaFile> find(String path) throws IOException {
        requireThere();
        BackupEntry entry = entries.get(path);
        if (entry == null || entry.kind() != BackupEntry.Kind.FILE) {
            return Optional.empty();
        }
        try {
            return Optional.of(file(path, entry));
        } catch (IOException failed) {
            throw new UnreadableException(explain(path, entry, failed));
        }
    }

    /** Reads files as {@link dev.shoebox.photos.source.MediaSource#read} does. */
    MediaStream read(List<Request> requests) throws IOException {
        requireThere();
        List<Request> wanted = List.copyOf(requests);
        MediaStream stream = ReadAhead.start(wanted.size(), sink -> {
            for (Request request : wanted) {
                String path = request.file().path();
                BackupEntry entry = entries.get(path);
                if (entry == null) {
                    sink.unreadable(gone(path));
                    continue;
                }
                try (SeekableByteChannel channel =
                        contents.open(entry, request.file().size())) {
                    channel.position(request.offset());
                    sink.file(request, channel, rightSize -> complaint(request.file(), entry));
                } catch (IOException failed) {
                    sink.unreadable(explain(path, entry, failed));
                }
            }
        });
        return new MediaStream() {
            @Override
            public Piece next() throws IOException {
                try {
                    return stream.next();
                } catch (IOException lost) {
                    throw stated(lost);
                }
            }

            @Override
            public void close() {
                stream.close();
            }
        };
    }

    private Optional<Unreadable> complaint(MediaFile file, BackupEntry entry) throws IOException {
        if (!file(file.path(), entry).equals(file)) {
            return Optional.of(new Unreadable(
                    file.path(),
                    Reason.CHANGED,
                    file.path() + " changed while it was read. Run the command again to back it up."));
        }
        if (!contents.isIntact(entry)) {
            broken.add(file.path());
        }
        return Optional.empty();
    }

    /** Opens a file as {@link dev.shoebox.photos.source.MediaSource#open} does. */
    SeekableByteChannel open(MediaFile file) throws IOException {
        BackupEntry entry = entries.get(file.path());
        if (entry == null) {
            throw new UnreadableException(gone(file.path()));
        }
        try {
            return contents.open(entry, file.size());
        } catch (IOException failed) {
            throw new UnreadableException(explain(file.path(), entry, failed));
        }
    }

    private static Unreadable gone(String path) {
        return new Unreadable(path, Reason.GONE, path + " is not in the backup.");
    }

    /**
     * Explains why a file cannot be read.
     *
     * @throws IOException instead, if the whole backup is gone, rather than one file
     */
    Unreadable explain(String path, BackupEntry entry, IOException failed) throws IOException {
        if (failed instanceof ClosedByInterruptException) {
            throw failed;
        }
        boolean isAbsent = failed instanceof NoSuchFileException;
        // A missing file needed no handle, and the check costs as much as listing a hundred others.
        Optional<ExhaustedException> exhausted = isAbsent ? Optional.empty() : ExhaustedException.now(failed);
        if (exhausted.isPresent()) {
            throw exhausted.get();
        }
        requireThere();
        String place = BackupFolder.isFileId(entry.fileId()) ? BackupFolder.place(entry.fileId()) : "";
        if (isAbsent) {
            return new Unreadable(
                    path,
                    Reason.GONE,
                    path + " is listed in the backup, but its content (" + place + ") is missing: the "
                            + "backup is incomplete.");
        }
        if (failed instanceof AccessDeniedException) {
            return new Unreadable(
                    path,
                    Reason.DENIED,
                    path + " cannot be read: permission denied. Check the permissions of " + place + ".");
        }
        String reason = failed instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : failed.getMessage();
        return new Unreadable(
                path,
                Reason.READ_ERROR,
                path + " cannot be read from the backup" + (place.isEmpty() ? "" : " (" + place + ")") + ": " + reason
                        + ".");
    }

    /** @throws SourceException.Lost if the backup is gone or was replaced */
    void requireThere() throws SourceException.Lost {
        if (!Files.isDirectory(folder.root())) {
            throw new SourceException.Lost(
                    "The backup " + folder.root()
                            + " is no longer there. Was its disk unplugged? Connect it and run again.",
                    null);
        }
        if (!state().equals(listed)) {
            throw new SourceException.Lost(
                    "The backup " + folder.root()
                            + " changed while it was read: the iPhone is being backed up there. Run the "
                            + "command again when that is done.",
                    null);
        }
    }

    private String state() {
        return folder.top(ManifestCopy.NAME)
                .map(list -> list.size() + " " + list.lastModifiedTime())
                .orElse("");
    }

    private static IOException stated(IOException lost) {
        boolean known = lost instanceof SourceException
                || lost instanceof ExhaustedException
                || lost instanceof InterruptedIOException;
        if (known) {
            return lost;
        }
        Throwable cause = lost.getCause();
        return cause instanceof SourceException || cause instanceof ExhaustedException
                ? (IOException) cause
                : new SourceException.Lost(lost.getMessage(), lost);
    }
}
