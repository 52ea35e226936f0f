package dev.shoebox.archive;

import dev.shoebox.archive.packing.Member;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** Where the bytes of an export come from. Files may be opened by several threads; all else is asked by one. */
public interface MemberSource {
    /**
     * Opens what {@link #ready} gave.
     *
     * @throws IOException if it is not there, or may not be read
     */
    SeekableByteChannel open(Member member) throws IOException;

    /**
     * A file as it is to be written: itself, or what was made of it.
     *
     * @throws IOException if there is no room to make something of it
     */
    default Member ready(Member member) throws IOException {
        return member;
    }

    /**
     * A drive that is gone must not look like files that are.
     *
     * @throws IOException if it is gone
     */
    void requireThere() throws IOException;
}
