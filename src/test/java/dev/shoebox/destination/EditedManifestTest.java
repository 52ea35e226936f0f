package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.proof.Verification;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.destination.records.StoredFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** SHA256SUMS is the person's, too: what somebody else wrote in it stays, and what we wrote goes on being listed. */
class EditedManifestTest {
    @TempDir
    Path folder;

    private Backups backups;
    private Path manifest;

    @BeforeEach
    void begin() throws IOException {
        backups = new Backups(folder.resolve("backup"));
        manifest = backups.root.resolve(Manifest.FILE);
    }

    private static Backups.Shot shot(int number) {
        return photo("DCIM/100APPLE/IMG_000" + number + ".HEIC", "photo " + number);
    }

    private static String line(String content, String path) {
        byte[] hash = dev.shoebox.text.Sha256.bytes(content);
        return HexFormat.of().formatHex(hash) + "  " + path;
    }

    /** Every photo that is there is in a line that {@code sha256sum -c} finds right, and it finds none wrong. */
    private void assertListed(String when) throws Exception {
        Process process = new ProcessBuilder("sha256sum", "-c", Manifest.FILE)
                .directory(backups.root.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        for (String path : backups.photos().keySet()) {
            if (path.startsWith("2024/")) {
                assertTrue(output.contains(path + ": OK\n"), when + ": " + path + " in " + output);
            }
        }
        assertTrue(
                output.lines().noneMatch(said -> said.startsWith("2024/") && said.contains("FAILED")), when + output);
    }

    private void assertVerifiesWell() throws IOException {
        try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
            var found = new Found();
            view.proofs().verify(Verification.Sample.EVERYTHING, found);
            assertEquals(List.of(), found.findings());
        }
    }

    private void edit(UnaryOperator<String> change) throws IOException {
        Files.writeString(manifest, change.apply(Files.readString(manifest)));
    }

    private void assertContinuedAfter(String what, UnaryOperator<String> change) throws Exception {
        backups.run(shot(1), shot(2), shot(3));
        edit(change);
        String edited = Files.readString(manifest);
        assertVerifiesWell();
        backups.catchUp(shot(1), shot(2), shot(3), shot(4));
        assertTrue(Files.readString(manifest).startsWith(edited), what + ":\n" + Files.readString(manifest));
        assertListed(what);
        assertVerifiesWell();
        backups.catchUp(shot(1), shot(2), shot(3), shot(4), shot(5));
        assertListed(what);
        assertEquals(5, backups.photos().size());
        assertVerifiesWell();
    }

    @Test
    void aCommentAtTheTop() throws Exception {
        assertContinuedAfter("comment", text -> "# my photos\n" + text);
    }

    @Test
    void aNoteAtTheEnd() throws Exception {
        assertContinuedAfter("note", text -> text + "checked on Sunday\n");
    }

    @Test
    void aNoteThatDoesNotEndItsLine() throws Exception {
        assertContinuedAfter("note", text -> text + "# checked on Sunday");
    }

    @Test
    void aNoteThatIsLongerThanAnyLineOfOurs() throws Exception {
        assertContinuedAfter("long note", text -> text + "# " + "long ".repeat(500_000));
    }

    @Test
    void linesInAnotherOrder() throws Exception {
        assertContinuedAfter("sorted", text -> {
            List<String> lines = new ArrayList<>(text.lines().toList());
            lines.sort(Collections.reverseOrder());
            return String.join("\n", lines) + "\n";
        });
    }

    @Test
    void lineEndsOfWindows() throws Exception {
        assertContinuedAfter("CRLF", text -> text.replace("\n", "\r\n"));
    }

    @Test
    void aLastLineWithoutItsEnd() throws Exception {
        assertContinuedAfter("no end", String::stripTrailing);
    }

    @Test
    void hexadecimalDigitsInCapitalsAndTheMarkOfBinaryFiles() throws Exception {
        assertContinuedAfter("capitals", text -> text.lines()
                .map(each -> each.substring(0, 64).toUpperCase(Locale.ROOT) + " *" + each.substring(66) + "\n")
                .reduce("", String::concat));
    }

    @Test
    void linesOfFindAndSha256sum() throws Exception {
        assertContinuedAfter("./", text -> text.replace("  ", "  ./"));
    }

