package dev.shoebox.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A user tidies the backup by hand: nothing is copied twice, and no false alarm is raised. */
class TidyTest {
    private static final String DCIM = "DCIM/100APPLE/";

    @TempDir
    private Path home;

    private Shell shell;
    private Path card;
    private Path backup;

    @BeforeEach
    void backUp() throws IOException {
        shell = new Shell(home);
        card = home.resolve("card");
        backup = home.resolve("backup");
        Path folder = Files.createDirectories(card.resolve(DCIM));
        Files.write(folder.resolve("IMG_0001.HEIC"), Pictures.jpeg("one, and longer than others"));
        Files.write(folder.resolve("IMG_0001.MOV"), Pictures.film("one"));
        Files.write(folder.resolve("IMG_0002.JPG"), Pictures.jpeg("2"));
        Files.write(folder.resolve("IMG_0003.JPG"), Pictures.jpeg("3 3"));
        run(0, "backup", "--from", card, backup);
    }

    private void run(int code, Object... arguments) {
        assertEquals(code, shell.shoebox(arguments), () -> shell.out() + shell.err());
    }

    /** The path of the file whose name ends with these letters. */
    private Path stored(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(backup)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(backup.resolve(".shoebox")))
                    .filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Path move(String ending, String to) throws IOException {
        Path target = backup.resolve(to);
        Files.createDirectories(target.getParent());
        return Files.move(stored(ending), target);
    }

    private Map<String, Object> summary(int code, Object... arguments) throws IOException {
        run(code, arguments);
        return shell.events("summary").get(0);
    }

    private void requireListedAsItLies() throws IOException {
        Kept kept = Kept.in(backup);
        assertEquals(kept.files(), new java.util.TreeMap<>(kept.listed()));
    }

    private void requireNothingToCopy() throws IOException {
        Map<String, Object> summary = summary(0, "backup", "--json", "--from", card, backup);
        assertEquals(0, summary.get("copied"));
        assertEquals(4, summary.get("alreadyBackedUp"));
    }

    @Test
    void theNextRunRecognisesRenamedAndMovedFilesAndCopiesNothing() throws Exception {
        move("IMG_0001.HEIC", "Trips/Oslo/beach.HEIC");
        move("IMG_0001.MOV", "Trips/Oslo/beach.MOV");
        move("IMG_0002.JPG", "Papa schaut böse.jpg");
        requireNothingToCopy();
        requireListedAsItLies();
        assertEquals(4, Kept.in(backup).files().size());
        run(0, "verify", backup);
        run(0, "why", "--json", backup.resolve("Trips/Oslo/beach.MOV"));
        assertTrue(shell.out().contains("PAIRED_VIDEO") || shell.out().contains("paired-video"), shell.out());
    }

    @Test
    void aWholeFolderMayBeRenamedByAnyProgram() throws Exception {
        Path year = backup.relativize(stored("IMG_0001.HEIC"));
        Files.move(backup.resolve(year.subpath(0, 1)), backup.resolve("Our photos"));
        Map<String, Object> seen = summary(0, "verify", "--json", backup);
        assertEquals(List.of(4, 0, 0, 0), counts(seen));
        assertEquals(4, summary(0, "reconcile", "--json", backup).get("moved"));
        requireListedAsItLies();
        assertEquals(List.of(0, 0, 0, 0), counts(summary(0, "verify", "--json", backup)));
        requireNothingToCopy();
    }

    private static List<Object> counts(Map<String, Object> summary) {
        return Stream.of("moved", "missing", "altered", "unlisted")
                .<Object>map(summary::get)
                .toList();
    }

    @Test
    void verifyDistinguishesMovedDeletedDamagedAndUnlistedFiles() throws Exception {
        move("IMG_0001.HEIC", "beach.heic");
        Files.delete(stored("IMG_0001.MOV"));
        byte[] rotten = Files.readAllBytes(stored("IMG_0002.JPG"));
        rotten[rotten.length - 1] ^= 1;
        Files.write(stored("IMG_0002.JPG"), rotten);
        Files.writeString(backup.resolve("notes.txt"), "mine");
        assertEquals(List.of(1, 1, 1, 1), counts(summary(4, "verify", "--json", backup)));
        assertEquals("beach.heic", shell.events("moved").get(0).get("to"));
    }

