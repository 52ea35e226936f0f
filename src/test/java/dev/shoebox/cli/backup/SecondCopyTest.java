package dev.shoebox.cli.backup;

import dev.shoebox.cli.Shell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code backup --copy-to}. */
class SecondCopyTest {
    @TempDir
    private Path home;

    private Path first;
    private Path second;

    @BeforeEach
    void folders() throws IOException {
        first = home.resolve("first");
        second = Files.createDirectory(home.resolve("second"));
    }

    private Shell backup(int code, Object... more) throws IOException {
        Shell shell = Shell.plain(home);
        Object[] words = new Object[5 + more.length];
        System.arraycopy(new Object[] {"backup", "--json", "--from", home.resolve("card"), first}, 0, words, 0, 5);
        System.arraycopy(more, 0, words, 5, more.length);
        assertEquals(code, shell.shoebox(words), shell.out() + shell.err());
        return shell;
    }

    /** The lines of {@code SHA256SUMS}. */
    private static Set<String> listed(Path root) throws IOException {
        return new TreeSet<>(Files.readAllLines(root.resolve("SHA256SUMS")));
    }

    private static Map<String, Object> copied(Shell shell) throws IOException {
        List<Map<String, Object>> told = shell.events("secondCopy");
        assertEquals(1, told.size());
        return told.get(0);
    }

    @Test
    void theSecondCopyIsABackupOfItsOwnWithTheSameFiles() throws IOException {
        new Shell(home).card("card", "IMG_1.JPG", "IMG_2.JPG");
        Map<String, Object> copied = copied(backup(0, "--copy-to", second));
        assertEquals(true, copied.get("complete"));
        assertEquals(2, copied.get("copied"));
        assertEquals(2, copied.get("copiedDuringRun"));
        assertEquals(listed(first), listed(second));
        assertEquals(0, Shell.plain(home).shoebox("verify", second));
        Files.move(first, home.resolve("broken"));
        Shell alone = Shell.plain(home);
        assertEquals(0, alone.shoebox("backup", "--json", "--from", home.resolve("card"), second));
        assertEquals(0, alone.events("summary").get(0).get("copied"), "it is whole without the first");
    }

    @Test
    void newFilesAreCopiedOnce() throws IOException {
        Shell shell = new Shell(home);
        shell.card("card", "IMG_1.JPG");
        backup(0, "--copy-to", second);
        shell.card("card", "IMG_2.JPG");
        assertEquals(1, copied(backup(0, "--copy-to", second)).get("copied"));
        assertEquals(0, copied(backup(0, "--copy-to", second)).get("copied"));
    }

    @Test
    void oneThatWasAwayIsCaughtUp() throws IOException {
        Shell shell = new Shell(home);
        shell.card("card", "IMG_1.JPG");
        Path away = home.resolve("away");
        assertTrue(backup(0, "--copy-to", away).events("secondCopy").isEmpty());
        assertFalse(Files.exists(away), "an absent drive is not made up");
        shell.card("card", "IMG_2.JPG");
        Files.createDirectory(away);
        assertEquals(2, copied(backup(0, "--copy-to", away)).get("copied"));
    }

    @Test
    void aFailingSecondCopyLeavesTheFirstCompleteAndTheRunSaysSo() throws IOException {
        new Shell(home).card("card", "IMG_1.JPG");
        Files.writeString(second.resolve("holiday.txt"), "not a backup");
        Shell shell = backup(17, "--copy-to", second);
        assertEquals(17, shell.events("summary").get(0).get("exitCode"));
        assertEquals(1, listed(first).size());
        try (var left = Files.list(second)) {
            assertEquals(List.of(second.resolve("holiday.txt")), left.toList());
        }
    }

    @Test
    void aCopyOfANewerVersionIsNotCalledAFolderWithoutABackup() throws IOException {
        new Shell(home).card("card", "IMG_1.JPG");
        backup(0, "--copy-to", second);
        Path id = second.resolve(".shoebox/id");
        Files.writeString(id, Files.readString(id).replace("\"format\":1", "\"format\":99"));
        String said = backup(17, "--copy-to", second).err();
        assertTrue(said.contains("newer version"), said);
        assertFalse(said.contains("no backup"), said);
    }

