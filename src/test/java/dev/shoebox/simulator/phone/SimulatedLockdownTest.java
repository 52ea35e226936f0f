package dev.shoebox.simulator.phone;

import com.dd.plist.NSDictionary;
import com.google.common.jimfs.Jimfs;
import dev.shoebox.simulator.TinyClient;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.usb.SimulatedUsb;
import dev.shoebox.simulator.wire.PropertyLists;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SimulatedLockdownTest {
    private static final Map<String, Object> PAIR = Map.of("Request", "Pair", "PairRecord", Map.of("HostID", "tiny"));
    private static final Map<String, Object> START_SESSION = Map.of("Request", "StartSession", "HostID", "tiny");
    private static final Map<String, Object> START_AFC = Map.of("Request", "StartService", "Service", "com.apple.afc");

    private final SimulatedPhone phone = new SimulatedPhone(
            PhoneSettings.of(Libraries.folder(Jimfs.newFileSystem().getPath("").toAbsolutePath()))
                    .with(new PhoneSettings.Encryption(false, true)));
    private SimulatedUsb usb;
    private TinyClient client;

    @BeforeEach
    void connect() throws IOException {
        usb = SimulatedUsb.start("127.0.0.1:0");
        usb.plug(phone);
        client = new TinyClient(usb);
        client.connect(TinyClient.deviceId(usb), TinyClient.LOCKDOWN_PORT);
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
        usb.close();
    }

    private String error(Map<String, ?> request) throws IOException {
        NSDictionary reply = client.lockdown(request);
        assertEquals(request.get("Request"), PropertyLists.text(reply, "Request"));
        return PropertyLists.text(reply, "Error");
    }

    @Test
    void everyReplyEchoesItsRequest() throws IOException {
        NSDictionary reply = client.lockdown(Map.of("Request", "QueryType"));
        assertEquals("QueryType", PropertyLists.text(reply, "Request"));
        assertEquals("com.apple.mobile.lockdown", PropertyLists.text(reply, "Type"));
        assertEquals("InvalidRequest", error(Map.of("Request", "Dance")));
    }

    @Test
    void strangersSeeTheNameButNotTheBattery() throws IOException {
        Map<String, String> battery =
                Map.of("Request", "GetValue", "Domain", "com.apple.mobile.battery", "Key", "BatteryCurrentCapacity");
        assertEquals("", error(Map.of("Request", "GetValue", "Key", "DeviceName")));
        assertEquals("MissingValue", error(Map.of("Request", "GetValue", "Key", "Nonsense")));
        assertEquals("GetProhibited", error(battery));
        client.lockdown(PAIR);
        client.lockdown(START_SESSION);
        assertEquals("", error(battery));
    }

    @Test
    void aWholeDomainComesAsADictionary() throws IOException {
        client.lockdown(PAIR);
        client.lockdown(START_SESSION);
        NSDictionary reply = client.lockdown(Map.of("Request", "GetValue", "Domain", "com.apple.disk_usage"));
        assertEquals("64000000000", PropertyLists.text(PropertyLists.child(reply, "Value"), "TotalDataAvailable"));
    }

    @Test
    void theTrustDialogIsAnsweredAfterSoManyTries() throws IOException {
        phone.faults().trustPending(2);
        assertEquals("PairingDialogResponsePending", error(PAIR));
        assertEquals("PairingDialogResponsePending", error(PAIR));
        assertEquals("", error(PAIR));
        assertEquals("", error(START_SESSION));
    }

    @Test
    void aDeniedComputerStaysDenied() throws IOException {
        phone.faults().denyPairing();
        assertEquals("UserDeniedPairing", error(PAIR));
        assertEquals("UserDeniedPairing", error(PAIR));
    }

    @Test
    void aLockedPhoneRefusesUntilItIsUnlocked() throws IOException {
        phone.faults().lock();
        assertEquals("PasswordProtected", error(PAIR));
        phone.faults().unlock();
        client.lockdown(PAIR);
        phone.faults().lock();
        assertEquals("PasswordProtected", error(START_SESSION));
        phone.faults().unlock();
        assertEquals("", error(START_SESSION));
    }

    @Test
    void aRecordGoesStaleWhenThePhoneForgets() throws IOException {
        client.lockdown(PAIR);
        phone.faults().forgetComputers();
        assertEquals("InvalidHostID", error(START_SESSION));
        client.lockdown(PAIR);
        assertEquals("", error(START_SESSION));
    }

    @Test
    void noServiceStartsWithoutASession() throws IOException {
        assertEquals("SessionInactive", error(START_AFC));
    }

    @Test
    void onlySoManyConnectionsAreServedAtOnce() throws IOException {
        phone.faults().connectionLimit(1);
        try (TinyClient first = TinyClient.afc(usb, phone)) {
            first.ask(0x0b);
            IOException refused = assertThrows(IOException.class, () -> TinyClient.afc(usb, phone));
            assertEquals("ServiceLimit", refused.getMessage());
        }
    }

    @Test
    void whateverWouldChangeThePhoneIsCountedAndRefused() throws IOException {
        assertEquals("SetProhibited", error(Map.of("Request", "SetValue", "Key", "DeviceName", "Value", "x")));
        assertEquals(1, phone.observed().writeOperations());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void afterStopSessionTheConnectionContinuesUnencrypted(boolean tls) throws IOException {
        SimulatedPhone other = new SimulatedPhone(phone.settings().with(new PhoneSettings.Encryption(tls, false)));
        usb.unplug(phone);
        usb.plug(other);
        try (TinyClient session = TinyClient.session(usb, other, TinyClient.deviceId(usb))) {
            assertFalse(session.lockdown(START_SESSION).get("Error") == null, "a second session at once");
            session.lockdown(Map.of("Request", "StopSession"));
            if (tls) {
                session.stopTls();
            }
            assertEquals("StartSession", PropertyLists.text(session.lockdown(START_SESSION), "Request"));
        }
    }

    @Test
    void aPropertyListThatNamesFilesIsNotRead() throws IOException {
        byte[] evil =
                "<?xml version=\"1.0\"?><!DOCTYPE plist [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><plist><dict><key>Request</key><string>&x;</string></dict></plist>"
                        .getBytes(StandardCharsets.UTF_8);
        client.raw(new byte[] {0, 0, 0, (byte) evil.length});
        client.raw(evil);
        assertTrue(evil.length < 256);
        assertThrows(EOFException.class, client::readByte);
    }
}
