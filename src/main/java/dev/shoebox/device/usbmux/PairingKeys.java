package dev.shoebox.device.usbmux;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Creates a pair record: two keys, and three certificates as libimobiledevice 1.4 writes them (version 3, empty names,
 * serial 1, ten years, SHA-256).
 */
public final class PairingKeys {
    private static final int KEY_BITS = 2048;
    private static final int YEARS = 10;
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int DIGITAL_SIGNATURE_AND_KEY_ENCIPHERMENT = 0xa0;
    private static final int UNUSED_BITS = 5;

    private PairingKeys() {}

    /**
     * Creates a record to offer to a phone. Takes about a second.
     *
     * @param devicePublicKey the DevicePublicKey of lockdown: PKCS#1 in PEM
     * @param now the start of the certificates' validity
     */
    public static PairRecord record(byte[] devicePublicKey, String systemBuid, Instant now)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        KeyPair root = generator.generateKeyPair();
        KeyPair host = generator.generateKeyPair();
        PublicKey device = publicKey(devicePublicKey);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("DeviceCertificate", certificate(device, root.getPrivate(), now, usage(), identifier(device)));
        values.put("HostCertificate", certificate(host.getPublic(), root.getPrivate(), now, usage()));
        values.put("RootCertificate", certificate(root.getPublic(), root.getPrivate(), now, authority()));
        values.put(
                "HostPrivateKey",
                PairRecord.pem("PRIVATE KEY", host.getPrivate().getEncoded()));
        values.put(
                "RootPrivateKey",
                PairRecord.pem("PRIVATE KEY", root.getPrivate().getEncoded()));
        values.put("HostID", UUID.randomUUID().toString().toUpperCase(Locale.ROOT));
        values.put("SystemBUID", systemBuid);
        return new PairRecord(values);
    }

    private static PublicKey publicKey(byte[] pem) throws GeneralSecurityException {
        try {
            ByteBuffer numbers = Der.take(ByteBuffer.wrap(PairRecord.fromPem(pem)), Der.SEQUENCE);
            BigInteger modulus = number(numbers);
            return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, number(numbers)));
        } catch (IllegalArgumentException torn) {
            throw new GeneralSecurityException("the iPhone's key is invalid", torn);
        }
    }

    private static BigInteger number(ByteBuffer from) {
        ByteBuffer digits = Der.take(from, Der.INTEGER);
        byte[] bytes = new byte[digits.remaining()];
        digits.get(bytes);
        return new BigInteger(1, bytes);
    }

    /** Creates a certificate (RFC 5280, section 4.1); issuer and subject are empty. */
    private static byte[] certificate(PublicKey key, PrivateKey signer, Instant now, byte[]... extensions)
            throws GeneralSecurityException {
        byte[] nobody = Der.sequence();
        Instant end = now.atZone(ZoneOffset.UTC).plus(YEARS, ChronoUnit.YEARS).toInstant();
        byte[] content = Der.sequence(
                Der.element(0xa0, Der.integer(BigInteger.TWO)),
                Der.integer(BigInteger.ONE),
                Der.SHA256_WITH_RSA,
                nobody,
                Der.sequence(Der.utcTime(UTC_TIME.format(now)), Der.utcTime(UTC_TIME.format(end))),
                nobody,
                key.getEncoded(),
                Der.element(0xa3, Der.sequence(extensions)));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(signer);
        signature.update(content);
        return PairRecord.pem("CERTIFICATE", Der.sequence(content, Der.SHA256_WITH_RSA, Der.bits(0, signature.sign())));
    }

    private static byte[] extension(byte[] oid, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(oid, Der.element(0x01, new byte[] {(byte) 0xff}), Der.octets(value))
                : Der.sequence(oid, Der.octets(value));
    }

    private static byte[] authority() {
        byte[] yes = Der.sequence(Der.element(0x01, new byte[] {(byte) 0xff}));
        return extension(Der.oid(0x55, 0x1d, 0x13), true, yes);
    }

    private static byte[] usage() {
        byte[] bits = Der.bits(UNUSED_BITS, new byte[] {(byte) DIGITAL_SIGNATURE_AND_KEY_ENCIPHERMENT});
        return extension(Der.oid(0x55, 0x1d, 0x0f), true, bits);
    }

    private static byte[] identifier(PublicKey key) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
        return extension(Der.oid(0x55, 0x1d, 0x0e), false, Der.octets(digest));
    }
}
