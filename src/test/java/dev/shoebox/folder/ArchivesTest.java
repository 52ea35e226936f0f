package dev.shoebox.folder;

import dev.shoebox.photos.MediaFile;
import dev.shoebox.photos.MediaSource;
import dev.shoebox.photos.MediaSource.Request;
import dev.shoebox.photos.MediaSource.UnreadableException;
import dev.shoebox.photos.SourceId;
import dev.shoebox.photos.Unreadable.Reason;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class ArchivesTest {
    private static final Instant JUNE = Instant.parse("2021-06-05T10:00:00Z");

    enum Format {
        ZIP,
        STORED_ZIP,
        TAR,
        TAR_GZ
    }

    @TempDir
    Path folder;

    private static String random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return new String(bytes, ISO_8859_1);
    }

    /** The file has no telling name: the content has to tell. */
    private Path pack(Format format, Map<String, String> files) throws IOException {
        return Files.write(folder.resolve("export"), packed(format, new ArrayList<>(files.entrySet())));
    }

    private static byte[] packed(Format format, List<Map.Entry<String, String>> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (format == Format.ZIP || format == Format.STORED_ZIP) {
            try (var zip = new ZipArchiveOutputStream(bytes)) {
                for (Map.Entry<String, String> file : files) {
                    byte[] content = file.getValue().getBytes(ISO_8859_1);
                    ZipArchiveEntry entry = new ZipArchiveEntry(file.getKey());
                    entry.setLastModifiedTime(FileTime.from(JUNE));
                    if (format == Format.STORED_ZIP) {
                        var crc = new java.util.zip.CRC32();
                        crc.update(content);
                        entry.setMethod(ZipArchiveEntry.STORED);
                        entry.setSize(content.length);
                        entry.setCrc(crc.getValue());
                    }
                    zip.putArchiveEntry(entry);
                    zip.write(content);
                    zip.closeArchiveEntry();
                }
            }
        } else {
            try (OutputStream out = format == Format.TAR ? bytes : new GZIPOutputStream(bytes);
                    var tar = new TarArchiveOutputStream(out, "UTF-8")) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                for (Map.Entry<String, String> file : files) {
                    byte[] content = file.getValue().getBytes(ISO_8859_1);
                    TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                    entry.setSize(content.length);
                    entry.setLastModifiedTime(FileTime.from(JUNE));
                    tar.putArchiveEntry(entry);
                    tar.write(content);
                    tar.closeArchiveEntry();
                }
            }
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @EnumSource
    void everyPhotoOfAnArchiveArrivesWithItsBytesAndTime(Format format) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("iCloud Photos/IMG_0001.HEIC", random(700_000));
        files.put("iCloud Photos/IMG_0001.MOV", random(3_000_000));
        files.put("./DCIM/100APPLE/é " + "long".repeat(30) + "/IMG_0002.JPG", "two");
        files.put("empty.jpg", "");
        Map<String, String> expected = new HashMap<>(files);
        expected.put(
                "DCIM/100APPLE/é " + "long".repeat(30) + "/IMG_0002.JPG",
                expected.remove("./DCIM/100APPLE/é " + "long".repeat(30) + "/IMG_0002.JPG"));
        files.put("notes.txt", "not a photo");
        files.put("__MACOSX/iCloud Photos/._IMG_0001.HEIC", "not a photo");
        Path archive = pack(format, files);

        try (MediaSource source = FolderSource.open(archive)) {
            assertEquals(SourceId.Kind.ARCHIVE, source.id().kind());
            assertEquals("export", source.id().name());
            Drained drained = Drained.all(source);
            assertEquals(Map.of(), drained.failed());
            assertTrue(
                    expected.equals(drained.whole()),
                    () -> "came: " + drained.whole().keySet());
            assertTrue(expected.equals(Drained.all(source).whole()), "a second stream of the same source");
            for (MediaFile file : source.list().files()) {
                assertEquals(JUNE, file.modified(), file.path());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void filesMayBeAskedForInAnyOrderAndFromAnyOffset(Format format) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < 30; i++) {
            files.put(i + ".jpg", random(10_000 + i));
        }
        try (MediaSource source = FolderSource.open(pack(format, files))) {
            List<MediaFile> listed = new ArrayList<>(source.list().files());
            Collections.shuffle(listed, new Random(1));
            List<Request> requests = listed.subList(0, 20).stream()
                    .map(file -> new Request(file, 9_999))
                    .toList();
            Drained drained = Drained.of(source, requests);
            assertEquals(20, drained.whole().size());
            drained.whole().forEach((path, tail) -> assertEquals(files.get(path).substring(9_999), tail));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyPlaceOfAFileCanBeReadForItsDate(Format format) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("a.mov", random(900_000));
        files.put("b.mov", random(300_000));
        try (MediaSource source = FolderSource.open(pack(format, files))) {
            for (String path : List.of("a.mov", "b.mov", "a.mov")) {
                String content = files.get(path);
                try (SeekableByteChannel channel = source.open(Drained.file(source, path))) {
                    assertEquals(content.length(), channel.size());
                    for (int at : new int[] {0, 250_000, 10, 70_000, 66_000, content.length() - 5, 3}) {
                        ByteBuffer five = ByteBuffer.allocate(5);
                        channel.position(at);
                        while (five.hasRemaining() && channel.read(five) > 0) {
                            // A read may bring less than asked.
                        }
                        assertEquals(content.substring(at, at + 5), new String(five.array(), ISO_8859_1), path + at);
                    }
                    channel.position(content.length());
                    assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
                }
            }
            var never = new MediaFile("never.jpg", 1, JUNE, java.util.Optional.empty());
            assertThrows(UnreadableException.class, () -> {
                try (SeekableByteChannel channel = source.open(never)) {
                    channel.read(ByteBuffer.allocate(1));
                }
            });
        }
    }

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
            // The library that writes it would tidy these names up, so they are put in afterwards.
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

    private static byte[] replace(byte[] bytes, String old, String replacement) {
        return new String(bytes, ISO_8859_1).replace(old, replacement).getBytes(ISO_8859_1);
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

    private static void rewriteChecksum(byte[] tar, int header) {
        Arrays.fill(tar, header + 148, header + 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += tar[header + i] & 0xff;
        }
        byte[] digits = "%06o\0 ".formatted(sum).getBytes(ISO_8859_1);
        System.arraycopy(digits, 0, tar, header + 148, 8);
    }

    @ParameterizedTest
    @EnumSource
    void twoFilesOfOneNameBothArrive(Format format) throws IOException {
        List<Map.Entry<String, String>> files = List.of(
                Map.entry("d/IMG_1.HEIC", "first still"),
                Map.entry("d/IMG_1.MOV", "first film"),
                Map.entry("d/IMG_1.HEIC", "second still"),
                Map.entry("./d/IMG_1.MOV", "second film"),
                Map.entry("d/#2/IMG_1.MOV", "in the way"),
                Map.entry("d//IMG_1.HEIC", "third still"));
        Path archive = Files.write(folder.resolve("export"), packed(format, files));
        try (MediaSource source = FolderSource.open(archive)) {
            Map<String, String> expected = Map.of(
                    "d/IMG_1.HEIC", "first still",
                    "d/IMG_1.MOV", "first film",
                    "d/#2/IMG_1.HEIC", "second still",
                    "d/#2/IMG_1.MOV", "second film",
                    "d/#2/#2/IMG_1.MOV", "in the way",
                    "d/#3/IMG_1.HEIC", "third still");
            assertEquals(expected, Drained.all(source).whole());
            assertEquals(expected, Drained.all(source).whole());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLeftOfACutArchiveIsReadAndTheRestIsNamed(Format format) throws IOException {
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
    void anArchiveThatIsReplacedOrGoneIsNoticed() throws IOException {
        for (Format format : Format.values()) {
            Map<String, String> files = Map.of("a.jpg", random(100_000));
            Path archive = pack(format, files);
            try (MediaSource source = FolderSource.open(archive)) {
                List<Request> requests = source.list().files().stream()
                        .map(file -> new Request(file, 0))
                        .toList();
                Files.setLastModifiedTime(archive, FileTime.from(JUNE));
                assertEquals(
                        Map.of("a.jpg", Reason.CHANGED),
                        Drained.of(source, requests).failed());
                Files.delete(archive);
                IOException lost = assertThrows(IOException.class, () -> Drained.of(source, requests));
                assertTrue(lost.getMessage().contains("is no longer there"), lost.getMessage());
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
                for (int i = 0; i < 300; i++) {
                    gzip.write(zeros);
                }
            }
            Path archive = Files.write(folder.resolve("export"), bytes.toByteArray());
            try (MediaSource source = FolderSource.open(archive)) {
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
            for (int round = 0; round < 120; round++) {
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

    @Test
    void archivesOfTheSystemsToolsAreRead() throws Exception {
        Path photos = Files.createDirectories(folder.resolve("photos/ü b"));
        Files.writeString(photos.resolve("a.jpg"), "a".repeat(5_000));
        Files.writeString(photos.resolve("c.mov"), random(300_000), ISO_8859_1);
        Files.setLastModifiedTime(photos.resolve("a.jpg"), FileTime.from(JUNE));
        Map<String, String> expected = Map.of(
                "photos/ü b/a.jpg", "a".repeat(5_000),
                "photos/ü b/c.mov", Files.readString(photos.resolve("c.mov"), ISO_8859_1));
        String[][] commands = {
            {"tar", "-cf", "x", "photos"},
            {"tar", "-czf", "x", "photos"},
            {"tar", "--format=pax", "-cf", "x", "photos"},
            {"zip", "-qr", "x.zip", "photos"},
            {"zip", "-qr0", "x.zip", "photos"},
        };
        int tried = 0;
        for (String[] command : commands) {
            Files.deleteIfExists(folder.resolve("x.zip"));
            try {
                Process process = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .inheritIO()
                        .start();
                assertEquals(0, process.waitFor());
            } catch (IOException absent) {
                continue;
            }
            tried++;
            try (MediaSource source = FolderSource.open(folder.resolve(command[0].equals("tar") ? "x" : "x.zip"))) {
                Drained drained = Drained.all(source);
                assertTrue(expected.equals(drained.whole()), () -> String.join(" ", command) + drained.failed());
                assertEquals(JUNE, Drained.file(source, "photos/ü b/a.jpg").modified(), String.join(" ", command));
            }
        }
        assumeTrue(tried > 0, "neither tar nor zip is installed here");
    }
}
