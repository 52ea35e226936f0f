package dev.shoebox.simulator.phone;

import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.wire.LinkSpeed;

/**
 * The properties of a phone when it is created.
 *
 * @param batteryPercent 0 to 100
 * @param paired whether computer and phone trust each other from the start; otherwise the first Pair is accepted at
 * once
 */
public record PhoneSettings(
        Identity identity,
        int batteryPercent,
        DataVolume volume,
        Encryption encryption,
        boolean paired,
        SimulatedLibrary library,
        LinkSpeed link) {
    /**
     * The identity of a phone.
     *
     * @param udid 8 hex digits, a hyphen, 16 hex digits; or 40 hex digits
     * @param productType Apple's model identifier, such as {@code iPhone15,2}
     */
    public record Identity(String udid, String name, String productType, String iosVersion) {}

    /**
     * The storage of a phone.
     *
     * @param capacityBytes its size
     * @param freeBytes its free space
     */
    public record DataVolume(long capacityBytes, long freeBytes) {}

    /**
     * What is encrypted.
     *
     * @param session lockdown sessions
     * @param afc AFC connections
     */
    public record Encryption(boolean session, boolean afc) {}

    /** Returns an unpaired iPhone 14 Pro with iOS 17.5.1, encrypted throughout, as fast as this computer. */
    public static PhoneSettings of(SimulatedLibrary library) {
        return new PhoneSettings(
                new Identity("00008120-001A24D10E38201E", "iPhone", "iPhone15,2", "17.5.1"),
                80,
                new DataVolume(128_000_000_000L, 64_000_000_000L),
                new Encryption(true, true),
                false,
                library,
                LinkSpeed.unlimited());
    }

    public String udid() {
        return identity.udid();
    }

    public String name() {
        return identity.name();
    }

    public String iosVersion() {
        return identity.iosVersion();
    }

    public PhoneSettings withUdid(String value) {
        return with(new Identity(value, name(), identity.productType(), iosVersion()));
    }

    public PhoneSettings withName(String value) {
        return with(new Identity(udid(), value, identity.productType(), iosVersion()));
    }

    public PhoneSettings withIos(String value) {
        return with(new Identity(udid(), name(), identity.productType(), value));
    }

    private PhoneSettings with(Identity value) {
        return new PhoneSettings(value, batteryPercent, volume, encryption, paired, library, link);
    }

    public PhoneSettings with(Encryption value) {
        return new PhoneSettings(identity, batteryPercent, volume, value, paired, library, link);
    }

    public PhoneSettings withPaired(boolean value) {
        return new PhoneSettings(identity, batteryPercent, volume, encryption, value, library, link);
    }

    public PhoneSettings withLink(LinkSpeed value) {
        return new PhoneSettings(identity, batteryPercent, volume, encryption, paired, library, value);
    }

    /** Returns these settings with another amount of free space. */
    public PhoneSettings withFreeBytes(long value) {
        var changed = new DataVolume(volume.capacityBytes(), value);
        return new PhoneSettings(identity, batteryPercent, changed, encryption, paired, library, link);
    }
}