    @Test
    void filesThatOnlyLookTheSameAreNotRecognised() throws Exception {
        Path photo = stored("IMG_0003.JPG");
        byte[] other = Files.readAllBytes(photo);
        other[other.length - 3] ^= 1;
        Path renamed = Files.move(photo, photo.resolveSibling("IMG_0003 (1).JPG"));
        var time = Files.getLastModifiedTime(renamed);
        Files.write(renamed, other);
        Files.setLastModifiedTime(renamed, time);
        assertEquals(List.of(0, 1, 0, 1), counts(summary(4, "verify", "--json", backup)));
        Map<String, Object> summary = summary(0, "backup", "--json", "--from", card, backup);
        assertEquals(1, summary.get("copied"));
        assertTrue(Files.exists(renamed));
    }

    @Test
    void twoThatChangedPlacesAreKnownToo() throws Exception {
        Path one = stored("IMG_0001.HEIC");
        Path two = stored("IMG_0002.JPG");
        Path third = backup.resolve("third");
        Files.move(one, third);
        Files.move(two, one);
        Files.move(third, two);
        requireNothingToCopy();
        requireListedAsItLies();
        run(0, "verify", backup);
    }

    @Test
    void aFileMovedOverAnotherDoesNotReplaceIt() throws Exception {
        Path over = stored("IMG_0002.JPG");
        Files.move(stored("IMG_0003.JPG"), over, StandardCopyOption.REPLACE_EXISTING);
        String lost = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(Files.readAllBytes(card.resolve(DCIM + "IMG_0002.JPG"))));
        shell.shoebox("backup", "--from", card, backup);
        assertTrue(Kept.in(backup).files().containsValue(lost), "the one that was overwritten comes again");
        shell.shoebox("verify", backup);
        run(0, "safe-to-remove", "--json", "--from", card, backup);
        for (Map<String, Object> safe : shell.events("safe")) {
            String content = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(Files.readAllBytes(
                                    card.resolve(safe.get("path").toString()))));
            assertTrue(Kept.in(backup).files().containsValue(content), safe.toString());
        }
    }

    @Test
    void anotherFileMayBeInTheOldPlace() throws Exception {
        Path place = stored("IMG_0002.JPG");
        move("IMG_0002.JPG", "kept/IMG_0002.JPG");
        Files.writeString(place, "somebody's own");
        requireNothingToCopy();
        assertEquals("somebody's own", Files.readString(place));
        assertFalse(
                Kept.in(backup).listed().containsKey(backup.relativize(place).toString()));
        assertEquals(List.of(0, 0, 0, 1), counts(summary(0, "verify", "--json", backup)));
    }

    @Test
    void filesInTheTrashDoNotCountAsMoved() throws Exception {
        move("IMG_0002.JPG", ".Trash-1000/files/IMG_0002.JPG");
        move("IMG_0003.JPG", "#recycle/IMG_0003.JPG");
        assertEquals(2, summary(4, "reconcile", "--json", backup).get("missing"));
    }

    @Test
    void theUsersLinesInTheManifestStay() throws Exception {
        Path manifest = backup.resolve("SHA256SUMS");
        List<String> lines = new ArrayList<>(Files.readAllLines(manifest));
        lines.add(1, "# my own note");
        lines.add("0123  no line");
        Files.write(manifest, lines);
        Path photo = backup.relativize(move("IMG_0002.JPG", "a/b.jpg"));
        run(0, "reconcile", backup);
        List<String> now = Files.readAllLines(manifest);
        assertEquals("# my own note", now.get(1));
        assertTrue(now.contains("0123  no line"));
        assertEquals(1, now.stream().filter(line -> line.endsWith("  " + photo)).count());
        assertEquals(6, now.size());
    }

    @Test
    void aLostCatalogueIsRebuiltFromTheJournal() throws Exception {
        move("IMG_0001.HEIC", "beach.HEIC");
        move("IMG_0001.MOV", "beach.MOV");
        run(0, "reconcile", backup);
        run(0, "rebuild", backup);
        requireNothingToCopy();
        run(0, "verify", backup);
        Files.move(backup.resolve("beach.HEIC"), backup.resolve("again.HEIC"), StandardCopyOption.ATOMIC_MOVE);
        requireNothingToCopy();
        requireListedAsItLies();
    }

    @Test
    void aDuplicateTakesThePlaceOfADeletedFile() throws Exception {
        Files.copy(stored("IMG_0002.JPG"), backup.resolve("copy of it.jpg"));
        Files.delete(stored("IMG_0002.JPG"));
        requireNothingToCopy();
        requireListedAsItLies();
    }

    private Map<String, Object> forget(int code, Object... names) throws IOException {
        Object[] arguments = Stream.concat(Stream.of("forget", "--json", "--to", backup), Stream.of(names))
                .toArray();
        return summary(code, arguments);
    }

    @Test
    void deletedFilesAreForgotten() throws Exception {
        Path gone = stored("IMG_0002.JPG");
        assertEquals(1, forget(3, backup.relativize(gone)).get("there"));
        assertTrue(Files.exists(gone));
        Files.delete(gone);
        assertEquals(1, summary(4, "verify", "--json", backup).get("missing"));
        assertEquals(1, forget(0, backup.relativize(gone)).get("files"));
        run(0, "verify", backup);
        requireListedAsItLies();
        for (int time = 0; time < 2; time++) {
            Map<String, Object> summary = summary(0, "backup", "--json", "--from", card, backup);
            assertEquals(List.of(0, 3, 1, 1), forgottenOf(summary));
        }
        run(0, "rebuild", backup);
        assertEquals(List.of(0, 3, 1, 1), forgottenOf(summary(0, "backup", "--json", "--from", card, backup)));
        run(0, "backup", "--from", card, backup);
        assertFalse(shell.out().contains("4 photos and videos are safe"), shell.out());
    }

    private static List<Object> forgottenOf(Map<String, Object> summary) {
        return Stream.of("copied", "alreadyBackedUp", "forgotten", "leftOutFiles")
                .<Object>map(summary::get)
                .toList();
    }

    @Test
    void forgottenFilesAreNeverSafeToRemoveUnderAnyName() throws Exception {
        Path gone = stored("IMG_0003.JPG");
        Files.delete(gone);
        String content = Kept.in(backup).listed().get(backup.relativize(gone).toString());
        forget(0, content);
        Files.move(card.resolve(DCIM + "IMG_0003.JPG"), card.resolve(DCIM + "IMG_9999.JPG"));
        Map<String, Object> summary = summary(0, "backup", "--json", "--from", card, backup);
        assertEquals(List.of(0, 3, 1, 1), forgottenOf(summary));
        assertEquals(List.of(0, 3, 1, 1), forgottenOf(summary(0, "backup", "--json", "--from", card, backup)));
        assertEquals(0, shell.events("planned").get(0).get("files"), "it is not even read again");
        run(0, "verify", backup);
        run(0, "safe-to-remove", "--json", "--from", card, backup);
        assertEquals(2, shell.events("safe").size());
        assertEquals("forgotten", shell.events("not-safe").get(0).get("reason"));
    }

    @Test
    void halfOfALivePhotoCanBeForgotten() throws Exception {
        Files.delete(stored("IMG_0001.HEIC"));
        forget(0, stored("IMG_0001.MOV").getParent());
        assertEquals(List.of(0, 3, 1, 1), forgottenOf(summary(0, "backup", "--json", "--from", card, backup)));
        run(0, "verify", backup);
        run(0, "safe-to-remove", "--json", "--from", card, backup);
        assertEquals(2, shell.events("safe").size());
    }

    @Test
    void forgottenFilesCanBeWantedAgain() throws Exception {
        Path gone = stored("IMG_0002.JPG");
        Files.delete(gone);
        forget(0, gone);
        assertEquals(1, forget(0, "--list").get("files"));
        assertEquals(1, forget(0, "--undo", gone).get("files"));
        assertEquals(1, summary(0, "backup", "--json", "--from", card, backup).get("copied"));
        assertTrue(Files.exists(gone));
        assertEquals(0, forget(0, "--list").get("files"));
        run(0, "verify", backup);
    }

    @Test
    void aForgottenFileThatIsPutBackIsAdopted() throws Exception {
        Path gone = stored("IMG_0002.JPG");
        byte[] bytes = Files.readAllBytes(gone);
        Files.delete(gone);
        forget(0, gone);
        Files.write(backup.resolve("back.jpg"), bytes);
        run(0, "adopt", backup);
        assertEquals(0, forget(0, "--list").get("files"));
        Map<String, Object> summary = summary(0, "backup", "--json", "--from", card, backup);
        assertEquals(List.of(0, 3, 0, 0), forgottenOf(summary));
        assertEquals(1, summary.get("duplicates"));
        run(0, "verify", backup);
        requireListedAsItLies();
    }

    @Test
    void aForgottenFileThatCameBackSurvivesARebuild() throws Exception {
        Path gone = stored("IMG_0002.JPG");
        Files.delete(gone);
        forget(0, gone);
        forget(0, "--undo", gone);
        assertEquals(1, summary(0, "backup", "--json", "--from", card, backup).get("copied"));
        run(0, "rebuild", backup);
        requireNothingToCopy();
        run(0, "rebuild", backup);
        requireNothingToCopy();
        requireListedAsItLies();
        run(0, "verify", backup);
    }

    @Test
    void aFilePutBackInItsPlaceSurvivesARebuild() throws Exception {
        Path gone = stored("IMG_0002.JPG");
        byte[] bytes = Files.readAllBytes(gone);
        Files.delete(gone);
        forget(0, gone);
        Files.write(gone, bytes);
        run(0, "adopt", backup);
        run(0, "rebuild", backup);
        requireListedAsItLies();
        Map<String, Object> verified = summary(0, "verify", "--json", backup);
        assertEquals(0, verified.get("unlisted"));
        run(0, "why", gone);
    }

    @Test
    void aTornFileIsNotForgottenWithItsFolder() throws Exception {
        Path torn = stored("IMG_0002.JPG");
        Files.write(torn, new byte[0]);
        forget(3, torn);
        assertEquals(0, forget(0, "--list").get("files"));
        run(4, "verify", backup);
    }

    @Test
    void aMovedFileIsNotForgotten() throws Exception {
        Path before = stored("IMG_0002.JPG");
        Path now = move("IMG_0002.JPG", "other/name.jpg");
        forget(2, before);
        requireListedAsItLies();
        requireNothingToCopy();
        assertTrue(Files.exists(now));
        assertEquals(0, forget(0, "--list").get("files"));
    }

    @Test
    void aDryRunKnowsItAndWritesNothing() throws Exception {
        move("IMG_0002.JPG", "a/b.jpg");
        String before = Files.readString(backup.resolve("SHA256SUMS"));
        run(0, "backup", "--dry-run", "--json", "--from", card, backup);
        assertEquals(0, shell.events("planned").get(0).get("files"));
        assertEquals(before, Files.readString(backup.resolve("SHA256SUMS")));
    }

    /** A run does not search for files that it excludes, however often it runs; a run that wants them does. */
    @Test
    void aRunDoesNotSearchForExcludedFiles() throws Exception {
        move("IMG_0002.JPG", "Papa.jpg");
        String listed = Files.readString(backup.resolve("SHA256SUMS"));
        run(0, "backup", "--json", "--only", "video", "--from", card, backup);
        assertEquals(List.of(), shell.events("warning"), "nothing of it is copied again");
        assertEquals(List.of(), shell.events("reconciled"));
        assertEquals(listed, Files.readString(backup.resolve("SHA256SUMS")));
        requireNothingToCopy();
        requireListedAsItLies();
    }
}
