package dev.shoebox.destination.disk;

import dev.shoebox.destination.CrashDisk;
import dev.shoebox.destination.DiskProfile;
import dev.shoebox.destination.Faults;
import dev.shoebox.destination.Medium;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A file of lines that another program may have written: its content stays, and an added line is a line of its own. */
final class AppendOnlyLinesFuzz {
    private static final AppendOnlyLines.Kind KIND = new AppendOnlyLines.Kind("lines", true);
    private static final String OURS = "0a".repeat(32) + "  2024/05/IMG_0001.HEIC";

    private AppendOnlyLinesFuzz() {}

    static List<byte[]> seeds() {
        return Stream.of("", "# note", OURS + "\n", OURS.substring(0, 70), OURS.substring(0, 70) + "\0\0", "a\r\nb")
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        var medium = new Medium(DiskProfile.EXT4);
        medium.keep(KIND.path(), bytes);
        var disk = new CrashDisk(medium, Faults.none(), new PathDisk(Path.of("nowhere")));
        try {
            AppendOnlyLines.Position position;
            try (AppendOnlyLines lines = open(disk, new AppendOnlyLines.Position(0, 0))) {
                lines.append(List.of("one", "two"));
                position = lines.position();
            }
            byte[] after = medium.at(KIND.path()).orElseThrow().node().bytes();
            String text = new String(after, StandardCharsets.ISO_8859_1);
            assertTrue(text.equals("one\ntwo\n") || text.endsWith("\none\ntwo\n"));
            int kept = Arrays.mismatch(bytes, after);
            String lost = kept < 0 || kept >= bytes.length
                    ? ""
                    : new String(Arrays.copyOfRange(bytes, kept, bytes.length), UTF_8).replace("\0", "");
            assertTrue(OURS.contains(lost), lost);
            try (AppendOnlyLines lines = open(disk, position)) {
                assertTrue(lines.isAsWritten());
                assertEquals(position, lines.position());
            }
            assertArrayEquals(after, medium.at(KIND.path()).orElseThrow().node().bytes());
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static AppendOnlyLines open(Disk disk, AppendOnlyLines.Position known) throws IOException {
        return AppendOnlyLines.open(disk, KIND, known, OURS::startsWith);
    }
}
