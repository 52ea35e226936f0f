package dev.shoebox.device.afc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The wire format of Apple File Conduit, for reading only: no request that changes the phone can be expressed.
 *
 * <p>A packet has a header of 40 bytes, little-endian: the magic {@code CFA6LPAA}, the length of the whole packet, the
 * length without bulk data, a packet number and an operation, each u64; then the arguments of the operation. A response
 * has the packet number of its request, and responses come in the order of requests (libimobiledevice,
 * {@code src/afc.c} and {@code src/afc.h}).
 */
public final class Afc {
    public static final int HEADER = 40;

    private static final long MAGIC = 0x4141504c36414643L;
    private static final long READ_ONLY = 1;
    private static final long FROM_START = 0;

    private static final long LOWEST_BITS = 0x0101010101010101L;
    private static final long HIGHEST_BITS = 0x8080808080808080L;

    private Afc() {}

    /** The supported requests. */
    public enum Request {
        READ_DIR(0x03),
        GET_FILE_INFO(0x0a),
        GET_DEVICE_INFO(0x0b),
        FILE_OPEN(0x0d),
        READ(0x0f),
        SEEK(0x11),
        TELL(0x12),
        CLOSE(0x14),
        FILE_HASH(0x1d),
        FILE_HASH_WITH_RANGE(0x1f);

        public final long code;

        Request(long code) {
            this.code = code;
        }

        /** Returns whether a response of this kind may follow this request. */
        boolean allows(Answer answer) {
            return switch (this) {
                case READ_DIR, GET_FILE_INFO, GET_DEVICE_INFO, READ, FILE_HASH, FILE_HASH_WITH_RANGE ->
                    answer != Answer.OPENED && answer != Answer.TOLD;
                case FILE_OPEN -> answer == Answer.STATUS || answer == Answer.OPENED;
                case TELL -> answer == Answer.STATUS || answer == Answer.TOLD;
                case SEEK, CLOSE -> answer == Answer.STATUS;
            };
        }
    }

    /** The possible responses. */
    enum Answer {
        STATUS(0x01),
        DATA(0x02),
        OPENED(0x0e),
        TOLD(0x13);

        private final long code;

        Answer(long code) {
            this.code = code;
        }

        static Optional<Answer> of(long code) {
            for (Answer answer : values()) {
                if (answer.code == code) {
                    return Optional.of(answer);
                }
            }
            return Optional.empty();
        }
    }

    /** @param length of the rest after the header, in bytes */
    record Header(long packet, Answer answer, long length) {}

    /**
     * Writes a request about a path: {@code READ_DIR}, {@code GET_FILE_INFO}, {@code FILE_HASH} or {@code FILE_OPEN} (for
     * reading).
     */
    static void putPath(ByteBuffer out, long packet, Request request, byte[] path) {
        switch (request) {
            case FILE_OPEN -> {
                putHeader(out, packet, request, Long.BYTES + path.length + 1);
                out.putLong(READ_ONLY);
            }
            case READ_DIR, GET_FILE_INFO, FILE_HASH -> putHeader(out, packet, request, path.length + 1);
            default -> throw new IllegalArgumentException(request + " takes no path");
        }
        out.put(path).put((byte) 0);
    }

    /**
     * Writes a request for the SHA-1 of a range of a file.
     *
     * @param start in bytes from the start of the file
     * @param length in bytes
     */
    static void putHashOfRange(ByteBuffer out, long packet, long start, long length, byte[] path) {
        putHeader(out, packet, Request.FILE_HASH_WITH_RANGE, 2 * Long.BYTES + path.length + 1);
        out.putLong(start).putLong(length).put(path).put((byte) 0);
    }

    /** @param count the number of bytes from the current position */
    static void putRead(ByteBuffer out, long packet, long handle, int count) {
        putHeader(out, packet, Request.READ, 2 * Long.BYTES);
        out.putLong(handle).putLong(count);
    }

    /** @param position from the start of the file */
    static void putSeek(ByteBuffer out, long packet, long handle, long position) {
        putHeader(out, packet, Request.SEEK, 3 * Long.BYTES);
        out.putLong(handle).putLong(FROM_START).putLong(position);
    }

    /** Writes a request about an open file: {@code TELL} or {@code CLOSE}. */
    static void putHandle(ByteBuffer out, long packet, Request request, long handle) {
        if (request != Request.TELL && request != Request.CLOSE) {
            throw new IllegalArgumentException(request + " takes more than a handle");
        }
        putHeader(out, packet, request, Long.BYTES);
        out.putLong(handle);
    }

    static void putDeviceInfo(ByteBuffer out, long packet) {
        putHeader(out, packet, Request.GET_DEVICE_INFO, 0);
    }

    private static void putHeader(ByteBuffer out, long packet, Request request, int arguments) {
        out.order(ByteOrder.LITTLE_ENDIAN)
                .putLong(MAGIC)
                .putLong(HEADER + arguments)
                .putLong(HEADER + arguments)
                .putLong(packet)
                .putLong(request.code);
    }

    /**
     * Reads a header of 40 bytes from the buffer's position.
     *
     * @return empty if it is none, or its lengths contradict each other
     */
    public static Optional<Header> header(ByteBuffer in) {
        in.order(ByteOrder.LITTLE_ENDIAN);
        long magic = in.getLong();
        long entire = in.getLong();
        long head = in.getLong();
        long packet = in.getLong();
        Optional<Answer> answer = Answer.of(in.getLong());
        // Some phones count only the header here and send 40; others count everything: both were seen.
        if (magic != MAGIC || head < HEADER || entire < head) {
            return Optional.empty();
        }
        return answer.map(kind -> new Header(packet, kind, entire - HEADER));
    }

    /** Returns the bytes up to the next NUL, or all remaining bytes if there is none. */
    static byte[] untilNul(ByteBuffer data) {
        byte[] bytes = new byte[lengthUntilNul(data)];
        data.get(bytes);
        if (data.hasRemaining()) {
            data.get();
        }
        return bytes;
    }

    /**
     * Finds the next NUL, eight bytes at a time: only here is a listing scanned byte by byte, often before Java has
     * compiled anything.
     */
    private static int lengthUntilNul(ByteBuffer data) {
        int start = data.position();
        int end = start;
        while (end + Long.BYTES <= data.limit() && !hasNul(data.getLong(end))) {
            end += Long.BYTES;
        }
        while (end < data.limit() && data.get(end) != 0) {
            end++;
        }
        return end - start;
    }

    /** Returns whether one of the eight bytes is zero: only then does the subtraction borrow into a clear top bit. */
    private static boolean hasNul(long bytes) {
        return ((bytes - LOWEST_BITS) & ~bytes & HIGHEST_BITS) != 0;
    }
}
