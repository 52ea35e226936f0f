package dev.shoebox.cli.merge;

import dev.shoebox.cli.Shell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

class MergeCommandTest {
    @TempDir
    private Path home;

    private Path old;
    private Path kept;

    @BeforeEach
    void twoBackups() throws IOException {
        old = home.resolve("old");
        kept = home.resolve("kept");
        assertEquals(0, backup(old, "IMG_1.JPG", "IMG_2.JPG"));
        assertEquals(0, backup(kept, "IMG_3.JPG"));
    }

    private int backup(Path to, String... photos) throws IOException {
        Shell shell = Shell.plain(home);
        return shell.shoebox("backup", "--from", shell.card(to.getFileName() + "-card", photos), to);
    }

    private Shell merge(Path from, Path to, int code) {
        Shell shell = Shell.plain(home);
        assertEquals(code, shell.shoebox("merge", "--json", from, to), shell.out() + shell.err());
        return shell;
    }

    @Test
    void theSummaryCountsCopiedAndExistingPhotos() throws IOException {
        assertEquals(2, merge(old, kept, 0).events("summary").get(0).get("copied"));
        assertEquals(2, merge(old, kept, 0).events("summary").get(0).get("there"));
        assertEquals(3, Files.readAllLines(kept.resolve("SHA256SUMS")).size());
    }

    @Test
    void damagedFilesOfTheOtherAreNamedAndTheRestIsCopied() throws IOException {
        Path photo;
        try (var photos = Files.walk(old)) {
            photo = photos.filter(path -> path.toString().endsWith("IMG_1.JPG"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(photo);
        bytes[bytes.length - 1] ^= 1;
        Files.write(photo, bytes);
        Shell shell = merge(old, kept, 3);
        assertEquals(
                List.of("IMG_1.JPG"),
                shell.events("failed").stream().map(event -> event.get("path")).toList());
        assertEquals(2, Files.readAllLines(kept.resolve("SHA256SUMS")).size());
    }

    @Test
    void aFolderWithoutABackupIsNeitherReadNorMade() throws IOException {
        Path none = Files.createDirectory(home.resolve("none"));
        merge(none, kept, 10);
        merge(old, none, 10);
        assertFalse(Files.exists(none.resolve(".shoebox")));
    }

    @Test
    void aBackupIsNotMergedWithItself() throws IOException {
        merge(old, old, 2);
        merge(old, Files.createSymbolicLink(home.resolve("link"), old), 2);
    }
}
