package dev.shoebox.folder.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that counts what is read or skipped. */
abstract class CountedInput extends FilterInputStream {
    CountedInput(InputStream in) {
        super(in);
    }

    /** Called after each read. */
    abstract void count(long bytes) throws IOException;

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        int got = super.read(bytes, from, count);
        count(Math.max(got, 0));
        return got;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        count(skipped);
        return skipped;
    }
}
