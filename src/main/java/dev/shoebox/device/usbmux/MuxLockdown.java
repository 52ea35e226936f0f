package dev.shoebox.device.usbmux;

import dev.shoebox.device.transport.Lockdown;
import dev.shoebox.device.transport.LockdownError;
import dev.shoebox.device.transport.ServiceConnection;
import dev.shoebox.plist.PropertyList;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Lockdown in pure Java: messages are a big-endian length and a property list (libimobiledevice,
 * {@code src/lockdown.c}). TLS starts on the same connection once a session has started.
 */
final class MuxLockdown implements Lockdown {
    private static final int PORT = 62078;
    private static final String LABEL = "shoebox";
    private static final int LONGEST = PropertyList.LARGEST;

    private final Usbmux mux;
    private final Usbmux.Device device;
    private final InstantSource clock;
    private final boolean pinned;

    /**
     * The pair record offered to each phone that has not accepted yet: making keys takes a second, and the owner may
     * take minutes.
     */
    private final Map<String, PairRecord> offers;

    private Link link;
    private PairRecord record; // or null

    private MuxLockdown(
            Usbmux mux,
            Usbmux.Device device,
            InstantSource clock,
            boolean pinned,
            Map<String, PairRecord> offers,
            Link link) {
        this.mux = mux;
        this.device = device;
        this.clock = clock;
        this.pinned = pinned;
        this.offers = offers;
        this.link = link;
    }

    /** @param answer the timeout of a response */
    static MuxLockdown open(
            Usbmux mux,
            Usbmux.Device device,
            Duration answer,
            InstantSource clock,
            boolean pinned,
            Map<String, PairRecord> offers)
            throws Refused {
        Link link;
        try {
            link = mux.connect(device, PORT, answer);
        } catch (IOException unreachable) {
            throw new Refused(LockdownError.MUX_ERROR);
        }
        MuxLockdown lockdown = new MuxLockdown(mux, device, clock, pinned, offers, link);
        try {
            lockdown.ask("QueryType", Map.of());
            return lockdown;
        } catch (Refused wedged) {
            lockdown.close();
            throw wedged;
        }
    }

    /** Pairs if there is no record, then starts a session. */
    void startSession() throws Refused {
        PairRecord known = known().isPresent() ? known().get() : pair();
        Map<String, Object> session =
                ask("StartSession", Map.of("HostID", known.hostId(), "SystemBUID", known.systemBuid()));
        if (Boolean.TRUE.equals(session.get("EnableSessionSSL"))) {
            link = secured(link, known);
        }
    }

    /** Returns protocol and cipher suite. */
    @Override
    public Optional<String> encryption() {
        return link instanceof TlsLink tls ? Optional.of(tls.negotiated()) : Optional.empty();
    }

    private Link secured(Link plain, PairRecord known) throws Refused {
        try {
            return TlsLink.over(plain, known.tls(pinned));
        } catch (IOException | GeneralSecurityException | RuntimeException refused) {
            plain.close();
            throw new Refused(
                    isOfAnUnknownPhone(refused) ? LockdownError.UNKNOWN_CERTIFICATE : LockdownError.SSL_ERROR);
        }
    }

    private static boolean isOfAnUnknownPhone(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(PairRecord.UnknownPhoneException.class::isInstance);
    }

    private Optional<PairRecord> known() throws Refused {
        if (record == null) {
            try {
                record = mux.pairRecord(device.udid()).orElse(null);
            } catch (IOException unreadable) {
                throw new Refused(LockdownError.INVALID_CONF);
            }
        }
        return Optional.ofNullable(record);
    }

    private PairRecord pair() throws Refused {
        PairRecord offered = offers.get(device.udid());
        if (offered == null) {
            offered = offer();
            offers.put(device.udid(), offered);
        }
        Map<String, Object> reply = ask("Pair", request(offered));
        if (reply.get("EscrowBag") instanceof byte[] bag) {
            offered = offered.with("EscrowBag", bag);
        }
        try {
            mux.savePairRecord(device, offered);
        } catch (IOException unsaved) {
            throw new Refused(LockdownError.SAVE_PAIR_RECORD_FAILED);
        }
        offers.remove(device.udid());
        record = offered;
        return offered;
    }

