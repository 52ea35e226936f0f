package dev.shoebox.device;

import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.Transport;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The iPhones that are plugged in. */
public final class Phones {
    private static final String TRANSPORT = "SHOEBOX_TRANSPORT";
    private static final AtomicReference<Map<String, String>> ENVIRONMENT = new AtomicReference<>(System.getenv());

    private final TransportChoice.Taken way;
    private final Transport transport;
    private final Timeouts patience;

    Phones(Transport transport, Timeouts patience) {
        this(new TransportChoice.Taken(transport, Optional.empty()), patience);
    }

    private Phones(TransportChoice.Taken way, Timeouts patience) {
        this.way = way;
        this.transport = way.transport();
        this.patience = patience;
    }

    /** @param environment of this process, which names the daemon and the way to it where they are not the usual ones */
    public static void lookIn(Map<String, String> environment) {
        ENVIRONMENT.set(environment);
    }

    /** {@link #load(TransportChoice)} by the way that {@code SHOEBOX_TRANSPORT} names, else by the one that works. */
    public static Phones load() throws DeviceException {
        return load(TransportChoice.named(ENVIRONMENT.get().getOrDefault(TRANSPORT, ""))
                .orElse(TransportChoice.AUTO));
    }

    /**
     * The phones on this computer's cables.
     *
     * @throws DeviceException.LibraryMissing naming what to install
     */
    public static Phones load(TransportChoice choice) throws DeviceException {
        return new Phones(choice.open(ENVIRONMENT.get()), Timeouts.STANDARD);
    }

    /** The way to them, in a few words for people. */
    public String transport() {
        return transport.description();
    }

    /** Why it does not lead over libimobiledevice, a sentence for people; empty where it does, or Java was asked for. */
    public Optional<String> withoutLibrary() {
        return way.refused();
    }

    /**
     * Phones on a cable, each once, whatever their state of trust.
     *
     * @throws DeviceException.NoPhone if there is no usbmuxd through which phones could be seen
     * @throws DeviceException.NotPermitted if there is one, and this user may not ask it
     */
    public List<Phone> list() throws DeviceException {
        return transport.udids().stream()
                .map(udid -> new Phone(transport, udid, patience))
                .toList();
    }

    /**
     * The one phone that is meant, waiting for it to appear.
     *
     * @throws DeviceException.NoPhone when the wait is over
     * @throws DeviceException.Ambiguous listing the phones, when more than one is meant
     */
    public Phone find(WantedPhone wanted, WaitForPerson waiting) throws DeviceException {
        List<Phone> meant = findAll(wanted, waiting);
        if (meant.size() > 1) {
            throw new DeviceException.Ambiguous("More than one iPhone matches: "
                    + new PhoneNames().described(meant)
                    + ". Give a UDID or a unique name.");
        }
        return meant.get(0);
    }

    /**
     * Every phone that could be meant, waiting for the first to appear.
     *
     * @return never empty
     * @throws DeviceException.NoPhone when the wait is over
     */
    public List<Phone> findAll(WantedPhone wanted, WaitForPerson waiting) throws DeviceException {
        Pairing.Asking asking = new Pairing.Asking(waiting, patience);
        PhoneNames names = new PhoneNames();
        while (true) {
            DeviceException.NoPhone absent;
            try {
                List<Phone> present = list();
                List<Phone> meant = wanted.among(present, names);
                if (!meant.isEmpty()) {
                    return meant;
                }
                absent = new DeviceException.NoPhone(
                        present.isEmpty()
                                ? "No iPhone found. Plug it in with a data cable, unlock it and allow the accessory if it"
                                        + " asks."
                                : "The iPhone '" + wanted.udidOrName().orElse("") + "' is not plugged in. There is: "
                                        + names.described(present) + ".");
            } catch (DeviceException.NoPhone noDaemon) {
                absent = noDaemon;
            }
            asking.askFor(absent);
        }
    }
}
