package dev.shoebox.cli;

import dev.shoebox.destination.parts.InParts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
class PartsTest {
    @TempDir
    private Path home;

    private Shell shell;
    private Path card;
    private Path backup;
    private String film;
    private byte[] bytes;

    @BeforeEach
    void backUp() throws IOException {
        shell = new Shell(home);
        card = home.resolve("card");
        backup = home.resolve("backup");
        Path folder = Files.createDirectories(card.resolve("DCIM/100APPLE"));
        bytes = Pictures.film("a film that is too large for one file");
        Files.write(folder.resolve("IMG_0001.MOV"), bytes);
        Files.write(folder.resolve("IMG_0002.JPG"), Pictures.jpeg("2"));
        run(0, "backup", "--from", card, backup);
        film = backup.relativize(find(backup, ".MOV")).toString();
        assertEquals(3, InParts.split(backup, film, (bytes.length + 2) / 3));
    }

    private void run(int code, Object... arguments) {
        assertEquals(code, shell.shoebox(arguments), () -> shell.out() + shell.err());
    }

    private static Path find(Path below, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !below.relativize(file).toString().startsWith(".shoebox"))
                    .filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
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

    private void requireSumsThatFit() throws IOException {
        Process check = new ProcessBuilder("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS")
                .directory(backup.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("", said);
    }

    @Test
    void itIsOneIntactPhotoAndNotCopiedAgain() throws IOException {
        requireSumsThatFit();
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
        requireSumsThatFit();
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
        for (String ending : List.of(".001", ".002", ".003", ".sha256")) {
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
        requireSumsThatFit();
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
        requireSumsThatFit();
    }

    @Test
    void aForgottenFileLosesAllItsLines() throws IOException {
        for (String ending : List.of(".001", ".002", ".003", ".sha256")) {
            Files.delete(backup.resolve(film + ending));
        }
        assertEquals(List.of("missing " + film), found(4));
        run(0, "forget", "--to", backup, film);
        assertEquals(1, sums().size());
        assertEquals(List.of(), found(0));
    }
}
