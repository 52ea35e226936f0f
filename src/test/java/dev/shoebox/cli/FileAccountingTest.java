package dev.shoebox.cli;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Whatever a source contains, a run accounts for every file. */
class FileAccountingTest {
    private static final Path SAMPLES =
            Path.of(Optional.ofNullable(System.getenv("SHOEBOX_SAMPLES")).orElse("../shared/samples"));

    /** The smallest JPEG with dimensions: one pixel. */
    private static final byte[] JPEG = HexFormat.of().parseHex("ffd8ffc0000b080001000101011100ffd9");

    @TempDir
    private Path home;

    @TempDir
    private Path source;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(home);
    }

    private void put(String path, byte[] content) throws IOException {
        Path file = source.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    /** A picture with content of its own. */
    private void picture(String path) throws IOException {
        String comment = HexFormat.of().formatHex(path.getBytes(StandardCharsets.UTF_8));
        byte[] bytes = HexFormat.of()
                .parseHex("ffd8fffe" + "%04x".formatted(2 + comment.length() / 2) + comment
                        + "ffc0000b080001000101011100ffda0008010100003f0000ffd9");
        put(path, bytes);
    }

    private Path backup() {
        return home.resolve("backup");
    }

    private Path sample(String name) throws IOException {
        Path archive = SAMPLES.resolve("reports.tar.gz");
        assumeTrue(Files.exists(archive), "no samples at " + SAMPLES.toAbsolutePath() + "; set SHOEBOX_SAMPLES");
        try (InputStream in = Files.newInputStream(archive);
                var tar = new TarArchiveInputStream(new GZIPInputStream(in), StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String path = entry.getName().replaceFirst("^\\./", "");
                if (entry.isFile() && path.startsWith(name + "/")) {
                    put(path, tar.readAllBytes());
                }
            }
        }
        return source.resolve(name);
    }

    private Map<String, Object> backUp(Path from, int code) throws IOException {
        assertEquals(code, shell.shoebox("backup", "--json", "-v", "--from", from, backup()), shell::err);
        Map<String, Object> summary = shell.events("summary").get(0);
        long files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.filter(Files::isRegularFile).count();
        }
        long settled = Stream.of(
                        "copied",
                        "duplicates",
                        "alreadyBackedUp",
                        "failed",
                        "leftOutFiles",
                        "recentlyDeletedFiles",
                        "passedOver")
                .mapToLong(key -> ((Number) summary.get(key)).longValue())
                .sum();
        assertEquals(files, settled, summary::toString);
        return summary;
    }

    private Set<String> stored() throws IOException {
        try (Stream<Path> all = Files.walk(backup())) {
            return all.filter(Files::isRegularFile)
                    .map(backup()::relativize)
                    .filter(path -> !path.startsWith(".shoebox") && !path.endsWith("SHA256SUMS"))
                    .map(path -> path.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private Set<String> passedOver() throws IOException {
        return shell.events("passed-over").stream()
                .map(event -> (String) event.get("path"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void rareFormatsAreCopied() throws IOException {
        Map<String, Object> summary = backUp(sample("S2-unknown-kinds"), 0);
        assertEquals(45, ((Number) summary.get("copied")).intValue());
    }

    @Test
    void companionsGoWithTheirPhotoUnderItsName() throws IOException {
        backUp(sample("S3-companions"), 0);
        assertTrue(
                stored().containsAll(Set.of(
                        "_DSC0001.NEF",
                        "_DSC0001.xmp",
                        "_DSC0001.NEF.xmp",
                        "IMG_0003.JPG.pp3",
                        "IMG_0003.JPG_original",
                        "IMG_0003.WAV",
                        "IMG_0004.vrd",
                        "MVI_0002.THM")),
                () -> shell.out());
        assertEquals(Set.of(), passedOver());
    }

    @Test
    void eachContentIsStoredOnceWhateverItsName() throws IOException {
        Path both = sample("C2-same-bytes-other-name");
        backUp(both.resolve("icloudpd"), 0);
        Map<String, Object> second = backUp(both.resolve("phone"), 0);
        assertEquals(0, ((Number) second.get("copied")).intValue());
        assertEquals(2, ((Number) second.get("duplicates")).intValue());
    }

    @Test
    void derivedFilesAreSkippedAndReported() throws IOException {
        backUp(sample("C3-derivatives"), 0);
        assertEquals(
                Set.of("F88C2797-D829-495D-8FAE-517D2A00DD12.jpeg", "F88C2797-D829-495D-8FAE-517D2A00DD12_edited.jpeg"),
                stored());
        assertTrue(passedOver()
                .containsAll(Set.of(
                        "#snapshot",
                        "2019/@eaDir",
                        "2019/.@__thumb",
                        ".Trash-1000",
                        ".thumbnails",
                        "thumbs",
                        "Android/data/com.x/cache",
                        "LR/Cat Previews.lrdata",
                        "@Recently-Snapshot")));
    }

    @Test
    void otherFilesAreCountedAndNamed() throws IOException {
        picture("a.jpg");
        put("letter.pdf", "%PDF-1.4 ...".getBytes(StandardCharsets.US_ASCII));
        put("song.mp3", "ID3".getBytes(StandardCharsets.US_ASCII));
        put("app.ts", "export const x = 1;".getBytes(StandardCharsets.US_ASCII));
        put("what.xyz", new byte[] {0, 1, 2, 3});
        picture("picture.dat");
        picture("nameless");
        Map<String, Object> summary = backUp(source, 0);
        assertEquals(3, ((Number) summary.get("copied")).intValue());
        assertEquals(Set.of("letter.pdf", "song.mp3", "app.ts", "what.xyz"), passedOver());
        assertEquals(0, shell.shoebox("list", "--json", "--from", source), shell::err);
        assertEquals(Set.of("letter.pdf", "song.mp3", "app.ts", "what.xyz"), passedOver());
    }

    @Test
    void aFolderWithoutAnyPhotoIsNoSuccess() throws IOException {
        put("letter.pdf", "%PDF-1.4 ...".getBytes(StandardCharsets.US_ASCII));
        backUp(source, 3);
        assertTrue(shell.err().contains("1 documents") || shell.err().contains("document"), shell::err);
    }

    @Test
    void aUsersOwnFolderOfThatNameDoesNotCountAsThumbnails() throws IOException {
        picture("thumbs/small.jpg");
        put("thumbs/large.jpg", Arrays.copyOf(JPEG, 100_000));
        Map<String, Object> summary = backUp(source, 0);
        assertEquals(2, ((Number) summary.get("copied")).intValue());
    }

    @Test
    void theRecordOfTheRunHasTheSkippedFiles() throws IOException {
        picture("a.jpg");
        put("letter.pdf", "%PDF-1.4 ...".getBytes(StandardCharsets.US_ASCII));
        put("song.mp3", "ID3".getBytes(StandardCharsets.US_ASCII));
        picture("@eaDir/a.jpg/SYNOPHOTO_THUMB_XL.jpg");
        backUp(source, 0);
        assertEquals(0, shell.shoebox("report", "--json", backup()), shell::err);
        Map<String, Object> run = shell.events("run").get(0);
        assertEquals(4L, ((Number) run.get("found")).longValue());
        assertEquals(3L, ((Number) run.get("passedOver")).longValue());
        assertEquals(1L, ((Number) run.get("clutter")).longValue());
        assertEquals(Set.of("document", "sound", "thumbnails"), ((Map<?, ?>) run.get("passedOverKinds")).keySet());
        assertEquals(3, ((List<?>) run.get("passedOverNames")).size());
        assertEquals(0, shell.shoebox("report", "--format", "html", backup()), shell::err);
        assertTrue(shell.out().contains("<li>letter.pdf</li>") && shell.out().contains("<li>@eaDir</li>"), shell::out);
        assertEquals(0, shell.shoebox("history", "-v", backup()), shell::err);
        assertTrue(shell.out().contains("1 sound file"), shell::out);
    }

    @Test
    void anArchiveThatCannotBeReadIsNotDone() throws IOException {
        picture("a.jpg");
        put("trip.rar", "Rar!\u001a\u0007".getBytes(StandardCharsets.ISO_8859_1));
        put("old.7z.001", new byte[] {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c});
        Map<String, Object> summary = backUp(source, 3);
        assertEquals(Map.of("unread-archive", 2), summary.get("passedOverKinds"));
        assertTrue(shell.err().contains("trip.rar") && shell.err().contains("old.7z.001"), shell::err);
        assertTrue(shell.err().contains("unpack it"), shell::err);
        assertEquals(3, shell.shoebox("backup", "-n", "--from", source, backup()), shell::err);
        assertEquals(0, shell.shoebox("report", "--format", "html", backup()), shell::err);
        assertFalse(shell.out().contains("could not be backed up"), shell::out);
    }

    @Test
    void nothingButTheBackupOfAPhoneIsNotDone() throws IOException {
        put("Backup/0a/0a00000000000000000000000000000000000000", JPEG);
        put("Backup/Manifest.db", "SQLite format 3".getBytes(StandardCharsets.US_ASCII));
        put("Backup/Info.plist", "bplist00".getBytes(StandardCharsets.US_ASCII));
        Map<String, Object> summary = backUp(source, 3);
        assertEquals(Map.of("phone-backup", 3), summary.get("passedOverKinds"));
        assertTrue(shell.err().contains("iTunes"), shell::err);
    }

    @Test
    void aSourceThatWasEmptiedAfterItsBackupIsNoFailure() throws IOException {
        picture("a.jpg");
        backUp(source, 0);
        Files.delete(source.resolve("a.jpg"));
        assertEquals(0, shell.shoebox("backup", "-n", "--from", source, backup()), shell::err);
        backUp(source, 0);
    }

    @Test
    void aDryRunOfAnEmptySourceIsNoSuccess() throws IOException {
        put("letter.pdf", "%PDF-1.4 ...".getBytes(StandardCharsets.US_ASCII));
        assertEquals(3, shell.shoebox("backup", "-n", "--from", source, backup()), shell::err);
    }

    @Test
    void aFileThatOnlyHasTheNameOfAPhotoIsStoredReportedAndNotCalledSafe() throws IOException {
        picture("IMG_0001.JPG");
        put("IMG_0002.JPG", "<html>Too many requests</html>".getBytes(StandardCharsets.US_ASCII));
        put("IMG_0003.MOV", "version https://git-lfs.github.com".getBytes(StandardCharsets.US_ASCII));
        put("old.tga", "no signature is known of these".getBytes(StandardCharsets.US_ASCII));
        Map<String, Object> summary = backUp(source, 0);
        assertEquals(4, ((Number) summary.get("copied")).intValue());
        assertEquals(2, ((Number) summary.get("implausible")).intValue());
        assertEquals(
                Set.of("IMG_0002.JPG", "IMG_0003.MOV"),
                shell.events("implausible").stream()
                        .filter(event -> event.get("reason").equals("unrecognised"))
                        .map(event -> (String) event.get("path"))
                        .collect(Collectors.toSet()));
        backUp(source, 0);
        assertEquals(2, shell.events("implausible").size(), "it is said as long as it is so");
        assertEquals(0, shell.shoebox("verify", backup()), shell::err);
        assertEquals(0, shell.shoebox("safe-to-remove", "--json", "--from", source, backup()), shell::err);
        assertEquals(
                Set.of("IMG_0001.JPG", "old.tga"),
                shell.events("safe").stream().map(event -> event.get("path")).collect(Collectors.toSet()));
    }

    @Test
    void aDryRunGroupsByFolderAndItsAccountAddsUp() throws IOException {
        for (int i = 0; i < 30; i++) {
            picture("IMG_202405%02d_120000.jpg".formatted(1 + i));
        }
        picture("IMG_20190701_120000.jpg");
        put("letter.pdf", "%PDF-1.4 ...".getBytes(StandardCharsets.US_ASCII));
        assertEquals(0, shell.shoebox("backup", "-n", "--from", source, backup()), shell::err);
        List<String> lines = shell.out().lines().toList();
        assertTrue(lines.size() <= 5, shell::out);
        assertTrue(lines.get(0).matches("2019/07 .* 1 JPG") && lines.get(1).matches("2024/05 .* 30 JPG"), shell::out);
        assertTrue(shell.out().contains("1 document"), shell::out);
        assertTrue(lines.get(lines.size() - 1).startsWith("31 files"), shell::out);
        assertEquals(0, shell.shoebox("backup", "-n", "-v", "--from", source, backup()), shell::err);
        assertTrue(shell.out().contains("IMG_20190701_120000.jpg -> 2019/07/IMG_20190701_120000.jpg"), shell::out);
    }

    @Test
    void theVerdictIsTheLastLine() throws IOException {
        picture("a.jpg");
        put("letter.pdf", "%PDF-1.4 ...".getBytes(StandardCharsets.US_ASCII));
        picture("@eaDir/a.jpg/SYNOPHOTO_THUMB_XL.jpg");
        assertEquals(0, shell.shoebox("backup", "--from", source, backup()), shell::err);
        List<String> lines = shell.out().lines().toList();
        assertTrue(lines.get(lines.size() - 1).contains("is safe in"), shell::out);
    }
}
