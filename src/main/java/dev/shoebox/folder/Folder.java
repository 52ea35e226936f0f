package dev.shoebox.folder;

import dev.shoebox.folder.archive.ArchiveFile;
import dev.shoebox.folder.archive.ArchiveHolder;
import dev.shoebox.folder.archive.ArchiveTimes;
import dev.shoebox.folder.archive.Archives;
import dev.shoebox.folder.stream.ReadAhead;
import dev.shoebox.photos.naming.EscapedName;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.NamedFiles;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;
import dev.shoebox.system.ExhaustedException;
import dev.shoebox.system.FolderHandle;
import dev.shoebox.system.PathKind;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A folder and everything below it: an SD card, a mounted phone, an old copy. Does not follow symbolic links, so that
 * nothing outside is read and no cycle is entered.
 */
final class Folder implements ArchiveHolder, NamedFiles {

    private final Path root;
    private final Scope scope;
    private final ListingLimits limits;

    /** Tells a mounted disk from the empty folder that remains at its mount point. */
    private final Object rootKey; // or null

    /** @param root the real path of the folder */
    Folder(Path root, Scope scope, ListingLimits limits) throws IOException {
        this.root = root;
        this.scope = scope;
        this.limits = limits;
        this.rootKey = key(root).orElse(null);
        if (!isThere()) {
            throw new IOException("The folder " + root + " cannot be read. Check its permissions.");
        }
    }

    @Override
    public SourceId id() {
        Path name = root.getFileName();
        return new SourceId(SourceId.Kind.FOLDER, root.toString(), name == null ? root.toString() : name.toString());
    }

    /** Lists files by name, folder by folder, so that every run sees the same order. */
    @Override
    public Listing list() throws IOException {
        return contents().listing();
    }

    @Override
    public Contents contents() throws IOException {
        requireThere();
        FolderWalk walk = new FolderWalk(this, scope, limits);
        Listing listing = walk.list();
        requireThere();
        Map<String, Opener> archives = new LinkedHashMap<>();
        for (String path : walk.archives()) {
            archives.put(path, held -> Archives.open(ArchiveFile.of(locate(path)), held, limits));
        }
        return new Contents(listing, archives);
    }

    /** If the file system records no creation time, Java returns the modification time instead. */
    static MediaFile mediaFile(String path, BasicFileAttributes attributes) {
        Instant modified = ArchiveTimes.sane(attributes.lastModifiedTime());
        Instant created = ArchiveTimes.sane(attributes.creationTime());
        return new MediaFile(
                path, attributes.size(), modified, created.equals(modified) ? Optional.empty() : Optional.of(created));
    }

    Path root() {
        return root;
    }

    @Override
    public MediaStream read(List<Request> requests) throws IOException {
        requireThere();
        List<Request> wanted = List.copyOf(requests);
        return ReadAhead.start(wanted.size(), sink -> {
            for (Request request : wanted) {
                MediaFile file = request.file();
                try (SeekableByteChannel channel = FolderHandle.openFile(locate(file.path()))) {
                    if (request.offset() > 0) {
                        channel.position(request.offset());
                    }
                    sink.file(request, channel, rightSize -> complaint(file));
                } catch (IOException failed) {
                    sink.unreadable(explain(file.path(), failed));
                }
            }
        });
    }

    private Optional<Unreadable> complaint(MediaFile file) throws IOException {
        BasicFileAttributes now = attributes(locate(file.path()));
        return now.size() == file.size()
                        && ArchiveTimes.sane(now.lastModifiedTime()).equals(file.modified())
                ? Optional.empty()
                : Optional.of(new Unreadable(
                        file.path(),
                        Reason.CHANGED,
                        file.path() + " changed while it was read. Run the command again to back it up."));
    }

    @Override
    public SeekableByteChannel open(MediaFile file) throws IOException {
        try {
            return FolderHandle.openFile(locate(file.path()));
        } catch (IOException failed) {
            throw new UnreadableException(explain(file.path(), failed));
        }
    }

