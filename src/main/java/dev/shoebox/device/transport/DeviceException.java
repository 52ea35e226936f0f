package dev.shoebox.device.transport;

import dev.shoebox.photos.source.MediaSource;

import java.io.IOException;

/** What stops all work with a phone. The message is one line that says what happened and what to do. */
public abstract sealed class DeviceException extends IOException {
    DeviceException(String message) {
        super(message);
    }

    /** libimobiledevice is not installed. The person installs the package the message names. */
    public static final class LibraryMissing extends DeviceException {
        public LibraryMissing(String message) {
            super(message);
        }
    }

    /** The system lets this user not reach the daemon that sees phones. The person is let in, or the path is corrected. */
    public static final class NotPermitted extends DeviceException {
        public NotPermitted(String message) {
            super(message);
        }
    }

    /** No phone (or not the one asked for), or no daemon to see it through. The person plugs it in. */
    public static final class NoPhone extends DeviceException {
        public NoPhone(String message) {
            super(message);
        }
    }

    /** More than one phone could be meant. The person names one. */
    public static final class Ambiguous extends DeviceException {
        public Ambiguous(String message) {
            super(message);
        }
    }

    /** The phone is locked. The person unlocks it. */
    public static final class Locked extends DeviceException implements MediaSource.Withheld {
        Locked(String message) {
            super(message);
        }
    }

    /** The phone does not trust this computer (not yet, no longer, or refused). The person taps Trust. */
    public static final class NotTrusted extends DeviceException implements MediaSource.Withheld {
        private final boolean isRefused;

        /** @param remedy what helps */
        NotTrusted(String message, LockdownError.Remedy remedy) {
            super(message);
            this.isRefused = remedy == LockdownError.Remedy.DENIED;
        }

        /** Whether its owner said no: it does not ask again by itself. */
        public boolean isRefused() {
            return isRefused;
        }
    }

    /** The phone forbids the service (management profile, limits). The message names why. */
    public static final class ServiceRefused extends DeviceException implements MediaSource.Withheld {
        public ServiceRefused(String message) {
            super(message);
        }
    }

    /** The phone was there and is gone, silent or no longer making sense. The person plugs it in again. */
    public static final class Lost extends DeviceException {
        public Lost(String message) {
            super(message);
        }
    }
}
