package dev.shoebox.archive;

import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.zip.CRC32;

/**
 * The content of a file, as found by reading it from start to end.
 *
 * @param sha256 of the whole content
 * @param pieces the pieces that it is cut into; one if it fits
 */
record Content(String sha256, List<Piece> pieces) {
    /** @param from the offset in the file, in bytes */
    record Piece(long from, long size, String sha256, long crc32) {}

    /**
     * Reads a file.
     *
     * @param buffer a buffer to read through
     * @param largest the maximum size of a piece, in bytes
     * @param passed receives the number of bytes read since the last call
     */
    static Content read(SeekableByteChannel file, ByteBuffer buffer, long largest, IntConsumer passed)
            throws IOException {
        MessageDigest whole = Sha256.digest();
        MessageDigest part = Sha256.digest();
        CRC32 crc = new CRC32();
        List<Piece> pieces = new ArrayList<>();
        long from = 0;
        long size = 0;
        boolean more = true;
        while (more) {
            int most = (int) Math.min(buffer.capacity(), largest - size);
            int count = file.read(buffer.clear().limit(most));
            more = count >= 0;
            if (count > 0) {
                whole.update(buffer.flip());
                part.update(buffer.rewind());
                crc.update(buffer.rewind());
                size += count;
                passed.accept(count);
            }
            boolean isLast = !more && (size > 0 || pieces.isEmpty());
            if (isLast || size == largest) {
                pieces.add(new Piece(from, size, Sha256.hex(part), crc.getValue()));
                part.reset();
                crc.reset();
                from += size;
                size = 0;
            }
        }
        return new Content(Sha256.hex(whole), List.copyOf(pieces));
    }

    /** Reads one piece again, and checks that it is what it was the first time. */
    static final class Again extends InputStream {
        private final SeekableByteChannel file;
        private final Piece piece;
        private final IntConsumer passed;
        private final MessageDigest digest = Sha256.digest();
        private long left;

        Again(SeekableByteChannel file, Piece piece, IntConsumer passed) {
            this.file = file;
            this.piece = piece;
            this.passed = passed;
            this.left = piece.size();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        /** @throws ArchiveException.SourceChanged if it is not */
        @Override
        public int read(byte[] into, int at, int most) throws IOException {
            if (most == 0) {
                return 0;
            }
            if (left == 0) {
                return -1;
            }
            int count;
            try {
                count = file.read(ByteBuffer.wrap(into, at, (int) Math.min(most, left)));
            } catch (IOException failed) {
                throw new ArchiveException.SourceChanged(
                        "A file that was just read can no longer be read (" + failed.getMessage() + ").", failed);
            }
            if (count > 0) {
                digest.update(into, at, count);
                left -= count;
                passed.accept(count);
            }
            if (count < 0 || (left == 0 && !Sha256.hex(digest).equals(piece.sha256()))) {
                throw new ArchiveException.SourceChanged("A file of the backup changed while it was being exported.");
            }
            return count;
        }
    }
}
