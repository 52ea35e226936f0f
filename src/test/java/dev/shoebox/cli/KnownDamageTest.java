package dev.shoebox.cli;

import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.opening.OpenMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A file that was verified and damaged later counts as damaged in every command until it is repaired. */
class KnownDamageTest {
    @TempDir
    private Path home;

    private Shell shell;
    private Path card;
    private Path backup;

    @BeforeEach
    void proveAndThenDamage() throws IOException {
        shell = new Shell(home);
        card = shell.card("card", "IMG_0001.JPG", "IMG_0002.JPG");
        backup = home.resolve("backup");
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell::err);
        assertEquals(0, shell.shoebox("verify", backup), shell::err);
        damage("IMG_0002.JPG");
        assertEquals(4, shell.shoebox("verify", backup), shell::err);
        assertTrue(shell.err().contains("shoebox repair " + TextFormat.path(backup)), shell.err());
    }

    private Path stored(String name) throws IOException {
        try (Destination view = Destination.view(backup, OpenMode.REQUIRE_EXISTING)) {
            return backup.resolve(view.verified().stream()
                    .filter(path -> path.endsWith(name))
                    .findFirst()
                    .orElseThrow());
        }
    }

    private Path damaged() throws IOException {
        try (Destination view = Destination.view(backup, OpenMode.REQUIRE_EXISTING)) {
            Set<String> damaged = view.damaged();
            assertEquals(1, damaged.size(), damaged::toString);
            return backup.resolve(damaged.iterator().next());
        }
    }

    private void damage(String name) throws IOException {
        Path photo = stored(name);
        Files.writeString(photo, "x".repeat((int) Files.size(photo)));
    }

    /** The number of lines about damage; those about phones depend on the computer. */
    private long doctorsAdvice() throws IOException {
        assertEquals(0, shell.shoebox("doctor", "--json", backup), shell::err);
        return shell.events("advice").stream()
                .filter(event -> "damage".equals(event.get("about")))
                .count();
    }

    private String reason() throws IOException {
        assertEquals(0, shell.shoebox("safe-to-remove", "--json", "--from", card, backup), shell::err);
        assertEquals(1, shell.events("safe").size(), shell.out());
        Map<String, Object> other = shell.events("not-safe").get(0);
        assertEquals("IMG_0002.JPG", other.get("path"));
        return (String) other.get("reason");
    }

    @Test
    void noCommandCallsItSafe() throws IOException {
        assertEquals("damaged", reason());

        assertEquals(0, shell.shoebox("status", backup), shell::err);
        assertTrue(shell.err().contains("1 file in this backup was damaged or missing"), shell.err());
        assertTrue(shell.out().contains("Every other file here was proven since"), shell.out());

        assertEquals(1, doctorsAdvice());

        assertEquals(0, shell.shoebox("why", "--json", damaged()), shell::err);
        Map<String, Object> why = shell.json().get(0);
        assertEquals(true, why.get("damaged"), shell.out());
        assertEquals(false, why.get("verified"), shell.out());

        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell::err);
        assertTrue(shell.err().contains("1 file in this backup was damaged or missing"), shell.err());
        assertFalse((shell.out() + shell.err()).contains("safe in"), () -> shell.out() + shell.err());
    }

    @Test
    void itIsKnownToTheRecordsToo() throws IOException {
        assertEquals(0, shell.shoebox("rebuild", backup), shell::err);

        assertEquals("damaged", reason());
    }

    @Test
    void afterARepairEverythingIsIntact() throws IOException {
        assertEquals(0, shell.shoebox("repair", "--from", second(), backup), shell::err);

        assertEquals(0, shell.shoebox("safe-to-remove", "--json", "--from", card, backup), shell::err);
        assertEquals(2, shell.events("safe").size(), shell.out());
        assertEquals(0, shell.shoebox("status", backup), shell::err);
        assertEquals("", shell.err());
        assertTrue(shell.out().contains("Every photo here was proven since"), shell.out());
        assertEquals(0, doctorsAdvice());
    }

    private Path second() {
        Path second = home.resolve("second");
        assertEquals(0, shell.shoebox("backup", "--from", card, second), shell::err);
        return second;
    }

    @Test
    void aMissingPhotoThatIsCopiedAgainIsNotMissing() throws IOException {
        Files.delete(damaged());
        shell.now = Instant.parse("2026-03-02T12:00:00Z");
        assertEquals(4, shell.shoebox("verify", backup), shell::err);
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell::err);

        assertEquals("not-verified", reason());
        try (Destination view = Destination.view(backup, OpenMode.REQUIRE_EXISTING)) {
            assertEquals(Set.of(), view.damaged());
        }
        assertEquals(
                List.of(),
                List.of(shell.err()
                        .lines()
                        .filter(line -> line.contains("damaged"))
                        .toArray()));
    }

    @Test
    void aPhotoCopiedAgainRepairsTheFirstAndDoesNotStay() throws IOException {
        Path photo = damaged();
        Files.writeString(photo, "cut");
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell::err);
        try (var names = Files.list(photo.getParent())) {
            assertEquals(
                    3, names.filter(Files::isRegularFile).count(), "the damaged one, its second copy and the other");
        }

        assertEquals(0, shell.shoebox("repair", "--json", backup), shell::err);
        assertEquals(1, shell.events("mended").size());
        assertEquals(1, shell.events("reconciled").size());
        assertArrayEquals(Files.readAllBytes(card.resolve("IMG_0002.JPG")), Files.readAllBytes(photo));
        try (var names = Files.list(photo.getParent())) {
            assertEquals(2, names.filter(Files::isRegularFile).count());
        }
        assertEquals(0, shell.shoebox("verify", "--json", backup), shell::err);
        assertEquals(0, shell.events("summary").get(0).get("unlisted"));
        assertEquals(0, shell.shoebox("backup", "--json", "--from", card, backup), shell::err);
        assertEquals(2, shell.events("summary").get(0).get("alreadyBackedUp"));
        assertEquals(0, shell.shoebox("repair", backup), shell::err);
    }
}
