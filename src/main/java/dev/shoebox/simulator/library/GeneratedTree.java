package dev.shoebox.simulator.library;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Files that are stored nowhere. The start and the end of each follow its format and are created when it is opened;
 * noise is in between.
 *
 * <p>The noise of all files comes from one block, which each file reads cyclically from its own offset. The length of
 * the block is prime, so that data from the wrong block of the right file never match.
 */
public final class GeneratedTree extends SimulatedLibrary {
    /** The largest prime below 4 Mi. */
    private static final int NOISE = 4_194_301;

    /** The start and the end of a file. */
    record Ends(ByteBuffer head, ByteBuffer tail) {
        static Ends of(byte[] head) {
            return new Ends(ByteBuffer.wrap(head), ByteBuffer.allocate(0));
        }
    }

    private record Leaf(long size, Instant taken, int noiseStart, Supplier<Ends> ends) {}

    private final ByteBuffer noise;
    private final SplittableRandom random;
    private final Map<String, Map<String, Optional<Leaf>>> folders = new LinkedHashMap<>();

    GeneratedTree(long seed) {
        random = new SplittableRandom(seed);
        noise = ByteBuffer.allocateDirect(NOISE);
        while (noise.remaining() >= Long.BYTES) {
            noise.putLong(random.nextLong());
        }
        folders.put("", new LinkedHashMap<>());
    }

    private GeneratedTree(ByteBuffer noise, SplittableRandom random) {
        this.noise = noise;
        this.random = random;
        folders.put("", new LinkedHashMap<>());
    }

    /**
     * Returns the same contents at other paths.
     *
     * @param paths maps each path to the new one
     * @param later how much later the files arrived there
     */
    public GeneratedTree renamed(UnaryOperator<String> paths, Duration later) {
        GeneratedTree renamed = new GeneratedTree(noise, random.split());
        folders.forEach((folder, children) -> children.forEach((name, child) -> child.ifPresent(leaf -> {
            String path = paths.apply(folder + '/' + name);
            int slash = path.lastIndexOf('/');
            renamed.addFolder(path.substring(0, slash))
                    .put(
                            path.substring(slash + 1),
                            Optional.of(
                                    new Leaf(leaf.size(), leaf.taken().plus(later), leaf.noiseStart(), leaf.ends())));
        })));
        return renamed;
    }

    /** Adds a file of this size. It cannot be opened if its start and end are longer. */
    public void add(String folder, String name, long size, Instant taken, Supplier<Ends> ends) {
        addFolder(folder).put(name, Optional.of(new Leaf(size, taken, random.nextInt(NOISE), ends)));
    }

    /** Adds a file with these bytes and this modification time. */
    public void add(String path, byte[] content, Instant modified) {
        int slash = path.lastIndexOf('/');
        add(
                slash < 0 ? "" : path.substring(0, slash),
                path.substring(slash + 1),
                content.length,
                modified.minusSeconds(2),
                () -> Ends.of(content));
    }

    /** A file of the tree. */
    public record Entry(String path, long size, Instant taken) {}

    /** Returns every file below a folder, in the order in which they were added. */
    public List<Entry> entries(String below) {
        List<Entry> entries = new ArrayList<>();
        folders.forEach((folder, children) -> {
            if (folder.startsWith(below)) {
                children.forEach((name, child) -> child.ifPresent(
                        leaf -> entries.add(new Entry(folder + '/' + name, leaf.size(), leaf.taken()))));
            }
        });
        return entries;
    }

    private Map<String, Optional<Leaf>> addFolder(String path) {
        Map<String, Optional<Leaf>> known = folders.get(path);
        if (known != null) {
            return known;
        }
        int slash = path.lastIndexOf('/');
        addFolder(slash < 0 ? "" : path.substring(0, slash)).put(path.substring(slash + 1), Optional.empty());
        Map<String, Optional<Leaf>> added = new LinkedHashMap<>();
        folders.put(path, added);
        return added;
    }

    private Optional<Leaf> leaf(String path) {
        int slash = path.lastIndexOf('/');
        Map<String, Optional<Leaf>> folder = folders.get(slash < 0 ? "" : path.substring(0, slash));
        return folder == null ? Optional.empty() : folder.getOrDefault(path.substring(slash + 1), Optional.empty());
    }

    @Override
    public Optional<TreeNode> find(String path) {
        if (folders.containsKey(path)) {
            return Optional.of(TreeNode.folder(Instant.parse("2024-01-01T00:00:00Z")));
        }
        return leaf(path).map(leaf -> TreeNode.file(leaf.size(), leaf.taken().plusSeconds(2), leaf.taken()));
    }

    @Override
    public List<String> list(String path) {
        return List.copyOf(folders.get(path).keySet());
    }

    @Override
    public Content open(String path) throws IOException {
        Leaf leaf = leaf(path).orElseThrow(() -> new FileNotFoundException(path));
        Ends ends = leaf.ends().get();
        if (ends.head().remaining() + ends.tail().remaining() > leaf.size()) {
            throw new IOException(path + " is described as smaller than its metadata");
        }
        return new Generated(leaf, ends, noise);
    }

    private record Generated(Leaf leaf, Ends ends, ByteBuffer noise) implements Content {
        @Override
        public long size() {
            return leaf.size();
        }

        @Override
        public ByteBuffer[] read(long offset, int length, Scratch scratch) {
            List<ByteBuffer> parts = new ArrayList<>(3);
            int headLength = ends.head().limit();
            long tailStart = leaf.size() - ends.tail().limit();
            long end = offset + length;
            if (offset < headLength) {
                parts.add(ends.head().slice((int) offset, (int) (Math.min(end, headLength) - offset)));
            }
            long position = Math.max(offset, headLength);
            while (position < Math.min(end, tailStart)) {
                int start = (int) ((leaf.noiseStart() + position) % NOISE);
                int count = (int) Math.min(NOISE - start, Math.min(end, tailStart) - position);
                parts.add(noise.slice(start, count));
                position += count;
            }
            if (end > tailStart) {
                int start = (int) (Math.max(offset, tailStart) - tailStart);
                parts.add(ends.tail().slice(start, (int) (end - tailStart) - start));
            }
            return parts.toArray(ByteBuffer[]::new);
        }

        @Override
        public void close() {}
    }
}
