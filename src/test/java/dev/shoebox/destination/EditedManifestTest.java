package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.StoredFile;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** SHA256SUMS belongs to the user, too: text by others stays, and our photos stay listed. */
class EditedManifestTest extends EditedManifestCase {
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
        try (Repair repair = Repair.open(backups.root, Backups.CLOCK, line -> {});
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
    void aLineAddedByAUserDuringARunIsNotCut() throws Exception {
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
        // Another source has the same photo: the doubtful copy does not count for it.
        var second = new Backups(backups.root);
        second.source = Backups.OTHER_PHONE;
        second.run(shot(2));
        assertTrue(second.told.get(0).startsWith("copied"), second.told.toString());
        Repair.open(backups.root, Backups.CLOCK, backups.said::add).close();
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
