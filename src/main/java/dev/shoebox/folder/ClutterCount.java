package dev.shoebox.folder;

import dev.shoebox.system.PathKind;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Counts the files below a folder that is passed over. Ignores folders that it may not read. */
final class ClutterCount extends SimpleFileVisitor<Path> {
    /** The snapshots of a network disk contain every file a hundred times: counting them all would take hours. */
    private static final long MOST = 100_000;

    private long files;

    private ClutterCount() {}

    /** Returns the count, at most a hundred thousand. */
    static long of(Path folder) {
        ClutterCount count = new ClutterCount();
        try {
            Files.walkFileTree(folder, count);
        } catch (IOException unreadable) {
            // The folder is passed over, whatever is in it.
        }
        return count.files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return PathKind.of(folder, attributes) == PathKind.LINK
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        files++;
        return files < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failed) {
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failed) {
        return FileVisitResult.CONTINUE;
    }
}
