package dev.shoebox.device;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What people call phones. Asks each phone once: asking is a session with it. */
final class PhoneNames {
    /** So many characters at the end of a UDID tell phones apart; the first ones are those of their model. */
    private static final int SHORT_UDID = 8;

    private final Map<String, String> names = new HashMap<>();

    String name(Phone phone) {
        return names.computeIfAbsent(phone.udid(), udid -> phone.name().orElse("iPhone"));
    }

    /** Whether a person would call the phone so: by its name, or by the end of its UDID. */
    boolean isCalled(Phone phone, String udidOrName) {
        String end = udidOrName.toLowerCase(Locale.ROOT);
        return (end.length() >= SHORT_UDID
                        && phone.udid().toLowerCase(Locale.ROOT).endsWith(end))
                || typed(name(phone)).equals(typed(udidOrName));
    }

    /** A name as people type it: iOS puts an apostrophe into names that keyboards do not have. */
    private static String typed(String name) {
        return name.replace('\u2019', '\'').toLowerCase(Locale.ROOT);
    }

    /** The phones with what tells them apart. */
    String described(List<Phone> phones) {
        return phones.stream()
                .map(phone -> name(phone) + " (…"
                        + phone.udid().substring(Math.max(0, phone.udid().length() - SHORT_UDID)) + ")")
                .collect(Collectors.joining(", "));
    }
}
