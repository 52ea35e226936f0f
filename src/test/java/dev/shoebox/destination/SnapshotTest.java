package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.text.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A user keeps snapshots that share the files of the backup: nothing that a run writes changes them. */
class SnapshotTest {
    @TempDir
    Path folder;

    private Backups backups;
    private Path snapshot;

    @BeforeEach
    void begin() throws Exception {
        backups = new Backups(folder.toRealPath().resolve("backup"));
        snapshot = folder.toRealPath().resolve("snapshot");
        backups.run(photo("DCIM/1.JPG", "one"));
        Files.writeString(
                backups.root.resolve(Manifest.FILE),
                "# mine\n" + Files.readString(backups.root.resolve(Manifest.FILE)));
        assertEquals(
                0,
                new ProcessBuilder("cp", "-al", backups.root.toString(), snapshot.toString())
                        .start()
                        .waitFor());
    }

    private static Map<String, String> contents(Path root) throws IOException {
        var contents = new TreeMap<String, String>();
        try (var paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    String text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
                    contents.put(root.relativize(path).toString(), Sha256.hex(text));
                }
            }
        }
        return contents;
    }

    @Test
    void nothingInASnapshotOfHardLinksChanges() throws Exception {
        Map<String, String> before = contents(snapshot);
        backups.catchUp(photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two"));
        assertEquals(before, contents(snapshot));
        assertEquals("copied", backups.told.get(0).split(" ", -1)[0]);
        assertEquals("", backups.sha256sum().replaceAll("(?s)^failed: .*improperly formatted.*", ""));
        try (var aside = Files.list(backups.root.resolve(Identity.SET_ASIDE))) {
            assertEquals(0, aside.count());
        }
        var other = new Backups(snapshot);
        other.catchUp(photo("DCIM/1.JPG", "one"), photo("DCIM/3.JPG", "three"));
        assertEquals(1, other.told.size(), other.told.toString());
    }

    /** A disk that disappears when a record gets its own bytes for the n-th time. */
    private static Disk goneAt(Path root, int last) {
        int[] steps = {0};
        return new DelegatingDisk(new PathDisk(root)) {
            @Override
            public void move(String from, String fresh) throws IOException {
                if ((fresh.contains("shared-") || from.contains("shared-") || from.endsWith("record.copy"))
                        && ++steps[0] >= last) {
                    throw new IOException("killed");
                }
                super.move(from, fresh);
            }
        };
    }

    @Test
    void aCrashInBetweenLosesNothingThatAPersonWrote() throws Exception {
        Map<String, String> before = contents(snapshot);
        int killed = 0;
        for (int step = 1; step <= 3; step++) {
            for (int again = 0; again < 12; again++) {
                int last = step;
                backups.disks = root -> goneAt(root, last);
                try {
                    backups.open().close();
                } catch (DestinationException gone) {
                    killed++;
                }
            }
        }
        assertTrue(killed > 12, "killed " + killed);
        backups.disks = PathDisk::new;
        backups.said.clear();
        backups.catchUp(photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two"));
        assertTrue(Files.readString(backups.root.resolve(Manifest.FILE)).startsWith("# mine\n"));
        assertFalse(backups.said.stream().anyMatch(line -> line.contains("missing")), backups.said.toString());
        assertEquals(before, contents(snapshot));
    }
}
