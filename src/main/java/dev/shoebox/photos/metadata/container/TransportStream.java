package dev.shoebox.photos.metadata.container;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.MetadataBuilder;
import dev.shoebox.photos.metadata.field.MetadataBuilder.Rank;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the recording date of an AVCHD film (MTS, M2TS): local time in the user data of the H.264 stream, in a block
 * that starts with {@code MDPM}, as documented in ExifTool's H264 tables.
 */
public final class TransportStream {
    private static final byte[] BLOCK = "MDPM".getBytes(StandardCharsets.US_ASCII);
    private static final int SYNC = 0x47;
    private static final int PACKET = 188;

    /** On discs and cards, a time stamp precedes each packet. */
    private static final int STAMPED = 192;

    private static final int PACKETS = 2048;
    private static final int MOST_STREAMS = 16;
    private static final int YEAR_AND_MONTH = 0x18;
    private static final int DAY_AND_TIME = 0x19;
    private static final int MOST_ENTRIES = 32;

    private TransportStream() {}

    /** Returns the distance between packets; 0 if this is no such stream. */
    public static int packetSize(BoundedReader reader) throws IOException {
        if (reader.size() < 3 * STAMPED) {
            return 0;
        }
        if (reader.u8(0) == SYNC && reader.u8(PACKET) == SYNC && reader.u8(2 * PACKET) == SYNC) {
            return PACKET;
        }
        boolean stamped = reader.u8(4) == SYNC && reader.u8(4 + STAMPED) == SYNC && reader.u8(4 + 2 * STAMPED) == SYNC;
        return stamped ? STAMPED : 0;
    }

    public static void read(BoundedReader reader, int size, MetadataBuilder found) throws IOException {
        Map<Integer, ByteArrayOutputStream> streams = new HashMap<>();
        long at = (long) size - PACKET;
        for (int i = 0; i < PACKETS && at <= reader.size() - PACKET; i++, at += size) {
            byte[] packet = reader.bytes(at, PACKET);
            if (packet[0] != SYNC) {
                break;
            }
            int stream = (packet[1] & 0x1f) << 8 | (packet[2] & 0xff);
            int control = packet[3] >> 4 & 3;
            int payload = control == 1 ? 4 : control == 3 ? 5 + (packet[4] & 0xff) : PACKET;
            if (payload < PACKET && (streams.containsKey(stream) || streams.size() < MOST_STREAMS)) {
                streams.computeIfAbsent(stream, number -> new ByteArrayOutputStream())
                        .write(packet, payload, PACKET - payload);
            }
        }
        for (ByteArrayOutputStream stream : streams.values()) {
            Optional<CaptureTime> time = recorded(stream.toByteArray());
            if (time.isPresent()) {
                found.captured(Rank.CAMERA, "AVCHD recording time", time.get());
                return;
            }
        }
    }

    private static Optional<CaptureTime> recorded(byte[] stream) {
        for (int at = 0; at < stream.length - BLOCK.length - 12; at++) {
            if (stream[at] == 'M' && stream[at + 1] == 'D' && stream[at + 2] == 'P' && stream[at + 3] == 'M') {
                Optional<CaptureTime> time = entries(stream, at + BLOCK.length);
                if (time.isPresent()) {
                    return time;
                }
            }
        }
        return Optional.empty();
    }

    /** Parses a count, then entries of a number and four bytes. A byte of 3 after two zeros is not content. */
    private static Optional<CaptureTime> entries(byte[] stream, int from) {
        byte[] block = new byte[1 + 5 * MOST_ENTRIES];
        int length = 0;
        int zeros = 0;
        for (int at = from; at < stream.length && length < block.length; at++) {
            if (zeros >= 2 && stream[at] == 3) {
                zeros = 0;
                continue;
            }
            zeros = stream[at] == 0 ? zeros + 1 : 0;
            block[length++] = stream[at];
        }
        int year = -1;
        int month = 0;
        int zone = 0x80;
        int count = Math.min(block[0] & 0xff, MOST_ENTRIES);
        for (int i = 0, at = 1; i < count && at + 5 <= length; i++, at += 5) {
            if (block[at] == YEAR_AND_MONTH) {
                zone = block[at + 1] & 0xff;
                year = decimal(block[at + 2]) * 100 + decimal(block[at + 3]);
                month = decimal(block[at + 4]);
            } else if (block[at] == DAY_AND_TIME && year > 0) {
                try {
                    LocalDateTime local = LocalDateTime.of(
                            year,
                            month,
                            decimal(block[at + 1]),
                            decimal(block[at + 2]),
                            decimal(block[at + 3]),
                            Math.min(59, decimal(block[at + 4])));
                    return Optional.of(new CaptureTime(local, offset(zone), Origin.CAMERA));
                } catch (DateTimeException nonsense) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the offset; empty if the first bit says that it is unknown, or during summer time, when it is unclear
     * whether the offset includes it.
     */
    private static Optional<ZoneOffset> offset(int zone) {
        int hours = zone >> 1 & 0x0f;
        if ((zone & 0xc0) != 0 || hours > 14) {
            return Optional.empty();
        }
        int minutes = hours * 60 + ((zone & 1) == 0 ? 0 : 30);
        return Optional.of(ZoneOffset.ofTotalSeconds(60 * ((zone & 0x20) == 0 ? minutes : -minutes)));
    }

    private static int decimal(byte packed) {
        return (packed >> 4 & 0x0f) * 10 + (packed & 0x0f);
    }
}
