package dev.shoebox.photos.metadata;

import dev.shoebox.photos.metadata.field.BoundedReader;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Counts the blocks of a baseline JPEG (ITU-T T.81) without an end marker. Some programs write such files, and
 * truncation produces them, too: only the number of blocks distinguishes them. Keeps no coefficients.
 */
final class JpegScans {
    private static final int STEP = 64 << 10;
    private static final int MOST_PARTS = 1000;
    private static final int BLOCK = 8;
    private static final int COEFFICIENTS = 64;
    private static final int CODE_BITS = 16;
    private static final int ZERO_RUN = 15;
    private static final int FIRST_RESTART = 0xd0;
    private static final int LAST_RESTART = 0xd7;
    private static final int START = 0xd8;
    private static final int TABLES = 0xc4;
    private static final int RESTART_INTERVAL = 0xdd;
    private static final int SCAN = 0xda;

    /** @param across the number of its blocks in a unit, horizontally; {@code down} vertically */
    private record Component(int across, int down) {}

    private static final class Codes {
        /**
         * Indexed by the next 16 bits: the length of the code in the upper byte, and the symbol; 0 if there is no code.
         */
        private final short[] lookup;

        Codes(short[] lookup) {
            this.lookup = lookup;
        }
    }

    private final SeekableByteChannel bytes;
    private final Map<Integer, Component> components = new HashMap<>();
    private final Map<Integer, Codes> tables = new HashMap<>();
    private int width;
    private int height;
    private int restartInterval;

    private final ByteBuffer buffer = ByteBuffer.allocate(STEP).limit(0);
    private long bufferEnd;
    private int bits;
    private int bitCount;
    private boolean atMarker;

