package dev.shoebox.simulator.wire;

import dev.shoebox.simulator.TinyClient;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** On a busy computer, a link may be slower than its speed, but never faster. */
class LinkSpeedTest {
    private static final int FILE_INFO = 0x0a;
    private static final int FILE_READ = 0x0f;
    private static final String PHOTO = "DCIM/100APPLE/IMG_0001.JPG";
    private static final long MILLION = 1_000_000;

    private interface Work {
        void on(TinyClient afc, SimulatedUsb usb, SimulatedPhone phone) throws Exception;
    }

    private static double seconds(LinkSpeed link, Work work) throws Exception {
        SimulatedLibrary library = Libraries.generated(GeneratedLibrary.photos(2, 100 * MILLION));
        SimulatedPhone phone = new SimulatedPhone(PhoneSettings.of(library)
                .with(new PhoneSettings.Encryption(false, false))
                .withLink(link));
        try (SimulatedUsb usb = SimulatedUsb.start("127.0.0.1:0")) {
            usb.plug(phone);
            try (TinyClient afc = TinyClient.afc(usb, phone)) {
                long start = System.nanoTime();
                work.on(afc, usb, phone);
                return (System.nanoTime() - start) / 1e9;
            }
        }
    }

    /** There is no upper bound: a busy computer may take any time. */
    private static void assertTakesAtLeast(double expected, double seconds) {
        assertTrue(seconds >= expected * 0.98, seconds + " s is faster than " + expected);
    }

    private static void read(TinyClient afc, int blocks) throws IOException {
        long handle = afc.open(PHOTO);
        for (int i = 0; i < blocks; i++) {
            afc.send(i, FILE_READ, handle, MILLION);
        }
        for (int i = 0; i < blocks; i++) {
            afc.receive();
        }
    }

    @Test
    void bytesTakeTheTimeThatTheirNumberImplies() throws Exception {
        LinkSpeed link = LinkSpeed.unlimited().withBytesPerSecond(40 * MILLION);
        assertTakesAtLeast(0.5, seconds(link, (afc, usb, phone) -> read(afc, 20)));
    }

    @Test
    void bandwidthIsSharedByConnections() throws Exception {
        LinkSpeed link = LinkSpeed.unlimited().withBytesPerSecond(40 * MILLION);
        assertTakesAtLeast(0.5, seconds(link, (afc, usb, phone) -> {
            try (TinyClient second = TinyClient.afc(usb, phone)) {
                Thread other = new Thread(() -> {
                    try {
                        read(second, 10);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
                other.start();
                read(afc, 10);
                other.join();
            }
        }));
    }

    @Test
    void latencyIsWaitedForTogether() throws Exception {
        LinkSpeed link = LinkSpeed.unlimited().withLatencyPerRequest(Duration.ofMillis(200));
        double together = seconds(link, (afc, usb, phone) -> {
            for (int i = 0; i < 100; i++) {
                afc.send(i, FILE_INFO, PHOTO);
            }
            for (int i = 0; i < 100; i++) {
                afc.receive();
            }
            assertTrue(phone.observed().deepestPipeline() > 50, "they were sent ahead");
        });
        assertTakesAtLeast(0.2, together);
        assertTrue(together < 10, together + " s; one after the other takes 20 s");
    }

    @Test
    void latencyIsWaitedForOneByOneByWhoAsksOneByOne() throws Exception {
        LinkSpeed link = LinkSpeed.unlimited().withLatencyPerRequest(Duration.ofMillis(10));
        assertTakesAtLeast(0.3, seconds(link, (afc, usb, phone) -> {
            for (int i = 0; i < 30; i++) {
                afc.ask(FILE_INFO, PHOTO);
            }
        }));
    }

    @Test
    void workOnThePhoneIsDoneOneThingAfterTheOther() throws Exception {
        LinkSpeed link = LinkSpeed.unlimited().withDeviceTimePerRequest(Duration.ofMillis(5));
        assertTakesAtLeast(0.4, seconds(link, (afc, usb, phone) -> {
            for (int i = 0; i < 80; i++) {
                afc.send(i, FILE_INFO, PHOTO);
            }
            for (int i = 0; i < 80; i++) {
                afc.receive();
            }
        }));
    }

    @Test
    void aLinkWithoutSpeedIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> LinkSpeed.usb2().withBytesPerSecond(0));
        assertThrows(
                IllegalArgumentException.class, () -> LinkSpeed.usb2().withLatencyPerRequest(Duration.ofMillis(-1)));
    }
}
