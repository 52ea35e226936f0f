package dev.shoebox.device;

import java.util.List;
import java.util.Optional;

/**
 * Which of the phones that are plugged in is meant.
 *
 * @param udidOrName a UDID or at least the last 8 characters of one, or a device name; empty: whichever there is
 */
public record WantedPhone(Optional<String> udidOrName) {
    public static final WantedPhone ANY = new WantedPhone(Optional.empty());

    public static WantedPhone called(String udidOrName) {
        return new WantedPhone(Optional.of(udidOrName));
    }

    List<Phone> among(List<Phone> present, PhoneNames names) {
        if (udidOrName.isEmpty()) {
            return present;
        }
        // A whole UDID is told by the list alone; asking phones for their names is a session with each.
        List<Phone> exactly = present.stream()
                .filter(phone -> phone.udid().equalsIgnoreCase(udidOrName.get()))
                .toList();
        return !exactly.isEmpty()
                ? exactly
                : present.stream()
                        .filter(phone -> names.isCalled(phone, udidOrName.get()))
                        .toList();
    }
}