    @Test
    void linesWithTags() throws Exception {
        assertContinuedAfter("tags", text -> text.lines()
                .map(each -> "SHA256 (" + each.substring(66) + ") = " + each.substring(0, 64) + "\n")
                .reduce("", String::concat));
    }

    @Test
    void aMarkOfTheByteOrder() throws Exception {
        backups.run(shot(1), shot(2));
        edit(text -> "\uFEFF" + text);
        backups.catchUp(shot(1), shot(2), shot(3));
        assertTrue(Files.readString(manifest).startsWith("\uFEFF"));
        assertListed("byte order mark");
        assertVerifiesWell();
    }

    @Test
    void aLineThatIsGone() throws Exception {
        backups.run(shot(1), shot(2), shot(3));
        edit(text -> text.lines().skip(1).reduce("", (all, each) -> all + each + "\n"));
        backups.catchUp(shot(1), shot(2), shot(3), shot(4));
        assertListed("line gone");
        assertVerifiesWell();
    }

    @Test
    void aLineThatIsReplacedByOneOfTheSameLength() throws Exception {
        backups.run(shot(1), shot(2), shot(3));
        edit(text -> "#" + "x".repeat(text.indexOf('\n') - 1) + text.substring(text.indexOf('\n')));
        String edited = Files.readString(manifest);
        backups.catchUp(shot(1), shot(2), shot(3));
        assertTrue(Files.readString(manifest).startsWith(edited));
        assertListed("line replaced");
        assertVerifiesWell();
    }

    @Test
    void aPhotoThatWasRenamedWithItsLine() throws Exception {
        backups.run(shot(1), shot(2));
        Files.move(backups.root.resolve("2024/05/IMG_0001.HEIC"), backups.root.resolve("2024/05/Beach.HEIC"));
        edit(text -> text.replace("IMG_0001", "Beach"));
        backups.catchUp(shot(1), shot(2), shot(3));
        assertEquals(
                Map.of(
                        "2024/05/Beach.HEIC", "photo 1",
                        "2024/05/IMG_0002.HEIC", "photo 2",
                        "2024/05/IMG_0003.HEIC", "photo 3"),
                backups.photos());
        assertEquals("", backups.sha256sum());
    }

    @Test
    void aPhotoThatWasDeletedWithItsLineAndComesBackIsListed() throws Exception {
        backups.run(shot(1), shot(2));
        Files.delete(backups.root.resolve("2024/05/IMG_0001.HEIC"));
        edit(text -> text.lines()
                .filter(each -> !each.contains("IMG_0001"))
                .map(each -> each + "\n")
                .reduce("", String::concat));
        backups.open().close();
        assertEquals(1, backups.manifest().size());
        backups.catchUp(shot(1), shot(2));
        assertEquals(2, backups.manifest().size());
        assertEquals("", backups.sha256sum());
    }

    @Test
    void aPhotoThatWasDeletedWithItsLineAndIsRepairedIsListed() throws Exception {
        var second = new Backups(folder.resolve("second"));
        second.run(shot(1), shot(2));
        backups.run(shot(1), shot(2));
        Files.delete(backups.root.resolve("2024/05/IMG_0001.HEIC"));
        edit(text -> text.lines()
                .filter(each -> !each.contains("IMG_0001"))
                .map(each -> each + "\n")
                .reduce("", String::concat));
        try (Repair repair = Destination.repair(backups.root, Backups.CLOCK, line -> {});
                Destination other = Destination.view(second.root, OpenMode.REQUIRE_EXISTING)) {
            for (Repair.Damage damage : repair.examine(new Found())) {
                assertTrue(repair.mend(damage, other));
            }
        }
        assertEquals(2, backups.manifest().size());
        assertEquals("", backups.sha256sum());
        assertVerifiesWell();
    }

    @Test
    void textOfTwoBytesALetterIsKeptAndMadeAgain() throws Exception {
        backups.run(shot(1), shot(2));
        byte[] wide = ("\uFEFF" + Files.readString(manifest).replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_16LE);
        Files.write(manifest, wide);
        backups.catchUp(shot(1), shot(2), shot(3));
        assertEquals("", backups.sha256sum());
        assertEquals(3, backups.manifest().size());
        try (var kept = Files.list(backups.root.resolve(Identity.SET_ASIDE))) {
            assertArrayEquals(wide, Files.readAllBytes(kept.findFirst().orElseThrow()));
        }
    }

