package dev.shoebox.device.usbmux;

import dev.shoebox.device.transport.Lockdown;
import dev.shoebox.device.transport.LockdownError;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Promises of the Java transport alone; the tests of the device run over it, too. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MuxTransportTest {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private SimulatedUsb usb;
    private SimulatedPhone phone;
    private MuxAddress address;

    @BeforeEach
    void plugIn() throws IOException {
        usb = SimulatedUsb.start("UNIX:" + folder.resolve("mux"));
        phone = new SimulatedPhone(PhoneSettings.of(Libraries.folder(folder))
                .withPaired(true)
                .with(new PhoneSettings.Encryption(true, true)));
        usb.plug(phone);
        address = new MuxAddress(usb.address());
    }

    @AfterEach
    void unplug() {
        usb.close();
    }

    private MuxTransport transport(boolean pinned) {
        return new MuxTransport(address, ANSWER, InstantSource.system(), pinned);
    }

    private String udid() {
        return phone.settings().udid();
    }

    private static byte[] anyKey() {
        BigInteger modulus = BigInteger.TWO.pow(2047).add(BigInteger.ONE);
        return PairRecord.pem(
                "RSA PUBLIC KEY", Der.sequence(Der.integer(modulus), Der.integer(BigInteger.valueOf(65537))));
    }

    private byte[] keyOfThePhone() throws Exception {
        PairRecord own = new Usbmux(address, ANSWER).pairRecord(udid()).orElseThrow();
        byte[] certificate = PairRecord.fromPem((byte[]) own.shown().get("DeviceCertificate"));
        var key = (RSAPublicKey) LockdownCertificate.parse(certificate).getPublicKey();
        return PairRecord.pem(
                "RSA PUBLIC KEY", Der.sequence(Der.integer(key.getModulus()), Der.integer(key.getPublicExponent())));
    }

    /** Replaces the certificates with which this phone was paired by others for that key. */
    private void exchangeRecord(byte[] key) throws Exception {
        Usbmux mux = new Usbmux(address, ANSWER);
        PairRecord own = mux.pairRecord(udid()).orElseThrow();
        PairRecord other = PairingKeys.record(key, own.systemBuid(), Instant.EPOCH);
        PairRecord mixed = own.with("DeviceCertificate", other.shown().get("DeviceCertificate"))
                .with("RootCertificate", other.shown().get("RootCertificate"));
        mux.savePairRecord(new Usbmux.Device(mux.devices().get(0).number(), udid(), true), mixed);
    }

    @Test
    void aPhoneWithAnotherCertificateThanThatOfItsPairingIsRefused() throws Exception {
        exchangeRecord(anyKey());
        Lockdown.Refused refused =
                assertThrows(Lockdown.Refused.class, () -> transport(true).trusted(udid()));
        assertEquals(LockdownError.UNKNOWN_CERTIFICATE, refused.error());
    }

    @Test
    void aPhoneThatProvesItsPairingKeyIsTrustedWhateverItsCertificateSays() throws Exception {
        exchangeRecord(keyOfThePhone());
        try (Lockdown lockdown = transport(true).trusted(udid())) {
            assertTrue(lockdown.text("ActivationState").isPresent());
        }
    }

    @Test
    void aPersonMayAcceptAPhoneWhateverItsCertificate() throws Exception {
        exchangeRecord(anyKey());
        try (Lockdown lockdown = transport(false).trusted(udid())) {
            assertTrue(lockdown.text("ActivationState").isPresent());
        }
    }

    @Test
    void theCipherIsOneThatProcessorsHelpWith() throws Exception {
        Usbmux mux = new Usbmux(address, ANSWER);
        PairRecord record = mux.pairRecord(udid()).orElseThrow();
        Usbmux.Device device = mux.devices().get(0);
        MuxLockdown lockdown = MuxLockdown.open(mux, device, ANSWER, InstantSource.system(), true, new HashMap<>());
        lockdown.startSession();
        assertTrue(
                lockdown.encryption().orElseThrow().contains("_GCM_"),
                lockdown.encryption().toString());
        assertEquals(record.hostId(), mux.pairRecord(udid()).orElseThrow().hostId());
        lockdown.close();
    }

    @Test
    void certificatesWithEmptyNamesAreReadDuringAHandshakeAlone() throws Exception {
        PairRecord record = new Usbmux(address, ANSWER).pairRecord(udid()).orElseThrow();
        byte[] key = anyKey();
        byte[] nameless = PairRecord.fromPem((byte[]) PairingKeys.record(key, record.systemBuid(), Instant.EPOCH)
                .shown()
                .get("RootCertificate"));
        try (Lockdown session = transport(true).trusted(udid())) {
            assertTrue(session.text("DeviceName").isPresent());
        }
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        assertThrows(CertificateException.class, () -> factory.generateCertificate(new ByteArrayInputStream(nameless)));
        LenientCertificates.during(() -> {
            try {
                assertTrue(
                        factory.generateCertificate(new ByteArrayInputStream(nameless)) instanceof LockdownCertificate);
            } catch (CertificateException refused) {
                throw new IOException(refused);
            }
        });
    }

    @Test
    void aCertificateOfRandomBytesIsRefusedAndNothingElse() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 4) {
                bytes[0] = 0x30;
                bytes[1] = (byte) (bytes.length - 2);
            }
            assertThrows(CertificateException.class, () -> LockdownCertificate.parse(bytes));
        }
    }

    /** A daemon that answers every request with these bytes, or with nothing. */
    private Lockdown.Refused openAgainst(Optional<byte[]> lockdownAnswer) throws Exception {
        Path socket = folder.resolve("liar");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread daemon = new Thread(() -> serve(server, lockdownAnswer), "liar");
            daemon.setDaemon(true);
            daemon.start();
            var transport = new MuxTransport(
                    new MuxAddress("UNIX:" + socket), Duration.ofMillis(300), InstantSource.system(), true);
            return assertThrows(Lockdown.Refused.class, () -> transport.asStranger("a"));
        }
    }

    private static void serve(ServerSocketChannel server, Optional<byte[]> lockdownAnswer) {
        try {
            while (true) {
                SocketChannel client = server.accept();
                String question = frame(client);
                boolean list = question.contains("ListDevices");
                String device = "<dict><key>DeviceID</key><integer>1</integer><key>Properties</key><dict>"
                        + "<key>ConnectionType</key><string>USB</string><key>SerialNumber</key><string>a</string>"
                        + "</dict></dict>";
                String body = "<plist><dict>"
                        + (list
                                ? "<key>DeviceList</key><array>" + device + "</array>"
                                : "<key>MessageType</key><string>Result</string><key>Number</key><integer>0</integer>")
                        + "</dict></plist>";
                byte[] text = body.getBytes(StandardCharsets.UTF_8);
                client.write(ByteBuffer.allocate(16 + text.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(16 + text.length)
                        .putInt(1)
                        .putInt(8)
                        .putInt(1)
                        .put(text)
                        .flip());
                if (!list && lockdownAnswer.isPresent()) {
                    client.write(ByteBuffer.wrap(lockdownAnswer.get()));
                }
            }
        } catch (IOException over) {
            // The test has seen enough.
        }
    }

    private static String frame(SocketChannel client) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        while (header.hasRemaining() && client.read(header) >= 0) {
            // Until it is full.
        }
        ByteBuffer body = ByteBuffer.allocate(header.getInt(0) - 16);
        while (body.hasRemaining() && client.read(body) >= 0) {
            // Until it is full.
        }
        return new String(body.array(), StandardCharsets.UTF_8);
    }

    @Test
    void aPhoneThatStaysSilentIsGivenUp() throws Exception {
        assertEquals(LockdownError.NO_ANSWER, openAgainst(Optional.empty()).error());
    }

    @Test
    void aLongInvalidAnswerIsUnintelligible() throws Exception {
        byte[] huge = ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array();
        assertEquals(
                LockdownError.UNINTELLIGIBLE, openAgainst(Optional.of(huge)).error());
    }

    @Test
    void anAnswerThatIsNoPropertyListIsUnintelligible() throws Exception {
        byte[] garbage =
                ByteBuffer.allocate(8).putInt(4).put(new byte[] {1, 2, 3, 4}).array();
        assertEquals(
                LockdownError.UNINTELLIGIBLE, openAgainst(Optional.of(garbage)).error());
    }

    @Test
    void aPhoneNeverSeesThePrivateKey() throws Exception {
        PairRecord record = new Usbmux(address, ANSWER).pairRecord(udid()).orElseThrow();
        Map<String, Object> shown = record.shown();
        assertTrue(shown.keySet().stream().noneMatch(key -> key.contains("Private")), shown.toString());
        assertTrue(new String(record.encoded(), StandardCharsets.UTF_8).contains("HostPrivateKey"));
    }
}
