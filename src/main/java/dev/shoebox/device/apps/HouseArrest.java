package dev.shoebox.device.apps;

import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.ServiceConnection;

import java.util.Map;

/**
 * The service that gives out the documents of one app ({@code com.apple.mobile.house_arrest}; libimobiledevice,
 * {@code src/house_arrest.c}). It takes one request; from then on the same connection is AFC. A phone serves about five of
 * these at once, and one that was refused must be closed, or it must be restarted some time.
 */
public final class HouseArrest {
    public static final String SERVICE = "com.apple.mobile.house_arrest";

    /** The only folder of an app that may be looked at. */
    public static final String DOCUMENTS = "/Documents";

    private HouseArrest() {}

    /**
     * Asks for the documents of an app.
     *
     * @param id its bundle identifier
     * @throws AppRefusedException if the phone does not give them out; then the connection is of no more use
     */
    public static void vendDocuments(ServiceConnection house, String id) throws DeviceException, AppRefusedException {
        PropertyListCable cable = new PropertyListCable(house);
        cable.send(Map.of("Command", "VendDocuments", "Identifier", id));
        Map<String, Object> answer = cable.receive();
        if (answer.get("Error") instanceof String error) {
            throw AppRefusedException.of(error);
        }
        if (!"Complete".equals(answer.get("Status"))) {
            throw AppRefusedException.nonsense();
        }
    }
}
