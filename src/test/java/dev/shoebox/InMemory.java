package dev.shoebox;

import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps the folders of tests in memory if the system has room there, unless the tests are about the disk: forcing each
 * file to a disk takes longer than the rest of a small backup. It is the default of {@code @TempDir}
 * (junit-platform.properties).
 */
public final class InMemory implements TempDirFactory {
    private static final Path MEMORY = Path.of("/dev/shm");

    /** More than the tests that run at the same time write. */
    private static final long ROOM = 4L << 30;

    /** The packages of tests that are about something else; all others test with a disk. */
    private static final List<String> NOT_ABOUT_THE_DISK = List.of(
            "dev.shoebox.cli.phone",
            "dev.shoebox.device",
            "dev.shoebox.folder",
            "dev.shoebox.library",
            "dev.shoebox.phonebackup",
            "dev.shoebox.phonefiles");

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws IOException {
        String type = test.getRequiredTestClass().getPackageName() + '.';
        boolean isAboutTheDisk = NOT_ABOUT_THE_DISK.stream().noneMatch(each -> type.startsWith(each + '.'));
        return isAboutTheDisk ? Files.createTempDirectory("junit-") : folder("junit-");
    }

    /** Creates a folder in memory if there is room, or else where temporary files belong. */
    public static Path folder(String prefix) throws IOException {
        boolean isUsable =
                Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ROOM;
        return isUsable ? Files.createTempDirectory(MEMORY, prefix) : Files.createTempDirectory(prefix);
    }
}
