package dev.shoebox.device.afc;

import dev.shoebox.device.afc.Afc.Request;
import dev.shoebox.device.afc.AfcConnection.Reply;
import dev.shoebox.device.afc.FileRead.State;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.photos.reading.BufferRing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream.Bytes;
import dev.shoebox.photos.source.MediaStream.Piece;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads files one after another while the next ones are already on their way. A defect here could put a wrong byte into
 * the backup, so: bytes are passed on only in the order in which the phone sent them for that file; a file is complete
 * only if exactly the listed number of bytes arrived, nothing follows, it closed without error and is listed unchanged
 * afterwards. A doubtful connection ends everything: the bytes passed on before are right, and all others are dropped.
 *
 * <p>The phone responds in order and each read advances its file, so all reads of a file may be in flight at once:
 * after a response that is shorter than requested, the next one continues there, and the missing bytes at the end are
 * requested again. Bytes of later files wait until the earlier file is done. The last free buffer is reserved for the
 * earliest file, so there is always progress.
 *
 * <p>Responses only change the state of their {@link FileRead}; only {@link #ask} decides, from these states, what to
 * request next.
 */
final class Pipeline {
    private final List<MediaSource.Request> requests;
    private final BufferRing ring;
    private final Deque<FileRead> transfers = new ArrayDeque<>();
    private AfcConnection connection;
    private TransferLimits ration;
    private final ReadWindow window;
    private int nextRequest;
    private int readsInFlight;

    /** The connection will be replaced once all responses have arrived and all files are closed. */
    private boolean changing;

    /** No new file is started. */
    private boolean windingDown;

    private boolean denied;

    /**
     * The phone once sent fewer bytes than requested although more followed: so a short response does not prove the
     * end.
     */
    private boolean answersShort;

    Pipeline(List<MediaSource.Request> requests, AfcConnection connection, BufferRing ring, TransferLimits ration) {
        this.requests = requests;
        this.connection = connection;
        this.ring = ring;
        this.ration = ration;
        this.window = new ReadWindow(2 * ration.bufferBytes(), ration.inFlight() * ration.bufferBytes());
    }

    AfcConnection connection() {
        return connection;
    }

    /** Whether the phone denied a file. It may have been locked meanwhile; only a new connection can tell. */
    boolean isDenied() {
        return denied;
    }

    /** Returns the limits that the phone turned out to have. */
    TransferLimits ration() {
        return ration;
    }

    /** Runs until every request is settled or the stream is closed; then no file is open on the phone. */
    void run(PhonePhotos.Reach reach) throws DeviceException, InterruptedException {
        while (!(transfers.isEmpty() && nextRequest == requests.size())) {
            long changes = ring.changes();
            boolean closed = ring.isClosed();
            windingDown = changing || closed;
            ask();
            if (connection.outstanding() > 0) {
                connection.receive();
            } else if (closed) {
                return;
            } else if (changing) {
                connection.close();
                connection = reach.connect();
                changing = false;
            } else if (!transfers.isEmpty() || ring.isCrowded()) {
                ring.awaitChange(changes);
            }
        }
    }

    private void ask() throws DeviceException {
        int place = 0;
        for (FileRead transfer : transfers) {
            ask(transfer, place++ < ration.openFiles());
        }
        while (!windingDown
                && transfers.size() < ration.openFiles()
                && nextRequest < requests.size()
                && connection.hasRoom()
                && !ring.isCrowded()) {
            FileRead transfer = new FileRead(requests.get(nextRequest++));
            transfers.add(transfer);
            ask(transfer, true);
        }
    }

    private void ask(FileRead transfer, boolean mayOpen) throws DeviceException {
        if (transfer.state == State.WAITING && mayOpen && !windingDown) {
            transfer.state = State.OPENING;
            connection.askPath(Request.FILE_OPEN, transfer.path(), reply -> opened(transfer, reply));
        } else if (transfer.state == State.OPEN) {
            boolean done = transfer.isComplete() || transfer.hasFailed() || windingDown;
            if (!done) {
                askBytes(transfer);
            } else if (transfer.reads == 0) {
                askClose(transfer);
            }
        }
    }

    private void opened(FileRead transfer, Reply reply) {
        if (reply.ok()) {
            transfer.handle = reply.value();
            transfer.state = State.OPEN;
        } else if (isWorthRetrying(transfer, reply.status())) {
            transfer.reopen();
        } else {
            transfer.fail(reply.refused(transfer.path()));
            settle(transfer);
        }
    }

    /** Returns whether to retry over a new connection, with fewer open files if these were the cause. */
    private boolean isWorthRetrying(FileRead transfer, AfcStatus status) {
        if (!status.asksForNewConnection()) {
            return false;
        }
        if (changing) {
            return true;
        }
        if (status == AfcStatus.NO_RESOURCES && ration.openFiles() > 1) {
            ration = ration.withRoomFor((int) transfers.stream()
                    .filter(other -> other.state == State.OPEN || other.state == State.CLOSING)
                    .count());
        } else if (transfer.retried) {
            return false;
        } else {
            transfer.retried = true;
        }
        changing = true;
        return true;
    }

    private void askBytes(FileRead transfer) throws DeviceException {
        if (!transfer.positioned) {
            transfer.positioned = true;
            long position = transfer.position();
            if (position > 0) {
                connection.askSeek(transfer.handle, position, reply -> {
                    if (!reply.ok()) {
                        transfer.fail(reply.unreadable(transfer.path()));
                    }
                });
                connection.askHandle(Request.TELL, transfer.handle, reply -> {
                    if (reply.value() != position) {
                        fail(
                                transfer,
                                Reason.READ_ERROR,
                                "The iPhone did not resume the file at the requested position.");
                    }
                });
            }
        }
        int reserve = transfer == transfers.peek() ? 0 : 1;
        int next;
        while ((next = transfer.next(ration.bufferBytes())) > 0
                && readsInFlight < ration.inFlight()
                && window.admits(next)) {
            Optional<ByteBuffer> free = ring.buffer(reserve);
            if (free.isEmpty()) {
                return;
            }
            ByteBuffer buffer = free.get();
            int count = next;
            transfer.asked += count;
            transfer.reads++;
            readsInFlight++;
            ReadWindow.Question question = window.ask(count, System.nanoTime());
            connection.askRead(transfer.handle, buffer.limit(count), reply -> {
                window.answered(question, reply.data().remaining(), System.nanoTime());
                arrived(transfer, buffer, count, reply);
            });
        }
    }

    private void arrived(FileRead transfer, ByteBuffer buffer, int count, Reply reply) {
        readsInFlight--;
        transfer.reads--;
        transfer.asked -= count;
        int length = reply.data().remaining();
        boolean bytes = reply.ok() && length > 0;
        boolean end = reply.status() == AfcStatus.END_OF_DATA || (reply.ok() && length == 0);
        if (!transfer.hasFailed() && !transfer.interrupted) {
            if (bytes && length <= transfer.wanted - transfer.received) {
                transfer.received += length;
                answersShort |= length < count && transfer.received < transfer.wanted;
                transfer.ended = transfer.received == transfer.wanted && length < count && !answersShort;
                hand(transfer, new Bytes(transfer.path(), buffer, () -> ring.release(buffer)));
                return;
            }
            if (bytes) {
                fail(transfer, Reason.WRONG_SIZE, "The iPhone sent more bytes of it than listed.");
            } else if (end && transfer.received == transfer.wanted) {
                transfer.ended = true;
            } else if (end) {
                fail(
                        transfer,
                        Reason.WRONG_SIZE,
                        "The iPhone has only " + transfer.position() + " of the "
                                + transfer.request.file().size() + " bytes listed.");
            } else if (isWorthRetrying(transfer, reply.status())) {
                transfer.interrupted = true;
            } else {
                transfer.fail(reply.unreadable(transfer.path()));
            }
        }
        ring.putBack(buffer);
    }

    /** Closes the file; if all of it arrived, the phone must still list it unchanged. */
    private void askClose(FileRead transfer) throws DeviceException {
        boolean complete = transfer.isComplete() && !transfer.hasFailed();
        transfer.state = State.CLOSING;
        connection.askHandle(Request.CLOSE, transfer.handle, reply -> {
            if (complete && !reply.ok()) {
                transfer.fail(reply.unreadable(transfer.path()));
            } else if (!complete && transfer.hasFailed()) {
                settle(transfer);
            } else if (!complete) {
                transfer.reopen();
            }
        });
        if (complete) {
            connection.askPath(Request.GET_FILE_INFO, transfer.path(), reply -> {
                compare(transfer, reply);
                settle(transfer);
            });
        }
    }

    private static void compare(FileRead transfer, Reply reply) {
        if (!reply.ok()) {
            transfer.fail(reply.unreadable(transfer.path()));
            return;
        }
        MediaFile listed = transfer.request.file();
        boolean same = FileInfo.of(reply.data())
                .file(listed.path())
                .filter(now -> now.size() == listed.size() && now.modified().equals(listed.modified()))
                .isPresent();
        if (!same) {
            fail(transfer, Reason.CHANGED, "It changed on the iPhone while it was read. Run again to back it up.");
        }
    }

    private static void fail(FileRead transfer, Reason reason, String message) {
        transfer.fail(new Unreadable(transfer.path(), reason, message));
    }

    private void settle(FileRead transfer) {
        transfer.state = State.SETTLED;
        denied |= transfer.isDenied();
        hand(transfer, transfer.end());
        while (!transfers.isEmpty() && transfers.peek().state == State.SETTLED) {
            transfers.remove();
            if (!transfers.isEmpty()) {
                transfers.peek().held.forEach(ring::give);
                transfers.peek().held.clear();
            }
        }
    }

    private void hand(FileRead transfer, Piece piece) {
        if (transfer == transfers.peek()) {
            ring.give(piece);
        } else {
            transfer.held.add(piece);
        }
    }
}
