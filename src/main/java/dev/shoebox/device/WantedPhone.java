package dev.shoebox.device;

import java.util.List;
import java.util.Optional;

/**
 * Which of the connected phones is wanted.
 *
 * @param udidOrName a UDID or at least its last 8 characters, or a device name; empty for any phone
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
        // For a whole UDID the list is enough; asking for names takes a session with each phone.
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
