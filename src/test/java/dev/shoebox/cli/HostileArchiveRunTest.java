package dev.shoebox.cli;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A whole run over an archive with impossible claims: the figures at its end are correct. */
class HostileArchiveRunTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private Path archive(int good, int refused) throws IOException {
        Path archive = folder.resolve("export.tar");
        try (var tar = new TarArchiveOutputStream(Files.newOutputStream(archive), "UTF-8")) {
            for (int i = 0; i < good; i++) {
                add(tar, "good/IMG_000" + i + ".JPG", jpeg("good " + i));
            }
            for (int i = 0; i < refused; i++) {
                add(tar, "../../bad/IMG_100" + i + ".JPG", jpeg("bad " + i));
            }
        }
        return archive;
    }

    @Test
    void refusedEntriesCountAsPhotosThatAreNotSafe() throws IOException {
        assertEquals(3, shell.shoebox("backup", "--from", archive(9, 5), folder.resolve("Backup")));
        assertTrue(shell.out().contains("9 of 14 photos and videos are safe"), shell.out());
        shell.shoebox("backup", "--json", "--from", archive(9, 5), folder.resolve("Second"));
        Map<String, Object> summary = shell.events("summary").get(0);
        assertEquals(9, summary.get("copied"));
        assertEquals(5, summary.get("failed"));
    }

    @Test
    void theOtherHalfOfAPhotoThatIsListedIsNoPhotoOfItsOwn() throws IOException {
        Path archive = folder.resolve("export.tar");
        try (var tar = new TarArchiveOutputStream(Files.newOutputStream(archive), "UTF-8")) {
            add(tar, "a/IMG_0001.JPG", jpeg("one"));
            add(tar, "a/IMG_0002.JPG", jpeg("two"));
            TarArchiveEntry sparse = new TarArchiveEntry("a/IMG_0001.MOV", (byte) '1');
            sparse.setLinkName("/outside");
            tar.putArchiveEntry(sparse);
            tar.closeArchiveEntry();
        }
        assertEquals(3, shell.shoebox("backup", "--from", archive, folder.resolve("Backup")));
        assertTrue(shell.out().contains("1 of 2 photos and videos are safe"), shell.out());
    }

    @Test
    void anArchiveThatIsCutOffIsNotCountedAsAPhoto() throws IOException {
        Path archive = archive(9, 0);
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, 9 * 1024));
        assertEquals(3, shell.shoebox("backup", "--from", archive, folder.resolve("Backup")));
        assertTrue(shell.out().contains("9 photos and videos are safe"), shell.out());
        assertTrue(shell.err().contains("export.tar"), shell.err());
    }

    @Test
    void sizesThatNoDiskHasRoomForAreNotWaitedForAndTheRestIsCopied() throws IOException {
        Path zip = folder.resolve("export.zip");
        Files.write(zip, zip(List.of("b/IMG_0001.JPG", "b/IMG_0002.JPG", "c/IMG_0003.JPG"), jpeg("3")));
        int code = shell.shoebox("backup", "--json", "--from", zip, folder.resolve("Backup"));
        assertEquals(13, code, shell.out() + shell.err());
        Map<String, Object> planned = shell.events("planned").get(0);
        assertTrue(((Number) planned.get("bytes")).longValue() > 0, planned.toString());
        assertEquals(1, shell.events("summary").get(0).get("copied"));
        assertEquals(
                List.of("no-space", "no-space"),
                shell.events("failed").stream()
                        .map(event -> event.get("reason"))
                        .toList());
    }

    /** A zip in which each entry holds these bytes, and all but the last claim to hold 8 EiB. */
    private static byte[] zip(List<String> names, byte[] content) {
        var crc = new CRC32();
        crc.update(content);
        var files = new ByteArrayOutputStream();
        var table = new ByteArrayOutputStream();
        for (String name : names) {
            boolean huge = !name.equals(names.get(names.size() - 1));
            int start = files.size();
            files.writeBytes(header(0x04034b50, new byte[0], name, content.length, crc, false)
                    .array());
            files.writeBytes(content);
            table.writeBytes(header(0x02014b50, number(start), name, content.length, crc, huge)
                    .array());
        }
        int start = files.size();
        files.writeBytes(table.toByteArray());
        ByteBuffer end = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN).putInt(0x06054b50);
        end.putInt(0).putShort((short) names.size()).putShort((short) names.size());
        files.writeBytes(end.putInt(table.size()).putInt(start).array());
        return files.toByteArray();
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static ByteBuffer header(int signature, byte[] place, String name, int size, CRC32 crc, boolean huge) {
        boolean central = place.length > 0;
        byte[] extra = huge
                ? ByteBuffer.allocate(12)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort((short) 1)
                        .putShort((short) 8)
                        .putLong(Long.MAX_VALUE)
                        .array()
                : new byte[0];
        ByteBuffer header = ByteBuffer.allocate((central ? 46 : 30) + name.length() + extra.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(signature);
        if (central) {
            header.putShort((short) 45);
        }
        header.putShort((short) 45).putShort((short) 0).putShort((short) 0);
        header.putShort((short) 0).putShort((short) 0x5a21);
        header.putInt((int) crc.getValue()).putInt(size).putInt(huge ? -1 : size);
        header.putShort((short) name.length()).putShort((short) extra.length);
        if (central) {
            header.put(new byte[10]).put(place);
        }
        return header.put(name.getBytes(UTF_8)).put(extra);
    }

    /** The fewest bytes that form a complete picture. */
    private static byte[] jpeg(String content) {
        byte[] comment = content.getBytes(UTF_8);
        return ByteBuffer.allocate(comment.length + 36)
                .putInt(0xffd8fffe)
                .putShort((short) (comment.length + 2))
                .put(comment)
                .putInt(0xffda0008)
                .put(new byte[] {1, 1, 0, 0, 63, 0})
                .put("the picture itself".getBytes(UTF_8))
                .putShort((short) 0xffd9)
                .array();
    }
}
