package dev.shoebox.archive;

import dev.shoebox.archive.packing.Format;
import dev.shoebox.archive.packing.Member;
import dev.shoebox.destination.DelegatingDisk;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.photos.source.ReadOnlyChannel;
import dev.shoebox.system.process.Programs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class ArchiveExportTest {

    @TempDir
    private Path folder;

    private final Photos photos = new Photos();
    private final List<String> leftOut = new ArrayList<>();
    private Disk disk;
    private Consumer<ArchiveExport> onProgress = export -> {};
    private Programs programs = new Programs(System.getenv());
    private ArchiveExport export;
    private List<Long> seen = List.of();

    /** Files of one byte each, repeated. */
    private static final class Photos implements MemberSource {
        private final List<Member> members = new ArrayList<>();
        private final Map<String, Byte> bytes = new HashMap<>();
        private final Map<String, IOException> refused = new HashMap<>();
        private int opened;
        private int changesAt = Integer.MAX_VALUE;

        void add(String path, long size, int value) throws Exception {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[1 << 16];
            Arrays.fill(chunk, (byte) value);
            for (long left = size; left > 0; left -= chunk.length) {
                digest.update(chunk, 0, (int) Math.min(left, chunk.length));
            }
            add(path, size, value, HexFormat.of().formatHex(digest.digest()));
        }

        void add(String path, long size, int value, String sha256) {
            bytes.put(path, (byte) value);
            members.add(new Member(
                    path, size, sha256, Instant.parse("2024-05-01T10:00:00Z"), LocalDateTime.of(2024, 5, 1, 12, 0)));
        }

        @Override
        public SeekableByteChannel open(Member member) throws IOException {
            if (refused.containsKey(member.path())) {
                throw refused.get(member.path());
            }
            byte value = ++opened >= changesAt ? (byte) 99 : bytes.get(member.path());
            return new ReadOnlyChannel(member.size()) {
                @Override
                protected int read(long from, ByteBuffer into) {
                    int count = (int) Math.min(into.remaining(), size() - from);
                    for (int i = 0; i < count; i++) {
                        into.put(value);
                    }
                    return count;
                }
            };
        }

        @Override
        public void requireThere() {}
    }

    @BeforeEach
    void open() {
        disk = new PathDisk(folder);
    }

    private ExportResult export(String name, Format format, long limit) throws IOException {
        export = new ArchiveExport(
                disk, new ExportTarget(folder, name, format), limit, programs, photos, new ExportListener() {
                    @Override
                    public void leftOut(Member member, Reason reason, String why) {
                        leftOut.add(member.path() + " " + reason);
                    }

                    @Override
                    public void begins(Phase phase, long files, long bytes) {}

                    @Override
                    public void progress(long files, long bytes) {
                        seen = List.of(files, bytes);
                        onProgress.accept(export);
                    }
                });
        return export.run(photos.members);
    }

    private List<String> left() throws IOException {
        try (Stream<Path> names = Files.list(folder)) {
            return names.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void anExportThatIsStoppedLeavesNothing() throws Exception {
        photos.add("a.jpg", 3_000_000, 1);
        for (Format format : Format.values()) {
            if (format == Format.TAR_ZST && programs.find("zstd").isEmpty()) {
                continue;
            }
            for (int after : List.of(1, 12, 20)) {
                int[] calls = {0};
                onProgress = running -> {
                    if (++calls[0] == after) {
                        running.stop();
                    }
                };
                ExportResult result = export("x", format, Long.MAX_VALUE);
                assertTrue(result.stopped(), format + " " + after);
                assertEquals(List.of(), left(), format + " " + after);
            }
        }
        assertEquals(
                List.of(),
                ProcessHandle.current()
                        .children()
                        .filter(ProcessHandle::isAlive)
                        .flatMap(child -> child.info().command().stream())
                        .filter(command -> command.endsWith("zstd"))
                        .toList());
    }

    @Test
    void progressEndsWithEveryFileAndEveryByte() throws Exception {
        photos.add("a.jpg", 300_000, 1);
        photos.add("b.jpg", 200_000, 2);
        for (Format format : List.of(Format.TAR, Format.ZIP, Format.FOLDER)) {
            export("x" + format, format, Long.MAX_VALUE);
            assertEquals(2, seen.get(0), format::name);
            assertTrue(seen.get(1) >= 500_000, format + " " + seen);
        }
    }

    @Test
    void namesThatLeadElsewhereAreLeftOut() throws Exception {
        for (String name : List.of("../a", "/a", "a/../../b", "a\\b", "a\nb", "C:a", "a//b", "./a", "")) {
            photos.add(name, 1, 1);
        }
        photos.add("a b/ß -rf.jpg", 1, 1);
        ExportResult result = export("x.tar", Format.TAR, Long.MAX_VALUE);
        assertEquals(1, result.files());
        assertEquals(9, leftOut.size());
        assertTrue(leftOut.stream().allMatch(line -> line.endsWith(" NAME")), leftOut::toString);
    }

    @Test
    void anUnreadableFileIsNotDamage() throws Exception {
        photos.add("a.jpg", 1, 1);
        photos.add("b.jpg", 1, 1);
        photos.refused.put("a.jpg", new AccessDeniedException("a.jpg"));
        assertEquals(1, export("x.zip", Format.ZIP, Long.MAX_VALUE).files());
        assertEquals(List.of("a.jpg DENIED"), leftOut);
    }

    @Test
    void aFileThatChangesWhileItIsWrittenEndsTheExport() throws Exception {
        photos.add("a.jpg", 300_000, 1);
        photos.changesAt = 2;
        assertThrows(ArchiveException.SourceChanged.class, () -> export("x.tar", Format.TAR, Long.MAX_VALUE));
        assertEquals(List.of(), left());
    }

    @Test
    void aDamagedFileAloneIsAnExportOfNothingButItsList() throws Exception {
        photos.add("a.jpg", 10, 1, "0".repeat(64));
        assertEquals(0, export("x.tar", Format.TAR, Long.MAX_VALUE).files());
        assertEquals(List.of("a.jpg DAMAGED"), leftOut);
    }

    @Test
    void zstdThatFailsLeavesNothing() throws Exception {
        Path broken = Files.createTempDirectory("path").resolve("zstd");
        Files.writeString(broken, "#!/bin/sh\nhead -c 1000 > /dev/null\nexit 1\n");
        assumeTrue(broken.toFile().setExecutable(true));
        programs = new Programs(Map.of("PATH", broken.getParent().toString()));
        photos.add("a.jpg", 3_000_000, 1);
        try {
            assertThrows(ArchiveException.Lost.class, () -> export("x.tar.zst", Format.TAR_ZST, Long.MAX_VALUE));
            assertEquals(List.of(), left());
        } finally {
            Files.delete(broken);
            Files.delete(broken.getParent());
        }
    }

    @Test
    void anyLongNameFitsAnyPart() throws Exception {
        for (int i = 0; i < 30; i++) {
            photos.add("ü".repeat(90) + "/" + "é".repeat(90) + "/" + "x".repeat(60 + i) + ".jpg", 70_000, i);
        }
        for (Format format : List.of(Format.TAR, Format.ZIP, Format.TAR_GZ)) {
            ExportResult result = export("x" + format, format, 300_000);
            assertEquals(30, result.files());
            assertTrue(result.parts().stream().allMatch(part -> part.bytes() <= 300_000), result::toString);
        }
    }

    @Test
    void aDateThatADiskCannotHoldIsNoHarmAndADiskThatFailsOverItIs() throws Exception {
        photos.add("2024/a.jpg", 300_000, 1);
        IOException[] failure = {new IOException("Invalid argument")};
        disk = new DelegatingDisk(disk) {
            @Override
            public void stamp(String path, Instant modified) throws IOException {
                throw failure[0];
            }
        };
        assertEquals(1, export("x", Format.FOLDER, Long.MAX_VALUE).files());
        assertEquals(300_000, Files.size(folder.resolve("x/2024/a.jpg")));

        failure[0] = new DestinationException.Lost("The disk failed while a time was set.");
        assertThrows(ArchiveException.Lost.class, () -> export("y", Format.FOLDER, Long.MAX_VALUE));
        assertEquals(List.of("x"), left());
    }
}
