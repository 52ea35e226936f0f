package dev.shoebox.simulator.phone;

import dev.shoebox.simulator.wire.PhoneIdentity;
import dev.shoebox.simulator.wire.SimulatedCable;
import dev.shoebox.simulator.wire.TlsWire;
import dev.shoebox.simulator.wire.Wire;

import javax.net.ssl.SSLContext;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A simulated iPhone: lockdownd, pairing, TLS and AFC over a library, with faults that can be set while it runs.
 *
 * <p>It answers as iOS does to what libimobiledevice asks. It never changes its library: requests that would are counted and refused.
 */
public final class SimulatedPhone {
    /** What answers behind a port until its client leaves. */
    public interface Service {
        void serve(SocketChannel channel) throws IOException;
    }

    private static final int LOCKDOWN_PORT = 62078;
    private static final int FIRST_DYNAMIC_PORT = 0xc000;

    private final PhoneSettings settings;
    private final Faults faults = new Faults(this::distrustAll);
    private final Observed observed = new Observed();
    private final SimulatedCable cable;
    private final CompletableFuture<PhoneIdentity> identity = CompletableFuture.supplyAsync(PhoneIdentity::shared);
    /** The certificate that each trusted computer made for this phone, in PEM; empty for the phone's own. */
    private final Map<String, byte[]> trustedHosts = new ConcurrentHashMap<>();

    private final Map<Integer, Service> servicePorts = new ConcurrentHashMap<>();
    private final AtomicInteger nextPort = new AtomicInteger();
    private volatile Optional<UsbPort> usb = Optional.empty();

    /** A phone that hangs on no cable yet. Its key is made in the background. */
    public SimulatedPhone(PhoneSettings settings) {
        this.settings = settings;
        this.cable = new SimulatedCable(settings.link());
    }

    public PhoneSettings settings() {
        return settings;
    }

    /** What goes wrong with this phone, to be set before or while it is used. */
    public Faults faults() {
        return faults;
    }

    /** What this phone has seen so far. */
    public Observed observed() {
        return observed;
    }

    SimulatedCable cable() {
        return cable;
    }

    public PhoneIdentity identity() {
        return identity.join();
    }

    public void hangOn(UsbPort newUsb) {
        usb = Optional.of(newUsb);
    }

    /** Pulls the cable, if there is one, and plugs it in again after a while; zero means never. */
    void pullCable(Duration replugAfter) {
        Optional<UsbPort> socket = usb;
        // The caller is interrupted as soon as its own connection is cut, and would take the listeners' sockets with
        // it.
        CompletableFuture.runAsync(() -> socket.ifPresent(it -> it.unplug().run()))
                .join();
        if (!replugAfter.isZero()) {
            Executor later = CompletableFuture.delayedExecutor(replugAfter.toNanos(), TimeUnit.NANOSECONDS);
            socket.ifPresent(it -> later.execute(() -> it.plug().run()));
        }
    }

    /** A pair record for a computer that this phone trusts from now on. */
    public byte[] trustedRecord(String buid) {
        String hostId = UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
        trust(hostId, new byte[0]);
        return identity().pairRecord(hostId, buid);
    }

    /** @param certificate that the computer made for this phone, in PEM */
    void trust(String hostId, byte[] certificate) {
        trustedHosts.put(hostId, certificate);
    }

    void distrust(String hostId) {
        trustedHosts.remove(hostId);
    }

    void distrustAll() {
        trustedHosts.clear();
    }

    boolean trusts(String hostId) {
        return trustedHosts.containsKey(hostId);
    }

    /** TLS as this computer expects it of this phone. */
    SSLContext tls(String hostId) {
        return identity().tls(trustedHosts.getOrDefault(hostId, new byte[0]));
    }

    /** What listens on a port now. A port that StartService named serves one connection. */
    public Optional<Service> service(int port) {
        if (port == LOCKDOWN_PORT) {
            return Optional.of(new SimulatedLockdown(this)::serve);
        }
        return Optional.ofNullable(servicePorts.remove(port));
    }

    /** Makes room for one AFC connection and returns its port. */
    int startAfc(String hostId) {
        int port = FIRST_DYNAMIC_PORT + nextPort.getAndIncrement() % 16384;
        servicePorts.put(port, channel -> serveAfc(channel, hostId));
        return port;
    }

    private void serveAfc(SocketChannel channel, String hostId) throws IOException {
        try (Wire wire = settings.afcTls() ? TlsWire.accept(channel, tls(hostId)) : new Wire.Plain(channel)) {
            new SimulatedAfc(this, wire).serve();
        }
    }
}