    @Test
    void oneOfTwoThatFailsDoesNotHoldBackTheOther() throws IOException {
        new Shell(home).card("card", "IMG_1.JPG");
        Files.writeString(second.resolve("holiday.txt"), "not a backup");
        Path third = Files.createDirectory(home.resolve("third"));
        backup(17, "--copy-to", second, "--copy-to", third);
        assertEquals(listed(first), listed(third));
    }

    @Test
    void damageOfTheFirstDoesNotReachTheSecond() throws IOException {
        Shell shell = new Shell(home);
        shell.card("card", "IMG_1.JPG", "IMG_2.JPG");
        backup(0);
        Path photo;
        try (var photos = Files.walk(first)) {
            photo = photos.filter(path -> path.endsWith("IMG_1.JPG"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(photo);
        bytes[5] ^= 1;
        Files.write(photo, bytes);
        backup(17, "--copy-to", second);
        assertEquals(1, listed(second).size());
    }

    @Test
    void statusJudgesBothCopies() throws IOException {
        Shell shell = new Shell(home);
        shell.card("card", "IMG_1.JPG", "IMG_2.JPG");
        configure();
        assertEquals(true, copied(backup(0)).get("complete"));
        assertEquals(0, copied(status()).get("missing"));
        shell.card("card", "IMG_3.JPG");
        Files.move(second, home.resolve("unplugged"));
        backup(0);
        assertTrue(copied(status()).containsKey("message"));
        Files.move(home.resolve("unplugged"), second);
        assertEquals(1, copied(status()).get("missing"));
    }

    /** A run takes a file of the right size as present. */
    @Test
    void statusNamesTheRepairOfADamagedCopy() throws IOException {
        new Shell(home).card("card", "IMG_1.JPG", "IMG_2.JPG");
        backup(0, "--copy-to", second);
        configure();
        Path photo;
        try (Stream<Path> files = Files.walk(second)) {
            photo = files.filter(file -> file.endsWith("IMG_2.JPG")).findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(photo);
        bytes[5] ^= 1;
        Files.write(photo, bytes);
        Shell.plain(home).shoebox("verify", second);
        backup(0);
        Map<String, Object> copied = copied(status());
        assertEquals(0, copied.get("missing"));
        assertEquals(1, copied.get("damaged"));
        Shell shell = Shell.plain(home);
        assertEquals(0, shell.shoebox("status", first), shell.err());
        String said = shell.out() + shell.err();
        assertTrue(said.contains("'shoebox repair --from " + first + " " + second + "'"), said);
        assertEquals(0, shell.shoebox("repair", "--from", first, second), shell.out() + shell.err());
        assertEquals(0, copied(status()).get("damaged"));
    }

    @Test
    void statusDoesNotMissWhatWasForgottenInTheCopy() throws IOException {
        new Shell(home).card("card", "IMG_1.JPG", "IMG_2.JPG");
        backup(0, "--copy-to", second);
        configure();
        Path photo;
        try (Stream<Path> files = Files.walk(second)) {
            photo = files.filter(file -> file.endsWith("IMG_2.JPG")).findFirst().orElseThrow();
        }
        Files.delete(photo);
        Shell shell = Shell.plain(home);
        assertEquals(0, shell.shoebox("forget", "--to", second, second.relativize(photo)), shell.err());
        assertEquals(0, copied(status()).get("missing"));
        backup(0, "--copy-to", second);
        assertFalse(Files.exists(photo));
    }

    private Shell status() {
        Shell shell = Shell.plain(home);
        assertEquals(0, shell.shoebox("status", "--json", first), shell.out() + shell.err());
        return shell;
    }

    @Test
    void theFirstItselfIsNoSecond() throws IOException {
        new Shell(home).card("card", "IMG_1.JPG");
        backup(2, "--copy-to", first);
        backup(2, "--copy-to", first.resolve("inside"));
        assertFalse(Files.exists(first.resolve(".shoebox")));
    }

    @Test
    void aSecondCopyThatAcceptsNothingIsReported() throws IOException {
        new Shell(home).card("card", "IMG_1.JPG");
        backup(0, "--copy-to", second);
        new Shell(home).card("card", "IMG_2.JPG");
        Path lock = second.resolve(".shoebox/lock.json");
        Files.createDirectory(lock);
        backup(17, "--copy-to", second);
        assertEquals(2, listed(first).size());
        assertTrue(PosixFilePermissions.toString(Files.getPosixFilePermissions(lock))
                .startsWith("rwx"));
    }

    @Test
    void quietPrintsNothingAboutGoodCopies() throws IOException {
        new Shell(home).card("card", "IMG_1.JPG");
        backup(0, "--copy-to", second);
        Shell shell = Shell.plain(home);
        assertEquals(0, shell.shoebox("backup", "-q", "--from", home.resolve("card"), first, "--copy-to", second));
        assertEquals("", shell.out() + shell.err());
        configure();
        assertEquals(0, shell.shoebox("status", "-q", first));
        assertEquals("", shell.out() + shell.err());
    }

    private void configure() throws IOException {
        configure("copy-to = [\"" + second + "\"]");
    }

    private void configure(String... lines) throws IOException {
        Path config = Files.createDirectories(home.resolve(".config/shoebox")).resolve("config.toml");
        Files.write(config, List.of(lines));
    }

    @Test
    void statusKnowsTheSecondCopiesOfThePhonesWhosePhotosGoThere() throws IOException {
        new Shell(home).card("card", "IMG_1.JPG");
        backup(0, "--copy-to", second);
        configure(
                "copy-to = ['" + home.resolve("of everybody else") + "']",
                "[destination.family]",
                "path = '" + first + "'",
                "[destination.work]",
                "path = '" + home.resolve("work") + "'",
                "[phone.anna]",
                "destination = 'family'",
                "copy-to = ['" + second + "']",
                "[phone.office]",
                "destination = 'work'",
                "copy-to = ['" + home.resolve("of the office") + "']");
        Shell shell = Shell.plain(home);
        assertEquals(0, shell.shoebox("status", "--json", first), shell.err());
        assertEquals(
                List.of(second.toString()),
                shell.events("secondCopy").stream()
                        .map(copy -> copy.get("path"))
                        .toList());
    }

    @Test
    void statusCallsNoLinkToTheBackupItselfASecondCopy() throws IOException {
        new Shell(home).card("card", "IMG_1.JPG");
        backup(0);
        Path link = Files.createSymbolicLink(home.resolve("link"), first);
        configure("copy-to = ['" + link + "']", "[destination.family]", "path = '" + first + "'");
        Shell shell = Shell.plain(home);
        shell.shoebox("status", "--json", first);
        Map<String, Object> copy = shell.events("secondCopy").get(0);
        assertEquals(link.toString(), copy.get("path"));
        assertFalse(copy.containsKey("missing"), copy.toString());
        assertTrue(copy.containsKey("message"), copy.toString());
    }

    /** A photo that is broken on its source makes every run end with 3; that must not hide another failure. */
    @Test
    void aSecondCopyThatFailsBehindARunThatEndsWith3IsRemembered() throws IOException {
        Path card = new Shell(home).card("card", "IMG_1.JPG");
        Files.write(card.resolve("IMG_2.JPG"), new byte[1000]);
        Files.writeString(second.resolve("holiday.txt"), "not a backup");
        backup(3, "--copy-to", second);

        for (String[] words :
                new String[][] {{"history"}, {"history", first.toString()}, {"status", first.toString()}}) {
            Shell shell = Shell.plain(home);
            assertEquals(0, shell.shoebox((Object[]) words), shell.err());
            String said = shell.out() + shell.err();
            assertTrue(said.contains("The second copy in " + second), said);
        }
        Shell shell = Shell.plain(home);
        shell.shoebox("history", "--json");
        assertEquals(3, shell.json().get(0).get("exitCode"));
        assertEquals(
                List.of("failed"),
                ((List<?>) shell.json().get(0).get("followUps"))
                        .stream().map(each -> ((Map<?, ?>) each).get("state")).toList());
        Files.delete(second.resolve("holiday.txt"));
        backup(3, "--copy-to", second);
        assertEquals(0, shell.shoebox("status", first), shell.err());
        assertFalse((shell.out() + shell.err()).contains("The second copy in " + second), shell.out() + shell.err());
    }
}
