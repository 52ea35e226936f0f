package dev.shoebox.folder;

import dev.shoebox.folder.Packing.Format;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static dev.shoebox.folder.Packing.packed;
import static dev.shoebox.folder.Packing.random;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Folders and archives with impossible claims: the listing ends soon and reports them. */
class HostileListingTest {
    private static final ListingLimits FEW = new ListingLimits(20, 100_000, 8);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mtime=1e30",
                "mtime=99999999999999999999",
                "mtime=-99999999999999999999.5",
                "mtime=9223372036854775807",
                "mtime=nonsense",
                "mtime=",
                "mtime=1.2.3",
                "atime=9e999",
                "ctime=99999999999999999999999999",
                "LIBARCHIVE.creationtime=99999999999999999999",
                "uid=99999999999999999999999",
                "gid=nobody",
                "SCHILY.devminor=x"
            })
    void aTarWithOneAbsurdFigureIsReadOn(String record) throws IOException {
        for (boolean global : new boolean[] {false, true}) {
            byte[] tar = withExtendedHeader(record, global);
            for (byte[] bytes : List.of(tar, gzip(tar))) {
                try (MediaSource source = FolderSource.open(Files.write(folder.resolve("export"), bytes))) {
                    Drained drained = Drained.all(source);
                    assertEquals(Map.of("a.jpg", "a", "long name.jpg", "b", "c.jpg", "c"), drained.whole());
                    assertEquals(Map.of(), drained.failed());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999 ", "x7777777777\0", "\200\177\377\377\377\377\377\377\377\377\377\377"})
    void aTarWithOneAbsurdTimeInItsHeaderIsReadOn(String time) throws IOException {
        byte[] tar = packed(Format.TAR, List.of(Map.entry("a.jpg", "a"), Map.entry("b.jpg", "b")));
        System.arraycopy(time.getBytes(ISO_8859_1), 0, tar, 136, 12);
        HostileArchivesTest.rewriteChecksum(tar, 0);
        for (byte[] bytes : List.of(tar, gzip(tar))) {
            try (MediaSource source = FolderSource.open(Files.write(folder.resolve("export"), bytes))) {
                Drained drained = Drained.all(source);
                assertEquals(Map.of("a.jpg", "a", "b.jpg", "b"), drained.whole());
                assertEquals(Map.of(), drained.failed());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theReasonForAnArchivesEarlyEndIsReported(Format format) throws IOException {
        byte[] whole = packed(format, List.of(Map.entry("a.jpg", random(60_000)), Map.entry("b.jpg", random(60_000))));
        for (int length : new int[] {20, 700, 40_000, 90_000, whole.length - 9}) {
            Path archive = Files.write(folder.resolve("export"), Arrays.copyOf(whole, length));
            List<String> said = new ArrayList<>();
            try (MediaSource source = FolderSource.open(archive)) {
                source.list().unreadable().forEach(unreadable -> said.add(unreadable.message()));
            } catch (IOException refused) {
                said.add(refused.getMessage());
            }
            assertFalse(said.isEmpty() && format != Format.TAR, format + " cut at " + length);
            for (String message : said) {
                assertFalse(
                        message.contains("null") || message.contains("Exception") || message.contains("ZLIB"), message);
            }
        }
    }

    @Test
    void anArchiveOfTooManyEntriesKeepsValidOnesAndReportsItOnce() throws IOException {
        List<Map.Entry<String, String>> files = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            files.add(Map.entry(i + ".jpg", "x" + i));
        }
        for (Format format : Format.values()) {
            Path archive = Files.write(folder.resolve("export"), packed(format, files));
            try (MediaSource source = FolderSource.open(archive, Scope.USUAL, FEW)) {
                Listing listing = source.list();
                assertEquals(20, listing.files().size(), format.name());
                assertEquals(
                        1, listing.unreadable().size(), listing.unreadable().toString());
                assertEquals(20, Drained.all(source).whole().size());
            }
        }
    }

    @Test
    void theNamesOfAnArchiveAreBoundedTogether() throws IOException {
        List<Map.Entry<String, String>> files = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            files.add(Map.entry("n".repeat(4_000) + i + ".jpg", "x"));
        }
        var limits = new ListingLimits(1_000, 20_000, 8);
        for (Format format : Format.values()) {
            Path archive = Files.write(folder.resolve("export"), packed(format, files));
            try (MediaSource source = FolderSource.open(archive, Scope.USUAL, limits)) {
                Listing listing = source.list();
                assertTrue(
                        listing.files().size() <= 5,
                        format + ": " + listing.files().size());
                assertEquals(1, listing.unreadable().size());
            }
        }
    }

    @Test
    void ofManyRefusedNamesSomeAreShownAndAllAreCounted() throws IOException {
        List<Map.Entry<String, String>> files = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            files.add(Map.entry("../" + i + ".jpg", "x"));
        }
        files.add(Map.entry("fine.jpg", "fine"));
        var limits = new ListingLimits(1_000, 100_000, 8, 10);
        for (Format format : List.of(Format.TAR, Format.TAR_GZ)) {
            Path archive = Files.write(folder.resolve("export"), packed(format, files));
            try (MediaSource source = FolderSource.open(archive, Scope.USUAL, limits)) {
                Listing listing = source.list();
                assertEquals(1, listing.files().size());
                assertEquals(11, listing.unreadable().size());
                assertTrue(
                        listing.unreadable().get(10).message().contains("20 more"),
                        listing.unreadable().get(10).message());
            }
        }
    }

    @Test
    void aFolderOfTooManyEntriesKeepsValidOnesAndReportsItOnce() throws IOException {
        for (int i = 0; i < 30; i++) {
            Files.write(folder.resolve(i + ".jpg"), new byte[] {1});
        }
        Files.write(Files.createDirectory(folder.resolve("z")).resolve("z.jpg"), new byte[] {1});
        try (MediaSource source = FolderSource.open(folder, Scope.USUAL, FEW)) {
            Listing listing = source.list();
            assertTrue(listing.files().size() >= 19 && listing.files().size() <= 20);
            assertEquals(1, listing.unreadable().size());
        }
    }

    @Test
    void aFolderThatIsDeeperThanAnyPhotoIsNotEntered() throws IOException {
        Path deep = folder;
        for (int depth = 0; depth < 12; depth++) {
            deep = Files.createDirectory(deep.resolve("d"));
            Files.write(deep.resolve("at" + depth + ".jpg"), new byte[] {1});
        }
        try (MediaSource source = FolderSource.open(folder, Scope.USUAL, FEW)) {
            Listing listing = source.list();
            assertEquals(8, listing.files().size());
            assertEquals(
                    List.of("d/d/d/d/d/d/d/d/d"),
                    listing.unreadable().stream().map(Unreadable::path).toList());
            assertEquals(Reason.REFUSED, listing.unreadable().get(0).reason());
        }
    }

    @Test
    @Timeout(60)
    void anInterruptEndsTheListingOfAnArchive() throws IOException {
        byte[] bytes = packed(Format.TAR, List.of(Map.entry("a.jpg", "0".repeat(5_000_000)), Map.entry("b.jpg", "b")));
        for (Format format : List.of(Format.TAR, Format.TAR_GZ)) {
            Path archive = Files.write(folder.resolve("export"), format == Format.TAR ? bytes : gzip(bytes));
            IOException stopped = assertThrows(IOException.class, () -> {
                try (MediaSource source = FolderSource.open(archive)) {
                    Thread.currentThread().interrupt();
                    source.list();
                    // A tar is listed when it is opened.
                    FolderSource.open(archive).close();
                } finally {
                    assertTrue(Thread.interrupted());
                }
            });
            assertTrue(
                    stopped instanceof InterruptedIOException || stopped instanceof ClosedByInterruptException,
                    stopped.toString());
        }
    }

    @Test
    void anInterruptEndsTheListingOfAFolder() throws IOException {
        Files.write(folder.resolve("a.jpg"), new byte[] {1});
        try (MediaSource source = FolderSource.open(folder)) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedIOException.class, source::list);
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void entriesOfATruncatedTarGzAreListed() throws IOException {
        byte[] tar = packed(Format.TAR, List.of(Map.entry("a.jpg", "a"), Map.entry("b.jpg", "b")));
        System.arraycopy("77777777777".getBytes(ISO_8859_1), 0, tar, 1024 + 124, 11);
        HostileArchivesTest.rewriteChecksum(tar, 1024);
        try (MediaSource source = FolderSource.open(Files.write(folder.resolve("export"), gzip(tar)))) {
            Listing listing = source.list();
            assertEquals(
                    List.of("a.jpg"),
                    listing.files().stream().map(MediaFile::path).toList());
            assertTrue(listing.unreadable().stream()
                    .anyMatch(unreadable -> unreadable.path().equals("b.jpg")));
        }
    }

    @Test
    @Timeout(120)
    void aTarGzThatUnpacksToFarMoreThanItHoldsIsNotUnpackedToItsEnd() throws IOException {
        byte[] good = packed(Format.TAR, List.of(Map.entry("good.jpg", "\u00ff\u00d8" + random(2_000))));
        byte[] header = Arrays.copyOf(packed(Format.TAR, List.of(Map.entry("hole.jpg", ""))), 512);
        long claimed = 60L << 30;
        System.arraycopy("%011o".formatted(claimed).getBytes(ISO_8859_1), 0, header, 124, 11);
        HostileArchivesTest.rewriteChecksum(header, 0);
        byte[] zeros = gzip(new byte[16 << 20]);
        Path archive = folder.resolve("export.tar.gz");
        try (OutputStream out = Files.newOutputStream(archive)) {
            out.write(gzip(Arrays.copyOf(good, 512 + 2_048)));
            out.write(gzip(header));
            for (long done = 0; done < claimed; done += 16 << 20) {
                out.write(zeros);
            }
        }
        try (MediaSource source = FolderSource.open(archive)) {
            Listing listing = source.list();
            assertEquals(
                    List.of("good.jpg"),
                    listing.files().stream().map(MediaFile::path).toList());
            assertEquals(
                    List.of(Reason.REFUSED, Reason.REFUSED),
                    listing.unreadable().stream().map(Unreadable::reason).toList());
            assertTrue(listing.unreadable().stream().anyMatch(one -> one.path().equals("hole.jpg")));
            assertTrue(
                    listing.unreadable().stream().anyMatch(one -> one.message().contains("export.tar.gz")));
        }
    }

    @Test
    @Timeout(120)
    void neitherIsAZipWithoutItsTableOfContents() throws IOException {
        Path archive = folder.resolve("export.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(archive))) {
            out.setLevel(9);
            out.putNextEntry(new ZipEntry("good.jpg"));
            out.write(("\u00ff\u00d8" + random(2_000)).getBytes(ISO_8859_1));
            out.closeEntry();
            out.putNextEntry(new ZipEntry("hole.bin"));
            byte[] zeros = new byte[16 << 20];
            // Twice what may expand without limit.
            for (int i = 0; i < 16; i++) {
                out.write(zeros);
            }
            out.closeEntry();
            out.putNextEntry(new ZipEntry("behind.jpg"));
            out.write(("\u00ff\u00d8" + random(3_000)).getBytes(ISO_8859_1));
        }
        byte[] whole = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(whole, whole.length - 40));
        try (MediaSource source = FolderSource.open(archive)) {
            Listing listing = source.list();
            assertEquals(
                    List.of("good.jpg"),
                    listing.files().stream().map(MediaFile::path).toList());
            assertTrue(listing.unreadable().stream().anyMatch(one -> one.reason() == Reason.REFUSED));
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    /** Three files; the second, or all after the first, have that record and a long name. */
    static byte[] withExtendedHeader(String record, boolean global) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(packed(Format.TAR, List.of(Map.entry("a.jpg", "a"))), 0, 1024);
        bytes.write(extended(record, global));
        if (global) {
            bytes.write(extended("path=long name.jpg", false));
        } else {
            bytes.reset();
            bytes.write(packed(Format.TAR, List.of(Map.entry("a.jpg", "a"))), 0, 1024);
            bytes.write(extended(record, "path=long name.jpg"));
        }
        bytes.write(packed(Format.TAR, List.of(Map.entry("b.jpg", "b"))), 0, 1024);
        bytes.write(packed(Format.TAR, List.of(Map.entry("c.jpg", "c"))));
        return bytes.toByteArray();
    }

    private static byte[] extended(String record, boolean global) throws IOException {
        byte[] block = extended(record);
        if (global) {
            block[156] = 'g';
            HostileArchivesTest.rewriteChecksum(block, 0);
        }
        return block;
    }

    private static byte[] extended(String... records) throws IOException {
        var content = new StringBuilder();
        for (String record : records) {
            int length = record.length() + 3;
            content.append(length > 9 ? length + 1 : length)
                    .append(' ')
                    .append(record)
                    .append('\n');
        }
        byte[] block = packed(Format.TAR, List.of(Map.entry("header", content.toString())));
        block[156] = 'x';
        HostileArchivesTest.rewriteChecksum(block, 0);
        return Arrays.copyOf(block, 1024);
    }

    @Test
    void anAbsurdTimeBecomesUnknownAndTheOthersStay() throws IOException {
        byte[] tar = withExtendedHeader("mtime=1e30", false);
        try (MediaSource source = FolderSource.open(Files.write(folder.resolve("export"), tar))) {
            assertEquals(Packing.JUNE, Drained.file(source, "c.jpg").modified());
            Instant odd = Drained.file(source, "long name.jpg").modified();
            assertTrue(odd.equals(Packing.JUNE) || odd.equals(Instant.EPOCH), odd.toString());
        }
    }
}
