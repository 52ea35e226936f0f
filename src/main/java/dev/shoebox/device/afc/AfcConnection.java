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
 * Many requests in flight over one cable, answered in their order. Every answer is held against its request: packet
 * number, kind and length. What does not fit ends the connection, and never becomes data.
 *
 * <p>One thread at a time. After an exception the connection is closed and of no more use.
 */
public final class AfcConnection implements Closeable {
    /** So many bytes of requests fit into the socket buffers on the way: asking never waits for us to listen. */
    private static final int MOST_ASKED_BYTES = 32 << 10;

    /** A header and three numbers: the longest request without its path. */
    private static final int MOST_FIXED_BYTES = Afc.HEADER + 3 * Long.BYTES;

    /** The longest answer that is not file content: a folder of 100,000 names takes 2 MB. */
    private static final int MOST_ANSWERED_BYTES = 64 << 20;

    /** So much of what is sure to come is taken from the cable in one go. */
    private static final int MOST_TAKEN_BYTES = 32 << 10;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ServiceConnection cable;
    private final ByteBuffer out = ByteBuffer.allocateDirect(MOST_ASKED_BYTES);

    /** What was taken from the cable and not looked at yet. */
    private final ByteBuffer taken = ByteBuffer.allocateDirect(MOST_TAKEN_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .limit(0);

    private final Deque<Asked> asked = new ArrayDeque<>();

    /** Handles of files that nobody asked to close. */
    private final Set<Long> open = new LinkedHashSet<>();

    /** For an answer that is larger than {@link #taken}. */
    private ByteBuffer large = NOTHING;

    private long lastPacket;
    private int askedBytes;
    private boolean broken;

    public AfcConnection(ServiceConnection cable) {
        this.cable = cable;
    }

    /**
     * An answer to one request.
     *
     * @param status {@link AfcStatus#SUCCESS} if the phone did what was asked
     * @param value the handle or position, where that was asked for, or the number of the status; else 0
     * @param data from position to limit; overwritten by the next answer unless it came into the asker's own buffer
     */
    public record Reply(AfcStatus status, long value, ByteBuffer data) {
        boolean ok() {
            return status == AfcStatus.SUCCESS;
        }

        /** What it means for a file or folder that was to be read. */
        Unreadable unreadable(String path) {
            return status.unreadable(path, value);
        }

        /** What it means for a file that was to be opened. */
        Unreadable refused(String path) {
            return status.refused(path, value);
        }
    }

    private record Asked(Request request, long packet, int bytes, Optional<ByteBuffer> landing, Consumer<Reply> then) {}

    /** Whether another request may go out before an answer is taken. */
    boolean hasRoom() {
        return askedBytes < MOST_ASKED_BYTES;
    }

    /** Requests that have no answer yet. */
    int outstanding() {
        return asked.size();
    }

    /** Asks about a path: {@code READ_DIR}, {@code GET_FILE_INFO}, {@code FILE_HASH} or {@code FILE_OPEN}. */
    public void askPath(Request request, String path, Consumer<Reply> then) throws DeviceException {
        byte[] name = EscapedName.bytes(path);
        makeRoom(name.length);
        Afc.putPath(out, ++lastPacket, request, name);
        asked(request, name.length, then);
    }

    /** Asks for the SHA-1 of so many bytes of a file from an offset on. */
    void askHash(String path, long start, long length, Consumer<Reply> then) throws DeviceException {
        byte[] name = EscapedName.bytes(path);
        makeRoom(name.length);
        Afc.putHashOfRange(out, ++lastPacket, start, length, name);
        asked(Request.FILE_HASH_WITH_RANGE, name.length, then);
    }

    /**
     * Asks for bytes from where the file stands.
     *
     * @param landing direct; as many bytes are asked for as remain in it, and they come into it from its position on
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

    /** Asks about an open file: {@code TELL} or {@code CLOSE}. */
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

    /** Sends what was asked so far; {@link #receive} does so by itself before it waits. */
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
     * Takes the next answer, waiting for it if it is not here yet, and hands it to whoever asked. As long as there are
     * answers that came together, questions gather, and go out together too: small files cost one packet instead of four.
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

    /** Takes every answer that is still due. */
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

    /** The data, in a buffer that was made for it. */
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
     * Sees to it that the next bytes of an answer are here.
     *
     * @param ahead whether to take along, in the same call, what is sure to follow: the headers of the answers that are
     *     due before file content is. More must not be asked of the cable, which waits for all that it is asked for
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

    /** For whoever was asked to end while answers are due: they would be taken for those to other questions. */
    DeviceException interrupted() {
        return broken(new DeviceException.Lost("Reading from the iPhone was interrupted."));
    }

    private DeviceException broken(DeviceException cause) {
        broken = true;
        closeFilesUnheard();
        close();
        return cause;
    }

    /** Asks, as long as the phone may still listen, to close what is open: what it answers is no longer believed. */
    private void closeFilesUnheard() {
        try {
            for (long handle : open) {
                Afc.putHandle(out.clear(), ++lastPacket, Request.CLOSE, handle);
                cable.send(out.flip());
            }
        } catch (DeviceException gone) {
            // Then the phone closes them by itself.
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
