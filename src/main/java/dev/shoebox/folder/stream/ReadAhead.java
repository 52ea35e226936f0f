package dev.shoebox.folder.stream;

import dev.shoebox.photos.reading.BufferRing;
import dev.shoebox.photos.reading.ReadAheadStream;
import dev.shoebox.photos.source.MediaSource.Request;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.MediaStream.Whole;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.Optional;

/** Reads files one after another into a ring of buffers, each to its end, and settles it. */
public final class ReadAhead {
    private static final int BUFFERS = 8;
    private static final int BUFFER_SIZE = 256 << 10;

    /** A disk that stops responding must not keep a run from ending. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Reads everything that was requested. */
    public interface Work {
        /** @throws IOException if the source is lost */
        void run(Sink sink) throws IOException;
    }

    /** Receives what the work reads. */
    public interface Sink {
        /** Reads one file to its end and settles it. The caller has skipped the bytes before the offset. */
        void file(Request request, ReadableByteChannel bytes, Check check) throws IOException;

        void unreadable(Unreadable unreadable);
    }

    /** Reports, after the last byte, what was wrong with the file as a whole. */
    public interface Check {
        Optional<Unreadable> complaint(boolean rightSize) throws IOException;
    }

    /** Unwinds the work after the stream was closed. */
    private static final class Stopped extends RuntimeException {
        Stopped() {
            super("the stream is closed", null, false, false);
        }
    }

    private ReadAhead() {}

    /** @param requests the number of files that the work will settle */
    public static MediaStream start(int requests, Work work) {
        BufferRing buffers = BufferRing.of(BUFFERS, BUFFER_SIZE);
        return new ReadAheadStream("shoebox-folder", requests, buffers, PATIENCE, ring -> {
                    try {
                        work.run(new RingSink(ring));
                    } catch (Stopped stopped) {
                        // Nobody reads the stream any more.
                    } catch (IOException lost) {
                        throw new IOException(lost.getMessage(), lost);
                    }
                })
                .start();
    }

    private record RingSink(BufferRing ring) implements Sink {
        @Override
        public void unreadable(Unreadable unreadable) {
            settle(unreadable);
        }

        @Override
        public void file(Request request, ReadableByteChannel bytes, Check check) throws IOException {
            String path = request.file().path();
            long left = request.file().size() - request.offset();
            boolean ended = false;
            while (left > 0 && !ended) {
                ByteBuffer buffer = buffer();
                buffer.limit((int) Math.min(BUFFER_SIZE, left));
                try {
                    while (buffer.hasRemaining() && read(bytes, buffer) >= 0) {
                        // A read may return less than requested.
                    }
                } catch (IOException failed) {
                    ring.putBack(buffer);
                    throw failed;
                }
                left -= buffer.position();
                ended = buffer.hasRemaining();
                buffer.flip();
                if (buffer.hasRemaining()) {
                    ring.give(path, buffer);
                } else {
                    ring.putBack(buffer);
                }
            }
            boolean longer = left == 0 && read(bytes, ByteBuffer.allocate(1)) > 0;
            boolean rightSize = left == 0 && !longer;
            Optional<Unreadable> complaint = check.complaint(rightSize);
            if (complaint.isEmpty() && !rightSize) {
                complaint = Optional.of(new Unreadable(
                        path,
                        Reason.WRONG_SIZE,
                        path + " is " + (longer ? "longer" : "shorter") + " than listed; it was skipped."));
            }
            settle(complaint.<MediaStream.Piece>map(c -> c).orElse(new Whole(path)));
        }

        private void settle(MediaStream.Piece end) {
            ring.give(end);
            try {
                if (!ring.awaitRoom()) {
                    throw new Stopped();
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new Stopped();
            }
        }

        private ByteBuffer buffer() {
            try {
                return ring.awaitBuffer().orElseThrow(Stopped::new);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new Stopped();
            }
        }

        /** Unpackers throw all kinds of exceptions for damaged data. */
        private static int read(ReadableByteChannel bytes, ByteBuffer buffer) throws IOException {
            try {
                return bytes.read(buffer);
            } catch (RuntimeException defect) {
                throw new IOException("its compressed data is invalid", defect);
            }
        }
    }
}
