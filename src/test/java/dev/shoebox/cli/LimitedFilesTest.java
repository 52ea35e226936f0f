package dev.shoebox.cli;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A film that is larger than any file that can be written, through every command that has to do with it. */
class LimitedFilesTest extends PartsCase {
    private static final int LIMIT = 4 << 20;
    private static final int FILM_BYTES = 2 * LIMIT + 12_345;

    @Override
    byte[] film() {
        byte[] content = new byte[FILM_BYTES];
        new Random(1).nextBytes(content);
        ByteArrayOutputStream film = new ByteArrayOutputStream();
        film.writeBytes(Pictures.box("ftyp", "qt  \0\0\0\0"));
        film.writeBytes(Pictures.box("mdat", content));
        film.writeBytes(
                Pictures.box("moov", "the description of it: as long as it must be".getBytes(StandardCharsets.UTF_8)));
        return film.toByteArray();
    }

    @Override
    String stored() throws IOException {
        runLimited(0, "backup", "--from", card, backup);
        return backup.relativize(find(backup, ".MOV.001")).toString().replace(".001", "");
    }

    private void runLimited(int code, Object... arguments) {
        FileSizeLimit.during(LIMIT, () -> run(code, arguments));
    }

    @Test
    void itIsStoredInPartsThatFitAndIsNotCopiedAgain() throws IOException {
        for (String file : files(backup)) {
            assertTrue(Files.size(backup.resolve(file)) <= LIMIT, file);
        }
        assertEquals(
                List.of(film + ".001", film + ".002", film + ".003", film + ".sha256"),
                files(backup).stream().filter(file -> file.contains(".MOV")).toList());
        requireSumsThatFit(backup);

        runLimited(0, "backup", "--json", "--from", card, backup);
        Map<String, Object> summary = shell.events("summary").get(0);
        assertEquals(0, summary.get("copied"));
        assertEquals(2, summary.get("alreadyBackedUp"));
        requireSumsThatFit(backup);
    }

    @Test
    void itIsVerifiedAndCountsAsSafeToRemoveAsOnePhoto() throws IOException {
        runLimited(0, "verify", "--json", backup);
        assertEquals(
                List.of(),
                shell.json().stream().filter(event -> event.containsKey("path")).toList());
        runLimited(0, "safe-to-remove", "--json", "--from", card, backup);
        assertEquals(
                2L,
                shell.events("safe").stream()
                        .filter(event -> event.containsKey("path"))
                        .count(),
                shell::out);
        runLimited(0, "coverage", "--json", "--from", card, backup);
        assertEquals(
                List.of(true, true),
                shell.events("asset").stream()
                        .map(asset -> asset.get("backedUp"))
                        .toList(),
                shell::out);
        assertTrue(Files.exists(backup.resolve(film + ".sha256")));
    }

    @Test
    void catJoinsItAndExportDoesToo() throws IOException {
        assertEquals("", said(backup, "sh", "-c", "cat " + film + ".[0-9]* > '" + home + "/joined.MOV'"));
        assertArrayEquals(bytes, Files.readAllBytes(home.resolve("joined.MOV")));
        run(0, "export", backup, "-o", home.resolve("out"));
        assertArrayEquals(bytes, Files.readAllBytes(find(home.resolve("out"), ".MOV")));
        runLimited(0, "export", backup, "-o", home.resolve("photos.tar"), "--split", "3M");
        List<Long> sizes;
        try (Stream<Path> files = Files.list(home)) {
            sizes = files.filter(file -> file.getFileName().toString().startsWith("photos-"))
                    .map(file -> file.toFile().length())
                    .toList();
        }
        assertTrue(sizes.stream().allMatch(size -> size <= 3_000_000), sizes::toString);
        assertTrue(sizes.stream().mapToLong(size -> size).sum() > bytes.length, sizes::toString);
    }

    @Test
    void mergedToWhereItFitsItIsOneFileAndMergedBackItIsInPartsAgain() throws IOException {
        Path other = home.resolve("other");
        run(0, "backup", "--from", shell.card("second", "IMG_3.JPG"), other);
        run(0, "merge", backup, other);
        assertArrayEquals(bytes, Files.readAllBytes(find(other, ".MOV")));
        requireSumsThatFit(other);

        Path third = home.resolve("third");
        runLimited(0, "backup", "--from", home.resolve("second"), third);
        runLimited(0, "merge", other, third);
        assertEquals(
                3,
                files(third).stream()
                        .filter(file -> file.matches(".*\\.MOV\\.[0-9]{3}"))
                        .count());
        requireSumsThatFit(third);
        run(0, "verify", third);
    }

    @Test
    void movedByHandItIsFoundAndForgottenItAlarmsNoMore() throws IOException {
        for (String ending : ENDINGS) {
            Files.move(backup.resolve(film + ending), backup.resolve("Holiday.MOV" + ending));
        }
        runLimited(0, "reconcile", backup);
        requireSumsThatFit(backup);
        runLimited(0, "backup", "--json", "--from", card, backup);
        assertEquals(0, shell.events("summary").get(0).get("copied"));

        for (String ending : ENDINGS) {
            Files.delete(backup.resolve("Holiday.MOV" + ending));
        }
        run(4, "verify", backup);
        runLimited(0, "forget", "--to", backup, "Holiday.MOV");
        run(0, "verify", backup);
        runLimited(0, "backup", "--json", "--from", card, backup);
        assertEquals(0, shell.events("summary").get(0).get("copied"));
        assertEquals(
                List.of("SHA256SUMS"),
                files(backup).stream().filter(f -> !f.endsWith(".JPG")).toList());
    }

    @Test
    void damageIsRepairedInParts() throws IOException {
        Path part = backup.resolve(film + ".002");
        byte[] wrong = Files.readAllBytes(part);
        wrong[7] ^= 1;
        Files.write(part, wrong);
        Path second = home.resolve("second");
        run(0, "backup", "--from", card, second);
        runLimited(0, "repair", "--from", second, backup);
        requireSumsThatFit(backup);
        run(0, "verify", backup);
        assertEquals("", said(backup, "sh", "-c", "cat " + film + ".[0-9]* > '" + home + "/joined.MOV'"));
        assertArrayEquals(bytes, Files.readAllBytes(home.resolve("joined.MOV")));
    }

    /** As a backup that was copied to FAT32 without the film, which did not fit. */
    @Test
    void copiedByHandWithoutTheFilmItIsBackedUpInPartsAndListedOnce() throws IOException {
        Path whole = home.resolve("whole");
        run(0, "backup", "--from", card, whole);
        Files.delete(find(whole, ".MOV"));
        run(4, "verify", whole);
        runLimited(0, "backup", "--from", card, whole);
        requireSumsThatFit(whole);
        run(0, "verify", whole);
        runLimited(0, "backup", "--json", "--from", card, whole);
        assertEquals(0, shell.events("summary").get(0).get("copied"));
    }
}
