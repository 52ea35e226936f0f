package dev.shoebox.device;

import dev.shoebox.device.afc.Afc;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.ServiceConnection;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A connection that plays back hand-written answers, and records the requests. */
public final class Recording implements ServiceConnection {
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private final ByteArrayOutputStream asked = new ByteArrayOutputStream();
    private ByteBuffer left = ByteBuffer.allocate(0);
    private boolean closed;
    private int packets;

    /** From answers that were not written one by one. */
    static Recording of(byte[] answers) {
        Recording recording = new Recording();
        recording.left = ByteBuffer.wrap(answers);
        return recording;
    }

    /** All answers, as they arrive over the cable. */
    byte[] bytes() {
        return answers.toByteArray();
    }

    public Recording answer(long packet, long operation, long entireLength, byte[] payload) {
        ByteBuffer header = ByteBuffer.allocate(Afc.HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put("CFA6LPAA".getBytes(UTF_8)).putLong(entireLength).putLong(Afc.HEADER);
        answers.writeBytes(header.putLong(packet).putLong(operation).array());
        answers.writeBytes(payload);
        left = ByteBuffer.wrap(answers.toByteArray());
        return this;
    }

    public Recording data(long packet, String payload) {
        byte[] bytes = payload.getBytes(UTF_8);
        return answer(packet, 0x02, Afc.HEADER + bytes.length, bytes);
    }

    public Recording status(long packet, long code) {
        return answer(packet, 0x01, Afc.HEADER + Long.BYTES, number(code));
    }

    public Recording opened(long packet, long handle) {
        return answer(packet, 0x0e, Afc.HEADER + Long.BYTES, number(handle));
    }

    public Recording told(long packet, long position) {
        return answer(packet, 0x13, Afc.HEADER + Long.BYTES, number(position));
    }

    public static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    public boolean isPlayedOut() {
        return !left.hasRemaining();
    }

    /** The number of packets sent. */
    public int packets() {
        return packets;
    }

    public boolean isClosed() {
        return closed;
    }

    /** The handles of all requests to close, in order. */
    public List<Long> closedHandles() {
        ByteBuffer requests = ByteBuffer.wrap(asked.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        List<Long> handles = new ArrayList<>();
        for (int at = 0; at < requests.limit(); at += Math.toIntExact(requests.getLong(at + 8))) {
            if (requests.getLong(at + 32) == Afc.Request.CLOSE.code) {
                handles.add(requests.getLong(at + Afc.HEADER));
            }
        }
        return handles;
    }

    @Override
    public void send(ByteBuffer data) {
        packets++;
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        asked.writeBytes(bytes);
    }

    @Override
    public void receive(ByteBuffer into) throws DeviceException {
        int count = into.remaining();
        if (left.remaining() < count) {
            throw new DeviceException.Lost("the recording is over");
        }
        into.put(left.slice(left.position(), count));
        left.position(left.position() + count);
    }

    @Override
    public void close() {
        closed = true;
    }
}
