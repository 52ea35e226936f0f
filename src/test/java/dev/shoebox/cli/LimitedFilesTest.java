package dev.shoebox.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A film that is larger than any file that can be written, through every command that has to do with it. */
class LimitedFilesTest {
    private static final int LIMIT = 4 << 20;
    private static final int FILM_BYTES = 2 * LIMIT + 12_345;

    @TempDir
    private Path home;

    private Shell shell;
    private Path card;
    private Path backup;
    private byte[] bytes;
    private String film;

    @BeforeEach
    void backUp() throws IOException {
        shell = new Shell(home);
        card = home.resolve("card");
        backup = home.resolve("backup");
        Path folder = Files.createDirectories(card.resolve("DCIM/100APPLE"));
        byte[] content = new byte[FILM_BYTES];
        new Random(1).nextBytes(content);
        ByteArrayOutputStream film = new ByteArrayOutputStream();
        film.writeBytes(Pictures.box("ftyp", "qt  \0\0\0\0"));
        film.writeBytes(Pictures.box("mdat", content));
        film.writeBytes(
                Pictures.box("moov", "the description of it: as long as it must be".getBytes(StandardCharsets.UTF_8)));
        bytes = film.toByteArray();
        Files.write(folder.resolve("IMG_0001.MOV"), bytes);
        Files.write(folder.resolve("IMG_0002.JPG"), Pictures.jpeg("2"));
        runLimited(0, "backup", "--from", card, backup);
        this.film = backup.relativize(found(backup, ".MOV.001")).toString().replace(".001", "");
    }

    private void run(int code, Object... arguments) {
        assertEquals(code, shell.shoebox(arguments), () -> shell.out() + shell.err());
    }

    private void runLimited(int code, Object... arguments) {
        FileSizeLimit.during(LIMIT, () -> run(code, arguments));
    }

    private static Path found(Path below, String ending) throws IOException {
        return files(below).stream()
                .filter(file -> file.endsWith(ending))
                .map(below::resolve)
                .findFirst()
                .orElseThrow();
    }

    /** All but our own. */
    private static Set<String> files(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> below.relativize(file).toString())
                    .filter(file -> !file.startsWith(".shoebox"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String said(Path folder, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void requireSumsThatFit(Path backup) throws IOException {
        assertEquals("", said(backup, "sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"));
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
        assertArrayEquals(bytes, Files.readAllBytes(found(home.resolve("out"), ".MOV")));
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
        assertArrayEquals(bytes, Files.readAllBytes(found(other, ".MOV")));
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
        for (String ending : List.of(".001", ".002", ".003", ".sha256")) {
            Files.move(backup.resolve(film + ending), backup.resolve("Holiday.MOV" + ending));
        }
        runLimited(0, "reconcile", backup);
        requireSumsThatFit(backup);
        runLimited(0, "backup", "--json", "--from", card, backup);
        assertEquals(0, shell.events("summary").get(0).get("copied"));

        for (String ending : List.of(".001", ".002", ".003", ".sha256")) {
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
        Files.delete(found(whole, ".MOV"));
        run(4, "verify", whole);
        runLimited(0, "backup", "--from", card, whole);
        requireSumsThatFit(whole);
        run(0, "verify", whole);
        runLimited(0, "backup", "--json", "--from", card, whole);
        assertEquals(0, shell.events("summary").get(0).get("copied"));
    }
}
