package dev.shoebox.simulator.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a simulated phone over AFC: the tree below {@code /var/mobile/Media}. Paths have no leading slash; the
 * root is empty.
 */
public abstract class SimulatedLibrary {
    private static final int BLOCK = 1 << 20;

    /** The size and the hash that a client must receive for one file. The hash is 64 lower-case hex digits. */
    public record Expected(long size, String sha256) {}

    /**
     * Returns every file with its size and hash, by path. Reads everything, at about 1 GB/s.
     *
     * @throws IOException if a folder cannot be read
     */
    public SortedMap<String, Expected> manifest() throws IOException {
        SortedMap<String, Expected> manifest = new TreeMap<>();
        addTo(manifest, "");
        return manifest;
    }

    private void addTo(SortedMap<String, Expected> manifest, String folder) throws IOException {
        for (String name : list(folder)) {
            String path = folder.isEmpty() ? name : folder + '/' + name;
            Optional<TreeNode> node = find(path);
            if (node.isPresent() && node.get().kind() == TreeNode.Kind.FOLDER) {
                addTo(manifest, path);
            } else if (node.isPresent() && node.get().kind() == TreeNode.Kind.FILE) {
                manifest.put(path, expected(path));
            }
        }
    }

    /**
     * Returns the size and the hash of one file.
     *
     * @throws IOException if there is no such file
     */
    public Expected expected(String path) throws IOException {
        try (Content content = open(path)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Scratch scratch = new Scratch();
            for (long offset = 0; offset < content.size(); offset += BLOCK) {
                int count = (int) Math.min(BLOCK, content.size() - offset);
                for (ByteBuffer part : content.read(offset, count, scratch)) {
                    digest.update(part);
                }
            }
            return new Expected(content.size(), HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Returns the node at a path, without following links. */
    public abstract Optional<TreeNode> find(String path) throws IOException;

    /** Returns the names in a folder. */
    public abstract List<String> list(String path) throws IOException;

    public abstract Content open(String path) throws IOException;

    /** A file open for reading. */
    public interface Content extends AutoCloseable {
        long size() throws IOException;

        /**
         * Reads bytes at an offset; fewer only at the end of the file. They are valid until the scratch space is used
         * again.
         */
        ByteBuffer[] read(long offset, int length, Scratch scratch) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Memory that one reader reuses, outside the Java heap so that sockets need no copy. */
    public static final class Scratch {
        private ByteBuffer buffer = ByteBuffer.allocate(0);

        ByteBuffer ofSize(int length) {
            if (buffer.capacity() < length) {
                buffer = ByteBuffer.allocateDirect(length);
            }
            return buffer.clear().limit(length);
        }
    }
}
