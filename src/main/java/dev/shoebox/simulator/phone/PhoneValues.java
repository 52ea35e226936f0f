package dev.shoebox.simulator.phone;

import dev.shoebox.simulator.wire.PhoneIdentity;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The values that lockdownd reports, by domain; the empty domain is the global one. */
public final class PhoneValues {
    /** The values that an iPhone reports to a computer that it does not trust. */
    private static final Set<String> PUBLIC = Set.of(
            "BasebandCertId",
            "BasebandKeyHashInformation",
            "BasebandSerialNumber",
            "BasebandVersion",
            "BoardId",
            "BuildVersion",
            "CPUArchitecture",
            "ChipID",
            "DeviceClass",
            "DeviceColor",
            "DeviceName",
            "DevicePublicKey",
            "DieID",
            "HardwareModel",
            "HasSiDP",
            "PartitionType",
            "ProductName",
            "ProductType",
            "ProductVersion",
            "ProductionSOC",
            "ProtocolVersion",
            "SupportedDeviceFamilies",
            "TelephonyCapability",
            "UniqueChipID",
            "UniqueDeviceID",
            "WiFiAddress");

    public static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private final PhoneSettings settings;
    private final Faults faults;
    private final Supplier<PhoneIdentity> identity;

    PhoneValues(PhoneSettings settings, Faults faults, Supplier<PhoneIdentity> identity) {
        this.settings = settings;
        this.faults = faults;
        this.identity = identity;
    }

    /** Returns the values of a domain; none if it does not exist or requires trust. */
    Map<String, Object> domain(String domain, boolean trusted) {
        Map<String, Object> values = new LinkedHashMap<>();
        switch (domain) {
            case "" -> addGlobal(values);
            case "com.apple.mobile.battery" -> {
                values.put("BatteryCurrentCapacity", settings.batteryPercent());
                values.put("BatteryIsCharging", settings.batteryPercent() < 100);
                values.put("ExternalChargeCapable", true);
                values.put("ExternalConnected", true);
                values.put("FullyCharged", settings.batteryPercent() == 100);
                values.put("HasBattery", true);
            }
            case "com.apple.fmip" -> values.put("IsAssociated", true);
            case "com.apple.mobile.wireless_lockdown" -> values.put("EnableWifiConnections", false);
            case "com.apple.disk_usage" -> {
                values.put("TotalDiskCapacity", settings.volume().capacityBytes());
                values.put("TotalSystemCapacity", settings.volume().capacityBytes() / 10);
                values.put("TotalSystemAvailable", 0L);
                values.put(
                        "TotalDataCapacity",
                        settings.volume().capacityBytes() - settings.volume().capacityBytes() / 10);
                values.put("TotalDataAvailable", settings.volume().freeBytes());
                values.put("AmountDataAvailable", settings.volume().freeBytes());
                values.put("AmountDataReserved", 0L);
                values.put(
                        "PhotoUsage",
                        settings.volume().capacityBytes() - settings.volume().freeBytes());
                values.put(
                        "CameraUsage",
                        settings.volume().capacityBytes() - settings.volume().freeBytes());
                values.put("MobileApplicationUsage", 0L);
            }
            default -> {}
        }
        if (!trusted) {
            values.keySet().retainAll(domain.isEmpty() ? PUBLIC : Set.of());
        }
        return values;
    }

