package dev.shoebox.cli;

import dev.shoebox.Programs;
import dev.shoebox.library.PhotosDatabase;
import dev.shoebox.library.PhotosDatabase.Ios;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static dev.shoebox.library.PhotosDatabase.asset;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Unpacks and checks the output of {@code shoebox export} with the programs that a user without Shoebox has. */
class ExportTest extends ExportTrial {
    private static final String DCIM = "DCIM/100APPLE/";

    @BeforeEach
    void backUp() throws Exception {
        Path folder = Files.createDirectories(media.resolve(DCIM));
        Files.write(folder.resolve("IMG_0001.JPG"), Pictures.jpeg("1"));
        Files.write(folder.resolve("IMG_0001.MOV"), Pictures.film("1"));
        Files.write(folder.resolve("IMG_0002.JPG"), Pictures.jpeg("2"));
        Files.write(folder.resolve("IMG_0003.MOV"), Pictures.film("3".repeat(2_500_000)));
        Files.write(folder.resolve("Größe 50% #'\"é.JPG"), Pictures.jpeg("4"));
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_18)) {
            database.album(9, 4000, 1, "Travel").album(7, 2, 9, "Oslo \"2024\"");
            database.add(
                    asset(DCIM + "IMG_0001.JPG")
                            .in(7)
                            .created(Instant.parse("2024-05-31T23:30:00Z"), 7200)
                            .with("ZKINDSUBTYPE", 2),
                    asset(DCIM + "IMG_0002.JPG").created(Instant.parse("2023-06-01T10:00:00Z"), 7200));
        }
        assertEquals(0, shell.shoebox("backup", "--from", media, "--sidecar", "xmp", backup), shell::err);
    }

    private void requireWhole(Path unpacked, Set<String> beside) throws IOException {
        Map<String, byte[]> files = files(unpacked);
        Map<String, byte[]> stored = stored();
        Set<String> names = new TreeSet<>(stored.keySet());
        names.addAll(beside);
        assertEquals(names, files.keySet());
        stored.forEach((name, bytes) -> assertArrayEquals(bytes, files.get(name), name));
    }

    @Test
    void everyArchiveIsUnpackedAndCheckedByOtherPrograms() throws Exception {
        Map<String, String[]> programs = new HashMap<>(Map.of(
                "a.tar", new String[] {"tar", "-xf"},
                "a.tar.gz", new String[] {"tar", "-xzf"},
                "a.tgz", new String[] {"tar", "-xzf"}));
        Programs.require("tar");
        Programs.require("sha256sum");
        Programs.require("unzip");
        Programs.require("zstd");
        programs.put("a.tar.zst", new String[] {"tar", "--zstd", "-xf"});
        programs.put("a.ZIP", new String[] {"unzip", "-q"});
        for (Map.Entry<String, String[]> each : programs.entrySet()) {
            assertEquals(0, export("-o", out.resolve(each.getKey())), shell::err);
            Path unpacked = unpack(each.getKey(), each.getValue());
            requireWhole(unpacked, Set.of("SHA256SUMS", "ALBUMS.csv"));
            run(unpacked, "sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS");
        }
        assertEquals(stored().size() + 1, summary().get("files"));
    }

    @Test
    void aFolderIsPlainFilesWithTheirDates() throws Exception {
        Programs.require("sha256sum");
        Path folder = out.resolve("for Anna");

        assertEquals(0, export("-o", folder), shell::err);

        requireWhole(folder, Set.of("SHA256SUMS", "ALBUMS.csv"));
        run(folder, "sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS");
        Path photo = Path.of("2023/06/IMG_0002.JPG");
        assertEquals(
                Files.getLastModifiedTime(backup.resolve(photo)).toInstant().getEpochSecond(),
                Files.getLastModifiedTime(folder.resolve(photo)).toInstant().getEpochSecond());
        assertTrue(Files.readString(folder.resolve("ALBUMS.csv"))
                .contains("\"Travel/Oslo \"\"2024\"\"\",\"2024/06/IMG_0001.JPG\"\r\n"));
    }

    @Test
    void theSameContentGivesTheSameBytes() throws Exception {
        for (String name : List.of("a.tar", "a.zip", "a.tar.gz")) {
            assertEquals(0, export("-o", out.resolve(name)), shell::err);
            byte[] first = Files.readAllBytes(out.resolve(name));
            Files.delete(out.resolve(name));
            Path moved = home.resolve("moved");
            Files.move(backup, moved);
            for (String touched : List.of("2023/06/IMG_0002.JPG", "2023/06/IMG_0002.JPG.xmp")) {
                Files.setLastModifiedTime(moved.resolve(touched), FileTime.fromMillis(1));
            }
            assertEquals(0, shell.shoebox("export", "-o", out.resolve(name), moved), shell::err);
            Files.move(moved, backup);

            assertArrayEquals(first, Files.readAllBytes(out.resolve(name)), name);
            Files.delete(out.resolve(name));
        }
    }

    private Set<String> exported(Object... words) throws Exception {
        Set<String> names = new TreeSet<>();
        for (String path : exportedPaths(words)) {
            names.add(path.substring(path.lastIndexOf('/') + 1));
        }
        return names;
    }

    private Set<String> exportedPaths(Object... words) throws Exception {
        List<Object> all = new ArrayList<>(List.of(words));
        Path folder = out.resolve("chosen");
        all.addAll(List.of("-o", folder));
        assertEquals(0, export(all.toArray()), shell::err);
        Set<String> paths = new TreeSet<>();
        for (String path : files(folder).keySet()) {
            if (!path.endsWith(".xmp") && path.contains("/")) {
                paths.add(path);
            }
        }
        run(out, "rm", "-r", "chosen");
        return paths;
    }

    @Test
    void wholePhotosAreChosenAsByBackupAndByFind() throws Exception {
        Set<String> oslo = Set.of("IMG_0001.JPG", "IMG_0001.MOV");
        assertEquals(oslo, exported("--album", "travel"));
        assertEquals(oslo, exported("--taken", "2024-06-01"));
        assertEquals(oslo, exported("--only", "live"));
        assertEquals(Set.of("IMG_0001.JPG"), exported("--only", "live", "--live-photos", "photo"));
        assertEquals(Set.of("IMG_0003.MOV"), exported("--only", "video"));
        assertEquals(Set.of("IMG_0003.MOV"), exported("--min-size", "1M"));
        assertEquals(Set.of("IMG_0002.JPG"), exported("--name", "0002"));
        assertEquals(Set.of("IMG_0002.JPG"), exported("--until", "2023-12", "--album", "!Travel"));
    }

    @Test
    void photosThatHadTheSameNameOneAfterTheOtherAreChosenEachByItself() throws Exception {
        Path card = Files.createDirectories(home.resolve("card/DCIM/100CANON"));
        shoot(card.resolve("IMG_0009.JPG"), Pictures.jpeg("first"), "2019-03-04T12:00:00Z");
        shoot(card.resolve("IMG_E0009.JPG"), Pictures.jpeg("edited"), "2023-12-24T12:00:00Z");
        assertEquals(0, shell.shoebox("backup", "--from", home.resolve("card"), backup), shell::err);
        Files.delete(card.resolve("IMG_0009.JPG"));
        Files.delete(card.resolve("IMG_E0009.JPG"));
        shoot(card.resolve("IMG_0009.JPG"), Pictures.jpeg("f".repeat(5_000)), "2024-07-05T12:00:00Z");
        shoot(card.resolve("IMG_0009.MOV"), Pictures.film("f"), "2024-07-05T12:00:02Z");
        assertEquals(0, shell.shoebox("backup", "--from", home.resolve("card"), backup), shell::err);

        assertEquals(Set.of("2019/03/IMG_0009.JPG", "2019/03/IMG_0009_edited.JPG"), exportedPaths("--taken", "2019"));
        Set<String> second = Set.of("2024/07/IMG_0009.JPG", "2024/07/IMG_0009.MOV");
        assertEquals(second, exportedPaths("--taken", "2024-07"));
        assertEquals(second, exportedPaths("--only", "live", "--name", "0009"));
        assertEquals(second, exportedPaths("--min-size", "4K", "--name", "0009"));
    }

    private static void shoot(Path file, byte[] content, String taken) throws IOException {
        Files.setLastModifiedTime(Files.write(file, content), FileTime.from(Instant.parse(taken)));
    }

    @Test
    void aBackupWithOnlyItsListIsExportedCompletely() throws Exception {
        Map<String, byte[]> stored = stored();
        run(backup, "rm", "-r", ".shoebox");
        assertEquals(0, shell.shoebox("rebuild", backup), shell::err);
        Files.delete(backup.resolve("2023/06/IMG_0002.JPG"));

        assertEquals(4, export("-o", out.resolve("a.tar")), shell::err);

        assertEquals(1, summary().get("missing"));
        Set<String> names = new TreeSet<>(stored.keySet());
        names.removeIf(name -> name.startsWith("2023/06/IMG_0002.JPG"));
        names.add("SHA256SUMS");
        Set<String> unpacked =
                new TreeSet<>(files(unpack("a.tar", "tar", "-xf")).keySet());
        unpacked.removeIf(name -> name.startsWith("2023/06/IMG_0002.JPG"));
        assertEquals(names, unpacked);
    }

    @Test
    void nothingIsMadeOfNothing() throws Exception {
        assertEquals(75, export("--taken", "1999", "-o", out.resolve("a.zip")));
        assertEquals(2, export("--album", "Bergen", "-o", out.resolve("a.zip")));
        assertEquals(Map.of(), files(out));
    }

    @Test
    void partsAreArchivesOfTheirOwnAndALargeFilmComesInPiecesThatCatJoins() throws Exception {
        Programs.require("unzip");
        for (String ending : List.of(".zip", ".tar", ".tar.gz")) {
            assertEquals(0, export("--split", "1M", "-o", out.resolve("p" + ending)), shell::err);
            int parts = (int) summary().get("parts");
            assertTrue(parts > 2, () -> "parts: " + parts);
            Path unpacked = Files.createDirectories(home.resolve("joined" + ending));
            Map<String, byte[]> made = files(out);
            assertEquals(parts, made.size());
            for (int i = 1; i <= parts; i++) {
                String name = "p-" + i + "-of-" + parts + ending;
                assertTrue(made.get(name).length <= 1_000_000, name);
                run(
                        unpacked,
                        ending.equals(".zip")
                                ? new String[] {"unzip", "-q", out.resolve(name).toString()}
                                : new String[] {"tar", "-xf", out.resolve(name).toString()});
                run(unpacked, "sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS-" + i);
            }
            String film = files(unpacked).keySet().stream()
                    .filter(path -> path.endsWith("IMG_0003.MOV.001"))
                    .findFirst()
                    .orElseThrow()
                    .replace(".001", "");
            run(unpacked, "sh", "-c", "cat '" + film + "'.0* > '" + film + "' && rm '" + film + "'.0*");
            run(unpacked, "sh", "-c", "rm SHA256SUMS-*");
            requireWhole(unpacked, Set.of("ALBUMS.csv"));
            run(out, "sh", "-c", "rm p-*");
        }
    }

    @Test
    void theListHasTheHashOfAFilmInParts() throws Exception {
        assertEquals(0, export("--split", "1M", "-o", out.resolve("folder")), shell::err);

        String list = Files.readString(out.resolve("folder/SHA256SUMS"));
        String recorded = Files.readAllLines(backup.resolve("SHA256SUMS")).stream()
                .filter(line -> line.endsWith("IMG_0003.MOV"))
                .findFirst()
                .orElseThrow();
        assertTrue(list.contains("# " + recorded + "  once its 3 pieces are joined"), list);
        run(out.resolve("folder"), "sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS");
    }

    @Test
    void aDamagedFileIsNamedAndLeftOutAndTheEndingIsNoSuccess() throws Exception {
        Files.write(backup.resolve("2023/06/IMG_0002.JPG"), Pictures.jpeg("x"));
        Files.delete(backup.resolve("2024/06/IMG_0001.MOV"));
        for (String name : List.of("a.tar", "a.zip")) {
            assertEquals(4, export("-o", out.resolve(name)));
            assertEquals(1, summary().get("damaged"));
            assertEquals(1, summary().get("missing"));
            assertEquals(
                    Set.of("2023/06/IMG_0002.JPG damaged", "2024/06/IMG_0001.MOV missing"),
                    new TreeSet<>(shell.events("not-exported").stream()
                            .map(event -> event.get("path") + " " + event.get("reason"))
                            .toList()));
        }
        Path unpacked = unpack("a.tar", "tar", "-xf");
        assertFalse(Files.exists(unpacked.resolve("2023/06/IMG_0002.JPG")));
        assertTrue(Files.exists(unpacked.resolve("2024/06/IMG_0001.JPG")));
        run(unpacked, "sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS");
        assertTrue(Files.readString(unpacked.resolve("SHA256SUMS"))
                .contains("# not in this export: 2023/06/IMG_0002.JPG"));
    }

    @Test
    void anExistingFileIsNeverReplacedAndNothingIsCreatedInTheBackup() throws Exception {
        Path there = Files.writeString(out.resolve("a.tar"), "mine");
        assertEquals(2, export("-o", there));
        assertEquals("mine", Files.readString(there));
        assertEquals(2, export("-o", backup.resolve("2024/a.tar")));
        assertEquals(2, export("-o", out.resolve("absent/a.tar")));
        assertEquals(2, export("-o", out.resolve("a.7z")));
        assertEquals(2, export("-o", out.resolve("a.tar.xz")));
        assertEquals(2, export("--split", "10", "-o", out.resolve("b.tar")));
        Files.createSymbolicLink(out.resolve("way"), backup);
        assertEquals(2, export("-o", out.resolve("way/2024/a.tar")));
        Path unfinished = Files.writeString(out.resolve("c.tar.part"), "of another");
        assertEquals(2, export("-o", out.resolve("c.tar")));
        assertEquals("of another", Files.readString(unfinished));
        Files.delete(unfinished);
        Path part = Files.writeString(out.resolve("d-03-of-12.tar"), "of another");
        assertEquals(2, export("--split", "1M", "-o", out.resolve("d.tar")));
        Files.delete(part);
        assertEquals(Set.of("a.tar"), files(out).keySet());
    }

    @Test
    void withoutZstdTheExportIsRefusedBeforehand() throws Exception {
        shell.environment.put("PATH", out.toString());
        assertEquals(2, export("-o", out.resolve("a.tar.zst")));
        assertTrue(shell.err().contains("zstd"), shell::err);
        assertEquals(Map.of(), files(out));
    }
}
