package dev.shoebox.device;

import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.Transport;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The connected iPhones. */
public final class Phones {
    private static final String TRANSPORT = "SHOEBOX_TRANSPORT";
    private static final AtomicReference<Surroundings> SURROUNDINGS =
            new AtomicReference<>(new Surroundings(System.getenv(), Optional::empty));

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

    private record Surroundings(Map<String, String> environment, Supplier<Optional<String>> configured) {}

    /**
     * Sets where to look for phones.
     *
     * @param environment of this process, which may name another daemon and transport
     * @param configured supplies the name of the configured transport, if it is needed
     */
    public static void lookIn(Map<String, String> environment, Supplier<Optional<String>> configured) {
        SURROUNDINGS.set(new Surroundings(environment, configured));
    }

    /**
     * As {@link #load(TransportChoice)}, with the transport in {@code SHOEBOX_TRANSPORT}, else the configured one, else
     * one that works.
     */
    public static Phones load() throws DeviceException {
        Surroundings known = SURROUNDINGS.get();
        return load(Optional.ofNullable(known.environment().get(TRANSPORT))
                .filter(name -> !name.isEmpty())
                .or(known.configured())
                .flatMap(TransportChoice::named)
                .orElse(TransportChoice.AUTO));
    }

    /**
     * Returns the phones on this computer's cables.
     *
     * @throws DeviceException.LibraryMissing with a message that names what to install
     */
    public static Phones load(TransportChoice choice) throws DeviceException {
        return new Phones(choice.open(SURROUNDINGS.get().environment()), Timeouts.STANDARD);
    }

    /** Returns a short description of the transport. */
    public String transport() {
        return transport.description();
    }

    /**
     * Returns why the transport is not libimobiledevice, as a sentence for the user; empty if it is, or Java was
     * requested.
     */
    public Optional<String> withoutLibrary() {
        return way.refused();
    }

    /**
     * Returns the phones on a cable, each once, whatever their state of trust.
     *
     * @throws DeviceException.NoPhone if usbmuxd, which lists phones, is not running
     * @throws DeviceException.NotPermitted if this user may not access it
     */
    public List<Phone> list() throws DeviceException {
        return phones(transport.attached());
    }

    private List<Phone> phones(Transport.Attached attached) {
        return attached.onCable().stream()
                .map(udid -> new Phone(transport, udid, patience))
                .toList();
    }

    /**
     * Returns why {@link #list()} is empty and what to do, as a sentence for the user.
     *
     * @throws DeviceException as {@link #list()}
     */
    public String absence() throws DeviceException {
        return absence(transport.attached());
    }

    private static String absence(Transport.Attached attached) {
        return (attached.wirelessOnly().isEmpty()
                        ? "No iPhone found."
                        : "No iPhone found on a cable." + wireless(attached))
                + " Plug it in with a data cable, unlock it and allow the accessory if it asks.";
    }

    private static String wireless(Transport.Attached attached) {
        return attached.wirelessOnly().isEmpty()
                ? ""
                : " Reachable over Wi-Fi only: "
                        + attached.wirelessOnly().stream()
                                .map(PhoneNames::shortened)
                                .collect(Collectors.joining(", "))
                        + ". Shoebox needs the cable.";
    }

    /**
     * Waits for the wanted phone and returns it.
     *
     * @throws DeviceException.NoPhone when the time is over
     * @throws DeviceException.Ambiguous with a list of the phones, if several match
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
     * Waits for the first matching phone, and returns all that match.
     *
     * @return never empty
     * @throws DeviceException.NoPhone when the time is over
     */
    public List<Phone> findAll(WantedPhone wanted, WaitForPerson waiting) throws DeviceException {
        Pairing.Asking asking = new Pairing.Asking(waiting, patience);
        PhoneNames names = new PhoneNames();
        while (true) {
            DeviceException.NoPhone absent;
            try {
                Transport.Attached attached = transport.attached();
                List<Phone> present = phones(attached);
                List<Phone> meant = wanted.among(present, names);
                if (!meant.isEmpty()) {
                    return meant;
                }
                absent = new DeviceException.NoPhone(
                        present.isEmpty()
                                ? absence(attached)
                                : "The iPhone '" + wanted.udidOrName().orElse("") + "' is not plugged in. There is: "
                                        + names.described(present) + "." + wireless(attached));
            } catch (DeviceException.NoPhone noDaemon) {
                absent = noDaemon;
            }
            asking.askFor(absent);
        }
    }
}
