package dev.shoebox.device.usbmux;

import dev.shoebox.plist.PropertyList;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The pair record by which this computer and a phone know each other, as stored by usbmuxd. */
public final class PairRecord {
    private final Map<String, Object> values;

    PairRecord(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /** Parses a record; empty if it lacks what a session needs. */
    static Optional<PairRecord> parse(byte[] bytes) {
        return PropertyList.dictionary(bytes)
                .filter(values -> values.get("HostID") instanceof String
                        && values.get("SystemBUID") instanceof String
                        && values.get("HostCertificate") instanceof byte[]
                        && values.get("HostPrivateKey") instanceof byte[]
                        && values.get("DeviceCertificate") instanceof byte[]
                        && values.get("RootCertificate") instanceof byte[])
                .map(PairRecord::new);
    }

    public String hostId() {
        return (String) values.get("HostID");
    }

    public String systemBuid() {
        return (String) values.get("SystemBUID");
    }

    /** Returns the part that the phone is shown: no private key. */
    public Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (String key :
                new String[] {"DeviceCertificate", "HostCertificate", "HostID", "RootCertificate", "SystemBUID"}) {
            if (values.get(key) != null) {
                shown.put(key, values.get(key));
            }
        }
        return shown;
    }

    public byte[] encoded() {
        return PropertyList.xml(values);
    }

    /** Returns the record with an added value. */
    public PairRecord with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new PairRecord(more);
    }

    /**
     * Returns a TLS context with this computer's key, for a phone with this record's certificate.
     *
     * @param pinned whether the phone must show the certificate of this record, or one signed with its root key
     */
    public SSLContext tls(boolean pinned) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        X509Certificate host = certificate("HostCertificate");
        PrivateKey key = privateKey((byte[]) values.get("HostPrivateKey"));
        X509Certificate device = certificate("DeviceCertificate");
        X509Certificate root = certificate("RootCertificate");
        context.init(
                new KeyManager[] {new HostKey(host, key)},
                new TrustManager[] {new KnownPhone(device, root, pinned)},
                null);
        return context;
    }

    private X509Certificate certificate(String name) throws CertificateException {
        return LockdownCertificate.parse(fromPem((byte[]) values.get(name)));
    }

    public static byte[] fromPem(byte[] pem) throws CertificateException {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf("-----BEGIN");
        int body = text.indexOf('\n', Math.max(begin, 0));
        int end = text.indexOf("-----END", Math.max(body, 0));
        if (begin < 0 || body < 0 || end < 0) {
            throw new CertificateException("not PEM");
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(body, end).strip());
        } catch (IllegalArgumentException torn) {
            throw new CertificateException("not PEM", torn);
        }
    }

    public static byte[] pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads a private key: PKCS#8, or PKCS#1 as OpenSSL and GnuTLS write it, which is wrapped into PKCS#8. */
    private static PrivateKey privateKey(byte[] pem) throws GeneralSecurityException {
        byte[] der = fromPem(pem);
        boolean bare = new String(pem, StandardCharsets.ISO_8859_1).contains("BEGIN RSA PRIVATE KEY");
        byte[] wrapped = bare ? Der.sequence(Der.integer(BigInteger.ZERO), Der.RSA, Der.octets(der)) : der;
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(wrapped));
    }

    /** Shows one certificate, whatever is requested. */
    private static final class HostKey extends X509ExtendedKeyManager {
        private static final String ALIAS = "host";

        private final X509Certificate certificate;
        private final PrivateKey key;

        HostKey(X509Certificate certificate, PrivateKey key) {
            this.certificate = certificate;
            this.key = key;
        }

        @Override
        public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
            return chooseClientAlias(keyTypes, issuers, null);
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return Arrays.asList(keyTypes).contains("RSA") ? ALIAS : null;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return null;
        }
    }

    /** Accepts a phone with the certificate of the pair record, or one signed by the record's root. */
    private static final class KnownPhone extends X509ExtendedTrustManager {
        private final X509Certificate device;
        private final X509Certificate root;
        private final boolean pinned;

        KnownPhone(X509Certificate device, X509Certificate root, boolean pinned) {
            this.device = device;
            this.root = root;
            this.pinned = pinned;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            if (!pinned || Arrays.equals(chain[0].getEncoded(), device.getEncoded())) {
                return;
            }
            try {
                LockdownCertificate shown = LockdownCertificate.parse(chain[0].getEncoded());
                // The handshake proves that the phone holds this key, whoever signed the certificate.
                if (!shown.getPublicKey().equals(device.getPublicKey())) {
                    shown.verify(root.getPublicKey());
                }
            } catch (GeneralSecurityException stranger) {
                throw new UnknownPhoneException(stranger);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            checkServerTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            checkServerTrusted(chain, authType);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("not a server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("not a server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("not a server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** The phone shows another certificate than the one with which it was paired. */
    public static final class UnknownPhoneException extends CertificateException {
        private static final long serialVersionUID = 1;

        UnknownPhoneException(Throwable cause) {
            super("the iPhone's certificate does not match its pair record", cause);
        }
    }
}
