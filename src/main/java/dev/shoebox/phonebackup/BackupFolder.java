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

/** The folder of one backup. What in it is a link is not followed, and nothing is written. */
final class BackupFolder {
    /** Where a file lies: in a folder that is called by its first two digits. */
    private static final Pattern FILE_ID = Pattern.compile("[0-9a-fA-F]{40}");

    private final Path root;

    /** The two digits of those that are there. */
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

    /** A property list that lies at the top; empty where there is none that can be read. */
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

    /** A file at the top as it is now, if it is there and no link. */
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

    /** Where the content of a file lies, for people. */
    static String place(String fileId) {
        return fileId.substring(0, 2) + "/" + fileId;
    }

    /**
     * The content of a file as it lies there.
     *
     * @throws NoSuchFileException if it is not there
     * @throws FileSystemException if something else lies there, or if it lies in a link
     */
    BasicFileAttributes attributes(String fileId) throws IOException {
        BasicFileAttributes attributes = attributes(stored(fileId));
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(place(fileId), null, "something else is in its place");
        }
        return attributes;
    }

    /** Opens the content of a file as it lies there. */
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
