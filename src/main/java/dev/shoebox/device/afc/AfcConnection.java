package dev.shoebox.device.afc;

import dev.shoebox.device.afc.Afc.Request;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.ServiceConnection;
import dev.shoebox.photos.naming.EscapedName;
import dev.shoebox.photos.source.Unreadable;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An AFC connection with many requests in flight, answered in order. Every response is checked against its request:
 * packet number, kind and length. One that does not match ends the connection, and never becomes data.
 *
 * <p>Used by one thread at a time. After an exception the connection is closed and unusable.
 */
public final class AfcConnection implements Closeable {
    /** So many bytes of requests fit into the socket buffers, so that sending never waits until we receive. */
    private static final int MOST_ASKED_BYTES = 32 << 10;

    /** The longest request without its path: a header and three numbers. */
    private static final int MOST_FIXED_BYTES = Afc.HEADER + 3 * Long.BYTES;

    /** The longest response other than file content: a folder of 100,000 names takes 2 MB. */
    private static final int MOST_ANSWERED_BYTES = 64 << 20;

    /** So many bytes that are certain to arrive are received in one call. */
    private static final int MOST_TAKEN_BYTES = 32 << 10;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ServiceConnection cable;
    private final ByteBuffer out = ByteBuffer.allocateDirect(MOST_ASKED_BYTES);

