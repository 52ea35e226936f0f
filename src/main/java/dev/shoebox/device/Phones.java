package dev.shoebox.device;

import java.util.List;
import java.util.Optional;

/** The iPhones that are plugged in, as the installed libimobiledevice sees them. */
public final class Phones {
    private Phones() {}

    /**
     * Loads the platform's libimobiledevice.
     *
     * @throws DeviceException.LibraryMissing naming what to install
     */
    public static Phones load() throws DeviceException {
        throw new UnsupportedOperationException();
    }

    /** Phones on a cable, each once, whatever their state of trust. */
    public List<Phone> list() throws DeviceException {
        throw new UnsupportedOperationException();
    }

    /**
     * The one phone that is meant, waiting for it to appear.
     *
     * @param udidOrName a UDID, or a device name if only one phone has it; empty: the only phone there is
     * @throws DeviceException.NoPhone when the wait is over
     * @throws DeviceException.Ambiguous listing the phones, when more than one is meant
     */
    public Phone find(Optional<String> udidOrName, Waiting waiting) throws DeviceException {
        throw new UnsupportedOperationException();
    }
}
