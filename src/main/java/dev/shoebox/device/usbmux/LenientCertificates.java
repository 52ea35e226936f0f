package dev.shoebox.device.usbmux;

import java.io.IOException;
import java.io.InputStream;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateFactorySpi;
import java.util.Collection;
import java.util.List;

/**
 * Lets TLS read the certificates of iPhones. Their issuer and subject are empty, which the JDK's factory rejects
 * ("Empty issuer DN not allowed in X509Certificates"), and TLS uses the factory of the first provider. So this provider
 * is first, asks the JDK's own factory, and reads a certificate itself only if that rejected it, during a handshake
 * with a phone, on the thread of that handshake: nothing else in the process is read leniently.
 */
public final class LenientCertificates extends Provider {
    private static final long serialVersionUID = 1;
    private static final String NAME = "ShoeboxLockdown";
    private static final ThreadLocal<Boolean> SHAKING_HANDS = ThreadLocal.withInitial(() -> false);

    private LenientCertificates() {
        super(NAME, "1", "X.509 certificates with empty names, during handshakes with iPhones");
        put("CertificateFactory.X.509", Factory.class.getName());
    }

    /** A handshake with a phone. */
    public interface Handshake {
        void run() throws IOException;
    }

    public static void during(Handshake handshake) throws IOException {
        synchronized (LenientCertificates.class) {
            if (Security.getProvider(NAME) == null) {
                Security.insertProviderAt(new LenientCertificates(), 1);
            }
        }
        SHAKING_HANDS.set(true);
        try {
            handshake.run();
        } finally {
            SHAKING_HANDS.remove();
        }
    }

    /** Created by the security framework. */
    public static final class Factory extends CertificateFactorySpi {
        private final CertificateFactory strict;

        public Factory() throws CertificateException {
            this.strict = CertificateFactory.getInstance("X.509", Security.getProvider("SUN"));
        }

        @Override
        public Certificate engineGenerateCertificate(InputStream in) throws CertificateException {
            if (!SHAKING_HANDS.get()) {
                return strict.generateCertificate(in);
            }
            byte[] der;
            try {
                der = in.readAllBytes();
            } catch (IOException unreadable) {
                throw new CertificateException(unreadable);
            }
            try {
                return strict.generateCertificate(new java.io.ByteArrayInputStream(der));
            } catch (CertificateException refused) {
                return LockdownCertificate.parse(der);
            }
        }

        @Override
        public Collection<? extends Certificate> engineGenerateCertificates(InputStream in)
                throws CertificateException {
            return SHAKING_HANDS.get() ? List.of(engineGenerateCertificate(in)) : strict.generateCertificates(in);
        }

        @Override
        public CRL engineGenerateCRL(InputStream in) throws CRLException {
            return strict.generateCRL(in);
        }

        @Override
        public Collection<? extends CRL> engineGenerateCRLs(InputStream in) throws CRLException {
            return strict.generateCRLs(in);
        }
    }
}
