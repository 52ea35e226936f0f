package dev.shoebox.system;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PathKindTest {
    private final FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
    private final FileSystem linux = Jimfs.newFileSystem(Configuration.unix());

    /** Java's attributes of a file with a reparse point on Windows: up to Java 25 also a directory. */
    private record Reparsed(boolean isDirectory) implements BasicFileAttributes {
        @Override
        public boolean isOther() {
            return true;
        }

        @Override
        public boolean isRegularFile() {
            return false;
        }

        @Override
        public boolean isSymbolicLink() {
            return false;
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public Object fileKey() {
            return null;
        }

        @Override
        public FileTime lastModifiedTime() {
            return FileTime.fromMillis(0);
        }

        @Override
        public FileTime lastAccessTime() {
            return FileTime.fromMillis(0);
        }

        @Override
        public FileTime creationTime() {
            return FileTime.fromMillis(0);
        }
    }

    /** A symbolic link represents the junction: both are resolved alike. */
    private Path junction(Path target) throws IOException {
        Path backup = Files.createDirectories(windows.getPath("C:\\backup"));
        return Files.createSymbolicLink(backup.resolve("2024"), target);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aJunctionIsALinkWhateverJavaCallsItBesides(boolean isDirectory) throws IOException {
        Path elsewhere = Files.createDirectories(windows.getPath("C:\\Users\\Anna\\Pictures"));
        assertEquals(PathKind.LINK, PathKind.of(junction(elsewhere), new Reparsed(isDirectory)));
    }

    @Test
    void aJunctionToADriveThatIsAwayIsALink() throws IOException {
        assertEquals(PathKind.LINK, PathKind.of(junction(windows.getPath("C:\\away")), new Reparsed(true)));
    }

    /**
     * OneDrive, and volumes with deduplication, mark files and folders in this way, although they are where they
     * appear.
     */
    @Test
    void markedFilesAndFoldersInTheirPlaceAreOrdinary() throws IOException {
        Path folder = Files.createDirectories(windows.getPath("C:\\Users\\Anna\\OneDrive\\Pictures"));
        Path photo = Files.createFile(folder.resolve("IMG_0001.JPG"));
        assertEquals(PathKind.FOLDER, PathKind.of(folder, new Reparsed(true)));
        assertEquals(PathKind.FILE, PathKind.of(photo, new Reparsed(false)));
        assertEquals(PathKind.FILE, PathKind.of(photo.resolveSibling("img_0001.jpg"), new Reparsed(false)));
    }

    @Test
    void elsewhereSuchAThingIsADeviceAPipeOrASocket() throws IOException {
        assertEquals(PathKind.OTHER, PathKind.of(Files.createFile(linux.getPath("/work/pipe")), new Reparsed(false)));
    }

    @Test
    void aLinkIsOneOnEverySystem() throws IOException {
        for (Path top : new Path[] {linux.getPath("/work"), windows.getPath("C:\\work")}) {
            Path link = Files.createSymbolicLink(top.resolve("link"), top.resolve("none"));
            assertTrue(PathKind.isLink(link));
            assertEquals(PathKind.LINK, PathKind.of(link));
            assertFalse(PathKind.isLink(top));
            assertFalse(PathKind.isLink(top.resolve("none")));
        }
    }
}
