package dev.shoebox.simulator.phone;

import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.wire.LinkSpeed;

/**
 * What a phone is like when it is made.
 *
 * @param udid 8 hex digits, a hyphen, 16 hex digits; or 40 hex digits
 * @param productType Apple's model identifier, such as {@code iPhone15,2}
 * @param batteryPercent 0 to 100
 * @param capacityBytes size of the data volume
 * @param freeBytes what is free of it
 * @param sessionTls whether lockdown sessions are encrypted
 * @param afcTls whether AFC connections are encrypted
 * @param paired whether computer and phone trust each other from the start; otherwise the first Pair is accepted at once
 */
public record PhoneSettings(
        String udid,
        String name,
        String productType,
        String iosVersion,
        int batteryPercent,
        long capacityBytes,
        long freeBytes,
        boolean sessionTls,
        boolean afcTls,
        boolean paired,
        SimulatedLibrary library,
        LinkSpeed link) {
    /** An unpaired iPhone 14 Pro with iOS 17.5.1, encrypted throughout, as fast as this computer. */
    public static PhoneSettings of(SimulatedLibrary library) {
        return new PhoneSettings(
                "00008120-001A24D10E38201E",
                "iPhone",
                "iPhone15,2",
                "17.5.1",
                80,
                128_000_000_000L,
                64_000_000_000L,
                true,
                true,
                false,
                library,
                LinkSpeed.unlimited());
    }

    public PhoneSettings withUdid(String value) {
        return copy(value, name, iosVersion, sessionTls, afcTls, paired, library, link);
    }

    public PhoneSettings withName(String value) {
        return copy(udid, value, iosVersion, sessionTls, afcTls, paired, library, link);
    }

    /** Encrypts lockdown sessions, and AFC connections, or not. */
    public PhoneSettings withTls(boolean session, boolean afc) {
        return copy(udid, name, iosVersion, session, afc, paired, library, link);
    }

    public PhoneSettings withPaired(boolean value) {
        return copy(udid, name, iosVersion, sessionTls, afcTls, value, library, link);
    }

    public PhoneSettings withLink(LinkSpeed value) {
        return copy(udid, name, iosVersion, sessionTls, afcTls, paired, library, value);
    }

    public PhoneSettings withIos(String value) {
        return copy(udid, name, value, sessionTls, afcTls, paired, library, link);
    }

    /** With so many bytes free on it. */
    public PhoneSettings withFreeBytes(long value) {
        return new PhoneSettings(
                udid,
                name,
                productType,
                iosVersion,
                batteryPercent,
                capacityBytes,
                value,
                sessionTls,
                afcTls,
                paired,
                library,
                link);
    }

    private PhoneSettings copy(
            String newUdid,
            String newName,
            String newIosVersion,
            boolean newSessionTls,
            boolean newAfcTls,
            boolean newPaired,
            SimulatedLibrary newLibrary,
            LinkSpeed newLink) {
        return new PhoneSettings(
                newUdid,
                newName,
                productType,
                newIosVersion,
                batteryPercent,
                capacityBytes,
                freeBytes,
                newSessionTls,
                newAfcTls,
                newPaired,
                newLibrary,
                newLink);
    }
}
