package dev.shoebox.destination;

import dev.shoebox.Proof;
import dev.shoebox.archive.ArchiveException;
import dev.shoebox.archive.ArchiveExport;
import dev.shoebox.archive.ExportListener;
import dev.shoebox.archive.ExportTarget;
import dev.shoebox.archive.MemberSource;
import dev.shoebox.archive.packing.Format;
import dev.shoebox.archive.packing.Member;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.photos.source.ReadOnlyChannel;
import dev.shoebox.system.process.Programs;
import dev.shoebox.text.Sha256;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * An export on every disk of the model, with every operation failing in every way: a file with the name of an export is
 * complete, or on FAT empty; a finished export still exists after a power cut.
 */
@Tag(Proof.TAG)
@Tag("crash-model")
class ExportCrashTest {
    private static final int PART_BYTES = 18_500;
    private static final int OTHERS_BYTES = 10;

    /** The photos of a backup, in memory. */
    private static final class Photos implements MemberSource {
        private final Map<String, byte[]> contents = new TreeMap<>();

        Photos() {
            for (int i = 0; i < 6; i++) {
                byte[] bytes = new byte[700 + i * 17];
                Arrays.fill(bytes, (byte) ('a' + i));
                contents.put("2024/05/IMG_000" + i + ".JPG", bytes);
            }
        }

        Photos(String... paths) {
            for (String path : paths) {
                contents.put(path, path.getBytes(StandardCharsets.US_ASCII));
            }
        }

        List<Member> members() {
            return contents.entrySet().stream()
                    .map(each -> new Member(
                            each.getKey(),
                            each.getValue().length,
                            Sha256.hex(new String(each.getValue(), StandardCharsets.US_ASCII)),
                            Instant.parse("2024-05-01T10:00:00Z"),
                            LocalDateTime.of(2024, 5, 1, 12, 0)))
                    .toList();
        }

        @Override
        public SeekableByteChannel open(Member member) {
            byte[] bytes = contents.get(member.path());
            return new ReadOnlyChannel(bytes.length) {
                @Override
                protected int read(long from, ByteBuffer into) {
                    int count = (int) Math.min(into.remaining(), bytes.length - from);
                    into.put(bytes, (int) from, count);
                    return count;
                }
            };
        }

        @Override
        public void requireThere() {}
    }

    private static final ExportListener NOBODY = new ExportListener() {
        @Override
        public void leftOut(Member member, Reason reason, String why) {
            throw new AssertionError(member.path() + " " + why);
        }

        @Override
        public void begins(Phase phase, long files, long bytes) {}

        @Override
        public void progress(long files, long bytes) {}
    };

    private static void export(Disk disk, Format format, long limit) throws IOException {
        String name = "photos" + (format == Format.ZIP ? ".zip" : ".tar");
        Photos photos = new Photos();
        new ArchiveExport(
                        disk,
                        new ExportTarget(Path.of("/media"), name, format),
                        limit,
                        new Programs(Map.of()),
                        photos,
                        NOBODY)
                .run(photos.members());
    }

    /** The files without the name of an unfinished export. */
    private static Map<String, byte[]> finished(Medium medium) {
        Map<String, byte[]> finished = new TreeMap<>();
        medium.names().values().stream()
                .filter(name -> !name.path().isEmpty() && !name.path().endsWith(".part"))
                .forEach(name -> finished.put(name.path(), name.node().bytes()));
        finished.remove("theirs.txt");
        return finished;
    }

    private record Case(DiskProfile profile, Format format, long limit, int at, Faults.Kind kind, long seed) {
        Medium medium() {
            Medium medium = new Medium(profile);
            medium.keep("theirs.txt", new byte[OTHERS_BYTES]);
            return medium;
        }

