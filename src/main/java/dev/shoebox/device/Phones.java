package dev.shoebox.device;

import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.Transport;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** The iPhones that are plugged in. */
public final class Phones {
    /** So many characters at the end of a UDID tell phones apart; the first ones are those of their model. */
    private static final int SHORT_UDID = 8;

    private static final String TRANSPORT = "SHOEBOX_TRANSPORT";
    private static final AtomicReference<Map<String, String>> ENVIRONMENT = new AtomicReference<>(System.getenv());

    private final Transport transport;
    private final Timeouts patience;
    private final Optional<String> refused;

    Phones(Transport transport, Timeouts patience) {
        this(new TransportChoice.Taken(transport, Optional.empty()), patience);
    }

    private Phones(TransportChoice.Taken taken, Timeouts patience) {
        this.transport = taken.transport();
        this.refused = taken.refused();
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
        return refused;
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
     * @param udidOrName a UDID or at least the last 8 characters of one, or a device name if only one phone has it;
     *     empty: the only phone there is
     * @throws DeviceException.NoPhone when the wait is over
     * @throws DeviceException.Ambiguous listing the phones, when more than one is meant
     */
    public Phone find(Optional<String> udidOrName, WaitForPerson waiting) throws DeviceException {
        List<Phone> meant = findAll(udidOrName, waiting);
        if (meant.size() > 1) {
            throw new DeviceException.Ambiguous("More than one iPhone matches: "
                    + described(meant, new HashMap<>())
                    + ". Give a UDID or a unique name.");
        }
        return meant.get(0);
    }

    /**
     * Every phone that could be meant, waiting for the first to appear.
     *
     * @param udidOrName as for {@link #find}; empty: all there are
     * @return never empty
     * @throws DeviceException.NoPhone when the wait is over
     */
    public List<Phone> findAll(Optional<String> udidOrName, WaitForPerson waiting) throws DeviceException {
        Pairing.Asking asking = new Pairing.Asking(waiting, patience);
        Map<String, String> names = new HashMap<>();
        while (true) {
            DeviceException.NoPhone absent;
            try {
                List<Phone> present = list();
                List<Phone> meant = udidOrName.isEmpty() ? present : called(udidOrName.get(), present, names);
                if (!meant.isEmpty()) {
                    return meant;
                }
                absent = new DeviceException.NoPhone(absent(udidOrName, present, names));
            } catch (DeviceException.NoPhone noDaemon) {
                absent = noDaemon;
            }
            asking.askFor(absent);
        }
    }

    private static List<Phone> called(String udidOrName, List<Phone> present, Map<String, String> names) {
        String wanted = udidOrName.toLowerCase(Locale.ROOT);
        // A whole UDID is told by the list alone; asking phones for their names is a session with each.
        List<Phone> exactly = present.stream()
                .filter(phone -> phone.udid().toLowerCase(Locale.ROOT).equals(wanted))
                .toList();
        return !exactly.isEmpty()
                ? exactly
                : present.stream()
                        .filter(phone -> (wanted.length() >= SHORT_UDID
                                        && phone.udid().toLowerCase(Locale.ROOT).endsWith(wanted))
                                || typed(name(phone, names)).equals(typed(udidOrName)))
                        .toList();
    }

    /** A name as people type it: iOS puts an apostrophe into names that keyboards do not have. */
    private static String typed(String name) {
        return name.replace('\u2019', '\'').toLowerCase(Locale.ROOT);
    }

    private static String name(Phone phone, Map<String, String> names) {
        return names.computeIfAbsent(phone.udid(), udid -> phone.name().orElse("iPhone"));
    }

    private static String described(List<Phone> phones, Map<String, String> names) {
        return phones.stream()
                .map(phone -> name(phone, names) + " (…"
                        + phone.udid().substring(Math.max(0, phone.udid().length() - SHORT_UDID)) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String absent(Optional<String> wanted, List<Phone> present, Map<String, String> names) {
        if (present.isEmpty()) {
            return "No iPhone found. Plug it in with a data cable, unlock it and allow the accessory if it asks.";
        }
        return "The iPhone '" + wanted.orElse("") + "' is not plugged in. There is: " + described(present, names) + ".";
    }
}
