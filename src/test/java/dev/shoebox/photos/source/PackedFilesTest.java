package dev.shoebox.photos.source;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

class PackedFilesTest {
    private static final Instant NOON = Instant.parse("2024-05-06T12:00:00.123456789Z");

    @Test
    void returnsTheFilesThatItGot() {
        List<MediaFile> files = List.of(
                new MediaFile("DCIM/100APPLE/IMG_0001.HEIC", 2_500_000, NOON, Optional.of(NOON)),
                new MediaFile("DCIM/100APPLE/IMG_0001.MOV", 0, NOON, Optional.of(NOON.plusNanos(1))),
                new MediaFile("top.jpg", Long.MAX_VALUE, Instant.EPOCH, Optional.empty()),
                new MediaFile("", -1, Instant.MIN, Optional.of(Instant.MAX)),
                new MediaFile("/leading.jpg", Long.MIN_VALUE, Instant.ofEpochSecond(-1, 999_999_999), Optional.empty()),
                new MediaFile("a//b/", 1, NOON, Optional.of(Instant.MIN)),
                new MediaFile("Übung/é\u0301.jpg", 1, NOON, Optional.empty()),
                new MediaFile("絵/🐚.jpg", 1, NOON, Optional.empty()),
                new MediaFile("half \uD83D of a pair/\uDC1A\uD83D\u0000.jpg", 1, NOON, Optional.empty()));

        assertEquals(files, PackedFiles.of(files));
    }

    @Test
    void manyFilesAndVeryLongNamesStayApart() {
        List<MediaFile> files = new ArrayList<>();
        for (int number = 0; number < 60_000; number++) {
            files.add(new MediaFile(
                    "DCIM/" + number / 1000 + "APPLE/IMG_" + number + ".JPG", number, NOON, Optional.empty()));
        }
        String name = "n".repeat(2 << 20);
        files.add(30_000, new MediaFile("long/" + name, 1, NOON, Optional.empty()));
        files.add(30_001, new MediaFile("long/" + name + "2", 1, NOON, Optional.empty()));

        assertEquals(files, PackedFiles.of(files));
    }

    @Test
    void laterAdditionsAndSortingDoNotChangeIt() {
        PackedFiles.Builder builder = new PackedFiles.Builder();
        builder.add(new MediaFile("b", 1, NOON, Optional.empty()));
        builder.add(new MediaFile("a", 1, NOON, Optional.empty()));
        PackedFiles before = builder.build();
        builder.sort(folder -> folder);
        builder.add(new MediaFile("0", 1, NOON, Optional.empty()));

        assertEquals(List.of("b", "a"), before.stream().map(MediaFile::path).toList());
        assertEquals(
                List.of("a", "b", "0"),
                builder.build().stream().map(MediaFile::path).toList());
        assertSame(before, PackedFiles.of(before));
        assertThrows(UnsupportedOperationException.class, () -> before.remove(0));
    }

    @Test
    void isSortedAsItsPathsAre() {
        Random random = new Random(1);
        String characters = "ab/.Zé￿絵🐚";
        PackedFiles.Builder builder = new PackedFiles.Builder();
        List<MediaFile> files = new ArrayList<>();
        for (int number = 0; number < 3000; number++) {
            String path = IntStream.range(0, random.nextInt(8))
                    .mapToObj(at -> String.valueOf(characters.charAt(random.nextInt(characters.length()))))
                    .reduce(random.nextBoolean() ? "edits/" : "", String::concat);
            MediaFile file = new MediaFile(path, number, NOON, Optional.empty());
            files.add(file);
            builder.add(file);
        }
        builder.sort(folder -> folder.startsWith("edits/") ? folder.substring(6) : folder);
        files.sort(Comparator.comparing(
                file -> file.path().startsWith("edits/") ? file.path().substring(6) : file.path()));

        assertEquals(files, builder.build());
    }
}
