package dev.shoebox.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Backs up, from end to end, files whose dates users lost with other programs. */
class ReportedDatesTest {
    private static final Path REPORTS = Path.of(
                    Optional.ofNullable(System.getenv("SHOEBOX_SAMPLES")).orElse("../shared/samples"))
            .resolve("reports.tar.gz");

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void unpack() throws Exception {
        assumeTrue(
                Files.isRegularFile(REPORTS),
                "no reports at " + REPORTS.toAbsolutePath() + "; set SHOEBOX_SAMPLES to test what people reported");
        // tar keeps the times of the files, which matter here.
        Process tar = new ProcessBuilder("tar", "xzf", REPORTS.toAbsolutePath().toString())
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertTrue(tar.waitFor(1, TimeUnit.MINUTES));
        assertEquals(0, tar.exitValue());
        shell = new Shell(Files.createDirectories(folder.resolve("home")));
        shell.now = Instant.parse("2026-11-29T15:00:00Z");
    }

    private Set<String> backedUp(String report, String... parts) throws IOException {
        Path source = folder.resolve(report);
        Path backup = folder.resolve("backup");
        int code = shell.shoebox("backup", "--from", source, backup);
        assertTrue(code == 0 || code == 3, () -> shell.out() + shell.err());
        Set<String> tree = new TreeSet<>();
        try (Stream<Path> walk = Files.walk(backup)) {
            walk.filter(Files::isRegularFile)
                    .map(file -> backup.relativize(file).toString().replace('\\', '/'))
                    .filter(path -> path.matches("(\\d{4}|undated)/.*"))
                    .filter(path -> parts.length == 0 || Stream.of(parts).anyMatch(path::endsWith))
                    .forEach(tree::add);
        }
        return tree;
    }

    @Test
    void aStillKeepsItsDateBesideAFilmOfItsName() throws IOException {
        assertEquals(
                Set.of("2012/05/IMG_0042.JPG", "2019/12/IMG_0042.MOV", "2024/09/IMG_3223.PNG", "2021/08/IMG_3223.MOV"),
                backedUp("D1-still-and-unrelated-film"));
    }

    @Test
    void impossibleClocksAreIgnored() throws IOException {
        Set<String> tree = backedUp("D4-impossible-clocks");
        assertEquals(14, tree.size());
        assertTrue(tree.stream().allMatch(path -> path.startsWith("2021/06/")), tree::toString);
    }

    @Test
    void theNameComesBeforeTheLastChange() throws IOException {
        assertEquals(
                Set.of("2015/01/IMG-20150101-WA0001.jpg", "2017/02/IMG_20170213_201229_344.jpg"),
                backedUp("D5-changed-later"));
    }

    @Test
    void iptcIsRead() throws IOException {
        assertEquals(Set.of("1985/07/scan001.jpg"), backedUp("D6-iptc"));
    }

    @Test
    void containersAreOpened() throws IOException {
        assertEquals(
                Set.of("2000/05/DSCF0051.AVI", "2003/07/MVI_0052.AVI", "2009/09/VID_0001.3gp", "2009/09/clip.mkv"),
                backedUp("D7-avi-mkv"));
    }

    @Test
    void aFilmLiesBesideThePhotoOfItsSecond() throws IOException {
        assertEquals(
                Set.of(
                        "2021/01/20210131_235059.mp4",
                        "2021/01/IMG_20210131_235059.jpg",
                        "2021/01/VID_20210131_235059.mp4"),
                backedUp("D8-name-and-mvhd"));
    }

    @Test
    void oneOddFieldLeavesTheDay() throws IOException {
        assertEquals(Set.of("2015/08/IMG_0001.JPG", "2019/01/IMG_0002.JPG"), backedUp("D9-one-odd-field"));
    }

    @Test
    void oddSpellingsAreDates() throws IOException {
        Set<String> tree = backedUp("D9-odd-spellings");
        assertEquals(11, tree.size());
        assertTrue(tree.containsAll(Set.of("2014/04/IMG_0001.JPG", "2018/07/IMG_0006.JPG", "2018/07/IMG_0009.JPG")));
    }

    @Test
    void rawProfilesOfPngAreRead() throws IOException {
        assertEquals(Set.of("2014/06/pic1.png", "2014/06/pic2.png"), backedUp("D10-png-profiles"));
    }

    @Test
    void datesAreFoundWhereverProgramsPutThem() throws IOException {
        String[] files = {
            "exif-space-padded-date.jpg",
            "gps-time-only.jpg",
            "iptc-only.jpg",
            "jxl-exif-box.jxl",
            "jxl-xml-box.jxl",
            "mov-udta-datetimeoriginal.mov",
            "mp4-uuid-xmp.mp4",
            "png-date-create.png",
            "png-exif-after-many-idat.png",
            "png-itxt-xmp-compressed.png",
            "png-ztxt-raw-profile-exif.png",
            "xmp-other-prefix.jpg"
        };
        Set<String> expected = new TreeSet<>();
        Stream.of(files).map(file -> "2019/08/" + file).forEach(expected::add);
        assertEquals(expected, backedUp("D11-places-not-read", files));
    }

    @Test
    void aDateInTheFutureIsIgnored() throws IOException {
        assertEquals(Set.of("2026/11/exif-2099.jpg"), backedUp("D11-places-not-read", "exif-2099.jpg"));
    }

    @Test
    void theOwnersCorrectedDateDecidesSelectionAndFolder() throws IOException {
        assertEquals(
                Set.of(
                        "1985/07/IMG_0001.JPG",
                        "2021/12/IMG_0002.JPG",
                        "2023/02/IMG_0003.JPG",
                        "2021/12/IMG_0004.MOV",
                        "2023/03/IMG_0005.JPG"),
                backedUp("D2-dates-the-owner-corrected"));
        assertEquals(Set.of("IMG_0001.JPG"), listed("--until", "1990"));
        assertEquals(Set.of(), listed("--until", "1990", "--dates", "camera"));
        assertEquals(Set.of("IMG_0002.JPG", "IMG_0004.MOV"), listed("--until", "2021", "--dates", "camera"));
        assertEquals(
                Set.of("IMG_0001.JPG", "IMG_0002.JPG", "IMG_0004.MOV"), listed("--until", "2021", "--dates", "photos"));
    }

    private Set<String> listed(String... options) {
        List<Object> words =
                new ArrayList<>(List.of("list", "-v", "--from", folder.resolve("D2-dates-the-owner-corrected")));
        words.addAll(List.of(options));
        assertEquals(0, shell.shoebox(words.toArray()), shell::err);
        Set<String> names = new TreeSet<>();
        Matcher name = Pattern.compile("DCIM/100APPLE/(IMG_\\d+\\.\\w+)").matcher(shell.out());
        while (name.find()) {
            names.add(name.group(1));
        }
        return names;
    }
}
