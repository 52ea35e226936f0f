package dev.shoebox.folder;

import com.sun.management.ThreadMXBean;
import dev.shoebox.folder.Packing.Format;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Unreadable.Reason;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import static dev.shoebox.folder.Packing.packed;
import static dev.shoebox.folder.Packing.random;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Archives that are truncated, damaged, or made to harm their reader. */
class HostileArchivesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void aHostileNameIsReportedAndNeverFollowed(Format format) throws IOException {
        boolean zip = format == Format.ZIP || format == Format.STORED_ZIP;
        Map<String, String> files = new LinkedHashMap<>();
        List<String> hostile = new ArrayList<>(List.of(
                "../../escape.jpg", "a/../../b.jpg", "/etc/absolute.jpg", "C:/drive.jpg", "a\\b.jpg", "..\\up.jpg"));
        hostile.forEach(name -> files.put(name, "evil"));
        files.put("very/" + "long/".repeat(900) + "name.jpg", "evil");
        files.put("../../not a photo.sh", "evil");
        files.put("fine.jpg", "fine");
        byte[] bytes = packed(format, new ArrayList<>(files.entrySet()));
        if (zip) {
            // The library that writes it would correct these names, so they are inserted afterwards.
            bytes = replace(bytes, "a/b.jpg", "a\\b.jpg");
            bytes = replace(bytes, "../up.jpg", "..\\up.jpg");
        }
        Path archive = Files.write(folder.resolve("export"), bytes);
        try (MediaSource source = FolderSource.open(archive)) {
            Drained drained = Drained.all(source);
            assertEquals(Map.of("fine.jpg", "fine"), drained.whole());
            if (format == Format.TAR || format == Format.TAR_GZ) {
                hostile.remove("/etc/absolute.jpg");
                hostile.remove("C:/drive.jpg");
            }
            for (String name : hostile) {
                assertEquals(Reason.REFUSED, drained.failed().get(name), name + " of " + drained.failed());
            }
            assertFalse(drained.failed().keySet().stream().anyMatch(path -> path.endsWith(".sh")));
            assertTrue(drained.failed().keySet().stream().anyMatch(path -> path.startsWith("very/long/")));
            source.list().unreadable().forEach(unreadable -> {
                assertTrue(unreadable.message().length() < 300, unreadable.message());
                assertFalse(unreadable.message().contains("\n"));
            });
        }
    }

    @Test
    void absoluteNamesAndZeroBytesInATarAreRefused() throws IOException {
        byte[] bytes = packed(Format.TAR, List.of(Map.entry("xetc/absolute.jpg", "evil"), Map.entry("ok.jpg", "fine")));
        bytes[0] = '/';
        rewriteChecksum(bytes, 0);
        try (MediaSource source = FolderSource.open(Files.write(folder.resolve("export"), bytes))) {
            Drained drained = Drained.all(source);
            assertEquals(Map.of("ok.jpg", "fine"), drained.whole());
            assertEquals(Map.of("/etc/absolute.jpg", Reason.REFUSED), drained.failed());
        }
        byte[] zip =
                replace(packed(Format.ZIP, List.of(Map.entry("zero_byte.jpg", "evil"))), "zero_byte", "zero\0byte");
        try (MediaSource source = FolderSource.open(Files.write(folder.resolve("export"), zip))) {
            assertEquals(
                    Map.of("zero?byte.jpg", Reason.REFUSED), Drained.all(source).failed());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theReadablePartOfATruncatedArchiveIsReadAndTheRestIsNamed(Format format) throws IOException {
        List<Map.Entry<String, String>> files = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            files.add(Map.entry(i + ".jpg", random(20_000 + i)));
        }
        byte[] whole = packed(format, files);
        Path archive = folder.resolve("export");
        for (int length = 4_000; length < whole.length - 1_100; length += 7_919) {
            Files.write(archive, Arrays.copyOf(whole, length));
            try (MediaSource source = FolderSource.open(archive)) {
                Drained drained = Drained.all(source);
                for (Map.Entry<String, String> file : files) {
                    if (drained.whole().containsKey(file.getKey())) {
                        assertTrue(drained.whole().get(file.getKey()).equals(file.getValue()), file.getKey());
                    }
                }
                int came = drained.whole().size();
                assertTrue(came >= length / 21_000 - 2, format + " cut at " + length + " gave " + came);
                assertEquals(
                        Reason.READ_ERROR,
                        drained.failed().get("export"),
                        drained.failed().toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ZIP", "STORED_ZIP"})
    void aFlippedBitInAZipIsFoundByItsChecksum(Format format) throws IOException {
        List<Map.Entry<String, String>> files =
                List.of(Map.entry("a.jpg", random(50_000)), Map.entry("b.jpg", random(50_000)));
        byte[] bytes = packed(format, files);
        bytes[20_000] ^= 1;
        try (MediaSource source = FolderSource.open(Files.write(folder.resolve("export"), bytes))) {
            Drained drained = Drained.all(source);
            assertEquals(Map.of("a.jpg", Reason.READ_ERROR), drained.failed());
            assertTrue(drained.whole().get("b.jpg").equals(files.get(1).getValue()));
        }
    }

    @Test
    void damageInTheMiddleOfAGzipIsNamedAndNeverDelivered() throws IOException {
        List<Map.Entry<String, String>> files = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            files.add(Map.entry(i + ".jpg", "text that can be packed ".repeat(2_000) + random(20_000)));
        }
        byte[] whole = packed(Format.TAR_GZ, files);
        Random random = new Random(3);
        for (int round = 0; round < 25; round++) {
            byte[] damaged = whole.clone();
            int at = 600 + random.nextInt(whole.length - 700);
            for (int i = 0; i < 40; i++) {
                damaged[Math.min(at + i, whole.length - 1)] = (byte) random.nextInt();
            }
            try (MediaSource source = FolderSource.open(Files.write(folder.resolve("export"), damaged))) {
                Drained drained = Drained.all(source);
                assertTrue(drained.failed().containsKey("export"), "damage at " + at + ": " + drained.failed());
                assertTrue(drained.whole().size() + 1 >= at / (whole.length / 10), "damage at " + at);
            }
        }
    }

    @Test
    void contentOfAnotherLengthThanDeclaredIsLeftOut() throws IOException {
        for (int declared : new int[] {10, 999_999, Integer.MAX_VALUE}) {
            byte[] zip = packed(Format.ZIP, List.of(Map.entry("bomb.jpg", "0".repeat(1_000_000))));
            int entry = new String(zip, ISO_8859_1).indexOf("PK\1\2");
            ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(entry + 24, declared);
            try (MediaSource source = FolderSource.open(Files.write(folder.resolve("export"), zip))) {
                assertEquals(declared, source.list().files().get(0).size());
                assertEquals(
                        Map.of("bomb.jpg", Reason.WRONG_SIZE),
                        Drained.all(source).failed());
            }
        }
    }

    @Test
    void anEncryptedFileIsReportedAndTheOthersArrive() throws IOException {
        byte[] zip = packed(
                Format.ZIP, List.of(Map.entry("secret.jpg", "a".repeat(100)), Map.entry("open.jpg", "b".repeat(100))));
        int entry = new String(zip, ISO_8859_1).indexOf("PK\1\2");
        zip[6] |= 1;
        zip[entry + 8] |= 1;
        try (MediaSource source = FolderSource.open(Files.write(folder.resolve("export"), zip))) {
            Drained drained = Drained.all(source);
            assertEquals(Map.of("secret.jpg", Reason.REFUSED), drained.failed());
            assertEquals(Map.of("open.jpg", "b".repeat(100)), drained.whole());
        }
    }

    @Test
    void linksInATarAreNotFollowed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            TarArchiveEntry first = new TarArchiveEntry("first.jpg");
            first.setSize(5);
            tar.putArchiveEntry(first);
            tar.write("first".getBytes(ISO_8859_1));
            tar.closeArchiveEntry();
            for (String[] link : new String[][] {
                {"same.jpg", "./first.jpg"}, {"outside.jpg", "../../outside.jpg"},
            }) {
                TarArchiveEntry hard = new TarArchiveEntry(link[0], TarConstants.LF_LINK);
                hard.setLinkName(link[1]);
                tar.putArchiveEntry(hard);
                tar.closeArchiveEntry();
            }
            TarArchiveEntry symbolic = new TarArchiveEntry("symbolic.jpg", TarConstants.LF_SYMLINK);
            symbolic.setLinkName("/etc/passwd");
            tar.putArchiveEntry(symbolic);
            tar.closeArchiveEntry();
            tar.putArchiveEntry(new TarArchiveEntry("pipe.jpg", TarConstants.LF_FIFO));
            tar.closeArchiveEntry();
        }
        try (MediaSource source = FolderSource.open(Files.write(folder.resolve("export"), bytes.toByteArray()))) {
            Drained drained = Drained.all(source);
            assertEquals(Map.of("first.jpg", "first"), drained.whole());
            assertEquals(Map.of("outside.jpg", Reason.REFUSED), drained.failed());
        }
    }

    @Test
    void aGzipThatUnpacksToOtherBytesThanWerePackedIsNamed() throws IOException {
        ByteArrayOutputStream packedWithPadding = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packedWithPadding)) {
            gzip.write(packed(Format.TAR, List.of(Map.entry("a.jpg", random(100_000)), Map.entry("b.jpg", "b"))));
            gzip.write(new byte[40_000]);
        }
        byte[] whole = packedWithPadding.toByteArray();
        byte[] damaged = whole.clone();
        damaged[50_000] ^= 1;
        damaged[whole.length - 8] ^= 1;
        try (MediaSource source = FolderSource.open(Files.write(folder.resolve("export"), damaged))) {
            assertEquals(
                    Map.of("export", Reason.READ_ERROR), Drained.all(source).failed());
        }
    }

    @Test
    void aTarThatIsCutBetweenTwoFilesIsNamed() throws IOException {
        byte[] whole = packed(Format.TAR, List.of(Map.entry("a.jpg", random(1_000)), Map.entry("b.jpg", "b")));
        byte[] cut = Arrays.copyOf(whole, 512 + 1024);
        ByteArrayOutputStream cutAndPacked = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(cutAndPacked)) {
            gzip.write(cut);
        }
        for (byte[] bytes : List.of(cut, cutAndPacked.toByteArray())) {
            try (MediaSource source = FolderSource.open(Files.write(folder.resolve("export"), bytes))) {
                Drained drained = Drained.all(source);
                assertEquals(Map.of("a.jpg", random(1_000)), drained.whole());
                assertEquals(Map.of("export", Reason.READ_ERROR), drained.failed());
            }
        }
    }

    @Test
    void aHeaderThatWantsGigabytesEndsTheArchive() throws IOException {
        for (byte type : new byte[] {TarConstants.LF_GNUTYPE_LONGNAME, TarConstants.LF_PAX_EXTENDED_HEADER_LC}) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(bytes)) {
                gzip.write(packed(Format.TAR, List.of(Map.entry("a.jpg", "a"))), 0, 1024);
                byte[] header = packed(Format.TAR, List.of(Map.entry("b.jpg", "b")));
                byte[] size = "77777777777".getBytes(ISO_8859_1);
                System.arraycopy(size, 0, header, 124, 11);
                header[156] = type;
                rewriteChecksum(header, 0);
                gzip.write(header, 0, 512);
                byte[] zeros = new byte[1 << 20];
                Arrays.fill(zeros, (byte) '9');
                for (int i = 0; i < 40; i++) {
                    gzip.write(zeros);
                }
            }
            Path archive = Files.write(folder.resolve("export"), bytes.toByteArray());
            try (MediaSource source = FolderSource.open(archive)) {
                var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
                long before = threads.getCurrentThreadAllocatedBytes();
                assertEquals(1, source.list().files().size());
                long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                assertTrue(allocated < 20_000_000, "allocated " + allocated);
                Drained drained = Drained.all(source);
                assertEquals(Map.of("a.jpg", "a"), drained.whole());
                assertEquals(Map.of("export", Reason.READ_ERROR), drained.failed());
            }
        }
    }

    @Test
    void headersUponHeadersDoNotExhaustTheStack() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(packed(Format.TAR, List.of(Map.entry("a.jpg", "a"))), 0, 1024);
        byte[] header = packed(Format.TAR, List.of(Map.entry("b.jpg", "")));
        header[156] = TarConstants.LF_PAX_EXTENDED_HEADER_LC;
        rewriteChecksum(header, 0);
        for (int i = 0; i < 100_000; i++) {
            bytes.write(header, 0, 512);
        }
        try (MediaSource source = FolderSource.open(Files.write(folder.resolve("export"), bytes.toByteArray()))) {
            Drained drained = Drained.all(source);
            assertEquals(Map.of("a.jpg", "a"), drained.whole());
            assertEquals(Map.of("export", Reason.READ_ERROR), drained.failed());
        }
    }

    @Test
    void anyArchiveDamagedAnywhereEndsInValuesOrOneException() throws IOException {
        Random random = new Random(99);
        for (Format format : Format.values()) {
            byte[] whole = packed(
                    format, List.of(Map.entry("a.jpg", random(3_000)), Map.entry("d/b.MOV", "text ".repeat(1_000))));
            for (int round = 0; round < 60; round++) {
                byte[] damaged = round % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
                for (int i = random.nextInt(6); i >= 0 && damaged.length > 0; i--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                Path archive = Files.write(folder.resolve("export"), damaged);
                try (MediaSource source = FolderSource.open(archive)) {
                    Drained.all(source);
                    for (MediaFile file : source.list().files()) {
                        try (SeekableByteChannel channel = source.open(file)) {
                            channel.position(file.size() / 2).read(ByteBuffer.allocate(10));
                        }
                    }
                } catch (IOException refused) {
                    assertFalse(
                            String.valueOf(refused.getMessage()).contains("unexpectedly"),
                            () -> format + ": " + refused.getMessage() + " " + refused.getCause());
                }
            }
        }
    }

    private static byte[] replace(byte[] bytes, String old, String replacement) {
        return new String(bytes, ISO_8859_1).replace(old, replacement).getBytes(ISO_8859_1);
    }

    static void rewriteChecksum(byte[] tar, int header) {
        Arrays.fill(tar, header + 148, header + 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += tar[header + i] & 0xff;
        }
        byte[] digits = "%06o\0 ".formatted(sum).getBytes(ISO_8859_1);
        System.arraycopy(digits, 0, tar, header + 148, 8);
    }
}
