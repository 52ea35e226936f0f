package dev.shoebox.coverage;

import dev.shoebox.destination.Backups;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.photos.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import static dev.shoebox.destination.Backups.part;
import static dev.shoebox.destination.Backups.photo;
import static dev.shoebox.destination.Backups.shot;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** What a second copy lacks, by photo. */
class SecondCopyLackTest {
    private static final Backups.Shot ONE = photo("DCIM/100APPLE/IMG_1.JPG", "one");
    private static final Backups.Shot LIVE = shot(
            part("DCIM/100APPLE/IMG_2.HEIC", Role.PHOTO, "still"),
            part("DCIM/100APPLE/IMG_2.MOV", Role.PAIRED_VIDEO, "film"));

    @TempDir
    private Path folder;

    private Backups first;
    private Backups second;

    @BeforeEach
    void twoBackups() throws IOException {
        first = new Backups(folder.resolve("first"));
        second = new Backups(folder.resolve("second"));
        first.run(ONE, LIVE);
    }

    private SecondCopyLack lack() throws IOException {
        try (Destination from = Destination.view(first.root, OpenMode.REQUIRE_EXISTING);
                Destination to = Destination.view(second.root, OpenMode.REQUIRE_EXISTING)) {
            return SecondCopyLack.of(from, SecondCopyLack.There.of(to));
        }
    }

    @Test
    void aLivePhotoIsOnePhoto() throws IOException {
        second.run(ONE);
        assertEquals(new SecondCopyLack(1, 0, 0), lack());
    }

    @Test
    void aLivePhotoWithoutItsFilmIsLacking() throws IOException {
        second.run(ONE, LIVE.only(0));
        assertEquals(new SecondCopyLack(1, 0, 0), lack());
    }

    @Test
    void damageIsCountedOnItsOwn() throws IOException {
        second.run(ONE);
        try (Destination to = second.open()) {
            to.proofs().recordFound(List.of(), List.copyOf(second.photos().keySet()));
        }
        assertEquals(new SecondCopyLack(1, 0, 1), lack());
    }

    @Test
    void aCompleteCopyLacksNothing() throws IOException {
        second.run(ONE, LIVE);
        assertEquals(SecondCopyLack.NOTHING, lack());
    }
}
