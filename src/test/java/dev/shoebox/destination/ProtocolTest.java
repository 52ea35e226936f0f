package dev.shoebox.destination;

import dev.shoebox.Proof;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Compares the model of disks with what real file systems kept of files stored in six ways when the power of real
 * kernels was cut.
 */
@Tag(Proof.TAG)
@Tag("crash-model")
class ProtocolTest {
    private static final int FILES = 5;
    private static final int CUTS = 60;

    /** No protocol here uses a catalogue. */
    private static final Disk NOWHERE = new PathDisk(java.nio.file.Path.of("nowhere"));

    /** The ways in which others store a file; each but the last extends the one before. */
    private enum Protocol {
        /** Write under another name, rename. */
        A,
        /** Force the file before. */
        B,
        /** Force the folder after. */
        C,
        /** Also force the folder from which it was moved. */
        D,
        /** C, and force the file again after the rename. */
        E,
        /** Write under the final name, force file and folder. */
        F
    }

    /** How many of the acknowledged files the worst cut lost. */
    private enum Loss {
        NONE,
        LAST,
        MANY
    }

    private static byte[] content(int file) {
        return ("photo " + file + " ").repeat(40).getBytes(StandardCharsets.UTF_8);
    }

    private static void store(Disk disk, Protocol protocol, int file) throws IOException {
        String name = "out/" + file;
        String first = protocol == Protocol.F ? name : "st/" + file;
        try (Disk.Out out = disk.create(first)) {
            out.write(ByteBuffer.wrap(content(file)));
            if (protocol != Protocol.A) {
                out.force();
            }
        }
        if (protocol != Protocol.F) {
            disk.move(first, name);
        }
        if (protocol == Protocol.E) {
            disk.force(name);
        }
        if (protocol.compareTo(Protocol.C) >= 0) {
            disk.forceFolder("out");
        }
        if (protocol == Protocol.D) {
            disk.forceFolder("st");
        }
    }

    private static Medium prepared(DiskProfile profile) throws IOException {
        var medium = new Medium(profile);
        var disk = new CrashDisk(medium, Faults.none(), NOWHERE);
        for (String folder : new String[] {"st", "out"}) {
            disk.makeFolder(folder);
            if (profile.forcesFolders()) {
                disk.forceFolder(folder);
            }
        }
        if (profile.forcesFolders()) {
            disk.forceFolder("");
        }
        return medium;
    }

    /** The remaining files, and the number of acknowledged ones, after a cut at that operation. */
    private record Cut(Medium after, int acknowledged) {
        static Cut at(DiskProfile profile, Protocol protocol, int operation, Random random) throws IOException {
            Medium medium = prepared(profile);
            var faults = new Faults(operation, Faults.Kind.CRASHES_AFTER, () -> {});
            var disk = new CrashDisk(medium, faults, NOWHERE);
            int acknowledged = 0;
            try {
                for (int file = 0; file < FILES; file++) {
                    store(disk, protocol, file);
                    acknowledged++;
                }
            } catch (IOException e) {
                assertTrue(faults.isDead(), e.toString());
            }
            return new Cut(medium.afterPowerCut(random), acknowledged);
        }

        boolean has(int file) {
            return after.at("out/" + file)
                    .filter(name -> Arrays.equals(name.node().bytes(), content(file)))
                    .isPresent();
        }

        int lost() {
            int lost = 0;
            for (int file = 0; file < acknowledged; file++) {
                lost += has(file) ? 0 : 1;
            }
            return lost;
        }
    }

    private static Loss worst(DiskProfile profile, Protocol protocol) throws IOException {
        var random = new Random(Proof.seed());
        int worst = 0;
        for (int operation = 0; operation < FILES * 9; operation++) {
            for (int i = 0; i < CUTS; i++) {
                worst = Math.max(
                        worst, Cut.at(profile, protocol, operation, random).lost());
            }
        }
        return worst == 0 ? Loss.NONE : worst == 1 ? Loss.LAST : Loss.MANY;
    }

