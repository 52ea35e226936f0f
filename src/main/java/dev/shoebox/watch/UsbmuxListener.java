package dev.shoebox.watch;

import dev.shoebox.device.usbmux.MuxAddress;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells of phones on a cable as they come and go, for as long as it is open. On Linux usbmuxd starts with the first phone
 * and exits with the last, so that nobody answering is the usual state and not a fault: it is tried again, ever more rarely
 * up to a few seconds.
 *
 * <p>It speaks to usbmuxd itself, and not through libimobiledevice's subscription, which leaves a native thread behind that
 * calls into Java, and of which some versions neither end nor come back when the daemon does.
 */
public final class UsbmuxListener implements Closeable {
    private static final String ON_A_CABLE = "USB";

    private final MuxAddress address;
    private final Listener listener;
    private final Duration shortest;
    private final Duration longest;
    private final Thread thread;
    private volatile boolean closed;
    private volatile SocketChannel open; // or null

    /** Called from one thread. */
    public interface Listener {
        /** A phone was plugged in, or is there already. */
        void plugged(String udid);

        void pulled(String udid);

        /** The daemon is gone, and whatever was plugged in with it. */
        void nobodyAnswers();
    }

    /** Does not listen yet. */
    public static UsbmuxListener at(MuxAddress address, Listener listener) {
        return new UsbmuxListener(address, listener, Duration.ofMillis(250), Duration.ofSeconds(4));
    }

    /**
     * {@link #at}.
     *
     * @param shortest the first pause before the daemon is looked for again
     * @param longest the last one
     */
    UsbmuxListener(MuxAddress address, Listener listener, Duration shortest, Duration longest) {
        this.address = address;
        this.listener = listener;
        this.shortest = shortest;
        this.longest = longest;
        this.thread = new Thread(this::run, "cables");
        thread.setDaemon(true);
    }

    /** Begins to listen, on a thread of its own. */
    public void start() {
        thread.start();
    }

    private void run() {
        Duration pause = shortest;
        while (!closed) {
            pause = listened() ? shortest : pause;
            try {
                Thread.sleep(pause.toMillis());
            } catch (InterruptedException end) {
                return;
            }
            Duration next = pause.multipliedBy(2);
            pause = next.compareTo(longest) > 0 ? longest : next;
        }
    }

    /** @return whether there was somebody who told us of phones */
    private boolean listened() {
        boolean answered = false;
        try (SocketChannel channel = address.connect()) {
            open = channel;
            Map<String, String> udids = new HashMap<>();
            MuxMessage.listen(channel);
            while (!closed) {
                MuxMessage message = MuxMessage.read(channel);
                answered |= message.is("Result");
                tell(message, udids);
            }
        } catch (IOException nobody) {
            // Whatever the reason, the phones that were seen through it are seen no more.
        } finally {
            open = null;
            if (!closed) {
                listener.nobodyAnswers();
            }
        }
        return answered;
    }

    /** @param udids of the phones that are plugged in, by the number that the daemon gave each */
    private void tell(MuxMessage message, Map<String, String> udids) {
        String number = message.value("DeviceID").orElse("");
        if (message.is("Attached")
                && message.value("ConnectionType").filter(ON_A_CABLE::equals).isPresent()) {
            message.value("SerialNumber").map(MuxAddress::udid).ifPresent(udid -> {
                if (!udid.equals(udids.put(number, udid))) {
                    listener.plugged(udid);
                }
            });
        } else if (message.is("Detached")) {
            Optional.ofNullable(udids.remove(number)).ifPresent(listener::pulled);
        }
    }

    /** Ends at once; the listener hears no more. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        Optional.ofNullable(open).ifPresent(channel -> {
            try {
                channel.close();
            } catch (IOException gone) {
                // It is closed, which is what was wanted.
            }
        });
    }
}
