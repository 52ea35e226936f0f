package dev.shoebox.device;

import dev.shoebox.device.afc.Afc;
import dev.shoebox.device.transport.ServiceConnection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** A connection that answers every request with one recorded data packet, endlessly, at the cost of copying it. */
public final class PlayedBack implements ServiceConnection {
    private final ByteBuffer header;
    private final ByteBuffer payload;
    private long packet;
    private boolean headerIsNext = true;

    public PlayedBack(byte[] payload) {
        this.header = header(0, Afc.HEADER + payload.length);
        this.payload = ByteBuffer.allocateDirect(payload.length).put(payload);
    }

    /** The header of a data packet. */
    public static ByteBuffer header(long packet, long entireLength) {
        return ByteBuffer.allocate(Afc.HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("CFA6LPAA".getBytes(US_ASCII))
                .putLong(entireLength)
                .putLong(Afc.HEADER)
                .putLong(packet)
                .putLong(0x02);
    }

    @Override
    public void send(ByteBuffer data) {
        data.position(data.limit());
    }

    @Override
    public void receive(ByteBuffer into) {
        if (headerIsNext) {
            header.putLong(24, ++packet);
        }
        into.put((headerIsNext ? header : payload).clear());
        headerIsNext = !headerIsNext;
    }

    @Override
    public void close() {}
}
