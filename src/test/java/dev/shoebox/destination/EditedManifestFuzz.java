package dev.shoebox.destination;

import dev.shoebox.InMemory;
import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.records.Manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static dev.shoebox.destination.Backups.photo;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Edits of SHA256SUMS by another program between two runs. Each line of the input is one edit: its first byte selects
 * the kind, the second the position, and the rest is the text of the line.
 */
final class EditedManifestFuzz {
    private static final Backups.Shot[] BEFORE = {
        photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two"), photo("DCIM/3.JPG", "three")
    };
    private static final Backups.Shot[] AFTER = {BEFORE[0], BEFORE[1], BEFORE[2], photo("DCIM/4.JPG", "four")};

    private EditedManifestFuzz() {}

    static List<byte[]> seeds() {
        String lie = "0a".repeat(32) + "  2024/05/1.JPG";
        return Stream.of(
                        "a0# a note",
                        "a1" + lie,
                        "b2" + lie + "\nc0",
                        "c0\nc0\nc0",
                        "d0",
                        "d1\na9" + "ab".repeat(32) + " *mine.txt",
                        "a0SHA256 (mine.txt) = " + "ab".repeat(32) + "\nb9\\" + lie)
                .map(text -> text.getBytes(ISO_8859_1))
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        Path folder = InMemory.folder("shoebox-fuzz");
        try {
            var backups = new Backups(folder.resolve("backup"));
            backups.run(BEFORE);
            Path manifest = backups.root.resolve(Manifest.FILE);
            Edited edited = edit(Files.readString(manifest), new String(bytes, ISO_8859_1));
            Files.write(manifest, edited.text().getBytes(ISO_8859_1));
            boolean isWide = AppendOnlyLines.isWide(new PathDisk(backups.root), Manifest.FILE);
            backups.catchUp(AFTER);
            for (String content : List.of("one", "two", "three", "four")) {
                assertTrue(photos(backups).containsValue(content), content);
            }
            List<String> lines =
                    new String(Files.readAllBytes(manifest), ISO_8859_1).lines().toList();
            if (!isWide) {
                edited.theirs().forEach(line -> assertTrue(lines.contains(line), line));
            }
            requireListed(backups);
            byte[] settled = Files.readAllBytes(manifest);
            backups.catchUp(AFTER);
            assertEquals(new String(settled, ISO_8859_1), new String(Files.readAllBytes(manifest), ISO_8859_1));
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void requireListed(Backups backups) throws IOException {
        Set<String> listed = new HashSet<>();
        Manifest.read(new PathDisk(backups.root), 0, (line, end) -> listed.add(line.path()));
        for (String path : photos(backups).keySet()) {
            assertTrue(!path.startsWith("2024/") || listed.contains(path), path);
        }
    }

    private static Map<String, String> photos(Backups backups) throws IOException {
        Map<String, String> photos = new HashMap<>();
        try (Stream<Path> all = Files.list(backups.root.resolve("2024/05"))) {
            for (Path path : all.toList()) {
                photos.put("2024/05/" + path.getFileName(), Files.readString(path, ISO_8859_1));
            }
        }
        return photos;
    }

    /** @param theirs the complete lines that the other program wrote */
    private record Edited(String text, List<String> theirs) {}

    private static Edited edit(String text, String edits) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        List<String> theirs = new ArrayList<>();
        String end = "\n";
        for (String edit : edits.split("\n", 40)) {
            if (edit.length() < 2) {
                continue;
            }
            int at = edit.charAt(1) % (lines.size() + 1);
            String line = edit.substring(2).replaceAll("[\r\n]", "");
            switch (edit.charAt(0) % 4) {
                case 1 -> lines.add(at, line);
                case 2 -> {
                    if (at < lines.size()) {
                        theirs.remove(lines.set(at, line));
                    }
                }
                case 3 -> {
                    if (at < lines.size()) {
                        theirs.remove(lines.remove(at));
                    }
                }
                default -> end = at % 2 == 0 ? "\r\n" : "\n";
            }
            if (lines.contains(line) && isText(line)) {
                theirs.add(line);
            }
        }
        String edited = String.join(end, lines) + (edits.length() % 3 == 0 ? "" : end);
        theirs.removeIf(line -> !edited.lines().toList().contains(line));
        return new Edited(edited, theirs);
    }

    /** Zeros at the end of the file may be the result of a crash. */
    private static boolean isText(String line) {
        return !line.isBlank() && line.indexOf('\0') < 0 && line.length() < 1000;
    }
}
