package dev.shoebox.simulator;

import com.dd.plist.NSArray;
import com.dd.plist.NSDictionary;
import com.google.common.jimfs.Jimfs;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import dev.shoebox.simulator.wire.PropertyLists;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.EOFException;
import java.io.IOException;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class UsbTest {
    private static final Map<String, String> LIST = Map.of("MessageType", "ListDevices");

    private final SimulatedLibrary library =
            Libraries.folder(Jimfs.newFileSystem().getPath("").toAbsolutePath());
    private final SimulatedPhone phone = new SimulatedPhone(PhoneSettings.of(library));
    private SimulatedUsb usb;

    @BeforeEach
    void startUsb() throws IOException {
        usb = SimulatedUsb.start("127.0.0.1:0");
    }

    @AfterEach
    void stopUsb() {
        usb.close();
    }

    @Test
    void aListenerReceivesPhonesThatComeAndGo() throws IOException {
        usb.plug(phone);
        try (TinyClient listener = new TinyClient(usb)) {
            assertEquals(0, TinyClient.number(listener.mux(9, Map.of("MessageType", "Listen")), "Number"));
            NSDictionary first = listener.nextMux(0);
            assertEquals("Attached", PropertyLists.text(first, "MessageType"));
            usb.unplug(phone);
            NSDictionary gone = listener.nextMux(0);
            assertEquals("Detached", PropertyLists.text(gone, "MessageType"));
            assertEquals(TinyClient.number(first, "DeviceID"), TinyClient.number(gone, "DeviceID"));
            usb.plug(phone);
            NSDictionary second = listener.nextMux(0);
            assertEquals("Attached", PropertyLists.text(second, "MessageType"));
            assertNotEquals(TinyClient.number(first, "DeviceID"), TinyClient.number(second, "DeviceID"));
        }
    }

    @Test
    void aSavedPairRecordIsAnnouncedAndReadBack() throws IOException {
        usb.plug(phone);
        byte[] record = {1, 2, 3};
        try (TinyClient listener = new TinyClient(usb);
                TinyClient client = new TinyClient(usb)) {
            listener.mux(9, Map.of("MessageType", "Listen"));
            listener.nextMux(0);
            Map<String, Object> save = Map.of(
                    "MessageType", "SavePairRecord", "PairRecordID", "x", "PairRecordData", record, "DeviceID", 1);
            assertEquals(0, TinyClient.number(client.mux(1, save), "Number"));
            assertEquals("Paired", PropertyLists.text(listener.nextMux(0), "MessageType"));
            Map<String, Object> read = Map.of("MessageType", "ReadPairRecord", "PairRecordID", "x");
            assertArrayEquals(record, TinyClient.bytes(client.mux(2, read), "PairRecordData"));
            client.mux(3, Map.of("MessageType", "DeletePairRecord", "PairRecordID", "x"));
            assertEquals(2, TinyClient.number(client.mux(4, read), "Number"));
        }
    }

    @Test
    void severalPhonesAndTheSameOneOverWifiAreListedApart() throws IOException {
        usb.plug(phone);
        usb.plugOverNetwork(phone);
        usb.plug(new SimulatedPhone(PhoneSettings.of(library).withUdid("0123456789abcdef0123456789abcdef01234567")));
        try (TinyClient client = new TinyClient(usb)) {
            NSArray list = (NSArray) client.mux(1, LIST).get("DeviceList");
            assertEquals(3, list.count());
            NSDictionary wifi = PropertyLists.child((NSDictionary) list.objectAtIndex(1), "Properties");
            assertEquals("Network", PropertyLists.text(wifi, "ConnectionType"));
            assertEquals(phone.settings().udid(), PropertyLists.text(wifi, "SerialNumber"));
        }
    }

    @Test
    void connectingToNothingIsRefused() throws IOException {
        usb.plug(phone);
        int deviceId = TinyClient.deviceId(usb);
        try (TinyClient client = new TinyClient(usb)) {
            assertEquals(2, client.connect(deviceId + 1, TinyClient.LOCKDOWN_PORT));
            assertEquals(3, client.connect(deviceId, 1));
            assertEquals(0, client.connect(deviceId, TinyClient.LOCKDOWN_PORT));
        }
    }

    @Test
    void unpluggingCutsConnectionsThatWait() throws Exception {
        usb.plug(phone);
        try (TinyClient client = new TinyClient(usb)) {
            client.connect(TinyClient.deviceId(usb), TinyClient.LOCKDOWN_PORT);
            client.lockdown(Map.of("Request", "QueryType"));
            usb.unplug(phone);
            assertThrows(IOException.class, () -> client.lockdown(Map.of("Request", "QueryType")));
        }
    }

    @Test
    void aPhonePairedFromTheStartHasARecordThatItsLockdownAccepts() throws Exception {
        SimulatedPhone paired = new SimulatedPhone(PhoneSettings.of(library).withPaired(true));
        usb.plug(paired);
        try (TinyClient mux = new TinyClient(usb);
                TinyClient lockdown = new TinyClient(usb)) {
            Map<String, String> read = Map.of(
                    "MessageType",
                    "ReadPairRecord",
                    "PairRecordID",
                    paired.settings().udid());
            NSDictionary record = PropertyLists.dictionary(TinyClient.bytes(mux.mux(1, read), "PairRecordData"));
            lockdown.connect(TinyClient.deviceId(usb), TinyClient.LOCKDOWN_PORT);
            NSDictionary session = lockdown.lockdown(
                    Map.of("Request", "StartSession", "HostID", PropertyLists.text(record, "HostID")));
            assertEquals("true", PropertyLists.text(session, "EnableSessionSSL"));
        }
    }

    @Test
    void aMessageOfAnImpossibleLengthEndsTheConversation() throws IOException {
        try (TinyClient client = new TinyClient(usb)) {
            client.raw(new byte[] {-1, -1, -1, 127, 1, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0});
            assertThrows(EOFException.class, client::readByte);
        }
    }
}
