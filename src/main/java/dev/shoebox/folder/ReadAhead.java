package dev.shoebox.folder;

import dev.shoebox.photos.MediaSource.Request;
import dev.shoebox.photos.MediaStream;
import dev.shoebox.photos.Unreadable;
import dev.shoebox.photos.Unreadable.Reason;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads on a thread of its own into a small ring of direct buffers, and hands them over in order. The thread is never
 * interrupted, which would close the channel under it: it stops when it next asks for a buffer.
 */
final class ReadAhead implements MediaStream {
    private static final int BUFFERS = 8;
    private static final int BUFFER_SIZE = 256 << 10;

    /** A disk that has fallen silent must not keep a run from ending. */
    private static final long PATIENCE_MILLIS = 10_000;

    private static final ByteBuffer STOP = ByteBuffer.allocate(0);

    /** Reads all that was requested. */
    interface Work {
        /** @throws IOException if the source is lost */
        void run(Sink sink) throws IOException;
    }

    /** Where the work puts what it reads. */
    interface Sink {
        /** Reads one file to its end and settles it. The bytes before the offset are for the reader to have skipped. */
        void file(Request request, ReadableByteChannel bytes, Check check) throws IOException;

        void unreadable(Unreadable unreadable);
    }

    /** Tells, after the last byte, what was wrong with the file as a whole. */
    interface Check {
        Optional<Unreadable> complaint(boolean rightSize) throws IOException;
    }

    private sealed interface Message permits Read, Lost {}

    private record Read(Piece piece) implements Message {}

    private record Lost(IOException cause) implements Message {}

    /** Unwinds the work once the stream is closed. */
    private static final class Stopped extends RuntimeException {
        Stopped() {
            super("the stream is closed", null, false, false);
        }
    }

    private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(BUFFERS + 1);
    private final BlockingQueue<Message> read = new ArrayBlockingQueue<>(64);
    private final Thread thread;
    private volatile boolean closed;
    private int unsettled;

    private ReadAhead(int requests, Work work) {
        this.unsettled = requests;
        for (int i = 0; i < BUFFERS; i++) {
            free.add(ByteBuffer.allocateDirect(BUFFER_SIZE));
        }
        this.thread = new Thread(() -> run(work), "shoebox-folder");
        thread.setDaemon(true);
    }

    /** @param requests how many files the work will settle */
    static MediaStream start(int requests, Work work) {
        ReadAhead stream = new ReadAhead(requests, work);
        stream.thread.start();
        return stream;
    }

    @Override
    public Piece next() throws IOException {
        if (unsettled == 0) {
            throw new NoSuchElementException("every file was delivered");
        }
        try {
            Message message = read.take();
            if (message instanceof Lost lost) {
                unsettled = 0;
                throw new IOException(lost.cause().getMessage(), lost.cause());
            }
            Piece piece = ((Read) message).piece();
            if (!(piece instanceof Bytes)) {
                unsettled--;
            }
            return piece;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Reading was interrupted.", interrupted);
        }
    }

    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (thread.isAlive() && System.nanoTime() < deadline) {
            hangUp();
            try {
                thread.join(20);
            } catch (InterruptedException hurry) {
                interrupted = true;
            }
        }
        hangUp();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Wakes the thread that reads, and whoever waits for it. */
    private void hangUp() {
        read.clear();
        free.offer(STOP);
        read.offer(new Lost(new IOException("The stream is closed.")));
    }

    private void run(Work work) {
        try {
            work.run(new Ring());
        } catch (Stopped stopped) {
            // Nobody listens any more.
        } catch (IOException lost) {
            tell(new Lost(lost));
        } catch (RuntimeException | Error defect) {
            tell(new Lost(new IOException("Reading failed unexpectedly: " + defect, defect)));
        }
    }

    private void tell(Message message) {
        try {
            while (!closed && !read.offer(message, 50, TimeUnit.MILLISECONDS)) {
                // Full: the reader is busy.
            }
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Ring implements Sink {
        @Override
        public void unreadable(Unreadable unreadable) {
            tell(new Read(unreadable));
            if (closed) {
                throw new Stopped();
            }
        }

        @Override
        public void file(Request request, ReadableByteChannel bytes, Check check) throws IOException {
            String path = request.file().path();
            long left = request.file().size() - request.offset();
            while (left > 0) {
                ByteBuffer buffer = take();
                buffer.clear().limit((int) Math.min(BUFFER_SIZE, left));
                try {
                    while (buffer.hasRemaining() && read(bytes, buffer) >= 0) {
                        // A read may bring less than asked.
                    }
                } catch (IOException failed) {
                    free.offer(buffer);
                    throw failed;
                }
                left -= buffer.position();
                boolean ended = buffer.hasRemaining();
                buffer.flip();
                if (buffer.hasRemaining()) {
                    tell(new Read(new Bytes(path, buffer, () -> free.offer(buffer))));
                } else {
                    free.offer(buffer);
                }
                if (ended) {
                    break;
                }
            }
            boolean longer = left == 0 && read(bytes, ByteBuffer.allocate(1)) > 0;
            boolean rightSize = left == 0 && !longer;
            Optional<Unreadable> complaint = check.complaint(rightSize);
            if (complaint.isEmpty() && !rightSize) {
                complaint = Optional.of(new Unreadable(
                        path,
                        Reason.WRONG_SIZE,
                        path + " is " + (longer ? "longer" : "shorter") + " than it was listed; it was left out."));
            }
            tell(new Read(complaint.<Piece>map(c -> c).orElse(new Whole(path))));
        }

        /** Unpackers meet damaged data with exceptions of all kinds. */
        private static int read(ReadableByteChannel bytes, ByteBuffer buffer) throws IOException {
            try {
                return bytes.read(buffer);
            } catch (RuntimeException defect) {
                throw new IOException("its packing makes no sense", defect);
            }
        }

        private ByteBuffer take() {
            try {
                ByteBuffer buffer = free.take();
                if (closed) {
                    throw new Stopped();
                }
                return buffer;
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new Stopped();
            }
        }
    }
}
