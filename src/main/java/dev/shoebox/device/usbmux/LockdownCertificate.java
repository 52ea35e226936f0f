package dev.shoebox.device.usbmux;

import javax.security.auth.x500.X500Principal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.Date;
import java.util.Set;

/**
 * A certificate of a pair record: a key and a signature. Its names are empty and its dates are ignored, because only
 * the key identifies its issuer.
 */
@SuppressWarnings({"InlineMeSuggester", "JavaUtilDate"}) // As the class that it extends wants it.
public final class LockdownCertificate extends X509Certificate {
    private static final long serialVersionUID = 1;

    private final byte[] encoded;
    private final byte[] signedPart;
    private final byte[] signature;
    private final String algorithm;
    private final BigInteger serial;
    private final transient PublicKey key;

    private LockdownCertificate(
            byte[] encoded, byte[] signedPart, byte[] signature, String algorithm, BigInteger serial, PublicKey key) {
        this.encoded = encoded;
        this.signedPart = signedPart;
        this.signature = signature;
        this.algorithm = algorithm;
        this.serial = serial;
        this.key = key;
    }

    /** RFC 5280, section 4.1. */
    public static LockdownCertificate parse(byte[] der) throws CertificateException {
        try {
            ByteBuffer outer = Der.take(ByteBuffer.wrap(der), Der.SEQUENCE);
            byte[] signedPart = Der.takeWhole(outer.duplicate());
            ByteBuffer content = Der.take(outer, Der.SEQUENCE);
            String algorithm = algorithm(Der.takeWhole(outer));
            ByteBuffer bits = Der.take(outer, Der.BIT_STRING);
            bits.get();
            byte[] signature = new byte[bits.remaining()];
            bits.get(signature);
            int version = 0xa0;
            if (Der.tag(content) == version) {
                Der.take(content, version);
            }
            ByteBuffer number = Der.take(content, Der.INTEGER);
            byte[] serial = new byte[number.remaining()];
            number.get(serial);
            for (String skipped : new String[] {"algorithm", "issuer", "validity", "subject"}) {
                if (Der.tag(content) != Der.SEQUENCE) {
                    throw new CertificateException("no " + skipped);
                }
                Der.takeWhole(content);
            }
            PublicKey key =
                    KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(Der.takeWhole(content)));
            return new LockdownCertificate(
                    der.clone(),
                    signedPart,
                    signature,
                    algorithm,
                    serial.length == 0 ? BigInteger.ZERO : new BigInteger(serial),
                    key);
        } catch (GeneralSecurityException | IllegalArgumentException | java.nio.BufferUnderflowException unreadable) {
            throw new CertificateException("not a certificate of an iPhone", unreadable);
        }
    }

    private static String algorithm(byte[] identifier) {
        int sha1 = 5;
        int sha256 = 11;
        int last = 12;
        int digest = identifier.length > last ? identifier[last] : 0;
        if (digest == sha256) {
            return "SHA256withRSA";
        }
        if (digest == sha1) {
            return "SHA1withRSA";
        }
        throw new IllegalArgumentException("an unknown signature algorithm");
    }

    @Override
    public PublicKey getPublicKey() {
        return key;
    }

    @Override
    public byte[] getEncoded() {
        return encoded.clone();
    }

    @Override
    public void verify(PublicKey signer) throws NoSuchAlgorithmException, InvalidKeyException, SignatureException {
        Signature check = Signature.getInstance(algorithm);
        check.initVerify(signer);
        check.update(signedPart);
        if (!check.verify(signature)) {
            throw new SignatureException("signed with another key");
        }
    }

    @Override
    public void verify(PublicKey signer, String provider)
            throws NoSuchAlgorithmException, InvalidKeyException, SignatureException {
        verify(signer);
    }

    @Override
    public void verify(PublicKey signer, Provider provider)
            throws NoSuchAlgorithmException, InvalidKeyException, SignatureException {
        verify(signer);
    }

    @Override
    public String toString() {
        return "a certificate of an iPhone";
    }

    @Override
    public void checkValidity() {}

    @Override
    public void checkValidity(Date at) {}

    @Override
    public int getVersion() {
        return 3;
    }

    @Override
    public BigInteger getSerialNumber() {
        return serial;
    }

    @Deprecated
    @Override
    public Principal getIssuerDN() {
        return getIssuerX500Principal();
    }

    @Override
    public X500Principal getIssuerX500Principal() {
        return new X500Principal("");
    }

    @Deprecated
    @Override
    public Principal getSubjectDN() {
        return getSubjectX500Principal();
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return new X500Principal("");
    }

    @Override
    public Date getNotBefore() {
        return new Date(0);
    }

    @Override
    public Date getNotAfter() {
        return new Date(Long.MAX_VALUE);
    }

    @Override
    public byte[] getTBSCertificate() {
        return signedPart.clone();
    }

    @Override
    public byte[] getSignature() {
        return signature.clone();
    }

    @Override
    public String getSigAlgName() {
        return algorithm;
    }

    @Override
    public String getSigAlgOID() {
        return algorithm.equals("SHA1withRSA") ? "1.2.840.113549.1.1.5" : "1.2.840.113549.1.1.11";
    }

    @Override
    public byte[] getSigAlgParams() {
        return null;
    }

    @Override
    public boolean[] getIssuerUniqueID() {
        return null;
    }

    @Override
    public boolean[] getSubjectUniqueID() {
        return null;
    }

    @Override
    public boolean[] getKeyUsage() {
        return null;
    }

    @Override
    public int getBasicConstraints() {
        return -1;
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return false;
    }

    @Override
    public Set<String> getCriticalExtensionOIDs() {
        return Set.of();
    }

    @Override
    public Set<String> getNonCriticalExtensionOIDs() {
        return Set.of();
    }

    @Override
    public byte[] getExtensionValue(String oid) {
        return null;
    }
}
