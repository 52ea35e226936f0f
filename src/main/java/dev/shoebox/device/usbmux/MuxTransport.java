package dev.shoebox.device.usbmux;

import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.Lockdown;
import dev.shoebox.device.transport.Transport;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** The system's usbmuxd, or Apple's equivalent service, in pure Java. */
public final class MuxTransport implements Transport {
    /** The time that libimobiledevice waits for lockdownd. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private static final Duration DAEMON = Duration.ofSeconds(5);

    private final MuxAddress address;
    private final Usbmux mux;
    private final Duration answer;
    private final InstantSource clock;
    private final boolean pinned;
    private final Map<String, PairRecord> offers = new ConcurrentHashMap<>();
    private final AtomicBoolean prepared = new AtomicBoolean();

    /** @param pinned whether a phone must show the certificate with which it was paired */
    public MuxTransport(MuxAddress address, InstantSource clock, boolean pinned) {
        this(address, ANSWER, clock, pinned);
    }

    /** @param answer the timeout of a response from lockdownd */
    public MuxTransport(MuxAddress address, Duration answer, InstantSource clock, boolean pinned) {
        this.address = address;
        this.mux = new Usbmux(address, DAEMON);
        this.answer = answer;
        this.clock = clock;
        this.pinned = pinned;
    }

    @Override
    public String description() {
        return "Java " + Runtime.version().feature() + ", without a native library";
    }

    @Override
    public String whereTlsFails() {
        return "If libimobiledevice is installed, '--transport native' uses it instead.";
    }

    @Override
    public Attached attached() throws DeviceException {
        Map<Boolean, Set<String>> udids = devices().stream()
                .collect(Collectors.partitioningBy(
                        Usbmux.Device::isOnCable,
                        Collectors.mapping(Usbmux.Device::udid, Collectors.toCollection(LinkedHashSet::new))));
        return Attached.of(udids.get(true), udids.get(false));
    }

    private List<Usbmux.Device> devices() throws DeviceException {
        try {
            return mux.devices();
        } catch (IOException nobody) {
            throw DaemonSocket.noDaemon(address);
        }
    }

    @Override
    public Lockdown asStranger(String udid) throws Lockdown.Refused, DeviceException {
        return open(udid);
    }

    @Override
    public Lockdown trusted(String udid) throws Lockdown.Refused, DeviceException {
        MuxLockdown lockdown = open(udid);
        try {
            lockdown.startSession();
            return lockdown;
        } catch (Lockdown.Refused refused) {
            lockdown.close();
            throw refused;
        }
    }

    /**
     * Prepares TLS: Java needs as long for that as usbmuxd and the phone for their first responses, so both run in
     * parallel.
     */
    private void prepareTls() {
        if (prepared.compareAndSet(false, true)) {
            Thread preparing = new Thread(TlsLink::prepare, "shoebox-tls");
            preparing.setDaemon(true);
            preparing.start();
        }
    }

    private MuxLockdown open(String udid) throws Lockdown.Refused, DeviceException {
        prepareTls();
        Usbmux.Device device = devices().stream()
                .filter(each -> each.isOnCable() && each.udid().equals(udid))
                .findFirst()
                .orElseThrow(
                        () -> new DeviceException.NoPhone("The iPhone is not plugged in. Plug it in and unlock it."));
        return MuxLockdown.open(mux, device, answer, clock, pinned, offers);
    }
}
