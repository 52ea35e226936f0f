package dev.shoebox.simulator.phone;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A response of the AFC service. As on a phone, {@code this_length} covers header and parameter, {@code entire_length}
 * also the data.
 *
 * @param parameter eight bytes after the header if the operation has them, or empty
 * @param extraLength added to both lengths in a malformed response
 * @param packetShift added to the packet number in a malformed response
 * @param isCut whether the connection ends after {@code data}
 */
record AfcReply(
        long operation,
        List<Long> parameter,
        List<ByteBuffer> data,
        boolean isFileData,
        long extraLength,
        long packetShift,
        boolean isCut) {
    static final byte[] MAGIC = "CFA6LPAA".getBytes(StandardCharsets.US_ASCII);
    static final int HEADER = 40;

    static final int SUCCESS = 0;
    static final int NO_RESOURCES = 3;
    static final int READ_ERROR = 4;
    static final int UNKNOWN_PACKET_TYPE = 6;
    static final int INVALID_ARGUMENT = 7;
    static final int OBJECT_NOT_FOUND = 8;
    static final int OBJECT_IS_FOLDER = 9;
    static final int PERMISSION_DENIED = 10;
    static final int NOT_SUPPORTED = 15;

    private static final int STATUS = 1;
    private static final int DATA = 2;

    private static AfcReply of(long operation, List<Long> parameter, List<ByteBuffer> data, boolean isFileData) {
        return new AfcReply(operation, parameter, data, isFileData, 0, 0, false);
    }

    static AfcReply status(long code) {
        return of(STATUS, List.of(code), List.of(), false);
    }

    static AfcReply data(byte[] bytes) {
        return of(DATA, List.of(), List.of(ByteBuffer.wrap(bytes)), false);
    }

    static AfcReply fileData(ByteBuffer... parts) {
        return of(DATA, List.of(), List.of(parts), true);
    }

    /** Returns the response of an operation that returns a number: a file handle or a position. */
    static AfcReply number(long operation, long value) {
        return of(operation, List.of(value), List.of(), false);
    }

    /** Returns this response with other data, or with a malformed header. */
    AfcReply lying(List<ByteBuffer> newData, long newExtraLength, long newPacketShift, boolean newCut) {
        return new AfcReply(operation, parameter, newData, isFileData, newExtraLength, newPacketShift, newCut);
    }

    int dataLength() {
        int length = 0;
        for (ByteBuffer part : data) {
            length += part.remaining();
        }
        return length;
    }

    ByteBuffer header(long packet) {
        int size = HEADER + 8 * parameter.size();
        ByteBuffer header = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC);
        header.putLong(size + dataLength() + extraLength);
        header.putLong(size);
        header.putLong(packet + packetShift);
        header.putLong(operation);
        parameter.forEach(header::putLong);
        return header.flip();
    }
}
