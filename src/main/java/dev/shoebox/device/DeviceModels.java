package dev.shoebox.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What Apple calls the devices that name themselves {@code iPhone15,2}. */
final class DeviceModels {
    private DeviceModels() {}

    /** The name in shops, or the product type itself where it is newer than this table. */
    static String name(String productType) {
        Properties names = new Properties();
        try (InputStream table = DeviceModels.class.getResourceAsStream("models.properties")) {
            names.load(table);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return names.getProperty(productType, productType);
    }
}
