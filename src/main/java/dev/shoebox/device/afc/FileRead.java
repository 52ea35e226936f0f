package dev.shoebox.device.afc;

import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream.Piece;
import dev.shoebox.photos.source.MediaStream.Whole;
import dev.shoebox.photos.source.Unreadable;

import java.util.ArrayDeque;
import java.util.Deque;

/** One file on its way from the phone. */
final class FileRead {
    enum State {
        /** Not open on the phone. */
        WAITING,
        OPENING,
        OPEN,
        CLOSING,
        SETTLED
    }

    final MediaSource.Request request;

    /** How many bytes it takes, from the requested offset to the listed size. */
    final long wanted;

    /** Pieces that came while earlier files were not done. */
    final Deque<Piece> held = new ArrayDeque<>();

    State state = State.WAITING;
    long handle;

    /** Bytes that came, all of them kept or handed on. */
    long received;

    /** Bytes that were asked for and did not come yet. */
    long asked;

    /** Answers that are due for {@link #asked}. */
    int reads;

    /** The phone stands where the next byte is to come from. */
    boolean positioned;

    /** The phone gave less than was asked for at the very end, or nothing: nothing follows. */
    boolean ended;

    /** Answers are no longer sure to follow each other: the file has to be opened again. */
    boolean interrupted;

    /** It was opened again once because of an error that a new connection may cure. */
    boolean retried;

    private Unreadable failure; // or null

    FileRead(MediaSource.Request request) {
        this.request = request;
        this.wanted = request.file().size() - request.offset();
    }

    String path() {
        return request.file().path();
    }

    long position() {
        return request.offset() + received;
    }

    /**
     * How many bytes to ask for next: at the end one more than there should be, so that a longer file gives itself
     * away.
     */
    int next(int most) {
        long left = wanted - received - asked;
        return left >= most ? most : (int) left + 1;
    }

    boolean isComplete() {
        return received == wanted && ended && reads == 0;
    }

    /** What went wrong first is what counts. */
    void fail(Unreadable reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** What follows its last bytes. */
    Piece end() {
        return failure != null ? failure : new Whole(path());
    }

    /** Back to the start of its way, with the bytes that came. */
    void reopen() {
        state = State.WAITING;
        handle = 0;
        positioned = false;
        ended = false;
        interrupted = false;
    }
}
