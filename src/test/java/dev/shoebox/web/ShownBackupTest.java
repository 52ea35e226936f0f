package dev.shoebox.web;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.opening.OpenMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** An unreadable backup is not shown as no backup. */
class ShownBackupTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-29T12:00:00Z"));

    @TempDir
    private Path folder;

    private final ShownBackup shown = new ShownBackup(CLOCK);

    private String why() {
        return shown.trouble().map(ShownBackup.Trouble::why).orElse("nothing");
    }

    private Path backup() throws IOException {
        Path root = Files.createDirectory(folder.resolve("Backup"));
        Destination.open(root, OpenMode.CREATE_IF_EMPTY, CLOCK, line -> {}).close();
        return root;
    }

    private void read(Path root) {
        shown.read(root);
    }

    @Test
    void anExistingOrPossibleFolderIsNoTrouble() throws IOException {
        read(backup());
        assertEquals("nothing", why());
        read(folder.resolve("New"));
        assertEquals("nothing", why());
        shown.readNothing();
        assertEquals("nothing", why());
    }

    /** Nothing is read through a link, so it is unknown what is listed. */
    @Test
    void aManifestThatIsALinkIsReportedWithItsReason() throws IOException {
        Path root = backup();
        Files.deleteIfExists(root.resolve("SHA256SUMS"));
        Files.createSymbolicLink(root.resolve("SHA256SUMS"), folder.resolve("elsewhere"));
        Files.delete(root.resolve(".shoebox/catalogue.sqlite"));
        read(root);
        assertEquals("unreadable", why());
        assertFalse(shown.trouble().orElseThrow().message().orElse("").isBlank());
    }

    @Test
    void aFolderWithOtherThingsIsNoBackupToBe() throws IOException {
        Path root = Files.createDirectory(folder.resolve("Other"));
        Files.writeString(root.resolve("letter.txt"), "Dear Ada");
        read(root);
        assertEquals("not-ours", why());
    }

    @Test
    void aDriveThatGoesIsMissedAndIsSeenWhenItComesBack() throws IOException {
        Path root = backup();
        read(root);
        assertFalse(shown.hasMoved(root));
        Files.move(root, folder.resolve("Elsewhere"));
        assertTrue(shown.hasMoved(root));
        read(root);
        assertEquals("gone", why());
        assertFalse(shown.hasMoved(root));
        Files.move(folder.resolve("Elsewhere"), root);
        assertTrue(shown.hasMoved(root));
        read(root);
        assertEquals("nothing", why());
    }
}
