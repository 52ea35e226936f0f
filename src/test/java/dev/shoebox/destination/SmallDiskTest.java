package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.proof.Verification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Real disks that fill up or become read-only, if this machine can mount them. */
class SmallDiskTest {
    private static final int PHOTOS = 60;

    @TempDir
    Path folder;

    private void mount(String options) throws IOException, InterruptedException {
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "shoebox", folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(mount.waitFor() == 0, "this machine mounts no small disks: " + output.strip());
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        new ProcessBuilder("umount", folder.toString()).start().waitFor();
    }

    private static Backups.Shot[] shots() {
        var shots = new Backups.Shot[PHOTOS];
        for (int i = 0; i < PHOTOS; i++) {
            shots[i] = photo("DCIM/100APPLE/IMG_" + i + ".JPG", ("photo " + i + " ").repeat(6000));
        }
        return shots;
    }

    private static void assertTruthful(Backups backups) throws Exception {
        assertEquals("", backups.sha256sum());
        assertEquals(backups.manifest().size(), backups.photos().size());
        for (String told : backups.told) {
            assertTrue(Files.isRegularFile(backups.root.resolve(told.substring(told.indexOf("-> ") + 3))), told);
        }
    }

    @Test
    void aFullDiskEndsTheRunAndTheNextOneContinues() throws Exception {
        for (String limit : List.of("size=1500k", "size=2m", "size=3m", "nr_inodes=40")) {
            mount(limit);
            var backups = new Backups(folder.resolve("backup"));

            var full = assertThrows(DestinationException.Full.class, () -> backups.catchUp(shots()), limit);

            assertTrue(
                    full.getMessage().contains("full") && full.getMessage().contains("Free some space"),
                    full.getMessage());
            assertFalse(backups.told.isEmpty(), limit);
            assertTruthful(backups);
            int before = backups.told.size();

            mount("remount,size=100m,nr_inodes=1000");
            backups.catchUp(shots());

            // A file that was listed when there was no room to catalogue it is not copied again either.
            assertTrue(backups.told.size() + before <= PHOTOS, limit);
            assertEquals(PHOTOS, backups.photos().size());
            assertTruthful(backups);
            unmount();
        }
    }

    @Test
    void aDiskWithoutRoomForMoreFilesIsFullWhicheverFileItWas() throws Exception {
        var ended = new ArrayList<String>();
        for (int files = 3; files < 16; files++) {
            mount("size=20m,nr_inodes=" + files);
            var backups = new Backups(folder.resolve("backup"));
            try {
                backups.catchUp(shots());
            } catch (DestinationException e) {
                ended.add(e.getClass().getSimpleName());
                assertTrue(
                        e.getMessage().contains("full") && e.getMessage().contains("Free some space"),
                        files + " files: " + e.getMessage());
            }
            unmount();
        }
        assertEquals(Collections.nCopies(13, "Full"), ended);
    }

    @Test
    void aDiskThatMayOnlyBeReadIsVerifiedButNotWritten() throws Exception {
        mount("size=20m");
        var backups = new Backups(folder.resolve("backup"));
        backups.run(photo("DCIM/1.JPG", "one"));
        mount("remount,ro");

        assertThrows(DestinationException.Lost.class, backups::open);
        assertEquals(List.of("DCIM/1.JPG -> 2024/05/1.JPG"), backups.catalogued());
        try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
            var found = new Found();
            var result = view.proofs().verify(Verification.Sample.EVERYTHING, found);
            assertEquals(List.of(), found.findings());
            assertEquals(1, result.read());
        }
    }
}
