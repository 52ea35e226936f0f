package dev.shoebox.device.transport;

import dev.shoebox.photos.source.MediaSource;

import java.io.IOException;

/** A failure that stops all work with a phone. The message is one line that says what happened and what to do. */
public abstract sealed class DeviceException extends IOException {
    DeviceException(String message) {
        super(message);
    }

    /** libimobiledevice is not installed. The user installs the package that the message names. */
    public static final class LibraryMissing extends DeviceException {
        public LibraryMissing(String message) {
            super(message);
        }
    }

    /**
     * The system denies this user access to the daemon that lists phones. The user gets access, or corrects the path.
     */
    public static final class NotPermitted extends DeviceException {
        public NotPermitted(String message) {
            super(message);
        }
    }

    /** No phone is connected, or not the wanted one, or no daemon lists phones. The user plugs it in. */
    public static final class NoPhone extends DeviceException {
        public NoPhone(String message) {
            super(message);
        }
    }

    /** Several phones match. The user names one. */
    public static final class Ambiguous extends DeviceException {
        public Ambiguous(String message) {
            super(message);
        }
    }

    /** The phone is locked. The user unlocks it. */
    public static final class Locked extends DeviceException implements MediaSource.Withheld {
        Locked(String message) {
            super(message);
        }
    }

    /** The phone does not trust this computer (not yet, no longer, or refused). The user taps Trust. */
    public static final class NotTrusted extends DeviceException implements MediaSource.Withheld {
        private final boolean isRefused;

        /** @param remedy the remedy */
        NotTrusted(String message, LockdownError.Remedy remedy) {
            super(message);
            this.isRefused = remedy == LockdownError.Remedy.DENIED;
        }

        /** Returns whether its owner refused: it does not ask again by itself. */
        public boolean isRefused() {
            return isRefused;
        }
    }

    /** The phone forbids the service (management profile, restrictions). The message gives the reason. */
    public static final class ServiceRefused extends DeviceException implements MediaSource.Withheld {
        public ServiceRefused(String message) {
            super(message);
        }
    }

    /** The phone was disconnected, is silent, or sends invalid data. The user plugs it in again. */
    public static final class Lost extends DeviceException {
        public Lost(String message) {
            super(message);
        }
    }
}
