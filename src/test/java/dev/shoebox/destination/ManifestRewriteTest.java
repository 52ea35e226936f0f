package dev.shoebox.destination;

import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.text.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Lines by others survive a rewrite of SHA256SUMS, and an unterminated last line is not trusted permanently. */
class ManifestRewriteTest {
    @TempDir
    Path folder;

    private static String line(String content, String path) {
        return HexFormat.of().formatHex(Sha256.bytes(content)) + "  " + path;
    }

    @Test
    void aLastLineWithoutItsEndThatIsGoneLaterIsListedAgain() throws Exception {
        var backups = new Backups(folder.resolve("backup"));
        Path manifest = backups.root.resolve(Manifest.FILE);
        Backups.Shot[] shots = {photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two")};
        backups.run(shots);
        Files.writeString(manifest, "# mine\n" + Files.readString(manifest).stripTrailing());
        backups.catchUp(shots);
        List<String> lines = Files.readAllLines(manifest);
        Files.write(manifest, lines.subList(0, lines.size() - 1));
        backups.catchUp(shots);
        assertEquals(lines, Files.readAllLines(manifest));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void linesOfOthersExistWhereverTheRewriteIsInterrupted(boolean links) throws Exception {
        boolean isThrough = false;
        int ended = 0;
        for (int fatal = 0; !isThrough; fatal++) {
            var backups = new Backups(folder.resolve("backup" + fatal));
            Path manifest = backups.root.resolve(Manifest.FILE);
            backups.run(photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two"));
            String wrong = line("another's", "2024/05/2.JPG");
            Files.writeString(
                    manifest,
                    "# mine\n" + line("one", "2024/05/1.JPG") + "\n" + wrong + "\n" + line("x", "x.txt") + "\n");
            DyingDisk[] disk = new DyingDisk[1];
            int at = fatal;
            try {
                Repair.open(
                                backups.root,
                                Backups.CLOCK,
                                root -> disk[0] = new DyingDisk(new PathDisk(root), links, at, true),
                                backups.said::add)
                        .close();
            } catch (IOException cutOff) {
                ended++;
            }
            isThrough = disk[0].operations() <= fatal;
            Repair.open(backups.root, Backups.CLOCK, backups.said::add).close();
            List<String> lines = Files.readAllLines(manifest);
            assertEquals("# mine", lines.get(0), "cut off at " + fatal);
            assertTrue(lines.contains(line("x", "x.txt")), "cut off at " + fatal);
            assertTrue(lines.contains(line("two", "2024/05/2.JPG")), "cut off at " + fatal);
            assertFalse(lines.contains(wrong), "cut off at " + fatal);
            assertFalse(Files.exists(backups.root.resolve(Identity.FOLDER).resolve("manifest.new")));
        }
        assertTrue(ended > 10, "only " + ended + " steps were disturbed");
    }
}
