package dev.shoebox.device.apps;

import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.ServiceConnection;
import dev.shoebox.plist.PropertyList;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Property lists over a connection to a service, each after its length as u32 big-endian (libimobiledevice,
 * {@code src/property_list_service.c}). The caller still owns the connection.
 */
final class PropertyListCable {
    private final ServiceConnection cable;

    PropertyListCable(ServiceConnection cable) {
        this.cable = cable;
    }

    void send(Map<String, ?> message) throws DeviceException {
        byte[] body = PropertyList.xml(message);
        cable.send(ByteBuffer.allocateDirect(Integer.BYTES + body.length)
                .putInt(body.length)
                .put(body)
                .flip());
    }

    /** @throws AppRefusedException if the message is not a dictionary, or larger than {@link PropertyList#LARGEST} */
    Map<String, Object> receive() throws DeviceException, AppRefusedException {
        int length = taken(Integer.BYTES).getInt();
        if (length < 0 || length > PropertyList.LARGEST) {
            throw AppRefusedException.nonsense();
        }
        byte[] body = new byte[length];
        taken(length).get(body);
        if (length > 0 && body[0] == '<') {
            withoutControls(body);
        }
        return PropertyList.dictionary(body).orElseThrow(AppRefusedException::nonsense);
    }

    /**
     * Removes control characters: a developer may choose any name for an app, but XML cannot express some characters,
     * and a single app would prevent reading all.
     */
    private static void withoutControls(byte[] xml) {
        for (int i = 0; i < xml.length; i++) {
            if (xml[i] >= 0 && xml[i] < ' ' && xml[i] != '\t' && xml[i] != '\n' && xml[i] != '\r') {
                xml[i] = '?';
            }
        }
    }

    private ByteBuffer taken(int bytes) throws DeviceException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
        cable.receive(buffer);
        return buffer.flip();
    }
}
