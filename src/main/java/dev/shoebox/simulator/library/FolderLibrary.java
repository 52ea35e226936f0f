package dev.shoebox.simulator.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A library in a folder on this computer. */
final class FolderLibrary extends SimulatedLibrary {
    private final Path root;

    FolderLibrary(Path root) {
        this.root = root;
    }

    @Override
    public Optional<TreeNode> find(String path) throws IOException {
        Path file = root.resolve(path);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        TreeNode.Kind kind = TreeNode.Kind.FILE;
        if (attributes.isDirectory()) {
            kind = TreeNode.Kind.FOLDER;
        } else if (attributes.isSymbolicLink()) {
            kind = TreeNode.Kind.LINK;
        }
        return Optional.of(new TreeNode(
                kind,
                attributes.size(),
                attributes.lastModifiedTime().toInstant(),
                attributes.creationTime().toInstant(),
                1,
                kind == TreeNode.Kind.LINK ? Files.readSymbolicLink(file).toString() : ""));
    }

    @Override
    public List<String> list(String path) throws IOException {
        try (Stream<Path> children = Files.list(root.resolve(path))) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public Content open(String path) throws IOException {
        return new Open(FileChannel.open(root.resolve(path), StandardOpenOption.READ));
    }

    private record Open(FileChannel channel) implements Content {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public ByteBuffer[] read(long offset, int length, Scratch scratch) throws IOException {
            ByteBuffer buffer = scratch.ofSize(length);
            int count = 0;
            while (buffer.hasRemaining() && count >= 0) {
                count = channel.read(buffer, offset + buffer.position());
            }
            return new ByteBuffer[] {buffer.flip()};
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