    @Test
    void aNoteOfTwoBytesALetterAtTheEndStays() throws Exception {
        backups.run(shot(1), shot(2));
        byte[] note = "checked\r\n".getBytes(StandardCharsets.UTF_16LE);
        Files.write(manifest, note, StandardOpenOption.APPEND);
        byte[] edited = Files.readAllBytes(manifest);
        backups.catchUp(shot(1), shot(2), shot(3));
        assertArrayEquals(edited, java.util.Arrays.copyOf(Files.readAllBytes(manifest), edited.length));
        assertListed("wide note");
    }

    @Test
    void whatIsOfTwoBytesALetterAndNotOursIsRefusedAndStays() throws Exception {
        Files.createDirectories(backups.root);
        byte[] wide = "\uFEFFmine\r\n".getBytes(StandardCharsets.UTF_16LE);
        Files.write(manifest, wide);
        backups.opening = OpenMode.INITIALISE;
        for (int i = 0; i < 2; i++) {
            assertThrows(DestinationException.Lost.class, () -> backups.run(shot(1)));
            assertArrayEquals(wide, Files.readAllBytes(manifest));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHA256 (mine/a.txt) = 2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824\n",
                "# made by hand\n# nothing yet\n",
                "MD5 (mine/a.txt) = 5d41402abc4b2a76b9719d911017c592\n",
                "; Generated by WIN-SFV32\r\na.txt 3610A686\r\n",
                "\\2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824  a\\\\b.txt\n",
                "2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824 *mine\\a.txt\r\n",
                "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
                "{}",
                "\n\n\n"
            })
    void whatSomebodyElseWroteStaysAsItIs(String theirs) throws Exception {
        Files.createDirectories(backups.root.resolve("mine"));
        Files.writeString(backups.root.resolve("mine/a.txt"), "hello");
        Files.writeString(manifest, theirs);
        backups.opening = OpenMode.INITIALISE;
        backups.open().close();
        assertEquals(theirs, Files.readString(manifest));
        backups.run(shot(1));
        assertTrue(Files.readString(manifest).startsWith(theirs), Files.readString(manifest));
        assertListed(theirs);
        Files.delete(backups.root.resolve(Catalogue.FILE));
        backups.catchUp(shot(1), shot(2));
        assertTrue(Files.readString(manifest).startsWith(theirs), Files.readString(manifest));
        assertListed(theirs);
    }

    @Test
    void aLineThatSomebodyAddsDuringARunIsNotCut() throws Exception {
        try (Destination destination = backups.open()) {
            backups.store(destination, shot(1));
            Files.writeString(manifest, "# mine\n", StandardOpenOption.APPEND);
            assertThrows(DestinationException.Lost.class, () -> backups.store(destination, shot(2)));
        }
        backups.catchUp(shot(1), shot(2));
        assertTrue(Files.readString(manifest).contains("\n# mine\n"));
        assertListed("during");
    }

    @Test
    void aLineOfALaterVersionAtTheEndOfTheJournalStays() throws Exception {
        backups.run(shot(1));
        Path journal = backups.root.resolve(Journal.FILE);
        Files.writeString(journal, "{\"event\":\"renamed\",\"path\":\"a\"}\n", StandardOpenOption.APPEND);
        String before = Files.readString(journal);
        backups.catchUp(shot(1), shot(2));
        assertTrue(Files.readString(journal).startsWith(before));
    }

    @Test
    void aJournalThatWasEditedIsReadAsAWhole() throws Exception {
        backups.run(shot(1), shot(2));
        Path journal = backups.root.resolve(Journal.FILE);
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        Collections.reverse(lines);
        lines.remove(0);
        lines.add("a remark");
        Files.write(journal, lines);
        backups.catchUp(shot(1), shot(2), shot(3));
        assertEquals(3, backups.photos().size());
        Files.delete(backups.root.resolve(Catalogue.FILE));
        backups.open().close();
        assertEquals(3, backups.catalogued().size());
    }

