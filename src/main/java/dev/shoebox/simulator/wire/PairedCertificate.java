package dev.shoebox.simulator.wire;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.security.auth.x500.X500Principal;
import java.math.BigInteger;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Set;

/**
 * The certificate that a computer made for this phone during pairing, which the phone then presents in TLS. Its names
 * are empty, so Java's own parser would refuse it; only the key is used.
 */
@SuppressWarnings({"InlineMeSuggester", "JavaUtilDate"
}) // The platform's class has dates of the old kind, and old methods.
final class PairedCertificate extends X509Certificate {
    private static final long serialVersionUID = 1;

    private final byte[] encoded;
    private final transient PublicKey key;

    private PairedCertificate(byte[] encoded, PublicKey key) {
        this.encoded = encoded;
        this.key = key;
    }

    /** Returns TLS with the phone's key and this certificate. */
    static SSLContext tls(byte[] certificate, PublicKey key, PrivateKey secret) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new KeyManager[] {new OneKey(new PairedCertificate(certificate.clone(), key), secret)}, null, null);
        return context;
    }

    private static final class OneKey extends X509ExtendedKeyManager {
        private final X509Certificate certificate;
        private final PrivateKey secret;

        OneKey(X509Certificate certificate, PrivateKey secret) {
            this.certificate = certificate;
            this.secret = secret;
        }

        @Override
        public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            return keyType.startsWith("RSA") ? "phone" : null;
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return chooseEngineServerAlias(keyType, issuers, null);
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[] {"phone"};
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return secret;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return null;
        }
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
    public void verify(PublicKey signer) {
        throw new UnsupportedOperationException("a phone does not verify its own certificate");
    }

    @Override
    public void verify(PublicKey signer, String provider) {
        verify(signer);
    }

    @Override
    public String toString() {
        return "the certificate of a pairing";
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
        return BigInteger.ONE;
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
        return encoded.clone();
    }

    @Override
    public byte[] getSignature() {
        return new byte[0];
    }

    @Override
    public String getSigAlgName() {
        return "SHA256withRSA";
    }

    @Override
    public String getSigAlgOID() {
        return "1.2.840.113549.1.1.11";
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
