package dev.shoebox.system.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Detects on Linux whether this computer runs on battery.
 *
 * <p>Source: Documentation/ABI/testing/sysfs-class-power of the Linux kernel.
 */
public final class Power {
    /** Where Linux lists batteries and power supplies. */
    public static final Path LINUX = Path.of("/sys/class/power_supply");

    private Power() {}

    /**
     * Returns whether the computer runs on battery.
     *
     * @param supplies the folder with one folder for each battery and power supply
     * @return false if unknown
     */
    public static boolean isOnBattery(Path supplies) {
        boolean drains = false;
        if (!Files.isDirectory(supplies)) {
            return false;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(supplies)) {
            for (Path supply : all) {
                // A mouse has a battery, too.
                if (says(supply, "scope").equals("device")) {
                    continue;
                }
                if (says(supply, "type").equals("battery")) {
                    drains |= says(supply, "status").equals("discharging");
                } else if (says(supply, "online").matches("[1-9]\\d*")) {
                    return false;
                }
            }
        } catch (IOException unknown) {
            return false;
        }
        return drains;
    }

    private static String says(Path supply, String about) {
        try {
            return Files.readString(supply.resolve(about)).strip().toLowerCase(Locale.ROOT);
        } catch (IOException silent) {
            return "";
        }
    }
}
