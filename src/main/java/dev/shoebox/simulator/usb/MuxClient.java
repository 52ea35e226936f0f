package dev.shoebox.simulator.usb;

import com.dd.plist.NSData;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.wire.PropertyLists;
import dev.shoebox.simulator.wire.Wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;

/** One client of usbmuxd. It may become a listener for events, or the stream of a connection to a phone. */
final class MuxClient {
    private static final int HEADER = 16;
    private static final int PLIST_PROTOCOL = 1;
    private static final int PLIST_MESSAGE = 8;

    private static final int OK = 0;
    private static final int BAD_COMMAND = 1;
    private static final int BAD_DEVICE = 2;
    private static final int REFUSED = 3;
    private static final int NO_SUCH_RECORD = 2;

    private final SimulatedUsb usb;
    private final SocketChannel channel;
    private final Wire wire;
    private boolean listening;

    MuxClient(SimulatedUsb usb, SocketChannel channel) {
        this.usb = usb;
        this.channel = channel;
        this.wire = new Wire.Plain(channel);
    }

    /** Responds until the client leaves. */
    void serve() {
        try (wire) {
            ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
            while (true) {
                wire.fill(header.clear());
                int length = header.flip().getInt() - HEADER;
                int version = header.getInt();
                int message = header.getInt();
                int tag = header.getInt();
                if (length < 0 || length > PropertyLists.LONGEST_MESSAGE) {
                    return;
                }
                ByteBuffer body = ByteBuffer.allocate(length);
                wire.fill(body);
                if (version != PLIST_PROTOCOL || message != PLIST_MESSAGE) {
                    result(tag, BAD_COMMAND);
                    continue;
                }
                NSDictionary request = PropertyLists.dictionary(body.array());
                if (PropertyLists.text(request, "MessageType").equals("Connect")) {
                    if (connect(request, tag)) {
                        return;
                    }
                } else {
                    answer(request, tag);
                }
            }
        } catch (IOException e) {
            // The client left, or violated the protocol: the conversation is over in either case.
        }
    }

    private void answer(NSDictionary request, int tag) throws IOException {
        String udid = PropertyLists.text(request, "PairRecordID");
        switch (PropertyLists.text(request, "MessageType")) {
            case "ListDevices" ->
                send(
                        tag,
                        Map.of(
                                "DeviceList",
                                usb.attachments().stream()
                                        .map(Attachment::attached)
                                        .toArray()));
            case "Listen" -> listen(tag);
            case "ReadBUID" -> send(tag, Map.of("BUID", usb.buid()));
            case "ReadPairRecord" -> {
                Optional<byte[]> record = usb.pairRecord(udid);
                if (record.isPresent()) {
                    send(tag, Map.of("PairRecordData", record.get()));
                } else {
                    result(tag, NO_SUCH_RECORD);
                }
            }
            case "SavePairRecord" -> {
                if (request.get("PairRecordData") instanceof NSData data && !udid.isEmpty()) {
                    usb.savePairRecord(udid, data.bytes(), number(request, "DeviceID"));
                    result(tag, OK);
                } else {
                    result(tag, BAD_COMMAND);
                }
            }
            case "DeletePairRecord" -> {
                usb.deletePairRecord(udid);
                result(tag, OK);
            }
            default -> result(tag, BAD_COMMAND);
        }
    }

    private synchronized void listen(int tag) throws IOException {
        result(tag, OK);
        listening = true;
        for (Attachment attachment : usb.attachments()) {
            send(0, attachment.attached());
        }
    }

    private boolean connect(NSDictionary request, int tag) throws IOException {
        Optional<Attachment> attachment = usb.attachment(number(request, "DeviceID"));
        if (attachment.isEmpty()) {
            result(tag, BAD_DEVICE);
            return false;
        }
        int port = Short.toUnsignedInt(Short.reverseBytes((short) number(request, "PortNumber")));
        Optional<SimulatedPhone.Service> service = attachment.get().phone().service(port);
        if (service.isEmpty()) {
            result(tag, REFUSED);
            return false;
        }
        attachment.get().sockets().add(channel);
        try {
            if (usb.attachment(attachment.get().deviceId()).isPresent()) {
                result(tag, OK);
                service.get().serve(channel);
            }
        } finally {
            attachment.get().sockets().remove(channel);
        }
        return true;
    }

    private static int number(NSDictionary request, String key) {
        return request.get(key) instanceof NSNumber number ? number.intValue() : -1;
    }

    /** Notifies a client that listens; drops it if that fails. */
    synchronized void notifyIfListening(Map<String, ?> event) {
        if (listening) {
            try {
                send(0, event);
            } catch (IOException e) {
                close();
            }
        }
    }

    private void result(int tag, int code) throws IOException {
        send(tag, Map.of("MessageType", "Result", "Number", code));
    }

    private synchronized void send(int tag, Map<String, ?> content) throws IOException {
        byte[] body = PropertyLists.xml(content);
        ByteBuffer message = ByteBuffer.allocate(HEADER + body.length).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(message.capacity())
                .putInt(PLIST_PROTOCOL)
                .putInt(PLIST_MESSAGE)
                .putInt(tag);
        wire.write(message.put(body).flip());
    }

    void close() {
        wire.close();
    }
}
