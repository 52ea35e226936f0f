package dev.shoebox.device.transport;

import java.io.Closeable;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** A conversation with lockdownd, which knows the phone and starts its services. One thread at a time. */
public interface Lockdown extends Closeable {
    /** The service that shows the phone's photos as files. */
    String FILE_SERVICE = "com.apple.afc";

    /** Thrown where the phone is there but says no. */
    final class Refused extends Exception {
        private final transient LockdownError error;
        private final int code;

        public Refused(int code) {
            super("lockdown error " + code, null, false, false);
            this.error = LockdownError.of(code);
            this.code = code;
        }

        public Refused(LockdownError error) {
            this(error.code());
        }

        public LockdownError error() {
            return error;
        }

        public DeviceException exception() {
            return error.exception(code);
        }
    }

    /** Whether this computer has a record of the phone and the phone knows of it; empty if it has none, or an old one. */
    Optional<LockdownError> validate();

    /** How this conversation is encrypted, as far as that is known, in a few words for people; empty where it is not. */
    Optional<String> encryption();

    /** Pairs anew, in place of a record that the phone no longer knows. */
    void pairAgain() throws Refused;

    /** A text that the phone gives of itself. */
    Optional<String> text(String key);

    /** A number that the phone gives of itself; absent too if it does not fit a long. */
    OptionalLong number(String domain, String key);

    /**
     * Starts a service on the phone and connects to it. This conversation can be closed before the cable is, and nothing
     * else can be asked of it but that.
     *
     * @param silence after which the cable counts as lost
     */
    ServiceConnection service(String name, Duration silence) throws Refused;

    @Override
    void close();
}