        /** The defect found; empty if none. */
        Optional<String> run(UnaryOperator<Disk> mutation, Map<String, byte[]> whole) {
            Medium medium = medium();
            Faults faults = new Faults(at, kind, () -> {});
            boolean isMade = false;
            try {
                export(mutation.apply(disk(medium, faults)), format, limit);
                isMade = true;
            } catch (IOException told) {
                // The user is told.
            }
            boolean deletes = kind == Faults.Kind.FAILS_ONCE || kind == Faults.Kind.WRITES_SHORT;
            if (!faults.isDead() && !isMade && deletes && medium.names().size() != 2) {
                return Optional.of("left " + medium.names().keySet());
            }
            if (isMade && !same(finished(medium), whole)) {
                return Optional.of("made otherwise");
            }
            Medium after = kind == Faults.Kind.KILLED && !isMade ? medium : medium.afterPowerCut(new Random(seed));
            Map<String, byte[]> left = finished(after);
            if (isMade && !same(left, whole)) {
                return Optional.of("said to be made, and " + left.keySet() + " is left");
            }
            for (Map.Entry<String, byte[]> each : left.entrySet()) {
                boolean isEmpty = profile == DiskProfile.FAT && each.getValue().length == 0;
                if (!isEmpty && !Arrays.equals(each.getValue(), whole.get(each.getKey()))) {
                    return Optional.of(each.getKey() + " passes for an export");
                }
            }
            return after.at("theirs.txt").isPresent() ? Optional.empty() : Optional.of("theirs is gone");
        }

        private static boolean same(Map<String, byte[]> one, Map<String, byte[]> other) {
            return one.keySet().equals(other.keySet())
                    && one.entrySet().stream()
                            .allMatch(each -> Arrays.equals(each.getValue(), other.get(each.getKey())));
        }
    }

    private static Disk disk(Medium medium, Faults faults) {
        return new CrashDisk(medium, faults, new PathDisk(Path.of("/")));
    }

    private static Map<String, byte[]> whole(Format format, long limit) throws IOException {
        Medium medium = new Medium(DiskProfile.EXT4);
        export(disk(medium, Faults.none()), format, limit);
        return finished(medium);
    }

    private static List<Case> cases(Format format, long limit) throws IOException {
        List<Case> cases = new ArrayList<>();
        for (DiskProfile profile : DiskProfile.values()) {
            Faults none = Faults.none();
            export(disk(new Medium(profile), none), format, limit);
            for (int at = 0; at <= none.operations(); at++) {
                for (Faults.Kind kind : Faults.Kind.values()) {
                    cases.add(new Case(profile, format, limit, at, kind, Proof.seed() + cases.size()));
                }
            }
        }
        return cases;
    }

    private static List<String> wrong(List<Case> cases, UnaryOperator<Disk> mutation) throws IOException {
        Case first = cases.get(0);
        Map<String, byte[]> whole = whole(first.format(), first.limit());
        return CrashTrials.failures(
                cases, each -> each.run(mutation, whole).stream().toList());
    }

    @Test
    void everyOperationOfAnExportMayFailInEveryWay() throws IOException {
        long start = System.nanoTime();
        int tried = 0;
        for (Format format : List.of(Format.TAR, Format.ZIP)) {
            for (long limit : List.of(Long.MAX_VALUE, (long) PART_BYTES)) {
                List<Case> drawn = CrashTrials.sample(cases(format, limit), 100);
                tried += drawn.size();
                assertEquals(List.of(), wrong(drawn, UnaryOperator.identity()));
            }
        }
        Proof.note(
                "crash-model",
                "one fault at each operation of an export",
                tried,
                "0 that pass for an export and are none",
                Duration.ofNanos(System.nanoTime() - start));
    }

    private static ArchiveExport ofFolder(Photos photos, Medium medium) {
        // The model moves no folders: what is written keeps the name of an unfinished export.
        Disk disk = new DelegatingDisk(disk(medium, Faults.none())) {
            @Override
            public void move(String existing, String fresh) {}
        };
        return new ArchiveExport(
                disk,
                new ExportTarget(Path.of("/media"), "photos", Format.FOLDER),
                Long.MAX_VALUE,
                new Programs(Map.of()),
                photos,
                NOBODY);
    }

    @Test
    void filesThatTheDiskTakesForOneAreBothNamedAndNoneIsLeft() {
        Photos photos = new Photos("Files/Backup/data.json", "Files/backup/data.json");
        Medium medium = new Medium(DiskProfile.FOLDING);

        String told = assertThrows(ArchiveException.Refused.class, () -> ofFolder(photos, medium)
                        .run(photos.members()))
                .getMessage();

        photos.contents.keySet().forEach(path -> assertTrue(told.contains(path), told));
        assertEquals(List.of(), files(medium));
    }

