package dev.shoebox.simulator.usb;

import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.phone.UsbPort;
import dev.shoebox.simulator.wire.DaemonThread;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A simulated usbmuxd: the socket to which libimobiledevice connects, with any number of phones. */
public final class SimulatedUsb implements Closeable {
    private static final String UNIX = "UNIX:";
    private static final String LOOPBACK = "127.0.0.1:";

    private final ServerSocketChannel server;
    private final String address;
    private final String buid = UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
    private final List<Attachment> attachments = new CopyOnWriteArrayList<>();
    private final Set<MuxClient> clients = ConcurrentHashMap.newKeySet();
    private final Map<String, byte[]> pairRecords = new ConcurrentHashMap<>();
    private int lastDeviceId;

    private SimulatedUsb(ServerSocketChannel server, String address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Listens for clients, on daemon threads.
     *
     * @param address {@code UNIX:/path} or {@code 127.0.0.1:port} (port 0 selects a free one); only clients on this
     * computer can connect
     * @throws IOException if nothing can listen there, or the address is invalid
     */
    public static SimulatedUsb start(String address) throws IOException {
        SimulatedUsb usb;
        try {
            usb = address.startsWith(UNIX + "/")
                    ? onSocketFile(Path.of(address.substring(UNIX.length())))
                    : onLoopback(port(address));
        } catch (IllegalArgumentException impossible) {
            throw new IOException("it is neither UNIX:/path nor 127.0.0.1:port", impossible);
        }
        DaemonThread.start("usbmuxd", usb::acceptClients);
        return usb;
    }

    /** @throws IllegalArgumentException if it is not a port of the loopback address */
    private static int port(String address) {
        if (!address.startsWith(LOOPBACK)) {
            throw new IllegalArgumentException(address);
        }
        return Integer.parseInt(address.substring(LOOPBACK.length()));
    }

    private static SimulatedUsb onSocketFile(Path path) throws IOException {
        UnixDomainSocketAddress socket = UnixDomainSocketAddress.of(path);
        if (isSpecial(path) && isAbandoned(socket)) {
            Files.delete(path);
        }
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return new SimulatedUsb(bound(server, socket), UNIX + path);
    }

    /** To Java, a socket file is neither a file nor a folder nor a link. */
    private static boolean isSpecial(Path path) throws IOException {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isOther();
    }

    private static boolean isAbandoned(SocketAddress socket) throws IOException {
        try {
            SocketChannel.open(socket).close();
            return false;
        } catch (ConnectException e) {
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    private static SimulatedUsb onLoopback(int port) throws IOException {
        ServerSocketChannel server = bound(
                ServerSocketChannel.open(),
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        return new SimulatedUsb(server, LOOPBACK + ((InetSocketAddress) server.getLocalAddress()).getPort());
    }

    private static ServerSocketChannel bound(ServerSocketChannel server, SocketAddress address) throws IOException {
        try {
            return server.bind(address);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** Returns the value for {@code USBMUXD_SOCKET_ADDRESS}. */
    public String address() {
        return address;
    }

    /** Attaches the phone with a new DeviceID. Detaches it first if it is attached. */
    public void plug(SimulatedPhone phone) {
        unplug(phone);
        if (phone.settings().paired()) {
            pairRecords.computeIfAbsent(phone.settings().udid(), udid -> phone.trustedRecord(buid));
        }
        phone.hangOn(new UsbPort(() -> plug(phone), () -> unplug(phone)));
        attach(phone, Attachment.USB);
    }

    /** Attaches the phone over Wi-Fi, with its own DeviceID, whether or not it is plugged in as well. */
    public void plugOverNetwork(SimulatedPhone phone) {
        attach(phone, Attachment.NETWORK);
    }

    private void attach(SimulatedPhone phone, String connectionType) {
        Attachment attachment;
        synchronized (this) {
            attachment = new Attachment(++lastDeviceId, phone, connectionType);
            attachments.add(attachment);
        }
        announce(attachment.attached());
    }

    /** Detaches the phone's cable and cuts its connections at once. Wi-Fi stays. */
    public void unplug(SimulatedPhone phone) {
        detach(phone, Attachment.USB);
    }

    private void detach(SimulatedPhone phone, String connectionType) {
        for (Attachment attachment : attachments()) {
            if (attachment.phone() == phone
                    && attachment.connectionType().equals(connectionType)
                    && attachments.remove(attachment)) {
                attachment.cut();
                announce(attachment.detached());
            }
        }
    }

    private void announce(Map<String, ?> event) {
        clients.forEach(client -> client.notifyIfListening(event));
    }

    private void acceptClients() {
        while (true) {
            try {
                MuxClient client = new MuxClient(this, atOnce(server.accept()));
                clients.add(client);
                DaemonThread.start("usbmuxd-client", () -> {
                    client.serve();
                    clients.remove(client);
                });
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // One client left while it was being accepted; continue with the next.
            }
        }
    }

    /** Sends each answer at once, as on the Unix socket of a real usbmuxd: TCP would delay the second by 40 ms. */
    private static SocketChannel atOnce(SocketChannel client) throws IOException {
        return client.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)
                ? client.setOption(StandardSocketOptions.TCP_NODELAY, true)
                : client;
    }

    List<Attachment> attachments() {
        return new ArrayList<>(attachments);
    }

    Optional<Attachment> attachment(int deviceId) {
        return attachments.stream().filter(it -> it.deviceId() == deviceId).findAny();
    }

    String buid() {
        return buid;
    }

    public Optional<byte[]> pairRecord(String udid) {
        return Optional.ofNullable(pairRecords.get(udid));
    }

    void savePairRecord(String udid, byte[] record, int deviceId) {
        pairRecords.put(udid, record);
        announce(Map.of("MessageType", "Paired", "DeviceID", deviceId));
    }

    void deletePairRecord(String udid) {
        pairRecords.remove(udid);
    }

    /** Cuts every connection, stops listening, and removes a socket file. */
    @Override
    public void close() {
        try {
            server.close();
            for (Attachment attachment : attachments()) {
                attachments.remove(attachment);
                attachment.cut();
            }
            clients.forEach(MuxClient::close);
            if (address.startsWith(UNIX)) {
                Files.deleteIfExists(Path.of(address.substring(UNIX.length())));
            }
        } catch (IOException e) {
            // The process is ending. A leftover socket file is recognised and removed at the next start.
        }
    }
}