    /** Received bytes that are not processed yet. */
    private final ByteBuffer taken = ByteBuffer.allocateDirect(MOST_TAKEN_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .limit(0);

    private final Deque<Asked> asked = new ArrayDeque<>();

    /** Handles of files without a close request. */
    private final Set<Long> open = new LinkedHashSet<>();

    /** Holds a response that is larger than {@link #taken}. */
    private ByteBuffer large = NOTHING;

    private long lastPacket;
    private int askedBytes;
    private boolean broken;

    public AfcConnection(ServiceConnection cable) {
        this.cable = cable;
    }

    /**
     * The response to one request.
     *
     * @param status {@link AfcStatus#SUCCESS} if the phone fulfilled the request
     * @param value the requested handle or position, or the number of the status; else 0
     * @param data from position to limit; overwritten by the next response unless it arrived in the caller's own buffer
     */
    public record Reply(AfcStatus status, long value, ByteBuffer data) {
        boolean ok() {
            return status == AfcStatus.SUCCESS;
        }

        /** Returns the failure of a file or folder to be read. */
        Unreadable unreadable(String path) {
            return status.unreadable(path, value);
        }

        /** Returns the failure of a file to be opened. */
        Unreadable refused(String path) {
            return status.refused(path, value);
        }
    }

    private record Asked(Request request, long packet, int bytes, Optional<ByteBuffer> landing, Consumer<Reply> then) {}

    /** Returns whether another request may be sent before a response is received. */
    boolean hasRoom() {
        return askedBytes < MOST_ASKED_BYTES;
    }

    /** Returns the number of unanswered requests. */
    int outstanding() {
        return asked.size();
    }

    /** Requests {@code READ_DIR}, {@code GET_FILE_INFO}, {@code FILE_HASH} or {@code FILE_OPEN} for a path. */
    public void askPath(Request request, String path, Consumer<Reply> then) throws DeviceException {
        byte[] name = EscapedName.bytes(path);
        makeRoom(name.length);
        Afc.putPath(out, ++lastPacket, request, name);
        asked(request, name.length, then);
    }

    /** Requests the SHA-1 of a range of a file. */
    void askHash(String path, long start, long length, Consumer<Reply> then) throws DeviceException {
        byte[] name = EscapedName.bytes(path);
        makeRoom(name.length);
        Afc.putHashOfRange(out, ++lastPacket, start, length, name);
        asked(Request.FILE_HASH_WITH_RANGE, name.length, then);
    }

    /**
     * Requests bytes from the current position of a file.
     *
     * @param landing a direct buffer; its remaining size is requested, and the bytes arrive there from its position on
     */
    public void askRead(long handle, ByteBuffer landing, Consumer<Reply> then) throws DeviceException {
        makeRoom(0);
        Afc.putRead(out, ++lastPacket, handle, landing.remaining());
        asked(new Asked(Request.READ, lastPacket, MOST_FIXED_BYTES, Optional.of(landing), then));
    }

    public void askSeek(long handle, long position, Consumer<Reply> then) throws DeviceException {
        makeRoom(0);
        Afc.putSeek(out, ++lastPacket, handle, position);
        asked(Request.SEEK, 0, then);
    }

    /** Requests {@code TELL} or {@code CLOSE} for an open file. */
    public void askHandle(Request request, long handle, Consumer<Reply> then) throws DeviceException {
        makeRoom(0);
        if (request == Request.CLOSE) {
            open.remove(handle);
        }
        Afc.putHandle(out, ++lastPacket, request, handle);
        asked(request, 0, then);
    }

    public void askDeviceInfo(Consumer<Reply> then) throws DeviceException {
        makeRoom(0);
        Afc.putDeviceInfo(out, ++lastPacket);
        asked(Request.GET_DEVICE_INFO, 0, then);
    }

    private void makeRoom(int variable) throws DeviceException {
        if (out.remaining() < MOST_FIXED_BYTES + variable) {
            flush();
        }
    }

    private void asked(Request request, int variable, Consumer<Reply> then) {
        asked(new Asked(request, lastPacket, MOST_FIXED_BYTES + variable, Optional.empty(), then));
    }

    private void asked(Asked question) {
        askedBytes += question.bytes;
        asked.add(question);
    }

    /** Sends pending requests; {@link #receive} does so before it waits. */
    void flush() throws DeviceException {
        try {
            send();
        } catch (DeviceException lost) {
            throw broken(lost);
        }
    }

    private void send() throws DeviceException {
        if (out.position() > 0) {
            cable.send(out.flip());
            out.clear();
        }
    }

    /**
     * Waits for the next response, and passes it to its requester. While responses that arrived together are processed,
     * requests are collected and sent together, too: small files then take one packet instead of four.
     */
    public void receive() throws DeviceException {
        Asked next = asked.remove();
        askedBytes -= next.bytes;
        Reply reply;
        try {
            reply = reply(next);
        } catch (DeviceException lost) {
            throw broken(lost);
        }
        next.then.accept(reply);
    }

    /** Receives every outstanding response. */
    public void drain() throws DeviceException {
        while (outstanding() > 0) {
            receive();
        }
    }

    private Reply reply(Asked next) throws DeviceException {
        boolean small = next.landing.isEmpty();
        take(Afc.HEADER, small);
        Afc.Header head = Afc.header(taken).orElseThrow(AfcConnection::nonsense);
        if (head.packet() != next.packet || !next.request.allows(head.answer())) {
            throw nonsense();
        }
        return switch (head.answer()) {
            case STATUS -> {
                long number = number(head);
                yield new Reply(AfcStatus.of(number), number, NOTHING);
            }
            case OPENED -> {
                long handle = number(head);
                open.add(handle);
                yield new Reply(AfcStatus.SUCCESS, handle, NOTHING);
            }
            case TOLD -> new Reply(AfcStatus.SUCCESS, number(head), NOTHING);
            case DATA ->
                new Reply(
                        AfcStatus.SUCCESS, 0, next.landing.isPresent() ? landed(head, next.landing.get()) : data(head));
        };
    }

    private long number(Afc.Header head) throws DeviceException {
        if (head.length() != Long.BYTES) {
            throw nonsense();
        }
        take(Long.BYTES, true);
        return taken.getLong();
    }

    private ByteBuffer data(Afc.Header head) throws DeviceException {
        if (head.length() > MOST_ANSWERED_BYTES) {
            throw nonsense();
        }
        int length = (int) head.length();
        if (length <= taken.capacity()) {
            take(length, true);
            ByteBuffer data = taken.slice(taken.position(), length);
            taken.position(taken.position() + length);
            return data;
        }
        if (length > large.capacity()) {
            large = ByteBuffer.allocateDirect(Integer.highestOneBit(length) * 2);
        }
        return landed(head, large.clear());
    }

    /** Returns the data in the requester's buffer. */
    private ByteBuffer landed(Afc.Header head, ByteBuffer data) throws DeviceException {
        if (head.length() > data.remaining()) {
            throw nonsense();
        }
        int length = (int) head.length();
        int start = data.position();
        data.limit(start + length);
        int here = Math.min(length, taken.remaining());
        data.put(taken.slice(taken.position(), here));
        taken.position(taken.position() + here);
        if (data.hasRemaining()) {
            send();
            cable.receive(data);
        }
        return data.position(start);
    }

    /**
     * Receives the next bytes of a response.
     *
     * @param ahead whether to receive, in the same call, bytes that are certain to follow: the headers of the responses
     *     before file content. More must not be requested, because the connection waits for all requested bytes
     */
    private void take(int count, boolean ahead) throws DeviceException {
        if (taken.remaining() >= count) {
            return;
        }
        int wanted = count;
        if (ahead) {
            for (Asked due : asked) {
                if (due.landing.isPresent() || wanted + Afc.HEADER > taken.capacity()) {
                    break;
                }
                wanted += Afc.HEADER;
            }
        }
        send();
        taken.compact().limit(wanted);
        cable.receive(taken);
        taken.flip();
    }

    private static DeviceException nonsense() {
        return new DeviceException.Lost("The iPhone sent an unexpected answer. Plug it in again and run the "
                + "command again; if that does not help, restart the iPhone.");
    }

    /**
     * Closes the connection because the thread was interrupted while responses are outstanding: they would be mistaken
     * for those to other requests.
     */
    DeviceException interrupted() {
        return broken(new DeviceException.Lost("Reading from the iPhone was interrupted."));
    }

    private DeviceException broken(DeviceException cause) {
        broken = true;
        closeFilesUnheard();
        close();
        return cause;
    }

    /** Sends requests to close open files while the phone may still be listening; their responses are ignored. */
    private void closeFilesUnheard() {
        try {
            for (long handle : open) {
                Afc.putHandle(out.clear(), ++lastPacket, Request.CLOSE, handle);
                cable.send(out.flip());
            }
        } catch (DeviceException gone) {
            // The phone then closes them by itself.
        }
    }

    public boolean isBroken() {
        return broken;
    }

    @Override
    public void close() {
        cable.close();
    }
}
