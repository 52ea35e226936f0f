package dev.shoebox.archive;

import dev.shoebox.archive.packing.Member;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** Supplies the bytes of an export. Several threads may open files; everything else is called by one. */
public interface MemberSource {
    /**
     * Opens what {@link #ready} returned.
     *
     * @throws IOException if it is missing, or may not be read
     */
    SeekableByteChannel open(Member member) throws IOException;

    /**
     * Returns a file as it should be written: itself, or a conversion of it.
     *
     * @throws IOException if there is no space for a conversion
     */
    default Member ready(Member member) throws IOException {
        return member;
    }

    /**
     * Checks that the drive is still there, so that a lost drive is not mistaken for missing files.
     *
     * @throws IOException if it is gone
     */
    void requireThere() throws IOException;
}
