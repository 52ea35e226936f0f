package dev.shoebox.simulator.phone;

import com.dd.plist.NSDictionary;
import dev.shoebox.simulator.apps.InstalledApps;
import dev.shoebox.simulator.wire.PhoneIdentity;
import dev.shoebox.simulator.wire.PropertyListFrames;
import dev.shoebox.simulator.wire.SimulatedCable;
import dev.shoebox.simulator.wire.TlsWire;
import dev.shoebox.simulator.wire.Wire;

import javax.net.ssl.SSLContext;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A simulated iPhone: lockdownd, pairing, TLS and AFC over a library and over the documents of apps, with faults that
 * can be set while it runs.
 *
 * <p>Responds to libimobiledevice as iOS does. Never changes its library: requests to do so are counted and refused.
 */
public final class SimulatedPhone {
    /** Serves one client of a port. */
    public interface Service {
        void serve(SocketChannel channel) throws IOException;
    }

    /** A conversation with a service, encrypted or not. */
    private interface Talk {
        void serve(Wire wire) throws IOException;
    }

    static final String HOUSE_ARREST = "com.apple.mobile.house_arrest";

    private static final String AFC = "com.apple.afc";
    private static final String INSTALLATION_PROXY = "com.apple.mobile.installation_proxy";

    private static final int LOCKDOWN_PORT = 62078;
    private static final int FIRST_DYNAMIC_PORT = 0xc000;

    private final PhoneSettings settings;
    private final Faults faults = new Faults(this::distrustAll);
    private final Observed observed = new Observed();
    private final InstalledApps apps = new InstalledApps();
    private final SimulatedCable cable;
    private final CompletableFuture<PhoneIdentity> identity = CompletableFuture.supplyAsync(PhoneIdentity::shared);
    /** The certificate that each trusted computer made for this phone, in PEM; empty for the phone's own. */
    private final Map<String, byte[]> trustedHosts = new ConcurrentHashMap<>();

    private final Map<Integer, Service> servicePorts = new ConcurrentHashMap<>();
    private final AtomicInteger nextPort = new AtomicInteger();
    private volatile UsbPort usb = UsbPort.NONE;

    /** Creates a phone without a cable. Its key is generated in the background. */
    public SimulatedPhone(PhoneSettings settings) {
        this.settings = settings;
        this.cable = new SimulatedCable(settings.link());
    }

    public PhoneSettings settings() {
        return settings;
    }

    /** Returns the faults of this phone, to be set before or during its use. */
    public Faults faults() {
        return faults;
    }

    /** Returns what this phone has seen so far. */
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
        usb = newUsb;
    }

    /** Pulls the cable, if there is one, and plugs it in again after a delay; zero means never. */
    void pullCable(Duration replugAfter) {
        UsbPort socket = usb;
        // The calling thread is interrupted as soon as its own connection is cut, which would close the listening
        // sockets as well.
        CompletableFuture.runAsync(socket.unplug()).join();
        if (!replugAfter.isZero()) {
            CompletableFuture.delayedExecutor(replugAfter.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(socket.plug());
        }
    }

    /** Returns a pair record for a computer, which this phone trusts from now on. */
    public byte[] trustedRecord(String buid) {
        String hostId = UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
        trust(hostId, new byte[0]);
        return identity().pairRecord(hostId, buid);
    }

    /** @param certificate the certificate that the computer made for this phone, in PEM */
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

    /** Returns TLS as this computer expects it of this phone. */
    SSLContext tls(String hostId) {
        return identity().tls(trustedHosts.getOrDefault(hostId, new byte[0]));
    }

    /** Returns the service on a port. A port that StartService returned serves one connection. */
    public Optional<Service> service(int port) {
        if (port == LOCKDOWN_PORT) {
            return Optional.of(new SimulatedLockdown(this)::serve);
        }
        return Optional.ofNullable(servicePorts.remove(port));
    }

    /** Returns its apps. */
    public InstalledApps apps() {
        return apps;
    }

    /** Opens a port for one connection to a service; empty if there is no such service. */
    Optional<Integer> start(String service, String hostId) {
        Talk talk =
                switch (service) {
                    case AFC -> wire -> new SimulatedAfc(this, wire, settings.library()).serve();
                    case HOUSE_ARREST -> this::serveHouseArrest;
                    case INSTALLATION_PROXY -> this::serveInstallationProxy;
                    default -> null;
                };
        if (talk == null) {
            return Optional.empty();
        }
        int port = FIRST_DYNAMIC_PORT + nextPort.getAndIncrement() % 16384;
        servicePorts.put(port, channel -> {
            try (Wire wire =
                    settings.encryption().afc() ? TlsWire.accept(channel, tls(hostId)) : new Wire.Plain(channel)) {
                talk.serve(wire);
            }
        });
        return Optional.of(port);
    }

    /** Serves one request, and AFC afterwards. After a refusal, sends nothing until the client leaves. */
    private void serveHouseArrest(Wire wire) throws IOException {
        apps.connected();
        try {
            InstalledApps.Vended vended = apps.vend(PropertyListFrames.read(wire));
            PropertyListFrames.write(wire, vended.answer());
            if (vended.files().isPresent()) {
                new SimulatedAfc(this, wire, vended.files().get()).serve();
            } else {
                ByteBuffer ignored = ByteBuffer.allocate(1 << 10);
                while (wire.read(ignored.clear()) >= 0) {
                    // Nobody is connected any more.
                }
            }
        } finally {
            apps.disconnected();
        }
    }

    private void serveInstallationProxy(Wire wire) throws IOException {
        try {
            while (true) {
                NSDictionary request = PropertyListFrames.read(wire);
                if (InstalledApps.isChange(request)) {
                    observed.writeRefused();
                }
                for (Map<String, Object> message : apps.proxied(request)) {
                    PropertyListFrames.write(wire, message);
                }
            }
        } catch (EOFException left) {
            // Every client ends this way.
        }
    }
}