    @ParameterizedTest
    @CsvSource({
        // As measured; combinations that were not measured are omitted.
        "ext4,   EXT4,  A MANY, B LAST, C NONE",
        "xfs,    EXT4,  B LAST, C NONE",
        "btrfs,  EXT4,  A MANY, B LAST, C NONE",
        "ntfs-3g, EXT4, A MANY, B LAST, C NONE",
        "ext2,   EXT2,  C NONE, E NONE",
        "exFAT,  EXFAT, A MANY, B MANY, C NONE, E NONE",
        "FAT32,  FAT,   A MANY, B MANY, C MANY, D MANY, E NONE, F NONE",
    })
    void theModelLosesTheFilesThatRealDisksLost(org.junit.jupiter.params.aggregator.ArgumentsAccessor measured)
            throws IOException {
        DiskProfile profile = DiskProfile.valueOf(measured.getString(1));
        for (int i = 2; i < measured.size(); i++) {
            String[] cell = measured.getString(i).split(" ", 2);
            assertEquals(
                    Loss.valueOf(cell[1]),
                    worst(profile, Protocol.valueOf(cell[0])),
                    measured.getString(0) + ", protocol " + cell[0]);
        }
    }

    @Test
    void onFatTheTextbookLeavesEveryFileEmpty() throws IOException {
        var random = new Random(Proof.seed());
        int empty = 0;
        for (int i = 0; i < CUTS; i++) {
            Cut cut = Cut.at(DiskProfile.FAT, Protocol.C, 1000, random);
            assertEquals(FILES, cut.acknowledged());
            int zeros = 0;
            for (int file = 0; file < FILES; file++) {
                zeros += cut.after().at("out/" + file).orElseThrow().node().bytes().length == 0 ? 1 : 0;
            }
            empty = Math.max(empty, zeros);
        }
        assertEquals(FILES, empty);
    }

    @Test
    void onFatWritingUnderTheFinalNameLeavesTornFilesThere() throws IOException {
        var random = new Random(Proof.seed());
        int torn = 0;
        for (int operation = 0; operation < FILES * 5; operation++) {
            for (int i = 0; i < CUTS; i++) {
                Cut cut = Cut.at(DiskProfile.FAT, Protocol.F, operation, random);
                for (int file = cut.acknowledged(); file < FILES; file++) {
                    torn += cut.after().at("out/" + file).isPresent() && !cut.has(file) ? 1 : 0;
                }
            }
        }
        assertTrue(torn > 0);
    }

    @Test
    void aFailedForceIsNotHealedByAnother() throws IOException {
        Medium medium = prepared(DiskProfile.EXT4);
        // Of create, write and force, the third fails.
        var disk = new CrashDisk(medium, new Faults(2, Faults.Kind.FAILS_ONCE, () -> {}), NOWHERE);
        try (Disk.Out out = disk.create("out/0")) {
            out.write(ByteBuffer.wrap(content(0)));
            org.junit.jupiter.api.Assertions.assertThrows(IOException.class, out::force);
            out.force();
        }
        disk.forceFolder("out");

        assertEquals(
                "read as before",
                Arrays.equals(medium.at("out/0").orElseThrow().node().bytes(), content(0)) ? "read as before" : "");
        var random = new Random(Proof.seed());
        for (int i = 0; i < CUTS; i++) {
            byte[] left = medium.afterPowerCut(random)
                    .at("out/0")
                    .orElseThrow()
                    .node()
                    .bytes();
            assertEquals(false, Arrays.equals(left, content(0)));
        }
    }

    /**
     * From the drivers, not measured: there a name owns its bytes, so deleting a name that came back after a power cut
     * frees them.
     */
    @ParameterizedTest
    @CsvSource({"FAT, true", "EXFAT, true", "EXT4, false", "EXT2, false"})
    void deletingANameThatCameBackFreesTheBytesOfTheRemainingOne(DiskProfile profile, boolean taken)
            throws IOException {
        var random = new Random(Proof.seed());
        int lost = 0;
        for (int i = 0; i < CUTS; i++) {
            Cut cut = Cut.at(profile, Protocol.E, 1000, random);
            var disk = new CrashDisk(cut.after(), Faults.none(), NOWHERE);
            for (String name : disk.names("st")) {
                disk.delete("st/" + name);
            }
            try (Disk.Out out = disk.create("st/fresh")) {
                out.write(ByteBuffer.wrap(content(7)));
            }
            lost += cut.lost();
        }
        assertEquals(taken, lost > 0);
    }
}
