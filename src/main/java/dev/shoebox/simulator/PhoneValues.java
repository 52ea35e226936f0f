package dev.shoebox.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What lockdownd tells about the phone, by domain; the empty domain is the global one. */
final class PhoneValues {
    /** What an iPhone tells a computer that it does not trust. */
    private static final Set<String> PUBLIC = Set.of(
            "BuildVersion",
            "CPUArchitecture",
            "DeviceClass",
            "DeviceColor",
            "DeviceName",
            "DevicePublicKey",
            "HardwareModel",
            "ProductName",
            "ProductType",
            "ProductVersion",
            "ProtocolVersion",
            "UniqueDeviceID",
            "WiFiAddress");

    private final SimulatedPhone phone;

    PhoneValues(SimulatedPhone phone) {
        this.phone = phone;
    }

    /** The values of a domain, or none for a domain that does not exist or that strangers may not see. */
    Map<String, Object> domain(String domain, boolean trusted) {
        SimulatedPhone.Settings settings = phone.settings();
        Map<String, Object> values = new LinkedHashMap<>();
        switch (domain) {
            case "" -> addGlobal(values, settings);
            case "com.apple.mobile.battery" -> {
                values.put("BatteryCurrentCapacity", settings.batteryPercent());
                values.put("BatteryIsCharging", settings.batteryPercent() < 100);
                values.put("ExternalChargeCapable", true);
                values.put("ExternalConnected", true);
                values.put("FullyCharged", settings.batteryPercent() == 100);
                values.put("HasBattery", true);
            }
            case "com.apple.disk_usage" -> {
                values.put("TotalDiskCapacity", settings.capacityBytes());
                values.put("TotalSystemCapacity", settings.capacityBytes() / 10);
                values.put("TotalSystemAvailable", 0L);
                values.put("TotalDataCapacity", settings.capacityBytes() - settings.capacityBytes() / 10);
                values.put("TotalDataAvailable", settings.freeBytes());
                values.put("AmountDataAvailable", settings.freeBytes());
                values.put("AmountDataReserved", 0L);
            }
            default -> {}
        }
        if (!trusted) {
            values.keySet().retainAll(domain.isEmpty() ? PUBLIC : Set.of());
        }
        return values;
    }

    private void addGlobal(Map<String, Object> values, SimulatedPhone.Settings settings) {
        values.put("ActivationState", "Activated");
        values.put("BuildVersion", "21F90");
        values.put("CPUArchitecture", "arm64e");
        values.put("DeviceClass", "iPhone");
        values.put("DeviceColor", "1");
        values.put("DeviceName", settings.name());
        values.put("DevicePublicKey", phone.identity().publicKey());
        values.put("HardwareModel", "D73AP");
        values.put("PasswordProtected", phone.faults().isLocked());
        values.put("ProductName", "iPhone OS");
        values.put("ProductType", settings.productType());
        values.put("ProductVersion", settings.iosVersion());
        values.put("ProtocolVersion", "2");
        values.put("SerialNumber", "SIMULATED001");
        values.put("TimeZone", "Europe/Berlin");
        values.put("TimeZoneOffsetFromUTC", 3600.0);
        values.put("TrustedHostAttached", true);
        values.put("UniqueDeviceID", settings.udid());
        values.put("WiFiAddress", "02:00:00:00:00:01");
    }
}
