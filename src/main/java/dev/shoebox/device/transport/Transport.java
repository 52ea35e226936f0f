package dev.shoebox.device.transport;

import java.util.List;

/** A way to the phones on this computer's cables. Nothing above it knows which one is in use. */
public interface Transport {
    /** What it is, with its version where that is known, in a few words for people. */
    String description();

    /** What to try where the phone knows this computer and TLS with it fails all the same, one sentence for people. */
    String whereTlsFails();

    /**
     * UDIDs of the phones on a cable, each once, whatever their state of trust.
     *
     * @throws DeviceException.NoPhone if there is no daemon through which phones could be seen
     */
    List<String> udids() throws DeviceException;

    /** Without trust: asks the person nothing, and is told little. */
    Lockdown asStranger(String udid) throws Lockdown.Refused, DeviceException;

    /** With a session; if this computer has no record of the phone, the phone asks the person whether to trust it. */
    Lockdown trusted(String udid) throws Lockdown.Refused, DeviceException;
}
