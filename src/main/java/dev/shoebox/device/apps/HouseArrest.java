package dev.shoebox.device.apps;

import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.ServiceConnection;

import java.util.Map;

/**
 * The service that gives access to the documents of one app ({@code com.apple.mobile.house_arrest}; libimobiledevice,
 * {@code src/house_arrest.c}). It accepts one request; after that the same connection is AFC. A phone serves about five
 * of these at once. A refused one must be closed, or the phone will need a restart some time.
 */
public final class HouseArrest {
    public static final String SERVICE = "com.apple.mobile.house_arrest";

    /** The only accessible folder of an app. */
    public static final String DOCUMENTS = "/Documents";

    private HouseArrest() {}

    /**
     * Requests the documents of an app.
     *
     * @param id its bundle identifier
     * @throws AppRefusedException if the phone refuses; the connection is then unusable
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
