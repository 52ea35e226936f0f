package dev.shoebox.simulator.wire;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;

/** A phone's key and its self-signed certificate for TLS. All simulated phones of a process share one. */
public final class PhoneIdentity {
    private static final char[] PASSWORD = "simulated".toCharArray();
    private static final byte[] SHA256_WITH_RSA = sequence(oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11), der(5));

    private final KeyPair keys;
    private final byte[] certificate;
    private final SSLContext tls;

    private PhoneIdentity(KeyPair keys, byte[] certificate, SSLContext tls) {
        this.keys = keys;
        this.certificate = certificate;
        this.tls = tls;
    }

    /** Generating a key takes some tenths of a second, and tests create many phones. */
    private static final class Shared {
        private static final PhoneIdentity IDENTITY = create();
    }

    /** Returns the shared identity. The first call generates a 2048-bit RSA key. */
    public static PhoneIdentity shared() {
        return Shared.IDENTITY;
    }

    private static PhoneIdentity create() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair keys = generator.generateKeyPair();
            byte[] certificate = selfSigned(keys);
            return new PhoneIdentity(keys, certificate, context(keys, certificate));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot make an RSA key", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public SSLContext tls() {
        return tls;
    }

    /**
     * Returns TLS with the certificate that a computer made for this phone; with the phone's own if that is unusable.
     */
    public SSLContext tls(byte[] pairedCertificatePem) {
        try {
            String body = new String(pairedCertificatePem, StandardCharsets.ISO_8859_1)
                    .replaceAll("-----[^-]*-----", "")
                    .strip();
            byte[] paired = Base64.getMimeDecoder().decode(body);
            return paired.length == 0 ? tls : PairedCertificate.tls(paired, keys.getPublic(), keys.getPrivate());
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            return tls;
        }
    }

    /** Returns the value of DevicePublicKey in lockdownd: PKCS#1 in PEM. */
    public byte[] publicKey() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return pem("RSA PUBLIC KEY", sequence(integer(key.getModulus()), integer(key.getPublicExponent())));
    }

    /** Returns a pair record in usbmuxd's format, for a computer that was trusted before the simulation started. */
    public byte[] pairRecord(String hostId, String systemBuid) {
        byte[] certificatePem = pem("CERTIFICATE", certificate);
        byte[] keyPem = pem("PRIVATE KEY", keys.getPrivate().getEncoded());
        return PropertyLists.xml(Map.of(
                "DeviceCertificate", certificatePem,
                "HostCertificate", certificatePem,
                "RootCertificate", certificatePem,
                "HostPrivateKey", keyPem,
                "RootPrivateKey", keyPem,
                "HostID", hostId,
                "SystemBUID", systemBuid,
                "WiFiMACAddress", "02:00:00:00:00:01",
                "EscrowBag", new byte[32]));
    }

    private static SSLContext context(KeyPair keys, byte[] certificate) throws GeneralSecurityException, IOException {
        Certificate parsed =
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("phone", keys.getPrivate(), PASSWORD, new Certificate[] {parsed});
        KeyManagerFactory managers = KeyManagerFactory.getInstance("SunX509");
        managers.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** RFC 5280, version 1: serial, algorithm, issuer, validity, subject, key. */
    private static byte[] selfSigned(KeyPair keys) throws GeneralSecurityException {
        byte[] name = sequence(der(
                0x31, sequence(oid(0x55, 4, 3), der(0x0c, "Simulated iPhone".getBytes(StandardCharsets.US_ASCII)))));
        byte[] validity = sequence(time("20200101000000Z"), time("20491231235959Z"));
        byte[] content = sequence(
                integer(BigInteger.ONE),
                SHA256_WITH_RSA,
                name,
                validity,
                name,
                keys.getPublic().getEncoded());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(content);
        return sequence(content, SHA256_WITH_RSA, der(3, new byte[] {0}, signature.sign()));
    }

    private static byte[] pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] sequence(byte[]... parts) {
        return der(0x30, parts);
    }

    private static byte[] integer(BigInteger value) {
        return der(2, value.toByteArray());
    }

    private static byte[] time(String generalized) {
        return der(0x18, generalized.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] oid(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return der(6, content);
    }

    private static byte[] der(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