    @Test
    void foldersThatTheDiskTakesForOneHoldTheFilesOfBoth() throws IOException {
        Photos photos = new Photos("Files/Backup/a.json", "Files/backup/b.json");
        Medium medium = new Medium(DiskProfile.FOLDING);

        assertEquals(2, ofFolder(photos, medium).run(photos.members()).files());

        assertEquals(2, files(medium).size(), () -> files(medium).toString());
    }

    private static List<String> files(Medium medium) {
        return medium.names().values().stream()
                .map(Medium.Name::path)
                .filter(path -> path.endsWith(".json"))
                .toList();
    }

    @Test
    void theTrialsSeeAnExportThatIsNotForced() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (Case each : cases(Format.TAR, Long.MAX_VALUE)) {
            for (int again = 0; again < 4; again++) {
                cases.add(new Case(
                        each.profile(),
                        each.format(),
                        each.limit(),
                        each.at(),
                        each.kind(),
                        7919L * again + each.seed()));
            }
        }
        assertFalse(
                wrong(cases, disk -> new WrongDisk.Forcing(disk, path -> path.endsWith(".part")))
                        .isEmpty(),
                "before it gets its name");
        assertFalse(
                wrong(cases, disk -> new WrongDisk.Forcing(disk, path -> !path.endsWith(".part")))
                        .isEmpty(),
                "after it got its name");
        assertFalse(
                wrong(cases, disk -> new WrongDisk.ForcingFolders(disk, path -> true))
                        .isEmpty(),
                "its folder");
    }

    @Test
    void aDiskThatStoresOtherBytesIsDetectedAndNothingIsLeft() {
        for (Format format : List.of(Format.TAR, Format.ZIP)) {
            Medium medium = new Medium(DiskProfile.EXT4);
            Disk lying = new DelegatingDisk(disk(medium, Faults.none())) {
                @Override
                public Out create(String path) throws IOException {
                    return new DelegatingOut(super.create(path)) {
                        @Override
                        public void write(ByteBuffer bytes) throws IOException {
                            byte[] other = new byte[bytes.remaining()];
                            bytes.get(other);
                            other[other.length / 2] ^= 1;
                            super.write(ByteBuffer.wrap(other));
                        }
                    };
                }
            };
            assertThrows(ArchiveException.Lost.class, () -> export(lying, format, Long.MAX_VALUE));
            assertEquals(1, medium.names().size());
        }
    }

    @Test
    void aNameTakenMeanwhileIsNotReplaced() throws IOException {
        Medium medium = new Medium(DiskProfile.EXT4);
        byte[] theirs = "theirs".getBytes(StandardCharsets.US_ASCII);
        Disk busy = new DelegatingDisk(disk(medium, Faults.none())) {
            @Override
            public void move(String from, String fresh) throws IOException {
                if (fresh.contains("-2-of-")) {
                    medium.keep(fresh, theirs);
                }
                super.move(from, fresh);
            }
        };
        assertThrows(ArchiveException.Refused.class, () -> export(busy, Format.TAR, PART_BYTES));
        assertEquals(2, medium.names().size());
        assertArrayEquals(
                theirs,
                medium.names().values().stream()
                        .filter(name -> name.path().contains("-2-of-"))
                        .findFirst()
                        .orElseThrow()
                        .node()
                        .bytes());
    }

    @Test
    void aDiskThatHoldsNoFileSoLargeIsRefusedUnlessPartsAreAskedFor() throws IOException {
        Medium medium = new Medium(DiskProfile.FAT);
        Disk fat = new DelegatingDisk(disk(medium, Faults.none())) {
            @Override
            public long largestFile(String scratch) {
                return PART_BYTES;
            }
        };
        assertThrows(ArchiveException.Refused.class, () -> export(fat, Format.TAR, Long.MAX_VALUE));
        assertEquals(1, medium.names().size());
        export(fat, Format.TAR, PART_BYTES);
        assertTrue(finished(medium).size() > 1);
    }

    @Test
    void aDiskWithTooLittleRoomIsRefusedBeforeAnythingIsWritten() {
        Medium medium = new Medium(DiskProfile.EXT4);
        Faults none = Faults.none();
        Disk small = new DelegatingDisk(disk(medium, none)) {
            @Override
            public long freeBytes() {
                return PART_BYTES;
            }
        };
        assertThrows(ArchiveException.Full.class, () -> export(small, Format.TAR, Long.MAX_VALUE));
        assertTrue(none.operations() <= 1, "no more than the folder was forced");
        assertEquals(1, medium.names().size());
    }
}
