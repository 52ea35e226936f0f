package dev.shoebox.simulator.usb;

import dev.shoebox.simulator.phone.SimulatedPhone;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One connection of a phone, by cable or Wi-Fi, with the sockets over it. */
record Attachment(int deviceId, SimulatedPhone phone, String connectionType, Set<SocketChannel> sockets) {
    static final String USB = "USB";
    static final String NETWORK = "Network";

    /** A BSD sockaddr for 127.0.0.1, in the 128 bytes that usbmuxd sends. */
    private static final byte[] LOOPBACK = {16, 2, 0, 0, 127, 0, 0, 1};

    Attachment(int deviceId, SimulatedPhone phone, String connectionType) {
        this(deviceId, phone, connectionType, ConcurrentHashMap.newKeySet());
    }

    Map<String, Object> attached() {
        String udid = phone.settings().udid();
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("ConnectionType", connectionType);
        properties.put("DeviceID", deviceId);
        properties.put("SerialNumber", udid);
        if (connectionType.equals(USB)) {
            properties.put("ConnectionSpeed", 480_000_000);
            properties.put("LocationID", 0x14100000 + deviceId);
            properties.put("ProductID", 0x12a8);
        } else {
            properties.put("EscapedFullServiceName", "02:00:00:00:00:01@fe80::1._apple-mobdev2._tcp.local.");
            properties.put("InterfaceIndex", 1);
            properties.put("NetworkAddress", java.util.Arrays.copyOf(LOOPBACK, 128));
        }
        return Map.of("MessageType", "Attached", "DeviceID", deviceId, "Properties", properties);
    }

    Map<String, Object> detached() {
        return Map.of("MessageType", "Detached", "DeviceID", deviceId);
    }

    /** Closes every socket, whatever is in transit. */
    void cut() {
        for (SocketChannel socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is cut anyway.
            }
        }
    }
}
