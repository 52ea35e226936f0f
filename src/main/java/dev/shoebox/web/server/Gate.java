package dev.shoebox.web.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.shoebox.json.JsonObject;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks every request before a handler sees it. A page of another origin can make a browser send requests here, and a
 * name that is rebound to 127.0.0.1 can read the answers (DNS rebinding). The exact {@code Host} stops the second;
 * {@code Origin}, {@code Sec-Fetch-Site}, the JSON content type and the token in a custom header stop the first.
 */
final class Gate {
    static final int MOST_BODY = 1 << 20;

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    private final String host;
    private final String origin;

    Gate(int port) {
        this.host = "127.0.0.1:" + port;
        this.origin = "http://" + host;
    }

    /** Checks that a request comes from the page's own origin, and is well-formed. */
    void check(HttpExchange exchange) throws Refusal {
        Headers headers = exchange.getRequestHeaders();
        if (!List.of(host).equals(headers.get("Host"))) {
            throw new Refusal(403, "This host name is not accepted.");
        }
        if (!METHODS.contains(exchange.getRequestMethod())) {
            throw new Refusal(405, "Not allowed.");
        }
        if (!exchange.getProtocol().equals("HTTP/1.1")) {
            throw new Refusal(400, "HTTP/1.1, please.");
        }
        boolean post = exchange.getRequestMethod().equals("POST");
        List<String> origins = headers.getOrDefault("Origin", List.of());
        if (origins.stream().anyMatch(said -> !said.equals(origin)) || origins.size() > 1) {
            throw new Refusal(403, "Requests from other pages are refused.");
        }
        if (post && origins.isEmpty()) {
            throw new Refusal(403, "Who asks this?");
        }
        for (String site : headers.getOrDefault("Sec-Fetch-Site", List.of())) {
            if (!OWN_SITES.contains(site) || (post && !site.equals("same-origin"))) {
                throw new Refusal(403, "Requests from other pages are refused.");
            }
        }
        URI uri = exchange.getRequestURI();
        if (!uri.toString().startsWith("/")
                || uri.getRawAuthority() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw Refusal.notFound();
        }
    }

    /** Returns the undecoded path of a request that was checked. */
    static String path(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestURI().getRawPath()).orElse("");
    }

    /** Returns the body of a POST. */
    static JsonObject body(HttpExchange exchange) throws Refusal, IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            return new JsonObject(Map.of());
        }
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .orElse("");
        if (!type.equals("application/json")) {
            throw new Refusal(415, "JSON, please.");
        }
        byte[] bytes;
        try (InputStream in = exchange.getRequestBody()) {
            bytes = in.readNBytes(MOST_BODY + 1);
            if (bytes.length > MOST_BODY) {
                throw new Refusal(413, "The request is too large.");
            }
        }
        try {
            return JsonObject.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException none) {
            throw new Refusal(400, "The request is not a JSON object.");
        }
    }

    /**
     * One range of bytes (RFC 9110, section 14).
     *
     * @param first the offset of the first byte; -1 for the {@code last} bytes of the file
     * @param last the offset of the last byte; {@link Long#MAX_VALUE} for the end of the file
     */
    record Range(long first, long last) {}

    /** Returns the requested range. Several ranges, or a malformed one, request the whole file. */
    static Optional<Range> range(HttpExchange exchange) {
        List<String> said = exchange.getRequestHeaders().getOrDefault("Range", List.of());
        Matcher range = RANGE.matcher(said.size() == 1 ? said.get(0) : "");
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return Optional.empty();
        }
        long first = range.group(1).isEmpty() ? -1 : Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
        return first > last ? Optional.empty() : Optional.of(new Range(first, last));
    }
}
