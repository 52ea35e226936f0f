package dev.shoebox.web.phone;

import dev.shoebox.device.transport.DeviceException;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The state of the phone, or of the folder that photos come from.
 *
 * @param kind what the page says about it
 * @param name the name of the phone; empty if unknown
 * @param isPhone whether the source is a phone
 * @param library whether its Photos library could be read
 * @param seen the number of photos and videos listed so far
 * @param message what a person can do about it
 */
public record PhoneState(
        Kind kind, Optional<String> name, boolean isPhone, boolean library, int seen, Optional<String> message) {
    public static final PhoneState NONE = new PhoneState(Kind.NONE, Optional.empty(), true, false, 0, Optional.empty());

    /** The page's message keys contain these names. */
    public enum Kind {
        NONE,
        LOCKED,
        TRUST,
        DENIED,
        SEVERAL,
        FAILED,
        READING,
        READY;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns what a phone that cannot be read needs from a person. */
    public static PhoneState of(DeviceException away) {
        Kind kind;
        if (away instanceof DeviceException.NoPhone || away instanceof DeviceException.Lost) {
            kind = Kind.NONE;
        } else if (away instanceof DeviceException.Locked) {
            kind = Kind.LOCKED;
        } else if (away instanceof DeviceException.NotTrusted stranger) {
            kind = stranger.isRefused() ? Kind.DENIED : Kind.TRUST;
        } else if (away instanceof DeviceException.Ambiguous) {
            kind = Kind.SEVERAL;
        } else {
            kind = Kind.FAILED;
        }
        return new PhoneState(kind, Optional.empty(), true, false, 0, Optional.ofNullable(away.getMessage()));
    }

    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("state", kind.word());
        name.ifPresent(text -> fields.put("name", text));
        fields.put("isPhone", isPhone);
        fields.put("library", library);
        fields.put("seen", seen);
        message.ifPresent(text -> fields.put("message", text));
        return fields;
    }
}
