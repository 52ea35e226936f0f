package dev.shoebox.device;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The names of phones. Asks each phone once, because that takes a session. */
final class PhoneNames {
    /** So many characters at the end of a UDID distinguish phones; the first ones are those of their model. */
    private static final int SHORT_UDID = 8;

    private final Map<String, String> names = new HashMap<>();

    String name(Phone phone) {
        return names.computeIfAbsent(phone.udid(), udid -> phone.name().orElse("iPhone"));
    }

    /** Returns whether a text identifies the phone: by its name, or by the end of its UDID. */
    boolean isCalled(Phone phone, String udidOrName) {
        String end = udidOrName.toLowerCase(Locale.ROOT);
        return (end.length() >= SHORT_UDID
                        && phone.udid().toLowerCase(Locale.ROOT).endsWith(end))
                || typed(name(phone)).equals(typed(udidOrName));
    }

    /** Returns a name as typed: iOS uses an apostrophe that keyboards do not have. */
    private static String typed(String name) {
        return name.replace('\u2019', '\'').toLowerCase(Locale.ROOT);
    }

    /** Returns a list of the phones that distinguishes them. */
    String described(List<Phone> phones) {
        return phones.stream()
                .map(phone -> name(phone) + " (" + shortened(phone.udid()) + ")")
                .collect(Collectors.joining(", "));
    }

    static String shortened(String udid) {
        return "…" + udid.substring(Math.max(0, udid.length() - SHORT_UDID));
    }
}