    /** Random lines come, go and change; whatever becomes of them, nothing of anybody's is lost. */
    @Test
    void anyLinesComeGoAndChange() throws Exception {
        var random = new Random(20261129);
        for (int round = 0; round < 60; round++) {
            backups = new Backups(folder.resolve("fuzz" + round));
            manifest = backups.root.resolve(Manifest.FILE);
            var shots = new ArrayList<Backups.Shot>();
            for (int step = 1; step <= 4; step++) {
                shots.add(shot(step));
                backups.catchUp(shots.toArray(Backups.Shot[]::new));
                assertListed("round " + round + " step " + step);
                List<String> lines =
                        new ArrayList<>(Files.readString(manifest).lines().toList());
                List<String> theirs = new ArrayList<>();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    String foreign = foreign(random);
                    int at = random.nextInt(lines.size() + 1);
                    switch (random.nextInt(3)) {
                        case 0 -> lines.add(at, foreign);
                        case 1 -> lines.set(Math.min(at, lines.size() - 1), foreign);
                        default -> lines.remove(Math.min(at, lines.size() - 1));
                    }
                    lines = lines.isEmpty() ? new ArrayList<>(List.of(foreign)) : lines;
                }
                String end = random.nextBoolean() ? "\n" : random.nextBoolean() ? "\r\n" : "";
                Files.writeString(manifest, String.join(random.nextInt(4) == 0 ? "\r\n" : "\n", lines) + end);
                lines.stream()
                        .filter(each -> !each.isEmpty() && !each.contains("2024/"))
                        .forEach(theirs::add);
                backups.catchUp(shots.toArray(Backups.Shot[]::new));
                List<String> after = Files.readString(manifest).lines().toList();
                for (String each : theirs) {
                    assertTrue(after.contains(each), "round " + round + ": lost " + each + " of " + after);
                }
                assertListed("round " + round + " step " + step);
                assertEquals(step, backups.photos().size(), "round " + round);
            }
        }
    }

    private static String foreign(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "# " + Integer.toHexString(random.nextInt());
            case 1 -> line("x" + random.nextInt(), "not/there" + random.nextInt() + ".jpg");
            case 2 -> "SHA256 (mine" + random.nextInt() + ") = " + "ab".repeat(32);
            case 3 -> "abcdef".substring(0, random.nextInt(6)) + random.nextInt();
            case 4 -> "";
            default -> "\\" + line("y", "a\\\\b" + random.nextInt());
        };
    }

    @Test
    void aLineOfOursWithAnotherChecksumIsCorrectedByARepairThatKeepsAllOthers() throws Exception {
        backups.run(shot(1), shot(2), shot(3));
        String wrong = line("somebody's", "2024/05/IMG_0002.HEIC");
        edit(text -> "# mine\n" + text.replace(line("photo 2", "2024/05/IMG_0002.HEIC"), wrong)
                + line("their own", "theirs.txt") + "\n");
        Files.writeString(backups.root.resolve("theirs.txt"), "their own");
        for (int run = 0; run < 2; run++) {
            backups.catchUp(shot(1), shot(2), shot(3));
            try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING);
                    var stored = view.stored(backups.source)) {
                List<String> doubtful = new ArrayList<>();
                for (StoredFile each : stored.toList()) {
                    if (view.memory().isInDoubt(each)) {
                        doubtful.add(each.path());
                    }
                }
                assertEquals(List.of("2024/05/IMG_0002.HEIC"), doubtful);
            }
        }
        // Of another source the same photo comes: the one in doubt does not stand for it.
        var second = new Backups(backups.root);
        second.source = Backups.OTHER_PHONE;
        second.run(shot(2));
        assertTrue(second.told.get(0).startsWith("copied"), second.told.toString());
        Destination.repair(backups.root, Backups.CLOCK, backups.said::add).close();
        assertTrue(Files.readString(manifest).startsWith("# mine\n"));
        assertTrue(Files.readString(manifest).contains("theirs.txt"));
        assertListed("repaired");
        assertVerifiesWell();
        try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING);
                var stored = view.stored(backups.source)) {
            for (StoredFile each : stored.toList()) {
                assertFalse(view.memory().isInDoubt(each));
            }
        }
    }
}
