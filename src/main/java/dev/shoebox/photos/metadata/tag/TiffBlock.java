package dev.shoebox.photos.metadata.tag;

import com.drew.lang.RandomAccessReader;
import dev.shoebox.photos.metadata.field.BoundedReader;

import java.io.EOFException;
import java.io.IOException;
import java.util.Set;

/**
 * A TIFF structure inside a file, as metadata-extractor reads one: offsets count from its beginning, and what is read is
 * taken from the budget of the {@link BoundedReader}.
 *
 * <p>It claims to be endless, so that a directory that is cut off is read as far as it goes; every read beyond the end is an
 * {@link EOFException}. metadata-extractor believes the type and the count of each entry, and passes over one whose count goes
 * beyond the end; a pointer to a directory is one here whatever its type says, and no count is larger than anything takes.
 */
final class TiffBlock extends RandomAccessReader {
    /** The longest value needed; metadata-extractor would allocate whatever a tag claims. */
    private static final int LONGEST = 4 << 10;

    private static final int TYPE_LONG = 4;
    private static final Set<Integer> TYPES_OF_BYTES = Set.of(1, 2, 6, 7, 129);
    private static final long MOST_BYTES = 1 << 20;
    private static final long MOST_VALUES = 1 << 10;

    private final BoundedReader reader;
    private final long start;
    private final long end;

    /** The position of the last two-byte number, with its value and that of the one directly before it. */
    private int last = Integer.MIN_VALUE;

    private int value;
    private int valueBefore;

    TiffBlock(BoundedReader reader, long start, long end) {
        this.reader = reader;
        this.start = start;
        this.end = Math.min(end, reader.size());
    }

    @Override
    public int toUnshiftedOffset(int localOffset) {
        return localOffset;
    }

    @Override
    public byte getByte(int index) throws IOException {
        validateIndex(index, 1);
        return (byte) reader.u8(start + index);
    }

    @Override
    public byte[] getBytes(int index, int count) throws IOException {
        validateIndex(index, count);
        return reader.bytes(start + index, count);
    }

    @Override
    protected void validateIndex(int index, int bytesRequested) throws IOException {
        if (bytesRequested > LONGEST || !isValidIndex(index, bytesRequested)) {
            throw new EOFException();
        }
    }

    @Override
    protected boolean isValidIndex(int index, int bytesRequested) {
        return index >= 0 && bytesRequested >= 0 && start + index + bytesRequested <= end;
    }

    @Override
    public long getLength() {
        return Integer.MAX_VALUE;
    }

    /** An entry is a tag, a type and a count, which are read in this order. */
    @Override
    public int getUInt16(int index) throws IOException {
        int read = super.getUInt16(index);
        boolean type = index == last + 2 && TiffValues.isPointer(value);
        valueBefore = index == last + 2 ? value : 0;
        value = type ? TYPE_LONG : read;
        last = index;
        return value;
    }

    @Override
    public long getUInt32(int index) throws IOException {
        long read = super.getUInt32(index);
        if (index != last + 2) {
            return read;
        }
        last = Integer.MIN_VALUE;
        if (TiffValues.isPointer(valueBefore)) {
            return 1;
        }
        return Math.min(read, TYPES_OF_BYTES.contains(value) ? MOST_BYTES : MOST_VALUES);
    }

    /** Returns the part after a position, in the same byte order, with offsets relative to it. */
    TiffBlock within(int index) {
        TiffBlock part = new TiffBlock(reader, inFile(index), end);
        part.setMotorolaByteOrder(isMotorolaByteOrder());
        return part;
    }

    /** Converts a position in the structure to one in the file. */
    long inFile(long index) {
        return start + index;
    }

    /** Returns the number of bytes of the structure after a position. */
    long from(long index) {
        return Math.max(0, end - start - index);
    }

    BoundedReader reader() {
        return reader;
    }
}
