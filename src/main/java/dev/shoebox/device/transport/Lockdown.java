package dev.shoebox.device.transport;

import java.io.Closeable;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A conversation with lockdownd, which knows the phone's properties and starts its services. Used by one thread at a
 * time.
 */
public interface Lockdown extends Closeable {
    /** The service that serves the phone's photos as files. */
    String FILE_SERVICE = "com.apple.afc";

    /** The phone is there but refuses. */
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

    /** Validates the pair record; empty if the phone knows it, else the error. */
    Optional<LockdownError> validate();

    /** Returns a short description of the encryption, as far as it is known; empty if there is none. */
    Optional<String> encryption();

    /** Pairs again, replacing a record that the phone no longer knows. */
    void pairAgain() throws Refused;

    /** Returns a text property of the phone. */
    Optional<String> text(String key);

    /** Returns a numeric property of the phone; absent also if it does not fit a long. */
    OptionalLong number(String domain, String key);

    /**
     * Starts a service on the phone and connects to it. Afterwards this conversation can only be closed, which may
     * happen before the connection is.
     *
     * @param silence the time without a byte after which the connection counts as lost
     */
    ServiceConnection service(String name, Duration silence) throws Refused;

    @Override
    void close();
}
