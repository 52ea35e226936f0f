package dev.shoebox.web.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The secrets that give access to the page. The launch code is in the fragment of the URL that the browser is started
 * with. It works once, and only for a while. The page exchanges it for the token, which it sends in a header, and for
 * the read-only secret in the URLs of pictures, where no header can be set. All are kept in memory only, and die with
 * the server.
 *
 * <p>No cookie holds any of them: a browser sends a cookie of one port of 127.0.0.1 to all other ports, whoever listens
 * there (RFC 6265, section 8.5).
 */
final class Secrets {
    private static final int BYTES = 32;

    private final String code = random();
    private final String token = random();
    private final String pictures = random();
    private final Duration lifetime;
    private final LongSupplier nanos;
    private final long made;
    private boolean used;

    /** @param lifetime how long the launch code stays valid */
    Secrets(Duration lifetime, LongSupplier nanos) {
        this.lifetime = lifetime;
        this.nanos = nanos;
        this.made = nanos.getAsLong();
    }

    /** What the page gets in exchange for the launch code. */
    record Session(String token, String pictures) {}

    String code() {
        return code;
    }

    /** @return empty if the code is wrong, was used before, or has expired */
    synchronized Optional<Session> exchange(String said) {
        boolean valid = equal(code, said) && !used && nanos.getAsLong() - made <= lifetime.toNanos();
        if (!valid) {
            return Optional.empty();
        }
        used = true;
        return Optional.of(new Session(token, pictures));
    }

    boolean isToken(String said) {
        return equal(token, said);
    }

    boolean isPictures(String said) {
        return equal(pictures, said);
    }

    private static boolean equal(String secret, String said) {
        return MessageDigest.isEqual(secret.getBytes(StandardCharsets.US_ASCII), said.getBytes(StandardCharsets.UTF_8));
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
