package dev.shoebox.device.usbmux;

import dev.shoebox.plist.PropertyList;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A client of usbmuxd or Apple's equivalent service. A message has a header of four little-endian words (length with
 * the header, version 1, type 8, tag) and an XML property list; each request uses its own socket. Source:
 * {@code usbmuxd-proto.h} and {@code libusbmuxd.c} of libusbmuxd 2.0.
 */
public final class Usbmux {
    private static final int HEADER = 16;
    private static final int VERSION = 1;
    private static final int PLIST = 8;
    private static final int TAG = 1;
    private static final int NO_SUCH_RECORD = 2;

    /** Responses are much smaller. */
    private static final int LONGEST = PropertyList.LARGEST;

    private final MuxAddress address;
    private final Duration patience;

    /** @param patience the timeout of a response from the daemon */
    public Usbmux(MuxAddress address, Duration patience) {
        this.address = address;
        this.patience = patience;
    }

    /**
     * A phone that the daemon lists, once for each way to it.
     *
     * @param number the daemon's number of the phone until it is unplugged
     * @param isOnCable whether this is the cable, else Wi-Fi
     */
    public record Device(long number, String udid, boolean isOnCable) {}

    /** The daemon rejected a valid request. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;
        private final long code;

        RefusedException(long code) {
            super("usbmuxd answers " + code);
            this.code = code;
        }
    }

    /** Returns the phones on cables and on Wi-Fi. */
    public List<Device> devices() throws IOException {
        List<Device> devices = new ArrayList<>();
        if (ask("ListDevices", Map.of()).get("DeviceList") instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> device
                        && device.get("Properties") instanceof Map<?, ?> properties
                        && properties.get("SerialNumber") instanceof String serial
                        && device.get("DeviceID") instanceof Long number) {
                    devices.add(new Device(
                            number, MuxAddress.udid(serial), "USB".equals(properties.get("ConnectionType"))));
                }
            }
        }
        return devices;
    }

    /** Returns the identity of this computer towards phones. */
    public String systemBuid() throws IOException {
        if (ask("ReadBUID", Map.of()).get("BUID") instanceof String buid) {
            return buid;
        }
        throw new IOException("usbmuxd has no name for this computer");
    }

    /** Returns the pair record; empty if this computer never paired with the phone, or the record is unusable. */
    public Optional<PairRecord> pairRecord(String udid) throws IOException {
        try {
            Object record = ask("ReadPairRecord", Map.of("PairRecordID", udid)).get("PairRecordData");
            return record instanceof byte[] bytes ? PairRecord.parse(bytes) : Optional.empty();
        } catch (RefusedException none) {
            if (none.code == NO_SUCH_RECORD) {
                return Optional.empty();
            }
            throw none;
        }
    }

    public void savePairRecord(Device device, PairRecord record) throws IOException {
        ask(
                "SavePairRecord",
                Map.of("PairRecordID", device.udid(), "PairRecordData", record.encoded(), "DeviceID", device.number()));
    }

    /**
     * Connects to a port on the phone.
     *
     * @param silence the time without a byte after which the connection counts as lost
     */
    public SocketLink connect(Device device, int port, Duration silence) throws IOException {
        SocketLink link = open();
        try {
            int networkOrder = Short.toUnsignedInt(Short.reverseBytes((short) port));
            send(link, "Connect", Map.of("DeviceID", device.number(), "PortNumber", networkOrder));
            receive(link);
            return link.within(silence);
        } catch (IOException | RuntimeException failed) {
            link.close();
            throw failed;
        }
    }

    private Map<String, Object> ask(String type, Map<String, ?> values) throws IOException {
        try (SocketLink link = open()) {
            send(link, type, values);
            return receive(link);
        }
    }

    private SocketLink open() throws IOException {
        return new SocketLink(address.connect(), patience);
    }

    private static void send(Link link, String type, Map<String, ?> values) throws IOException {
        Map<String, Object> message = new LinkedHashMap<>(values);
        message.put("MessageType", type);
        message.put("ClientVersionString", "shoebox");
        message.put("ProgName", "shoebox");
        message.put("kLibUSBMuxVersion", 3);
        byte[] body = PropertyList.xml(message);
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + body.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(bytes.capacity()).putInt(VERSION).putInt(PLIST).putInt(TAG).put(body);
        link.write(bytes.flip());
    }

    private static Map<String, Object> receive(Link link) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        link.fill(header);
        int length = header.flip().getInt() - HEADER;
        if (length < 0 || length > LONGEST) {
            throw new EOFException("this is not usbmuxd");
        }
        ByteBuffer body = ByteBuffer.allocate(length);
        link.fill(body);
        Map<String, Object> message = PropertyList.dictionary(body.array())
                .orElseThrow(() -> new IOException("usbmuxd did not answer with a property list"));
        if ("Result".equals(message.get("MessageType")) && message.get("Number") instanceof Long code && code != 0) {
            throw new RefusedException(code);
        }
        return message;
    }
}
