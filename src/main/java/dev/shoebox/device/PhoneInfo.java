package dev.shoebox.device;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The properties of a phone; those that it hides before it trusts this computer are absent.
 *
 * @param model for display, {@code iPhone 15 Pro}; the product type if the name is unknown
 * @param battery percent, 0 to 100
 * @param space of the data partition
 */
public record PhoneInfo(
        String udid, String name, String model, String iosVersion, Trust trust, OptionalInt battery, Space space) {
    public enum Trust {
        TRUSTED,
        NOT_TRUSTED,
        /** It must be unlocked first, whether or not it trusts this computer. */
        LOCKED,
        /** It is asking its owner. */
        ASKING,
        DENIED,
        /** It knows this computer, but TLS fails. */
        TLS_FAILS
    }

    /** The size and free space of the data partition, as far as known. */
    public record Space(OptionalLong totalBytes, OptionalLong freeBytes) {
        /** Returns the used bytes, if both figures are known. */
        public Optional<Long> usedBytes() {
            return totalBytes.isPresent() && freeBytes.isPresent()
                    ? Optional.of(totalBytes.getAsLong() - freeBytes.getAsLong())
                    : Optional.empty();
        }
    }
}
