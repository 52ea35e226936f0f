package dev.shoebox.photos.metadata.field;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * Random access to a file through one small buffer, with limits on the total work.
 *
 * <p>The limits count bytes rather than seconds: a hostile file reaches them within milliseconds, while a photo on a
 * disk that has to spin up, or on a busy computer, still gets its date. Every read outside the file, or beyond a limit,
 * throws {@link EOFException}.
 */
public final class BoundedReader {
    /** One round trip to a phone; enough for the start of most photos. */
    private static final int STEP = 8 << 10;

    /** The limit on bytes fetched from the file. */
    private static final int MOST_READ = 4 << 20;

    /** The limit on bytes inspected, including repetitions: at most a tenth of a second. */
    private static final int MOST_LOOKED_AT = 16 << 20;

    private final SeekableByteChannel channel;
    private final long size;
    private final ByteBuffer buffer = ByteBuffer.allocate(STEP).limit(0);
    private long start;
    private int read;
    private int lookedAt;

    public BoundedReader(SeekableByteChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    public long size() {
        return size;
    }

    public int u8(long at) throws IOException {
        return buffer.get(find(at, 1)) & 0xff;
    }

    public int u16(long at) throws IOException {
        return buffer.getShort(find(at, 2)) & 0xffff;
    }

    public long u32(long at) throws IOException {
        return buffer.getInt(find(at, 4)) & 0xffff_ffffL;
    }

    /** Returns four bytes as a number, for comparison with {@link #code}. */
    public int i32(long at) throws IOException {
        return buffer.getInt(find(at, 4));
    }

    /** Returns eight bytes as a number, which may be negative: the caller checks the range. */
    public long i64(long at) throws IOException {
        return buffer.getLong(find(at, 8));
    }

    /** Returns a copy of {@code count} bytes, which the caller has limited. */
    public byte[] bytes(long at, int count) throws IOException {
        if (at < 0 || at > size - count) {
            throw new EOFException();
        }
        byte[] bytes = new byte[count];
        for (int done = 0; done < count; ) {
            int step = Math.min(STEP, count - done);
            buffer.get(find(at + done, step), bytes, done, step);
            done += step;
        }
        return bytes;
    }

    public boolean startsWith(long at, String ascii) throws IOException {
        for (int i = 0; i < ascii.length(); i++) {
            if (at + i >= size || u8(at + i) != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns a four-character code as a number. */
    public static int code(String fourCharacters) {
        return fourCharacters.charAt(0) << 24
                | fourCharacters.charAt(1) << 16
                | fourCharacters.charAt(2) << 8
                | fourCharacters.charAt(3);
    }

    /** Returns the index of the bytes in the buffer, reading them if necessary. */
    private int find(long at, int count) throws IOException {
        lookedAt += count;
        if (at < 0 || at > size - count || lookedAt > MOST_LOOKED_AT) {
            throw new EOFException();
        }
        if (at < start || at + count > start + buffer.limit()) {
            load(at, count);
        }
        return (int) (at - start);
    }

    private void load(long at, int count) throws IOException {
        if (read >= MOST_READ) {
            throw new EOFException();
        }
        buffer.clear();
        start = at;
        channel.position(at);
        int length = 0;
        try {
            while (length < STEP) {
                int got = channel.read(buffer);
                if (got <= 0) {
                    break;
                }
                length += got;
            }
        } finally {
            buffer.flip();
            read += STEP;
        }
        if (length < count) {
            throw new EOFException();
        }
    }
}