    /**
     * Adds the keys that {@code ideviceinfo} prints of iPhones in public reports (iOS 12 to 15), with values of the
     * same types. All values are made up, and those of the SIM card are as on a phone without one.
     */
    private void addGlobal(Map<String, Object> values) {
        Instant now = Instant.now();
        values.put("ActivationState", "Activated");
        values.put("ActivationStateAcknowledged", true);
        values.put("BasebandActivationTicketVersion", "V2");
        values.put("BasebandCertId", 165_673_526L);
        values.put("BasebandChipID", 94L);
        values.put("BasebandKeyHashInformation", Map.of("AKeyStatus", 64L, "SKeyStatus", 2L));
        values.put("BasebandMasterKeyHash", "0".repeat(96));
        values.put("BasebandRegionSKU", new byte[64]);
        values.put("BasebandSerialNumber", new byte[12]);
        values.put("BasebandStatus", "BBInfoAvailable");
        values.put("BasebandVersion", "2.40.01");
        values.put("BluetoothAddress", "02:00:00:00:00:02");
        values.put("BoardId", 12L);
        values.put("BrickState", false);
        values.put("BuildVersion", "21F90");
        values.put("CPUArchitecture", "arm64e");
        values.put("CarrierBundleInfoArray", List.of());
        values.put("CertID", 165_673_526L);
        values.put("ChipID", 33_056L);
        values.put("ChipSerialNo", new byte[12]);
        values.put("DeviceClass", "iPhone");
        values.put("DeviceColor", "1");
        values.put("DeviceName", settings.name());
        values.put("DevicePublicKey", identity.get().publicKey());
        values.put("DieID", 592_534_162_898L);
        values.put("EthernetAddress", "02:00:00:00:00:03");
        values.put("FirmwareVersion", "iBoot-10151.122.1");
        values.put("FusingStatus", 3L);
        values.put("HardwareModel", "D73AP");
        values.put("HardwarePlatform", "t8120");
        values.put("HasSiDP", true);
        values.put("HostAttached", true);
        values.put("HumanReadableProductVersionString", settings.iosVersion());
        values.put("InternationalMobileEquipmentIdentity", "000000000000000");
        values.put("MLBSerialNumber", "SIMULATED00000001");
        values.put("MobileEquipmentIdentifier", "00000000000000");
        values.put("ModelNumber", "MQ0G3");
        values.put("NonVolatileRAM", Map.of("auto-boot", new byte[] {'t', 'r', 'u', 'e'}));
        values.put("PairRecordProtectionClass", 4L);
        values.put("PartitionType", "GUID_partition_scheme");
        values.put("PasswordProtected", faults.isLocked());
        values.put("PkHash", new byte[32]);
        values.put("ProductName", "iPhone OS");
        values.put("ProductType", settings.identity().productType());
        values.put("ProductVersion", settings.iosVersion());
        values.put("ProductionSOC", true);
        values.put("ProtocolVersion", "2");
        values.put("ProximitySensorCalibration", new byte[144]);
        values.put("RegionInfo", "ZD/A");
        values.put("SIMStatus", "kCTSIMSupportSIMStatusNotInserted");
        values.put("SIMTrayStatus", "kCTSIMSupportSIMTrayInsertedNoSIM");
        values.put("SerialNumber", "SIMULATED001");
        values.put("SoftwareBehavior", new byte[16]);
        values.put("SoftwareBundleVersion", "");
        values.put("SupportedDeviceFamilies", List.of(1L));
        values.put("TelephonyCapability", true);
        values.put("TimeIntervalSince1970", now.getEpochSecond() + now.getNano() / 1e9);
        values.put("TimeZone", ZONE.getId());
        values.put(
                "TimeZoneOffsetFromUTC", (double) ZONE.getRules().getOffset(now).getTotalSeconds());
        values.put("TrustedHostAttached", true);
        values.put("UniqueChipID", 8_554_329_725_747_246L);
        values.put("UniqueDeviceID", settings.udid());
        values.put("UseRaptorCerts", true);
        values.put("Uses24HourClock", false);
        values.put("WiFiAddress", "02:00:00:00:00:01");
        values.put("WirelessBoardSerialNumber", "");
        values.put("kCTPostponementInfoPRIVersion", "0.0.0");
        values.put("kCTPostponementInfoPRLName", 0L);
        values.put("kCTPostponementInfoServiceProvisioningState", false);
        values.put("kCTPostponementStatus", "kCTPostponementStatusReady");
    }
}
