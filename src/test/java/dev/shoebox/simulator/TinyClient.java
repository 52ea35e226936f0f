package dev.shoebox.simulator;

import com.dd.plist.NSData;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import dev.shoebox.simulator.wire.PropertyLists;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;

/** Talks to a simulated usbmuxd byte by byte, so that a test sees what libimobiledevice would hide. */
public final class TinyClient implements Closeable {
    public static final int LOCKDOWN_PORT = 62078;
    private static final int TIMEOUT_MILLIS = 8000;

    private final Socket socket;
    private DataInputStream in;
    private OutputStream out;

    public TinyClient(SimulatedUsb usb) throws IOException {
        int port = Integer.parseInt(usb.address().substring(usb.address().indexOf(':') + 1));
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    public NSDictionary mux(int tag, Map<String, ?> request) throws IOException {
        byte[] body = PropertyLists.xml(request);
        out.write(ByteBuffer.allocate(16 + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(16 + body.length)
                .putInt(1)
                .putInt(8)
                .putInt(tag)
                .put(body)
                .array());
        return nextMux(tag);
    }

    public NSDictionary nextMux(int tag) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(in.readNBytes(16)).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt(12) != tag) {
            throw new IOException("tag " + header.getInt(12));
        }
        return PropertyLists.dictionary(in.readNBytes(header.getInt(0) - 16));
    }

    static int number(NSDictionary dictionary, String key) {
        return ((NSNumber) dictionary.get(key)).intValue();
    }

    public int connect(int deviceId, int port) throws IOException {
        int swapped = Short.toUnsignedInt(Short.reverseBytes((short) port));
        return number(mux(1, Map.of("MessageType", "Connect", "DeviceID", deviceId, "PortNumber", swapped)), "Number");
    }

    public NSDictionary lockdown(Map<String, ?> request) throws IOException {
        byte[] body = PropertyLists.xml(request);
        out.write(ByteBuffer.allocate(4 + body.length)
                .putInt(body.length)
                .put(body)
                .array());
        return PropertyLists.dictionary(in.readNBytes(in.readInt()));
    }

    void startTls() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, null);
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, "phone", 1, false);
            tls.startHandshake();
            in = new DataInputStream(tls.getInputStream());
            out = tls.getOutputStream();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Sends close_notify, waits for the phone's, and continues without encryption. */
    public void stopTls() throws IOException {
        out.close();
        if (in.read() >= 0) {
            throw new IOException("The phone sent something before it closed TLS");
        }
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    public void raw(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    public byte readByte() throws IOException {
        return in.readByte();
    }

    /** Pairs if necessary, opens a session and connects to AFC. */
    public static TinyClient afc(SimulatedUsb usb, SimulatedPhone phone) throws IOException {
        int deviceId = deviceId(usb);
        try (TinyClient lockdown = session(usb, phone, deviceId)) {
            NSDictionary started = lockdown.lockdown(Map.of("Request", "StartService", "Service", "com.apple.afc"));
            if (started.containsKey("Error")) {
                throw new IOException(started.get("Error").toString());
            }
            TinyClient afc = new TinyClient(usb);
            if (afc.connect(deviceId, number(started, "Port")) != 0) {
                throw new IOException("refused");
            }
            if (phone.settings().encryption().afc()) {
                afc.startTls();
            }
            return afc;
        }
    }

    public static TinyClient session(SimulatedUsb usb, SimulatedPhone phone, int deviceId) throws IOException {
        TinyClient lockdown = new TinyClient(usb);
        lockdown.connect(deviceId, LOCKDOWN_PORT);
        lockdown.lockdown(Map.of("Request", "Pair", "PairRecord", Map.of("HostID", "tiny")));
        NSDictionary session = lockdown.lockdown(Map.of("Request", "StartSession", "HostID", "tiny"));
        if (session.containsKey("Error")) {
            throw new IOException(session.get("Error").toString());
        }
        if (phone.settings().encryption().session()) {
            lockdown.startTls();
        }
        return lockdown;
    }

    public static int deviceId(SimulatedUsb usb) throws IOException {
        try (TinyClient client = new TinyClient(usb)) {
            com.dd.plist.NSArray list = (com.dd.plist.NSArray)
                    client.mux(5, Map.of("MessageType", "ListDevices")).get("DeviceList");
            return number((NSDictionary) list.objectAtIndex(0), "DeviceID");
        }
    }

    public record Reply(long entireLength, long thisLength, long packet, long operation, ByteBuffer body) {
        public long number() {
            return body.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong();
        }

        public String text() {
            return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
        }

        public Map<String, String> pairs() {
            String[] words = text().split("\0", -1);
            Map<String, String> pairs = new HashMap<>();
            for (int i = 0; i + 1 < words.length; i += 2) {
                pairs.put(words[i], words[i + 1]);
            }
            return pairs;
        }
    }

    public void send(long packet, long operation, Object... arguments) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        message.position(40);
        for (Object argument : arguments) {
            if (argument instanceof byte[] bytes) {
                message.put(bytes).put((byte) 0);
            } else if (argument instanceof String text) {
                message.put(text.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
            } else {
                message.putLong(((Number) argument).longValue());
            }
        }
        int end = message.position();
        message.position(0);
        message.put("CFA6LPAA".getBytes(StandardCharsets.US_ASCII))
                .putLong(end)
                .putLong(end)
                .putLong(packet);
        message.putLong(operation);
        out.write(message.array(), 0, end);
    }

    /** The header alone, without waiting for the bytes that it announces. */
    public Reply receiveHeader() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        in.readFully(header.array());
        return new Reply(
                header.getLong(8), header.getLong(16), header.getLong(24), header.getLong(32), ByteBuffer.allocate(0));
    }

    public Reply receive() throws IOException {
        Reply head = receiveHeader();
        byte[] body = new byte[(int) (head.entireLength() - 40)];
        in.readFully(body);
        return new Reply(
                head.entireLength(), head.thisLength(), head.packet(), head.operation(), ByteBuffer.wrap(body));
    }

    public void skip(int bytes) throws IOException {
        in.readFully(new byte[bytes]);
    }

    public void timeout(int milliseconds) throws IOException {
        socket.setSoTimeout(milliseconds);
    }

    public Reply ask(long operation, Object... arguments) throws IOException {
        send(operation * 1000, operation, arguments);
        return receive();
    }

    /** Opens a file for reading and returns its handle. */
    public long open(String path) throws IOException {
        Reply reply = ask(0x0d, 1, path);
        if (reply.operation() != 0x0e) {
            throw new IOException("status " + reply.number());
        }
        return reply.number();
    }

    static byte[] bytes(NSDictionary dictionary, String key) {
        return ((NSData) dictionary.get(key)).bytes();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private record Trusting() implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
