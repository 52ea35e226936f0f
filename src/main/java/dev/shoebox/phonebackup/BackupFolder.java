package dev.shoebox.phonebackup;

import dev.shoebox.plist.PropertyList;
import dev.shoebox.system.FolderHandle;
import dev.shoebox.system.PathKind;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The folder of one backup. Does not follow links inside it, and writes nothing. */
final class BackupFolder {
    /** Files are stored in a subfolder named after their first two digits. */
    private static final Pattern FILE_ID = Pattern.compile("[0-9a-fA-F]{40}");

    private final Path root;

    /** The names of the subfolders found so far. */
    private final Set<String> folders = ConcurrentHashMap.newKeySet();

    BackupFolder(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    Path named(String name) {
        return root.resolve(name);
    }

    /** Reads a property list at the top level; empty if there is none, or it is unreadable. */
    Map<String, Object> list(String name) {
        try (FileChannel file = FolderHandle.openFile(named(name))) {
            if (file.size() > PropertyList.LARGEST) {
                return Map.of();
            }
            byte[] bytes = Channels.newInputStream(file).readNBytes(PropertyList.LARGEST);
            return PropertyList.dictionary(bytes).orElse(Map.of());
        } catch (IOException unreadable) {
            return Map.of();
        }
    }

    /** Returns the current attributes of a file at the top level, if it exists and is not a link. */
    Optional<BasicFileAttributes> top(String name) {
        try {
            return Optional.of(attributes(named(name))).filter(BasicFileAttributes::isRegularFile);
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    static boolean isFileId(String fileId) {
        return FILE_ID.matcher(fileId).matches();
    }

    /** Returns the location of a file's content, for people. */
    static String place(String fileId) {
        return fileId.substring(0, 2) + "/" + fileId;
    }

    /**
     * Returns the attributes of a file's stored content.
     *
     * @throws NoSuchFileException if there is none
     * @throws FileSystemException if it is not a regular file, or is below a link
     */
    BasicFileAttributes attributes(String fileId) throws IOException {
        BasicFileAttributes attributes = attributes(stored(fileId));
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(place(fileId), null, "something else is in its place");
        }
        return attributes;
    }

    /** Opens the stored content of a file. */
    FileChannel open(String fileId) throws IOException {
        return FolderHandle.openFile(stored(fileId));
    }

    private Path stored(String fileId) throws IOException {
        String first = fileId.substring(0, 2);
        if (!folders.contains(first)) {
            if (PathKind.isLink(root.resolve(first))) {
                throw new FileSystemException(place(fileId), null, "it is behind a link");
            } else if (!Files.isDirectory(root.resolve(first), LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(place(fileId));
            }
            folders.add(first);
        }
        return root.resolve(first).resolve(fileId);
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
