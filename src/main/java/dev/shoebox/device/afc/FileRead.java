package dev.shoebox.device.afc;

import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream.Piece;
import dev.shoebox.photos.source.MediaStream.Whole;
import dev.shoebox.photos.source.Unreadable;

import java.util.ArrayDeque;
import java.util.Deque;

/** One file being read from the phone. */
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

    /** The number of bytes from the requested offset to the listed size. */
    final long wanted;

    /** Pieces that arrived before earlier files were done. */
    final Deque<Piece> held = new ArrayDeque<>();

    State state = State.WAITING;
    long handle;

    /** Received bytes, all of them held or passed on. */
    long received;

    /** Requested bytes that have not arrived. */
    long asked;

    /** Outstanding responses for {@link #asked}. */
    int reads;

    /** The file on the phone is at the position of the next byte. */
    boolean positioned;

    /** The phone sent fewer bytes than requested at the end, or none: nothing follows. */
    boolean ended;

    /** Responses may no longer be consecutive: the file must be opened again. */
    boolean interrupted;

    /** The file was opened again once after an error that a new connection may fix. */
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

    /** Returns how many bytes to request next: at the end one more than listed, to detect a longer file. */
    int next(int most) {
        long left = wanted - received - asked;
        return left >= most ? most : (int) left + 1;
    }

    boolean isComplete() {
        return received == wanted && ended && reads == 0;
    }

    /** Records a failure; the first one counts. */
    void fail(Unreadable reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    boolean hasFailed() {
        return failure != null;
    }

    boolean isDenied() {
        return failure != null && failure.reason() == Unreadable.Reason.DENIED;
    }

    /** Returns the piece after its last bytes. */
    Piece end() {
        return failure != null ? failure : new Whole(path());
    }

    /** Restarts the read from the bytes received so far. */
    void reopen() {
        state = State.WAITING;
        handle = 0;
        positioned = false;
        ended = false;
        interrupted = false;
    }
}