    private PairRecord offer() throws Refused {
        byte[] key = get(null, "DevicePublicKey") instanceof byte[] bytes ? bytes : new byte[0];
        Object wifi = value(null, "WiFiAddress");
        try {
            PairRecord made = PairingKeys.record(key, mux.systemBuid(), clock.instant());
            return wifi instanceof String address ? made.with("WiFiMACAddress", address) : made;
        } catch (IOException | GeneralSecurityException unable) {
            throw new Refused(LockdownError.UNKNOWN);
        }
    }

    private static Map<String, Object> request(PairRecord offered) {
        return Map.of(
                "PairRecord",
                offered.shown(),
                "ProtocolVersion",
                "2",
                "PairingOptions",
                Map.of("ExtendedPairingErrors", true));
    }

    @Override
    public Optional<LockdownError> validate() {
        try {
            if (known().isEmpty()) {
                return Optional.of(LockdownError.INVALID_HOST_ID);
            }
            ask("ValidatePair", request(known().get()));
            return Optional.empty();
        } catch (Refused refused) {
            return Optional.of(refused.error());
        }
    }

    @Override
    public void pairAgain() throws Refused {
        pair();
    }

    @Override
    public Optional<String> text(String key) {
        return value(null, key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    @Override
    public OptionalLong number(String domain, String key) {
        return value(domain, key) instanceof Long number && number >= 0
                ? OptionalLong.of(number)
                : OptionalLong.empty();
    }

    /** Returns a value; null if the phone does not provide it. */
    private Object value(String domain, String key) {
        try {
            return get(domain, key);
        } catch (Refused untold) {
            return Optional.empty();
        }
    }

    private Object get(String domain, String key) throws Refused {
        Map<String, Object> question = new LinkedHashMap<>();
        if (domain != null) {
            question.put("Domain", domain);
        }
        question.put("Key", key);
        return ask("GetValue", question).getOrDefault("Value", Optional.empty());
    }

    @Override
    public ServiceConnection service(String name, Duration silence) throws Refused {
        Map<String, Object> reply = ask("StartService", Map.of("Service", name));
        if (!(reply.get("Port") instanceof Long port) || port < 1 || port > 0xffff) {
            throw new Refused(LockdownError.UNINTELLIGIBLE);
        }
        Link service;
        try {
            service = mux.connect(device, port.intValue(), silence);
        } catch (IOException unreachable) {
            throw new Refused(LockdownError.MUX_ERROR);
        }
        boolean tls = Boolean.TRUE.equals(reply.get("EnableServiceSSL"));
        return new MuxConnection(tls ? secured(service, known().orElseThrow()) : service);
    }

    private Map<String, Object> ask(String request, Map<String, ?> values) throws Refused {
        Map<String, Object> question = new LinkedHashMap<>(values);
        question.put("Label", LABEL);
        question.put("Request", request);
        byte[] body = PropertyList.xml(question);
        ByteBuffer message = ByteBuffer.allocate(Integer.BYTES + body.length);
        Map<String, Object> answer;
        try {
            link.write(message.putInt(body.length).put(body).flip());
            ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
            link.fill(length);
            int bytes = length.flip().getInt();
            if (bytes < 0 || bytes > LONGEST) {
                throw new Refused(LockdownError.UNINTELLIGIBLE);
            }
            ByteBuffer text = ByteBuffer.allocate(bytes);
            link.fill(text);
            answer = PropertyList.dictionary(text.array()).orElseThrow(() -> new Refused(LockdownError.UNINTELLIGIBLE));
        } catch (SocketTimeoutException silent) {
            throw new Refused(LockdownError.NO_ANSWER);
        } catch (IOException broken) {
            throw new Refused(LockdownError.MUX_ERROR);
        }
        if (!request.equals(answer.get("Request"))) {
            throw new Refused(LockdownError.UNINTELLIGIBLE);
        }
        if (answer.get("Error") instanceof String error) {
            throw new Refused(LockdownError.named(error));
        }
        return answer;
    }

    @Override
    public void close() {
        link.close();
    }
}
