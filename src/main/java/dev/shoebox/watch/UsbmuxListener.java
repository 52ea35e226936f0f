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
 * Reports phones that are connected or disconnected, while it is open. On Linux, usbmuxd starts with the first phone
 * and exits with the last, so it is normal that nothing answers: the listener retries, at growing intervals of up to a
 * few seconds.
 *
 * <p>Talks to usbmuxd directly, because libimobiledevice's subscription leaves a native thread behind that calls into
 * Java, and some of its versions neither end nor recover when the daemon does.
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

    /** Called by one thread. */
    public interface Listener {
        /** A phone was connected, or is connected already. */
        void plugged(String udid);

        void pulled(String udid);

        /** The daemon is gone, and with it all phones. */
        void nobodyAnswers();
    }

    /** Creates a listener that does not listen yet. */
    public static UsbmuxListener at(MuxAddress address, Listener listener) {
        return new UsbmuxListener(address, listener, Duration.ofMillis(250), Duration.ofSeconds(4));
    }

    /**
     * Creates a listener as {@link #at} does.
     *
     * @param shortest the first pause before reconnecting to the daemon
     * @param longest the last pause
     */
    UsbmuxListener(MuxAddress address, Listener listener, Duration shortest, Duration longest) {
        this.address = address;
        this.listener = listener;
        this.shortest = shortest;
        this.longest = longest;
        this.thread = new Thread(this::run, "cables");
        thread.setDaemon(true);
    }

    /** Starts to listen, on its own thread. */
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

    /** @return whether a daemon reported phones */
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
            // In any case, the phones that it reported are no longer visible.
        } finally {
            open = null;
            if (!closed) {
                listener.nobodyAnswers();
            }
        }
        return answered;
    }

    /** @param udids the UDIDs of connected phones, by the daemon's device number */
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

    /** Stops at once. The listener is not called any more. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        Optional.ofNullable(open).ifPresent(channel -> {
            try {
                channel.close();
            } catch (IOException gone) {
                // It is closed, as intended.
            }
        });
    }
}
