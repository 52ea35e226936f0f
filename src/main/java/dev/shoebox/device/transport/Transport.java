package dev.shoebox.device.transport;

import java.util.List;
import java.util.Set;

/** A transport to the phones on this computer's cables. Other code does not know which one is in use. */
public interface Transport {
    /**
     * The UDIDs of phones, each once.
     *
     * @param onCable of those on a cable, which may be reachable over Wi-Fi as well
     * @param wirelessOnly of those that are reachable over Wi-Fi only; none can be connected to
     */
    record Attached(List<String> onCable, List<String> wirelessOnly) {
        public Attached {
            onCable = List.copyOf(onCable);
            wirelessOnly = List.copyOf(wirelessOnly);
        }

        /** Sorts out phones that are listed several times. */
        public static Attached of(Set<String> onCable, Set<String> wireless) {
            return new Attached(
                    List.copyOf(onCable),
                    wireless.stream().filter(udid -> !onCable.contains(udid)).toList());
        }
    }

    /** Returns a short description, with the version if known. */
    String description();

    /** Returns what to try if the phone knows this computer but TLS fails, as a sentence for the user. */
    String whereTlsFails();

    /**
     * Returns the phones that the daemon lists, whatever their state of trust.
     *
     * @throws DeviceException.NoPhone if there is no daemon that lists phones
     */
    Attached attached() throws DeviceException;

    /** Connects without trust: asks the user nothing, and receives few properties. */
    Lockdown asStranger(String udid) throws Lockdown.Refused, DeviceException;

    /**
     * Connects with a session; if this computer has no record of the phone, the phone asks its owner whether to trust
     * it.
     */
    Lockdown trusted(String udid) throws Lockdown.Refused, DeviceException;
}
