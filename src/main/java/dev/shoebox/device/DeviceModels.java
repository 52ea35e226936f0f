package dev.shoebox.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Apple's names for the devices that identify themselves as {@code iPhone15,2}. */
final class DeviceModels {
    private DeviceModels() {}

    /** Returns the marketing name, or the product type if it is newer than this table. */
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
