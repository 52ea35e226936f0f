package dev.shoebox.destination.disk;

import dev.shoebox.system.ExclusiveRename;
import dev.shoebox.system.FileCalls;
import dev.shoebox.system.LinuxFiles;
import dev.shoebox.system.PathKind;
import dev.shoebox.system.Storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A {@link Disk} in a real folder. */
public final class PathDisk implements Disk {
    private static final Set<PosixFilePermission> FILE_OF_OWNER = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FILE_OF_ALL = PosixFilePermissions.fromString("rw-r--r--");

    private final Path root;
    private final FileCalls calls;
    private final HeldFolders folders;
    private final DirectIo past;
    private final boolean keepsModes;
    private volatile boolean shared;
    private volatile boolean forcesWeakly;

    /** @param root a real path, or one where nothing exists yet */
    public PathDisk(Path root) {
        this(root, FileCalls.ofThisComputer());
    }

    PathDisk(Path root, FileCalls calls) {
        this.root = root;
        this.calls = calls;
        this.folders = new HeldFolders(root);
        this.past = new DirectIo(root);
        this.keepsModes = root.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public void share() {
        shared = true;
    }

    private Set<PosixFilePermission> fileMode() {
        return shared ? FILE_OF_ALL : FILE_OF_OWNER;
    }

    private Set<PosixFilePermission> folderMode() {
        return PosixFilePermissions.fromString(shared ? "rwxr-xr-x" : "rwx------");
    }

    private FileAttribute<?>[] with(Set<PosixFilePermission> mode) {
        return keepsModes
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
                : new FileAttribute<?>[0];
    }

    /** Sets a wider mode again, because the umask of the session restricts a requested one. */
    private void widen(String made, Set<PosixFilePermission> mode) {
        if (shared && keepsModes) {
            try {
                folders.at(
                                made,
                                path -> Files.getFileAttributeView(
                                        path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS))
                        .setPermissions(mode);
            } catch (Exception e) {
                // Reading back the mode of a scratch file shows that it is not stored.
            }
        }
    }

    @Override
    public Optional<Entry> look(String path) throws IOException {
        try {
            Path file = folders.resolve(path);
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            PathKind there = PathKind.of(file, attributes);
            Entry.Kind kind = there == PathKind.FILE
                    ? Entry.Kind.FILE
                    : there == PathKind.FOLDER ? Entry.Kind.FOLDER : Entry.Kind.OTHER;
            return Optional.of(new Entry(kind, attributes.size()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> denied(String path) throws IOException {
        Path file = folders.resolve(path);
        return Files.isReadable(file) ? Optional.empty() : Optional.of(Permission.words(file));
    }

    @Override
    public boolean hasOtherNames(String path) throws IOException {
        Path file = folders.resolve(path);
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) instanceof Integer names
                && names > 1;
    }

    @Override
    public Optional<Object> key(String path) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(folders.resolve(path), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .fileKey());
    }

    @Override
    public List<String> names(String folder) throws IOException {
        Path path = folders.resolve(folder);
        if (!folder.isEmpty() && PathKind.isLink(path)) {
            throw new SymbolicLinkException(path);
        }
        var names = new ArrayList<String>();
        try (var entries = Files.newDirectoryStream(path)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception closing) {
            throw unclosed("the folder " + path.getFileName() + " was read", closing);
        }
        return names;
    }

    /** Returns the failure for a handle that cannot be closed: Java throws an undeclared exception for it. */
    private static DestinationException.Lost unclosed(String meanwhile, Exception closing) {
        return new DestinationException.Lost(
                "The disk failed while " + meanwhile + "; check the disk, then run the command again.", closing);
    }

    @Override
    public SeekableByteChannel read(String path) throws IOException {
        return channel(path, StandardOpenOption.READ);
    }

    @Override
    public boolean readPastCache(String path, Consumer<ByteBuffer> taker) throws IOException {
        return calls.readsPastMemory() && past.read(options -> channel(path, options), taker);
    }

    @Override
    public Out create(String path) throws IOException {
        FileChannel channel = channel(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        widen(path, fileMode());
        return new OutputChannel(channel, () -> force(channel, path));
    }

    @Override
    public Out append(String path) throws IOException {
        boolean isNew = shared && look(path).isEmpty();
        FileChannel channel =
                channel(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
        if (isNew) {
            widen(path, fileMode());
        }
        return new OutputChannel(channel, () -> force(channel, path));
    }

    @Override
    public Optional<Instant> modified(String path) throws IOException {
        return Optional.of(Files.getLastModifiedTime(folders.resolve(path), LinkOption.NOFOLLOW_LINKS)
                .toInstant());
    }

    @Override
    public void stamp(String path, Instant modified) throws IOException {
        try {
            folders.at(path, file -> {
                if (!LinuxFiles.setModified(file, modified)) {
                    Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                            .setTimes(FileTime.from(modified), null, null);
                }
                return file;
            });
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception closing) {
            throw unclosed("the time of " + Names.last(path) + " was set", closing);
        }
    }

    @Override
    public void force(String path) throws IOException {
        try (FileChannel channel = calls.untilLetGo(() -> channel(path, StandardOpenOption.WRITE))) {
            force(channel, path);
        }
    }

    private void force(FileChannel channel, String path) throws IOException {
        if (!calls.force(() -> channel.force(true), () -> folders.resolve(path))) {
            forcesWeakly = true;
        }
    }

    @Override
    public boolean isElsewhere() throws IOException {
        return Volume.isElsewhere(root);
    }

    @Override
    public boolean keepsNoLog() throws IOException {
        return Volume.of(root).needsCheckAfterPowerCut();
    }

    @Override
    public void forget(String path) throws IOException {
        folders.at(path, LinuxFiles::forget);
    }

    @Override
    public boolean keepsForcedBytes() throws IOException {
        return Volume.of(root).keepsForcedBytes();
    }

    @Override
    public boolean forcesWeakly() {
        return forcesWeakly;
    }

    @Override
    public void forceFolder(String path) throws IOException {
        if (calls.forceFolder(folders.resolve(path))) {
            return;
        }
        // On Linux and macOS a folder can be opened for reading and forced; Windows has no such call.
        try (FileChannel channel = channel(path, StandardOpenOption.READ)) {
            force(channel, path);
        }
    }

    @Override
    public void makeFolder(String path) throws IOException {
        folders.at(path, folder -> Files.createDirectory(folder, with(folderMode())));
        widen(path, folderMode());
    }

    @Override
    public void link(String existing, String fresh) throws IOException {
        try {
            folders.at(
                    existing,
                    source -> folders.at(fresh, target -> calls.untilLetGo(() -> Files.createLink(target, source))));
        } catch (UnsupportedOperationException e) {
            throw new FileSystemException(fresh, existing, "hard links are not supported");
        }
    }

    @Override
    public boolean isSame(String one, String other) throws IOException {
        return hasFile(one) && hasFile(other) && Files.isSameFile(folders.resolve(one), folders.resolve(other));
    }

    @Override
    public Optional<String> leadsTo(String path) throws IOException {
        Path link = folders.resolve(path);
        return Files.isSymbolicLink(link)
                ? Optional.of(Files.readSymbolicLink(link)
                        .toString()
                        .replace(link.getFileSystem().getSeparator(), "/"))
                : Optional.empty();
    }

    @Override
    public void symbolicLink(String target, String fresh) throws IOException {
        try {
            folders.at(
                    fresh,
                    link -> Files.createSymbolicLink(link, link.getFileSystem().getPath(target)));
        } catch (UnsupportedOperationException e) {
            throw new FileSystemException(fresh, target, "symbolic links are not supported");
        }
    }

    @Override
    public void move(String from, String fresh) throws IOException {
        folders.at(from, source -> folders.at(fresh, target -> calls.untilLetGo(() -> renamed(source, target))));
        folders.forget(from);
    }

    @Override
    public void delete(String path) throws IOException {
        folders.at(path, file -> calls.untilLetGo(() -> deleted(file)));
        folders.forget(path);
    }

    private static Path renamed(Path source, Path target) throws IOException {
        return ExclusiveRename.rename(source, target) ? target : Files.move(source, target);
    }

    private static Path deleted(Path file) throws IOException {
        Files.delete(file);
        return file;
    }

    @Override
    public boolean keepsMode(String path) throws IOException {
        if (!keepsModes) {
            // Windows has access control lists, which a new file inherits from its folder; FAT has none there either.
            return root.getFileSystem().supportedFileAttributeViews().contains("acl")
                    && Storage.of(root)
                            .filter(store -> store.supportsFileAttributeView("acl"))
                            .isPresent();
        }
        Set<PosixFilePermission> permissions =
                Files.getPosixFilePermissions(folders.resolve(path), LinkOption.NOFOLLOW_LINKS);
        return shared
                ? permissions.equals(fileMode())
                : permissions.stream().allMatch(permission -> permission.name().startsWith("OWNER_"));
    }

    @Override
    public long largestFile(String scratch) throws IOException {
        long limit = LinuxFiles.largestOfProcess();
        if (!Volume.of(root).isFat()) {
            return limit;
        }
        try (FileChannel channel = channel(scratch, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            channel.write(ByteBuffer.allocate(1), Volume.LARGEST_OF_FAT);
            return limit;
        } catch (IOException e) {
            return Math.min(limit, Volume.LARGEST_OF_FAT);
        } finally {
            Files.deleteIfExists(folders.resolve(scratch));
        }
    }

    @Override
    public long freeBytes() throws IOException {
        Path existing = root.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return Storage.freeBytes(existing);
    }

    private FileChannel channel(String path, OpenOption... options) throws IOException {
        Set<OpenOption> all = new java.util.HashSet<>(Set.of(options));
        all.add(LinkOption.NOFOLLOW_LINKS);
        boolean mayCreate = all.contains(StandardOpenOption.CREATE_NEW) || all.contains(StandardOpenOption.CREATE);
        // Only calls that change something keep handles; reading must not keep a drive busy.
        return all.contains(StandardOpenOption.WRITE)
                ? folders.at(path, file -> open(path, file, all, mayCreate))
                : open(path, folders.resolve(path), all, mayCreate);
    }

    private FileChannel open(String path, Path file, Set<OpenOption> all, boolean mayCreate) throws IOException {
        if (!all.contains(StandardOpenOption.CREATE_NEW)) {
            requireFileOrFolder(path, file);
        }
        try {
            return FileChannel.open(file, all, mayCreate ? with(fileMode()) : new FileAttribute<?>[0]);
        } catch (IOException e) {
            // The system words this refusal in its own way.
            throw PathKind.isLink(file) ? new SymbolicLinkException(root.resolve(path)) : e;
        }
    }

    /** Rejects pipes and devices: opening a pipe waits for its other end, and opening a device may have any effect. */
    private static void requireFileOrFolder(String path, Path file) throws IOException {
        try {
            if (PathKind.of(file) == PathKind.OTHER) {
                throw DestinationException.inTheWay(path, "file");
            }
        } catch (NoSuchFileException fresh) {
            // Opening it reports the failure, or creates the file.
        }
    }

    @Override
    public void letGo() {
        folders.close();
    }
}