    private JpegScans(SeekableByteChannel bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns whether every block is present; false if the file is not baseline, because then blocks cannot be counted
     * this way.
     */
    static boolean areComplete(SeekableByteChannel bytes) throws IOException {
        return new JpegScans(bytes).read();
    }

    private boolean read() throws IOException {
        BoundedReader reader = new BoundedReader(bytes);
        Set<Integer> seen = new HashSet<>();
        long at = 2;
        for (int parts = 0; parts < MOST_PARTS && at + 4 <= reader.size(); parts++) {
            if (reader.u8(at) != 0xff) {
                return false;
            }
            int marker = reader.u8(at + 1);
            if (marker == 0xff || (marker >= FIRST_RESTART && marker <= START) || marker == 1) {
                at += marker == 0xff ? 1 : 2;
                continue;
            }
            int length = reader.u16(at + 2);
            long end = at + 2 + length;
            if (end > reader.size() || (!segment(reader, marker, at + 4, end) && marker != SCAN)) {
                return false;
            }
            at = end;
            if (marker == SCAN) {
                at = scan(reader, end - length + 2, end, seen);
                if (at < 0) {
                    return false;
                } else if (seen.size() == components.size()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** @return whether parsing can continue */
    private boolean segment(BoundedReader reader, int marker, long from, long to) throws IOException {
        if (marker == 0xc0 || marker == 0xc1) {
            height = reader.u16(from + 1);
            width = reader.u16(from + 3);
            for (int i = 0; i < reader.u8(from + 5); i++) {
                int sampling = reader.u8(from + 7 + 3L * i);
                components.put(reader.u8(from + 6 + 3L * i), new Component(sampling >> 4, sampling & 0xf));
            }
            return width > 0
                    && height > 0
                    && components.values().stream().allMatch(each -> each.across() > 0 && each.down() > 0);
        } else if (marker == TABLES) {
            for (long at = from; at + 1 + CODE_BITS <= to; ) {
                at = table(reader, at);
            }
            return true;
        } else if (marker == RESTART_INTERVAL) {
            restartInterval = reader.u16(from);
            return true;
        }
        // Other frames (progressive, lossless, arithmetic) have other scans.
        return marker < 0xc0 || marker > 0xcf;
    }

    private long table(BoundedReader reader, long from) throws IOException {
        short[] lookup = new short[1 << CODE_BITS];
        long symbol = from + 1 + CODE_BITS;
        int code = 0;
        for (int length = 1; length <= CODE_BITS; length++) {
            int count = reader.u8(from + length);
            for (int i = 0; i < count; i++) {
                short entry = (short) (length << Byte.SIZE | reader.u8(symbol++));
                int span = 1 << (CODE_BITS - length);
                for (int j = 0; j < span && (code + 1) * span <= lookup.length; j++) {
                    lookup[code * span + j] = entry;
                }
                code++;
            }
            code <<= 1;
        }
        tables.put(reader.u8(from), new Codes(lookup));
        return symbol;
    }

    /** @return the position of the next marker, or -1 if the data ended before the last block */
    private long scan(BoundedReader reader, long header, long data, Set<Integer> seen) throws IOException {
        int count = reader.u8(header);
        int most =
                components.values().stream().mapToInt(Component::across).max().orElse(1);
        int tallest =
                components.values().stream().mapToInt(Component::down).max().orElse(1);
        Codes[][] blocks = new Codes[count][];
        int[] repeats = new int[count];
        long units = 0;
        for (int i = 0; i < count; i++) {
            int id = reader.u8(header + 1 + 2L * i);
            int choice = reader.u8(header + 2 + 2L * i);
            Component component = components.get(id);
            blocks[i] = new Codes[] {tables.get(choice >> 4), tables.get(0x10 | (choice & 0xf))};
            if (component == null || blocks[i][0] == null || blocks[i][1] == null) {
                return -1;
            }
            seen.add(id);
            repeats[i] = count == 1 ? 1 : component.across() * component.down();
            int across = count == 1 ? up(width * component.across(), most) : up(width, most);
            int down = count == 1 ? up(height * component.down(), tallest) : up(height, tallest);
            units = (long) up(across, BLOCK) * up(down, BLOCK);
        }
        begin(data);
        for (long unit = 0; unit < units; unit++) {
            if (restartInterval > 0 && unit > 0 && unit % restartInterval == 0) {
                restart();
            }
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < repeats[i]; j++) {
                    if (!block(blocks[i])) {
                        return -1;
                    }
                }
            }
        }
        return marker();
    }

    private static int up(int amount, int step) {
        return (amount + step - 1) / step;
    }

    private boolean block(Codes[] codes) throws IOException {
        int size = symbol(codes[0]);
        if (size < 0 || !skip(size & 0xf)) {
            return false;
        }
        for (int at = 1; at < COEFFICIENTS; at++) {
            int next = symbol(codes[1]);
            if (next < 0 || !skip(next & 0xf)) {
                return false;
            } else if ((next & 0xf) == 0 && next >> 4 != ZERO_RUN) {
                return true;
            }
            at += next >> 4;
        }
        return true;
    }

    private int symbol(Codes codes) throws IOException {
        fill(CODE_BITS);
        int next = bitCount >= CODE_BITS ? bits >>> (bitCount - CODE_BITS) : bits << (CODE_BITS - bitCount);
        int entry = codes.lookup[next & ((1 << CODE_BITS) - 1)];
        int length = entry >> Byte.SIZE;
        return length == 0 || !skip(length) ? -1 : entry & 0xff;
    }

    private boolean skip(int count) throws IOException {
        fill(count);
        if (count > bitCount) {
            return false;
        }
        bitCount -= count;
        bits &= (1 << bitCount) - 1;
        return true;
    }

    private void begin(long at) throws IOException {
        bytes.position(at);
        bufferEnd = at;
        buffer.clear().limit(0);
        bits = 0;
        bitCount = 0;
        atMarker = false;
    }

    private int next() throws IOException {
        if (!buffer.hasRemaining()) {
            int count = bytes.read(buffer.clear());
            buffer.flip();
            if (count <= 0) {
                return -1;
            }
            bufferEnd += count;
        }
        return buffer.get() & 0xff;
    }

    private void fill(int count) throws IOException {
        while (bitCount < count && !atMarker) {
            int each = next();
            if (each == 0xff) {
                int stuffed = next();
                if (stuffed != 0) {
                    if (stuffed > 0) {
                        buffer.position(buffer.position() - 1);
                    }
                    each = -1;
                }
            }
            if (each < 0) {
                atMarker = true;
            } else {
                bits = bits << Byte.SIZE | each;
                bitCount += Byte.SIZE;
            }
        }
    }

    /** Continues after the next restart marker. Any other marker ends the data. */
    private void restart() throws IOException {
        bits = 0;
        bitCount = 0;
        if (!atMarker) {
            int each = next();
            while (each >= 0 && each != 0xff) {
                each = next();
            }
        }
        int marker = next();
        atMarker = marker < FIRST_RESTART || marker > LAST_RESTART;
    }

    /** Returns the next marker after the data that were read. */
    private long marker() throws IOException {
        if (!atMarker) {
            int before = 0;
            for (int each = next(); each >= 0; each = next()) {
                if (before == 0xff && each != 0 && each != 0xff) {
                    break;
                }
                before = each;
            }
        }
        long at = bufferEnd - buffer.remaining();
        if (at < 2) {
            throw new EOFException();
        }
        return atMarker ? at - 1 : at - 2;
    }
}
