package dev.shoebox.device.transport;

import java.util.List;

/** A transport to the phones on this computer's cables. Other code does not know which one is in use. */
public interface Transport {
    /** Returns a short description, with the version if known. */
    String description();

    /** Returns what to try if the phone knows this computer but TLS fails, as a sentence for the user. */
    String whereTlsFails();

    /**
     * Returns the UDIDs of the phones on a cable, each once, whatever their state of trust.
     *
     * @throws DeviceException.NoPhone if there is no daemon that lists phones
     */
    List<String> udids() throws DeviceException;

    /** Connects without trust: asks the user nothing, and receives few properties. */
    Lockdown asStranger(String udid) throws Lockdown.Refused, DeviceException;

    /**
     * Connects with a session; if this computer has no record of the phone, the phone asks its owner whether to trust
     * it.
     */
    Lockdown trusted(String udid) throws Lockdown.Refused, DeviceException;
}
