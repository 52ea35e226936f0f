package dev.shoebox.simulator.phone;

import dev.shoebox.simulator.library.Jpeg;
import dev.shoebox.simulator.library.Shot;
import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.library.TreeNode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Entries whose names our file systems cannot store. Each is a small photo, different from the others. */
final class HostileNames {
    private static final OffsetDateTime TAKEN = OffsetDateTime.parse("2024-02-29T12:00:00+01:00");

    /**
     * Each has broken a file system, a terminal or a program. Accents are written as code points to keep both forms.
     */
    private static final List<String> KNOWN = List.of(
            "..",
            "../escaped.jpg",
            "sub/slash.jpg",
            "C:\\drive.jpg",
            "new\nline.jpg",
            "bell\u0007and\u001b[31mred.jpg",
            "caf\u00e9.jpg",
            "cafe\u0301.jpg",
            "Twin.JPG",
            "twin.jpg",
            "CON.jpg",
            "trailing.jpg. ",
            " ",
            "-rf.jpg",
            "right\u202egpj.exe",
            "l".repeat(251) + ".jpg");

    private static final byte[] INVALID_UTF8 = {'b', 'a', 'd', (byte) 0xff, (byte) 0xc3, '.', 'j', 'p', 'g'};

    private final Map<String, List<byte[]>> byFolder = new ConcurrentHashMap<>();
    private final Map<String, ByteBuffer> byPath = new ConcurrentHashMap<>();

    void add(String folder, byte[] name) {
        byFolder.computeIfAbsent(folder, it -> new CopyOnWriteArrayList<>()).add(name);
        String raw = new String(folder.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                + '/'
                + new String(name, StandardCharsets.ISO_8859_1);
        String path = AfcPath.normalized(raw);
        if (raw.startsWith(path + '/') || path.isEmpty()) {
            return;
        }
        UUID id = UUID.nameUUIDFromBytes(raw.getBytes(StandardCharsets.ISO_8859_1));
        Shot shot = new Shot(TAKEN, "iPhone 14 Pro", "", id.toString());
        byPath.put(path, ByteBuffer.wrap(Jpeg.tiny(shot)));
    }

    void addKnown(String folder) {
        KNOWN.forEach(name -> add(folder, name.getBytes(StandardCharsets.UTF_8)));
        add(folder, INVALID_UTF8);
    }

    List<byte[]> in(String folder) {
        return byFolder.getOrDefault(folder, List.of());
    }

    /** @param raw the bytes of a path, decoded as ISO 8859-1 */
    Optional<TreeNode> find(String raw) {
        return Optional.ofNullable(byPath.get(raw))
                .map(content -> TreeNode.file(content.limit(), TAKEN.toInstant(), TAKEN.toInstant()));
    }

    Optional<SimulatedLibrary.Content> open(String raw) {
        return Optional.ofNullable(byPath.get(raw)).map(InMemory::new);
    }

    private record InMemory(ByteBuffer bytes) implements SimulatedLibrary.Content {
        @Override
        public long size() {
            return bytes.limit();
        }

        @Override
        public ByteBuffer[] read(long offset, int length, SimulatedLibrary.Scratch scratch) {
            return new ByteBuffer[] {bytes.slice((int) offset, length)};
        }

        @Override
        public void close() {}
    }
}
