package dev.shoebox.destination.disk;

import dev.shoebox.system.Storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;

/** Reads files from the disk itself, bypassing the system's cache. Thread-safe. */
final class DirectIo {
    /** {@code ExtendedOpenOption.DIRECT} of the JDK; if there is none, an option that no file system supports. */
    private static final OpenOption OPTION = option();

    private static final int READ_BYTES = 1 << 20;

    private static final int IDLE_BUFFERS = 4;

    /** The block size of nearly every disk; the others accept it, too. */
    private static final int COMMON_BLOCK = 4096;

    private static final int SMALLEST_BLOCK = 512;
    private static final int LARGEST_BLOCK = 1 << 20;

    private final Path root;

    /** Idle buffers: aligned memory is slow to allocate and, once used, is never returned by the process. */
    private final Queue<ByteBuffer> aligned = new ArrayBlockingQueue<>(IDLE_BUFFERS);

    private volatile int blockSize;

    /** @param root the root of the disk; need not exist yet */
    DirectIo(Path root) {
        this.root = root;
    }

    /** Looks the option up by name: compilers from Java 25 on warn about types that a release may remove. */
    private static OpenOption option() {
        OpenOption none = new OpenOption() {};
        try {
            Object[] options =
                    Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants();
            return Arrays.stream(options)
                    .filter(option -> option.toString().equals("DIRECT"))
                    .map(OpenOption.class::cast)
                    .findAny()
                    .orElse(none);
        } catch (ClassNotFoundException e) {
            return none;
        }
    }

    /** Opens a file with the given option. */
    interface Opener {
        FileChannel open(OpenOption... options) throws IOException;
    }

    /**
     * Passes every byte of a file to the taker.
     *
     * @return false, without having passed any byte, if the file system does not support direct reads
     */
    boolean read(Opener file, Consumer<ByteBuffer> taker) throws IOException {
        FileChannel opened;
        try {
            opened = file.open(StandardOpenOption.READ, OPTION);
        } catch (UnsupportedOperationException unknown) {
            return false;
        } catch (IOException e) {
            // If it can be opened normally, the file system rejected the option.
            file.open(StandardOpenOption.READ).close();
            return false;
        }
        giveAway(opened, taker);
        return true;
    }

    private void giveAway(FileChannel opened, Consumer<ByteBuffer> taker) throws IOException {
        try (FileChannel channel = opened) {
            int block = blockSize();
            ByteBuffer idle = aligned.poll();
            ByteBuffer buffer = idle == null ? buffer(block) : idle;
            try {
                long size = channel.size();
                int read = block;
                for (long at = 0; at < size && read > 0; at += read) {
                    // Only whole blocks can be read: after a read that ended inside one, its first bytes are read
                    // again.
                    int known = Math.toIntExact(at % block);
                    read = Math.max(0, channel.position(at - known).read(buffer.clear()) - known);
                    taker.accept(buffer.position(known).limit(known + read));
                }
            } finally {
                aligned.offer(buffer);
            }
        }
    }

    private int blockSize() throws IOException {
        if (blockSize == 0) {
            long told = toldBlock();
            // Some drivers report 0, or a number that is not a power of two.
            blockSize = told >= SMALLEST_BLOCK && told <= LARGEST_BLOCK && Long.bitCount(told) == 1
                    ? (int) told
                    : COMMON_BLOCK;
        }
        return blockSize;
    }

    private long toldBlock() throws IOException {
        Optional<FileStore> store = Storage.of(root);
        try {
            return store.isPresent() ? store.get().getBlockSize() : COMMON_BLOCK;
        } catch (UnsupportedOperationException untold) {
            return COMMON_BLOCK;
        }
    }

    /** Returns a buffer for whole blocks, aligned as direct reads need it. */
    private static ByteBuffer buffer(int block) {
        int size = Math.max(block, READ_BYTES - READ_BYTES % block);
        return ByteBuffer.allocateDirect(size + block - 1).alignedSlice(block);
    }
}
