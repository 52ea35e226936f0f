package dev.shoebox.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Entries whose names no file system of ours could hold. Each is a small photo, different from the others. */
final class HostileNames {
    private static final Instant TAKEN = Instant.parse("2024-02-29T12:00:00Z");

    private final Map<String, List<byte[]>> byFolder = new ConcurrentHashMap<>();
    private final Map<String, ByteBuffer> byPath = new ConcurrentHashMap<>();

    void add(String folder, byte[] name) {
        byFolder.computeIfAbsent(folder, it -> new CopyOnWriteArrayList<>()).add(name);
        String raw = new String(folder.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                + '/'
                + new String(name, StandardCharsets.ISO_8859_1);
        byPath.put(AfcFiles.normalized(raw), StandardCharsets.UTF_8.encode("content of " + raw));
    }

    List<byte[]> in(String folder) {
        return byFolder.getOrDefault(folder, List.of());
    }

    /** @param raw a path of bytes read as ISO 8859-1 */
    Optional<Node> find(String raw) {
        return Optional.ofNullable(byPath.get(raw)).map(content -> Node.file(content.limit(), TAKEN, TAKEN));
    }

    Optional<Library.Content> open(String raw) {
        return Optional.ofNullable(byPath.get(raw)).map(InMemory::new);
    }

    private record InMemory(ByteBuffer bytes) implements Library.Content {
        @Override
        public long size() {
            return bytes.limit();
        }

        @Override
        public ByteBuffer[] read(long offset, int length, Library.Scratch scratch) {
            return new ByteBuffer[] {bytes.slice((int) offset, length)};
        }

        @Override
        public void close() {}
    }
}
