package dev.shoebox.photos.metadata.container;

import com.drew.lang.SequentialReader;
import dev.shoebox.photos.metadata.field.BoundedReader;

import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;

/** A file as a sequential reader for metadata-extractor. Skipping is free, and no long array is ever created. */
final class RiffSequence extends SequentialReader {
    private static final int LONGEST = 4 << 10;

    private final BoundedReader reader;
    private long position;
    private IOException failure; // or null

    RiffSequence(BoundedReader reader) {
        this.reader = reader;
    }

    /** Returns why reading failed, if it did: metadata-extractor treats that as damage and continues. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public long getPosition() {
        return position;
    }

    @Override
    public byte getByte() throws IOException {
        return getBytes(1)[0];
    }

    @Override
    public byte[] getBytes(int count) throws IOException {
        if (count < 0 || count > LONGEST) {
            throw new EOFException();
        }
        try {
            byte[] bytes = reader.bytes(position, count);
            position += count;
            return bytes;
        } catch (EOFException end) {
            throw end;
        } catch (IOException unreadable) {
            if (failure == null) {
                failure = unreadable;
            }
            throw unreadable;
        }
    }

    @Override
    public void getBytes(byte[] buffer, int offset, int count) throws IOException {
        System.arraycopy(getBytes(count), 0, buffer, offset, count);
    }

    @Override
    public void skip(long n) throws IOException {
        if (!trySkip(n)) {
            throw new EOFException();
        }
    }

    @Override
    public boolean trySkip(long n) {
        if (n < 0 || n > reader.size() - position) {
            return false;
        }
        position += n;
        return true;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, reader.size() - position);
    }
}