    @Override
    public Optional<MediaFile> find(String path) throws IOException {
        requireThere();
        try {
            Path place = locate(path);
            BasicFileAttributes attributes = attributes(place);
            // A link in the middle of a path could lead out of the folder as well.
            boolean inside = place.toRealPath().equals(place);
            return inside && PathKind.of(place, attributes) == PathKind.FILE
                    ? Optional.of(mediaFile(path, attributes))
                    : Optional.empty();
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failed) {
            throw new UnreadableException(explain(path, failed));
        }
    }

    @Override
    public void close() {}

    /** @throws IOException instead, if the whole folder is gone, rather than one file */
    Unreadable explain(String path, IOException failed) throws IOException {
        requireHandles(failed);
        if (!isThere()) {
            throw lost(failed);
        }
        if (failed instanceof NoSuchFileException) {
            return new Unreadable(path, Reason.GONE, path + " no longer exists.");
        }
        if (failed instanceof AccessDeniedException) {
            return new Unreadable(
                    path, Reason.DENIED, path + " cannot be read: permission denied. Check its permissions.");
        }
        return new Unreadable(path, Reason.READ_ERROR, path + " cannot be read: " + failed.getMessage());
    }

    private void requireThere() throws IOException {
        if (!isThere()) {
            throw lost(new NoSuchFileException(root.toString()));
        }
    }

    private boolean isThere() {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            var unused = entries.iterator().hasNext();
            return Objects.equals(key(root).orElse(null), rootKey);
        } catch (IOException | DirectoryIteratorException gone) {
            // If file handles are exhausted, the next read reports it.
            return ExhaustedException.now(gone).isPresent();
        }
    }

    /** A folder that cannot be opened because handles are exhausted is not gone. */
    private static void requireHandles(IOException failed) throws ExhaustedException {
        Optional<ExhaustedException> exhausted = ExhaustedException.now(failed);
        if (exhausted.isPresent()) {
            throw exhausted.get();
        }
    }

    IOException lost(IOException cause) {
        Optional<ExhaustedException> exhausted = ExhaustedException.now(cause);
        if (exhausted.isPresent()) {
            return exhausted.get();
        }
        return new IOException(
                "The folder " + root + " no longer exists. Was its disk unplugged? Connect it and run again.", cause);
    }

    private static Optional<Object> key(Path path) throws IOException {
        return Optional.ofNullable(attributes(path).fileKey());
    }

    static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Java shows every byte that is not UTF-8 as the same character, but keeps the bytes; a URI reveals them. */
    static String name(Path child) {
        String name = child.getFileName().toString();
        boolean plain = name.indexOf('\ufffd') < 0 && name.indexOf('\\') < 0;
        if (plain || !isNative(child)) {
            return name;
        }
        String encoded = child.toUri().getRawPath();
        encoded = encoded.endsWith("/") ? encoded.substring(0, encoded.length() - 1) : encoded;
        return EscapedName.text(percentDecoded(encoded.substring(encoded.lastIndexOf('/') + 1)));
    }

    private Path locate(String path) throws IOException {
        try {
            if (path.indexOf('\\') < 0 || !isNative(root)) {
                return root.resolve(path);
            }
            String encoded = root.toUri().getRawPath();
            return Path.of(URI.create("file://" + (encoded.endsWith("/") ? encoded : encoded + "/")
                    + percentEncoded(EscapedName.bytes(path))));
        } catch (IllegalArgumentException impossible) {
            throw new NoSuchFileException(path);
        }
    }

    /** Returns whether names are bytes of the operating system rather than text. */
    private static boolean isNative(Path path) {
        return path.getFileSystem().equals(FileSystems.getDefault())
                && path.getFileSystem().getSeparator().equals("/");
    }

    private static byte[] percentDecoded(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        var decoded = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] == '%') {
                decoded.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                decoded.write(encoded[i]);
            }
        }
        return decoded.toByteArray();
    }

    private static String percentEncoded(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            boolean plain = b == '/' || (b > 0 && Character.isLetterOrDigit(b));
            text.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b & 0xff));
        }
        return text.toString();
    }
}
