package dev.shoebox.simulator.phone;

import com.dd.plist.NSData;
import com.dd.plist.NSDictionary;
import dev.shoebox.simulator.wire.PropertyLists;
import dev.shoebox.simulator.wire.TlsWire;
import dev.shoebox.simulator.wire.Wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One connection to the phone's lockdownd: checks permissions and starts services. */
final class SimulatedLockdown {
    private final SimulatedPhone phone;
    private final PhoneValues values;
    private boolean inSession;
    private String host = "";

    SimulatedLockdown(SimulatedPhone phone) {
        this.phone = phone;
        this.values = new PhoneValues(phone.settings(), phone.faults(), phone::identity);
    }

    void serve(SocketChannel channel) throws IOException {
        Wire wire = new Wire.Plain(channel);
        while (true) {
            ByteBuffer length = ByteBuffer.allocate(4);
            try {
                wire.fill(length);
            } catch (java.io.EOFException e) {
                if (wire instanceof TlsWire tls) {
                    wire = tls.plain();
                    continue;
                }
                return;
            }
            int size = length.flip().getInt();
            if (size < 0 || size > PropertyLists.LONGEST_MESSAGE) {
                return;
            }
            ByteBuffer body = ByteBuffer.allocate(size);
            wire.fill(body);
            NSDictionary request = PropertyLists.dictionary(body.array());
            Map<String, Object> reply = answer(request);
            send(wire, reply);
            if (Boolean.TRUE.equals(reply.get("EnableSessionSSL"))) {
                if (phone.faults().tlsFails()) {
                    return;
                }
                wire = TlsWire.accept(channel, phone.tls(host));
            }
        }
    }

    private void send(Wire wire, Map<String, Object> reply) throws IOException {
        try {
            phone.cable().await(phone.cable().ready(System.nanoTime()), false);
        } catch (InterruptedException e) {
            throw new IOException("The phone was switched off", e);
        }
        byte[] body = PropertyLists.xml(reply);
        wire.write(ByteBuffer.allocate(4 + body.length)
                .putInt(body.length)
                .put(body)
                .flip());
    }

    private Map<String, Object> answer(NSDictionary request) {
        String name = PropertyLists.text(request, "Request");
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("Request", name);
        Optional<String> refusal = phone.faults().refusalOf(name);
        if (refusal.isPresent()) {
            reply.put("Error", refusal.get());
            return reply;
        }
        switch (name) {
            case "QueryType" -> reply.put("Type", "com.apple.mobile.lockdown");
            case "GetValue" -> getValue(request, reply);
            case "Pair" -> pair(request, reply);
            case "ValidatePair" -> validatePair(request, reply);
            case "Unpair" -> {
                phone.observed().unpairing();
                unpair(request, reply);
            }
            case "StartSession" -> startSession(request, reply);
            case "StopSession" -> inSession = false;
            case "StartService" -> startService(request, reply);
            case "Goodbye" -> reply.put("Result", "Success");
            case "SetValue", "RemoveValue", "EnterRecovery", "Activate", "Deactivate" -> {
                phone.observed().writeRefused();
                reply.put("Error", "SetProhibited");
            }
            default -> reply.put("Error", "InvalidRequest");
        }
        return reply;
    }

    private void getValue(NSDictionary request, Map<String, Object> reply) {
        String domain = PropertyLists.text(request, "Domain");
        String key = PropertyLists.text(request, "Key");
        if (!domain.isEmpty()) {
            reply.put("Domain", domain);
        }
        if (!key.isEmpty()) {
            reply.put("Key", key);
        }
        Map<String, Object> known = values.domain(domain, inSession);
        if (key.isEmpty()) {
            reply.put("Value", known);
        } else if (known.containsKey(key)) {
            reply.put("Value", known.get(key));
        } else {
            boolean secret = values.domain(domain, true).containsKey(key);
            reply.put("Error", secret ? "GetProhibited" : "MissingValue");
        }
    }

    private void pair(NSDictionary request, Map<String, Object> reply) {
        Optional<String> refusal = phone.faults().refusalToPair();
        String hostId = hostOf(request);
        if (hostId.isEmpty()) {
            reply.put("Error", "InvalidPairRecord");
        } else if (refusal.isPresent() && !phone.trusts(hostId)) {
            reply.put("Error", refusal.get());
        } else {
            NSDictionary record = PropertyLists.child(request, "PairRecord");
            phone.trust(hostId, record.get("DeviceCertificate") instanceof NSData data ? data.bytes() : new byte[0]);
            phone.observed().pairing();
            reply.put("EscrowBag", new byte[32]);
        }
    }

    private void validatePair(NSDictionary request, Map<String, Object> reply) {
        refusalOf(hostOf(request)).ifPresent(error -> reply.put("Error", error));
    }

    private void unpair(NSDictionary request, Map<String, Object> reply) {
        String hostId = hostOf(request);
        if (phone.trusts(hostId)) {
            phone.distrust(hostId);
        } else {
            reply.put("Error", "InvalidHostID");
        }
    }

    private static String hostOf(NSDictionary request) {
        return PropertyLists.text(PropertyLists.child(request, "PairRecord"), "HostID");
    }

    private void startSession(NSDictionary request, Map<String, Object> reply) {
        Optional<String> refusal = refusalOf(PropertyLists.text(request, "HostID"));
        if (refusal.isPresent()) {
            reply.put("Error", refusal.get());
        } else if (inSession) {
            reply.put("Error", "SessionActive");
        } else {
            inSession = true;
            host = PropertyLists.text(request, "HostID");
            reply.put("SessionID", UUID.randomUUID().toString());
            reply.put("EnableSessionSSL", phone.settings().encryption().session());
        }
    }

    private Optional<String> refusalOf(String hostId) {
        if (phone.faults().isLocked()) {
            return Optional.of("PasswordProtected");
        }
        return phone.trusts(hostId) ? Optional.empty() : Optional.of("InvalidHostID");
    }

    private void startService(NSDictionary request, Map<String, Object> reply) {
        String service = PropertyLists.text(request, "Service");
        if (!inSession) {
            reply.put("Error", "SessionInactive");
        } else if (phone.faults().isLocked()) {
            reply.put("Error", "PasswordProtected");
        } else if (phone.observed().liveAfcConnections() >= phone.faults().connectionLimit()
                || (service.equals(SimulatedPhone.HOUSE_ARREST) && phone.apps().isFull())) {
            reply.put("Error", "ServiceLimit");
        } else {
            Optional<Integer> port = phone.start(service, host);
            if (port.isEmpty()) {
                reply.put("Error", "InvalidService");
            } else {
                reply.put("Service", service);
                reply.put("Port", port.get());
                reply.put("EnableServiceSSL", phone.settings().encryption().afc());
            }
        }
    }
}
