package dev.shoebox.cli;

import dev.shoebox.destination.parts.InParts;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A backup in which a film is stored in parts, as on FAT32: every command treats them as one file. */
class CommandsOnPartsTest extends PartsCase {
    @Override
    byte[] film() {
        return Pictures.film("a film that is too large for one file");
    }

    @Override
    String stored() throws IOException {
        run(0, "backup", "--from", card, backup);
        String film = backup.relativize(find(backup, ".MOV")).toString();
        assertEquals(3, InParts.split(backup, film, (bytes.length + 2) / 3));
        return film;
    }

    private List<String> sums() throws IOException {
        return Files.readAllLines(backup.resolve("SHA256SUMS"));
    }

    /** The events of a command, each as its kind and path. */
    private List<String> found(int code) throws IOException {
        run(code, "verify", "--json", backup);
        return shell.json().stream()
                .filter(event -> event.containsKey("path"))
                .map(event -> event.get("event") + " " + event.get("path"))
                .toList();
    }

    @Test
    void itIsOneIntactPhotoAndNotCopiedAgain() throws IOException {
        requireSumsThatFit(backup);
        assertEquals(List.of(), found(0));
        List<String> before = sums();
        run(0, "backup", "--json", "--from", card, backup);
        Map<String, Object> summary = shell.events("summary").get(0);
        assertEquals(0, summary.get("copied"));
        assertEquals(2, summary.get("alreadyBackedUp"));
        assertEquals(before, sums());
    }

    @Test
    void aPartThatIsDamagedOrMissingDamagesThePhoto() throws IOException {
        Path part = backup.resolve(film + ".002");
        byte[] right = Files.readAllBytes(part);
        byte[] wrong = right.clone();
        wrong[wrong.length / 2] ^= 1;
        Files.write(part, wrong);
        assertEquals(List.of("altered " + film), found(4));
        Files.delete(part);
        assertEquals(List.of("altered " + film), found(4));
        Files.write(part, right);
        assertEquals(List.of(), found(0));
    }

    /** This disk holds files of any size. */
    @Test
    void repairSetsDamagedPartsAsideAndListsTheRestoredFileAsOne() throws IOException {
        Path part = backup.resolve(film + ".002");
        byte[] wrong = Files.readAllBytes(part);
        wrong[0] ^= 1;
        Files.write(part, wrong);
        Path second = home.resolve("second");
        run(0, "backup", "--from", card, second);
        run(0, "repair", "--from", second, backup);
        assertArrayEquals(bytes, Files.readAllBytes(backup.resolve(film)));
        assertFalse(Files.exists(part));
        assertArrayEquals(wrong, Files.readAllBytes(find(backup.resolve(".shoebox/set-aside"), ".MOV.002")));
        requireSumsThatFit(backup);
        assertEquals(List.of(), found(0));
        assertEquals(1, sums().stream().filter(line -> line.contains(film)).count());
    }

    @Test
    void itIsJoinedInOtherBackupsAndInExports() throws IOException {
        Path other = home.resolve("other");
        run(0, "backup", "--from", shell.card("second", "IMG_3.JPG"), other);
        run(0, "merge", backup, other);
        assertArrayEquals(bytes, Files.readAllBytes(find(other, ".MOV")));
        run(0, "verify", other);
        assertTrue(Files.readString(other.resolve(".shoebox/id")).contains("\"format\":1"));

        run(0, "why", backup.resolve(film));
        assertFalse(shell.out().contains("no longer there"), shell.out());
        run(0, "export", backup, "-o", home.resolve("out"));
        assertArrayEquals(bytes, Files.readAllBytes(find(home.resolve("out"), ".MOV")));
    }

    @Test
    void aRebuildIncludesIt() throws IOException {
        run(0, "rebuild", backup);
        assertEquals(List.of(), found(0));
        // Only SHA256SUMS, the notes and the parts are left.
        try (Stream<Path> all = Files.walk(backup.resolve(".shoebox"))) {
            for (Path each : all.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
        run(0, "rebuild", backup);
        assertEquals(List.of(), found(0));
        assertTrue(Files.readString(backup.resolve(".shoebox/id")).contains("\"format\":2"));
        run(0, "backup", "--json", "--from", card, backup);
        assertEquals(0, shell.events("summary").get(0).get("copied"));
        assertEquals(2, shell.events("summary").get(0).get("duplicates"));
    }

    @Test
    void renamedPartsAreListedUnderTheirNewName() throws IOException {
        for (String ending : ENDINGS) {
            Files.move(backup.resolve(film + ending), backup.resolve("Holiday.MOV" + ending));
        }
        assertEquals(List.of("moved " + film), found(0));
        run(0, "reconcile", backup);
        assertEquals(List.of(), found(0));
        assertEquals(
                1,
                sums().stream()
                        .filter(line -> line.startsWith("#parts 3 ") && line.endsWith("  Holiday.MOV"))
                        .count());
        assertFalse(String.join("\n", sums()).contains(film));
        requireSumsThatFit(backup);
    }

    @Test
    void linesRemovedOrReorderedComeBackTogether() throws IOException {
        List<String> whole = sums().stream().filter(line -> line.contains(film)).toList();
        assertEquals(4, whole.size());
        Files.write(
                backup.resolve("SHA256SUMS"),
                sums().stream().sorted(Collections.reverseOrder()).toList());
        run(0, "backup", "--from", card, backup);
        assertEquals(whole, sums().subList(sums().size() - 4, sums().size()));
        assertEquals(List.of(), found(0));
        requireSumsThatFit(backup);
    }

    @Test
    void aForgottenFileLosesAllItsLines() throws IOException {
        for (String ending : ENDINGS) {
            Files.delete(backup.resolve(film + ending));
        }
        assertEquals(List.of("missing " + film), found(4));
        run(0, "forget", "--to", backup, film);
        assertEquals(1, sums().size());
        assertEquals(List.of(), found(0));
    }
}
