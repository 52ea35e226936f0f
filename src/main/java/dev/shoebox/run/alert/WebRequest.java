package dev.shoebox.run.alert;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** One request to a web service, with a timeout. The address may be a secret and appears in no message. */
final class WebRequest {
    private static final int PATIENCE = Math.toIntExact(Duration.ofSeconds(10).toMillis());

    private WebRequest() {}

    /**
     * @param headers in addition to those of every request
     * @throws IOException if the service cannot be reached or answers anything but success
     */
    static void post(String address, String type, String body, Map<String, String> headers) throws IOException {
        HttpURLConnection connection;
        try {
            URI uri = URI.create(address);
            if (!"https".equals(uri.getScheme()) && !"http".equals(uri.getScheme())) {
                throw new IllegalArgumentException("no web address");
            }
            connection = (HttpURLConnection) uri.toURL().openConnection();
        } catch (IllegalArgumentException none) {
            throw new IOException("the address is not a web address");
        }
        int answer;
        try {
            connection.setConnectTimeout(PATIENCE);
            connection.setReadTimeout(PATIENCE);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", type);
            connection.setRequestProperty("User-Agent", "shoebox");
            headers.forEach(connection::setRequestProperty);
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            }
            answer = connection.getResponseCode();
        } catch (IOException unreachable) {
            // The original message may contain the address.
            throw new IOException(
                    "the service does not answer (" + unreachable.getClass().getSimpleName() + ")");
        } finally {
            connection.disconnect();
        }
        if (answer / 100 != 2) {
            throw new IOException("the service answered " + answer);
        }
    }
}
