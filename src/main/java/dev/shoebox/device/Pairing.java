package dev.shoebox.device;

import dev.shoebox.device.afc.AfcConnection;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.Lockdown;
import dev.shoebox.device.transport.LockdownError;
import dev.shoebox.device.transport.Transport;

import java.time.Duration;
import java.util.Optional;

/**
 * Makes a phone trust this computer: pairs if there is no record, pairs again if the phone says that it does not know
 * our record, and asks the user for what only they can do.
 *
 * <p>Usbmuxd pairs by itself when a phone is plugged in, so usually it is enough to retry until it has.
 */
final class Pairing {
    private static final int MOST_TRIES = 3;

    private final Transport transport;
    private final String udid;
    private final Timeouts patience;

    Pairing(Transport transport, String udid, Timeouts patience) {
        this.transport = transport;
        this.udid = udid;
        this.patience = patience;
    }

    /** Work that needs the phone's trust. */
    interface Errand<T> {
        T run(Lockdown lockdown) throws Lockdown.Refused, DeviceException;
    }

    /**
     * Runs the errand once the phone allows it.
     *
     * @throws DeviceException when the time is over, or at once if waiting cannot help
     */
    <T> T run(WaitForPerson waiting, Errand<T> errand) throws DeviceException {
        Asking asking = new Asking(waiting, patience);
        boolean stale = false;
        boolean pairedAgain = false;
        int tlsFailures = 0;
        int tries = 0;
        while (true) {
            try {
                if (stale) {
                    try (Lockdown lockdown = transport.asStranger(udid)) {
                        lockdown.pairAgain();
                    }
                    stale = false;
                    pairedAgain = true;
                }
                try (Lockdown lockdown = transport.trusted(udid)) {
                    return errand.run(lockdown);
                }
            } catch (Lockdown.Refused refused) {
                switch (refused.error().remedy()) {
                    case PAIR_AGAIN -> {
                        boolean isTls = refused.error() == LockdownError.SSL_ERROR;
                        if (!isTls && (stale || pairedAgain)) {
                            throw refused.exception();
                        }
                        // TLS also fails when the cable is pulled, so a single failure proves nothing.
                        if (!isTls || ++tlsFailures > 1) {
                            Optional<LockdownError> record = askOfTheRecord(refused);
                            stale = !pairedAgain && record.equals(Optional.of(LockdownError.INVALID_HOST_ID));
                            if (record.isPresent() && record.get().remedy() == LockdownError.Remedy.UNLOCK) {
                                asking.askFor(
                                        record.get().exception(record.get().code()));
                            } else if (!stale) {
                                settle(refused, tlsFailures);
                            }
                        }
                    }
                    case TRY_AGAIN -> {
                        if (++tries == MOST_TRIES || !patience.pauseOnce()) {
                            throw refused.exception();
                        }
                    }
                    case UNLOCK, TRUST -> asking.askFor(refused.exception());
                    case DENIED, REFUSED -> throw refused.exception();
                }
            } catch (DeviceException.NoPhone absent) {
                // When it begins to trust a computer, the phone leaves the bus for a moment.
                asking.askFor(absent);
            }
        }
    }

    /**
     * Returns what the phone says about our record, which alone decides whether it may be replaced; empty if the phone
     * knows it.
     */
    private Optional<LockdownError> askOfTheRecord(Lockdown.Refused refused) throws DeviceException {
        if (refused.error() == LockdownError.INVALID_HOST_ID) {
            return Optional.of(refused.error());
        }
        try (Lockdown stranger = transport.asStranger(udid)) {
            return stranger.validate();
        } catch (Lockdown.Refused unanswered) {
            throw unanswered.exception();
        }
    }

    /** Returns if another attempt with the existing record is worthwhile. */
    private void settle(Lockdown.Refused refused, int tlsFailures) throws DeviceException {
        if (refused.error() != LockdownError.SSL_ERROR) {
            throw refused.exception();
        } else if (tlsFailures >= MOST_TRIES || !patience.pauseOnce()) {
            throw new DeviceException.ServiceRefused(
                    LockdownError.TLS_FAILS.message() + " " + transport.whereTlsFails());
        }
    }

    /** Connects to the phone's files. */
    AfcConnection files(WaitForPerson waiting) throws DeviceException {
        return new AfcConnection(run(waiting, lockdown -> lockdown.service(Lockdown.FILE_SERVICE, patience.silence())));
    }

    /** Asks the user, with the message of the failure that their help would prevent. */
    static final class Asking {
        private final WaitForPerson waiting;
        private final Timeouts patience;
        private final long started = System.nanoTime();
        private String said = "";

        Asking(WaitForPerson waiting, Timeouts patience) {
            this.waiting = waiting;
            this.patience = patience;
        }

        /** Prints what is needed if that is new, and waits briefly; throws the failure once the time is over. */
        <E extends DeviceException> void askFor(E failure) throws E {
            if (Duration.ofNanos(System.nanoTime() - started).compareTo(waiting.limit()) >= 0) {
                throw failure;
            }
            if (!said.equals(failure.getMessage())) {
                said = failure.getMessage();
                waiting.say().accept(said);
            }
            if (!patience.pauseOnce()) {
                throw failure;
            }
        }
    }
}
