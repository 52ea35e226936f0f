package dev.shoebox.watch;

import dev.shoebox.device.usbmux.MuxAddress;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Phones and a daemon that come and go, through a simulated usbmuxd. */
class UsbmuxListenerTest {
    private static final Duration SOON = Duration.ofMillis(10);

    @TempDir
    private Path folder;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private String address;
    private SimulatedUsb usb;
    private SimulatedPhone phone;
    private UsbmuxListener cables;

    @BeforeEach
    void listen() throws IOException {
        address = "UNIX:" + folder.resolve("mux");
        usb = SimulatedUsb.start(address);
        phone = new SimulatedPhone(PhoneSettings.of(Libraries.generated(GeneratedLibrary.photos(1, 1000))));
        cables = new UsbmuxListener(
                new MuxAddress(address),
                new UsbmuxListener.Listener() {
                    @Override
                    public void plugged(String udid) {
                        events.add("plugged " + udid);
                    }

                    @Override
                    public void pulled(String udid) {
                        events.add("pulled " + udid);
                    }

                    @Override
                    public void nobodyAnswers() {
                        events.add("nobody");
                    }
                },
                SOON,
                SOON);
        cables.start();
    }

    @AfterEach
    void end() {
        cables.close();
        usb.close();
    }

    private String next() throws InterruptedException {
        String event = events.poll(20, TimeUnit.SECONDS);
        return event == null ? "nothing" : event;
    }

    private String nextButNobody() throws InterruptedException {
        String event = next();
        while (event.equals("nobody")) {
            event = next();
        }
        return event;
    }

    /** Java opens files of its own at any time, but no sockets. */
    private static long handles() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(UsbmuxListenerTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString().startsWith("socket:");
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void aHundredPlugsAreSeenOnceEachAndLeaveNothingBehind() throws Exception {
        String udid = phone.settings().udid();
        usb.plug(phone);
        assertEquals("plugged " + udid, nextButNobody());
        usb.unplug(phone);
        assertEquals("pulled " + udid, next());
        boolean isLinux = Files.isDirectory(Path.of("/proc/self/fd"));
        long handles = isLinux ? handles() : 0;
        int threads = Thread.activeCount();

        for (int plug = 1; plug <= 100; plug++) {
            usb.plug(phone);
            assertEquals("plugged " + udid, next());
            usb.unplug(phone);
            assertEquals("pulled " + udid, next());
        }

        assertTrue(events.isEmpty(), events.toString());
        assertTrue(Thread.activeCount() <= threads, "threads: " + Thread.activeCount() + " after " + threads);
        assertTrue(!isLinux || handles() <= handles, "handles");
    }

    @Test
    void aDaemonThatExitsWithTheLastPhoneIsFoundAgainWhenItComesBack() throws Exception {
        String udid = phone.settings().udid();
        usb.plug(phone);
        assertEquals("plugged " + udid, nextButNobody());
        for (int times = 0; times < 20; times++) {
            usb.close();
            String gone = next();
            assertTrue(gone.equals("nobody") || gone.startsWith("pulled"), gone);
            usb = SimulatedUsb.start(address);
            usb.plug(phone);
            String event = next();
            while (!event.startsWith("plugged")) {
                event = next();
            }
            assertEquals("plugged " + udid, event);
        }
    }

    @Test
    void aPhoneOnTheNetworkIsNotOneOnACable() throws Exception {
        usb.plugOverNetwork(phone);
        SimulatedPhone other =
                new SimulatedPhone(PhoneSettings.of(Libraries.generated(GeneratedLibrary.photos(1, 1000)))
                        .withUdid("0".repeat(40)));
        usb.plug(other);

        assertEquals("plugged " + "0".repeat(40), nextButNobody());
    }

    @Test
    void theAddressIsThatOfLibimobiledevice() {
        assertEquals(
                address,
                MuxAddress.of(Map.of("USBMUXD_SOCKET_ADDRESS", address)).text());
        assertThrows(IOException.class, () -> new MuxAddress("nonsense").connect());
        assertThrows(IOException.class, () -> new MuxAddress("127.0.0.1:notaport").connect());
    }

    @Test
    void onlyPropertyListsAreMessages() {
        for (String text : new String[] {
            "", "bplist00", "<plist><dict><key>", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>"
        }) {
            assertThrows(IOException.class, () -> MuxMessage.parse(text.getBytes(StandardCharsets.UTF_8)), text);
        }
    }

    @Test
    void invalidTextInAMessageIsReplacedSilently() throws IOException {
        byte[] message = "<plist><dict><key>MessageType</key><string>\u00ff</string></dict></plist>"
                .getBytes(StandardCharsets.ISO_8859_1);
        PrintStream err = System.err;
        var said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertTrue(MuxMessage.parse(message).is("\uFFFD"));
        } finally {
            System.setErr(err);
        }
        assertEquals("", said.toString(StandardCharsets.UTF_8));
    }
}
