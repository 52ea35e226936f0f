package dev.shoebox.destination;

import dev.shoebox.Hostile;
import dev.shoebox.Proof;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Manifest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** Forged or damaged manifests, journals and names. */
@Tag(Proof.TAG)
@Tag("hostile")
class HostileShoeboxTest {
    @TempDir
    private Path folder;

    private final Hostile hostile = new Hostile();
    private final long began = System.nanoTime();

    private Map<String, String> outside(Path root) throws IOException {
        Map<String, String> outside = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(path -> !path.startsWith(root)).toList()) {
                boolean isFile = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
                outside.put(path.toString(), isFile ? Files.readString(path) : "");
            }
        }
        return outside;
    }

    @Test
    void linesThatWereChangedAreReadOrPassedOver() throws IOException {
        Path root = folder.resolve("backup");
        sound(root);
        byte[] manifest = Files.readAllBytes(root.resolve(Manifest.FILE));
        byte[] journal = Files.readAllBytes(root.resolve(Journal.FILE));
        int cases = Proof.cases(2_000, 60_000);
        for (int i = 0; i < cases; i++) {
            String lines = new String(hostile.mutated(i % 2 == 0 ? manifest : journal), StandardCharsets.ISO_8859_1);
            hostile.assertBounded("lines", () -> lines.lines().forEach(line -> {
                Manifest.parse(line)
                        .ifPresent(listed -> assertFalse(
                                root.resolve(listed.path()).normalize().equals(root)
                                        || !root.resolve(listed.path())
                                                .normalize()
                                                .startsWith(root),
                                listed.path()));
                Journal.parse(line);
            }));
        }
        note("lines of manifest and journal, changed at random");
    }

    private void sound(Path root) throws IOException {
        try {
            new Backups(root)
                    .run(
                            photo("DCIM/100APPLE/IMG_0001.JPG", "one"),
                            photo("DCIM/100APPLE/IMG_0002.JPG", "two"),
                            photo("DCIM/101APPLE/IMG_0001.JPG", "three"));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aBackupWithChangedRecordsIsOpenedOrRefusedAndNothingOutsideIsTouched() throws IOException {
        Path root = folder.resolve("backup");
        sound(root);
        Files.writeString(folder.resolve("letter.txt"), "Dear Ada");
        Map<String, String> before = outside(root);
        byte[] manifest = Files.readAllBytes(root.resolve(Manifest.FILE));
        byte[] journal = Files.readAllBytes(root.resolve(Journal.FILE));
        byte[] catalogue = Files.readAllBytes(root.resolve(".shoebox/catalogue.sqlite"));
        int cases = Proof.cases(100, 2_000);
        for (int i = 0; i < cases; i++) {
            Files.write(root.resolve(Manifest.FILE), i % 3 == 0 ? hostile.mutated(manifest) : manifest);
            Files.write(root.resolve(Journal.FILE), i % 3 == 1 ? hostile.mutated(journal) : journal);
            Files.write(root.resolve(".shoebox/catalogue.sqlite"), i % 3 == 2 ? hostile.mutated(catalogue) : catalogue);
            hostile.assertBounded("records", () -> {
                try (Destination destination =
                        Destination.open(root, OpenMode.REQUIRE_EXISTING, Backups.CLOCK, said -> {})) {
                    destination.status();
                }
            });
            assertEquals(before, outside(root));
            assertEquals("one", Files.readString(root.resolve("2024/05/IMG_0001.JPG")));
        }
        note("shoeboxes opened with manifest, journal or catalogue changed at random");
    }

    @Test
    void noNameLeadsOutOfItsFolder() throws IOException {
        int cases = Proof.cases(2_000, 100_000);
        for (int i = 0; i < cases; i++) {
            String name = new String(hostile.name(), StandardCharsets.ISO_8859_1);
            hostile.assertBounded("name", () -> {
                String safe = Names.safe(name, Names.STEM_BYTES);
                assertFalse(
                        safe.contains("/") || safe.contains("\\") || safe.startsWith(".") || safe.indexOf('\0') >= 0,
                        name);
                assertEquals(safe, Names.safe(safe, Names.STEM_BYTES), "what is safe stays as it is");
            });
        }
        note("names of random characters, made safe");
    }

    private void note(String what) {
        Proof.note("hostile", what, hostile.cases(), hostile.outcome(), Duration.ofNanos(System.nanoTime() - began));
    }
}
