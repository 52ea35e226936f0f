package dev.shoebox.device;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a phone says of itself; what it will not say before it is trusted is absent.
 *
 * @param model for people, {@code iPhone 15 Pro}; the product type where the name is not known
 * @param battery percent, 0 to 100
 * @param space of the data partition
 */
public record PhoneInfo(
        String udid, String name, String model, String iosVersion, Trust trust, OptionalInt battery, Space space) {
    public enum Trust {
        TRUSTED,
        NOT_TRUSTED,
        /** Trusted or not, it must be unlocked first. */
        LOCKED,
        /** The question is on its screen. */
        ASKING,
        DENIED,
        /** The phone knows this computer, and TLS with it fails here. */
        TLS_FAILS
    }

    /** How large the data partition is, and how much of it is free, as far as that is known. */
    public record Space(OptionalLong totalBytes, OptionalLong freeBytes) {
        /** Where both figures are known. */
        public Optional<Long> usedBytes() {
            return totalBytes.isPresent() && freeBytes.isPresent()
                    ? Optional.of(totalBytes.getAsLong() - freeBytes.getAsLong())
                    : Optional.empty();
        }
    }
}
