package dev.shoebox.destination;

import dev.shoebox.Proof;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.proof.Finding;
import dev.shoebox.destination.proof.Verification;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.photos.Role;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

import static dev.shoebox.destination.Backups.part;
import static dev.shoebox.destination.Backups.photo;
import static dev.shoebox.destination.Backups.shot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Damage of every kind to photos and records: all of it is found, and all of it is restored from a second backup. */
@Tag(Proof.TAG)
@Tag("damage")
class DamageTest {
    private static final List<String> RECORDS = List.of(Manifest.FILE, Journal.FILE, Catalogue.FILE);

    @TempDir
    Path folder;

    private enum Kind {
        FLIP,
        TRUNCATION,
        SWAP,
        DELETION
    }

    @Test
    void whateverIsDamagedIsFoundAndComesBackFromASecondBackup() throws Exception {
        long began = System.nanoTime();
        var original = new Backups(folder.resolve("original"));
        var second = new Backups(folder.resolve("second"));
        for (Backups each : List.of(original, second)) {
            each.run(shots());
        }
        Map<String, String> tree = original.tree();
        List<String> photos = new ArrayList<>(original.photos().keySet());
        String rows = rows(original.root);
        int cases = Proof.cases(48, 1000);
        int harmless = 0;
        for (int i = 0; i < cases; i++) {
            long seed = Proof.seed() * 10_000 + i;
            var random = new SplittableRandom(seed);
            var backups = new Backups(folder.resolve("damaged"));
            copy(original.root, backups.root);
            // Every fourth case is a record, each with each kind of damage in turn; the others are photos.
            String victim =
                    i % 4 == 0 ? RECORDS.get(i / 16 % RECORDS.size()) : photos.get(random.nextInt(photos.size()));
            Kind kind = List.of(Kind.values()).get(i / 4 % Kind.values().length);
            String name = "seed " + seed + ": " + kind + " of " + victim;
            damage(kind, backups.root, victim, photos, random);

            boolean found = !findings(backups).isEmpty();

            if (!found) {
                // A flipped bit in unused data, such as free space of the catalogue or the number of a run.
                assertTrue(RECORDS.contains(victim), name + " was not found");
                assertEquals(sorted(tree), sorted(backups.tree()), name);
                DestinationFolder.rebuild(backups.root, Backups.CLOCK, line -> {});
                assertEquals(rows, rows(backups.root), name + " was not found");
                harmless++;
            }
            repair(backups, second, name);
            assertEquals(List.of(), findings(backups), name);
            assertEquals(sorted(tree), sorted(backups.tree()), name);
            if (victim.equals(Catalogue.FILE) || !RECORDS.contains(victim)) {
                assertEquals(rows, rows(backups.root), name);
            }
            delete(backups.root);
        }
        Proof.note(
                "damage",
                "flips, truncations, swaps and deletions in photos, manifest, journal and catalogue",
                cases,
                (cases - harmless) + " found, " + harmless + " without any effect, all mended",
                Duration.ofNanos(System.nanoTime() - began));
    }

    private static Backups.Shot[] shots() {
        var shots = new ArrayList<Backups.Shot>();
        for (int i = 0; i < 12; i++) {
            shots.add(photo("DCIM/100APPLE/IMG_" + (1000 + i) + ".JPG", "photo number " + i + " ".repeat(i * 7)));
            shots.add(shot(
                            part("DCIM/101APPLE/IMG_" + (2000 + i) + ".HEIC", Role.PHOTO, "still number " + i),
                            part("DCIM/101APPLE/IMG_" + (2000 + i) + ".MOV", Role.PAIRED_VIDEO, "moving number " + i))
                    .taken("2025-0" + (1 + i % 9) + "-03T04:05:06"));
        }
        return shots.toArray(Backups.Shot[]::new);
    }

    private static void damage(Kind kind, Path root, String victim, List<String> photos, SplittableRandom random)
            throws IOException {
        Path file = root.resolve(victim);
        byte[] bytes = Files.readAllBytes(file);
        switch (kind) {
            case FLIP -> {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
            }
            case TRUNCATION -> Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            case SWAP -> {
                String other = photos.get(random.nextInt(photos.size()));
                if (other.equals(victim)) {
                    Files.write(file, new byte[bytes.length]);
                } else {
                    Files.write(file, Files.readAllBytes(root.resolve(other)));
                    Files.write(root.resolve(other), bytes);
                }
            }
            case DELETION -> Files.delete(file);
        }
    }

    private static List<Finding> findings(Backups backups) throws DestinationException {
        var findings = new ArrayList<Finding>();
        try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
            view.proofs().verify(Verification.Sample.EVERYTHING, new Found(findings));
        }
        findings.removeIf(finding -> finding instanceof Finding.Unlisted);
        return findings;
    }

    private static void repair(Backups backups, Backups second, String name) throws DestinationException {
        try (Repair repair = Repair.open(backups.root, Backups.CLOCK, line -> {});
                Destination other = Destination.view(second.root, OpenMode.REQUIRE_EXISTING)) {
            for (Repair.Damage damage : repair.examine(new Found())) {
                assertTrue(repair.mend(damage, other), name + ": " + damage.path());
            }
        }
    }

    /**
     * Neither the order of the manifest's lines nor the case of their digits has a meaning; a line that lists nothing belongs
     * to the user and stays.
     */
    private static Map<String, String> sorted(Map<String, String> tree) {
        var sorted = new TreeMap<>(tree);
        sorted.computeIfPresent(
                Manifest.FILE,
                (path, lines) -> String.join(
                        "\n",
                        lines.lines()
                                .filter(line -> line.matches("[0-9a-fA-F]{64}  .*"))
                                .map(line -> line.substring(0, 64).toLowerCase(Locale.ROOT) + line.substring(64))
                                .sorted()
                                .toList()));
        return sorted;
    }

    /** The content of the catalogue without its internal numbers, runs, and times of verification. */
    private static String rows(Path root) throws SQLException {
        var rows = new ArrayList<String>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + root.resolve(Catalogue.FILE));
                var statement = connection.createStatement()) {
            for (String sql : List.of(
                    "SELECT path, stem, role, sha256, size, captured_local, captured_offset, captured_origin FROM files",
                    "SELECT s.kind, s.key, r.path, r.size, r.modified, r.modified_nanos, r.role, r.asset, f.path"
                            + " FROM resources r JOIN files f ON f.id = r.file JOIN sources s ON s.id = r.source")) {
                try (var results = statement.executeQuery(sql)) {
                    while (results.next()) {
                        var row = new ArrayList<String>();
                        for (int column = 1; column <= results.getMetaData().getColumnCount(); column++) {
                            row.add(String.valueOf(results.getString(column)));
                        }
                        rows.add(String.join("|", row));
                    }
                }
            }
        }
        assertFalse(rows.isEmpty());
        rows.sort(null);
        return String.join("\n", rows);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
