package dev.shoebox.web.server;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A connection to a server on which a test writes arbitrary bytes. */
final class RawClient implements Closeable {
    private final Socket socket;
    private final int port;

    RawClient(int port) throws IOException {
        this.port = port;
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
    }

    /** @param headers by name in lower case */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** A request as the page makes it, with more header lines. */
    static String request(int port, String method, String path, String... lines) {
        StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n");
        Arrays.stream(lines).forEach(line -> text.append(line).append("\r\n"));
        return text.append("\r\n").toString();
    }

    static Answer get(int port, String path, String... lines) throws IOException {
        try (RawClient client = new RawClient(port)) {
            return client.send(request(port, "GET", path, lines));
        }
    }

    /** A POST as the page makes it. */
    static Answer post(int port, String path, String json, String... lines) throws IOException {
        String[] all = Arrays.copyOf(lines, lines.length + 3);
        all[lines.length] = "Origin: http://127.0.0.1:" + port;
        all[lines.length + 1] = "Content-Type: application/json";
        all[lines.length + 2] = "Content-Length: " + json.getBytes(StandardCharsets.UTF_8).length;
        try (RawClient client = new RawClient(port)) {
            return client.send(request(port, "POST", path, all) + json);
        }
    }

    /** Sends a request and reads the answer; status 0 if the connection was closed instead. */
    Answer send(String request) throws IOException {
        write(request);
        return read(!request.startsWith("HEAD"));
    }

    void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** The rest up to a blank line. */
    String readBlock() throws IOException {
        StringBuilder block = new StringBuilder();
        for (String line = line(); !line.isEmpty(); line = line()) {
            block.append(line).append('\n');
        }
        return block.toString();
    }

    Answer read(boolean hasBody) throws IOException {
        String status = line();
        if (status.isEmpty()) {
            return new Answer(0, Map.of(), new byte[0]);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Optional.ofNullable(headers.get("content-length"))
                .map(Integer::parseInt)
                .orElse(0);
        byte[] body = hasBody ? socket.getInputStream().readNBytes(length) : new byte[0];
        return new Answer(Integer.parseInt(status.split(" ", 3)[1]), headers, body);
    }

    private String line() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
