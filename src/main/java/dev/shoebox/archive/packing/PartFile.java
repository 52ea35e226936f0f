package dev.shoebox.archive.packing;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** Creates a file on a disk, as a stream that computes size and hash. Closing it makes the file durable. */
final class PartFile extends OutputStream {
    private static final int BUFFER_BYTES = 1 << 18;

    private final Disk disk;
    private final Disk.Out out;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final MessageDigest digest = Sha256.digest();
    private long size;
    private String sha256 = "";
    private boolean closed;

    PartFile(Disk disk, String path) throws IOException {
        this.disk = disk;
        this.out = disk.create(path);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        digest.update(bytes, from, count);
        size += count;
        int at = from;
        while (at < from + count) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            int fits = Math.min(buffer.remaining(), from + count - at);
            buffer.put(bytes, at, fits);
            at += fits;
        }
    }

    private void drain() throws IOException {
        out.write(buffer.flip());
        buffer.clear();
    }

    /** Returns the number of bytes written. */
    long size() {
        return size;
    }

    /** Returns the SHA-256 of the file, once it is closed. */
    String sha256() {
        return sha256;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        sha256 = Sha256.hex(digest);
        try (out) {
            drain();
            out.force();
        }
    }

    void remove(String path) throws IOException {
        disk.delete(path);
    }

    /** Abandons the file, whose content is useless. */
    void abandon() throws IOException {
        if (!closed) {
            closed = true;
            out.close();
        }
    }
}
