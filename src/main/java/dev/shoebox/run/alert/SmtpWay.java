package dev.shoebox.run.alert;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Sends mail through a server (RFC 5321), encrypted from the start (port 465) or by STARTTLS (RFC 3207). Sends a
 * password only when encrypted (RFC 4954).
 *
 * @param secrets {@code host}, {@code to}, {@code from}; optionally {@code port} (587), {@code user} and
 *     {@code password}
 */
record SmtpWay(SecretFile secrets, InstantSource clock) implements AlertWay {
    private static final int PATIENCE = Math.toIntExact(Duration.ofSeconds(20).toMillis());
    private static final int ENCRYPTED_PORT = 465;
    private static final String USUAL_PORT = "587";
    private static final int LONGEST_LINE = 2000;

    @Override
    public void send(Alert alert) throws IOException {
        if (!alert.isForPeople()) {
            return;
        }
        String host = secrets.require("host");
        String from = secrets.require("from");
        String to = secrets.require("to");
        int port = port();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), PATIENCE);
            plain.setSoTimeout(PATIENCE);
            Talk talk = new Talk(port == ENCRYPTED_PORT ? encrypted(plain, host, port) : plain);
            talk.expect(220);
            List<String> offers = talk.greet();
            if (port != ENCRYPTED_PORT && offers.contains("STARTTLS")) {
                talk.say("STARTTLS", 220);
                talk = new Talk(encrypted(plain, host, port));
                offers = talk.greet();
            } else if (port != ENCRYPTED_PORT && secrets.find("password").isPresent()) {
                throw new IOException(host + " does not offer encryption (STARTTLS), so the password was not sent");
            }
            logIn(talk, offers);
            talk.say("MAIL FROM:<" + address(from) + ">", 250);
            for (String each : to.split(",", -1)) {
                talk.say("RCPT TO:<" + address(each) + ">", 250);
            }
            talk.say("DATA", 354);
            talk.data(new Mail(Optional.of(from), to, clock.instant()).text(alert));
            talk.say("QUIT", 221);
        }
    }

    private int port() throws IOException {
        try {
            return Integer.parseInt(secrets.find("port").orElse(USUAL_PORT));
        } catch (NumberFormatException none) {
            throw new IOException(secrets.file() + ": the port must be a number", none);
        }
    }

    private void logIn(Talk talk, List<String> offers) throws IOException {
        Optional<String> user = secrets.find("user");
        if (user.isEmpty()) {
            return;
        }
        String password = secrets.require("password");
        boolean isPlain = offers.stream().anyMatch(offer -> offer.matches("AUTH[ =](.* )?PLAIN( .*)?"));
        if (isPlain) {
            talk.say("AUTH PLAIN " + base64("\0" + user.get() + "\0" + password), 235);
        } else {
            talk.say("AUTH LOGIN", 334);
            talk.say(base64(user.get()), 334);
            talk.say(base64(password), 235);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the address in {@code Anna <anna@example.org>}. */
    private static String address(String text) throws IOException {
        String address = text.replaceAll("(?s).*<(.*)>.*", "$1").strip();
        if (!address.matches("[^\\s<>\\p{Cntrl}]+")) {
            throw new IOException("'" + text.strip() + "' is not a mail address");
        }
        return address;
    }

    private static Socket encrypted(Socket plain, String host, int port) throws IOException {
        SSLSocket socket =
                (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        // Compares the name in the certificate with the host's, as browsers do.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /**
     * The conversation with the server, in lines. Messages of exceptions never contain sent lines: one may be a
     * password.
     */
    private static final class Talk {
        private final BufferedReader in;
        private final OutputStream out;

        Talk(Socket socket) throws IOException {
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            this.out = socket.getOutputStream();
        }

        List<String> greet() throws IOException {
            send("EHLO shoebox.invalid\r\n");
            return expect(250).stream()
                    .map(line -> line.toUpperCase(Locale.ROOT))
                    .toList();
        }

        void say(String line, int expected) throws IOException {
            send(line + "\r\n");
            expect(expected);
        }

        /** Sends the text of a mail. A leading dot is doubled (RFC 5321, 4.5.2). */
        void data(String message) throws IOException {
            StringBuilder text = new StringBuilder();
            message.lines().forEach(line -> text.append(line.startsWith(".") ? "." : "")
                    .append(line)
                    .append("\r\n"));
            send(text + ".\r\n");
            expect(250);
        }

        private void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /** @return the text after the code in each line of the answer */
        List<String> expect(int code) throws IOException {
            List<String> lines = new ArrayList<>();
            while (true) {
                String line = in.readLine();
                if (line == null || line.length() < 3 || line.length() > LONGEST_LINE || lines.size() > 100) {
                    throw new IOException("the server does not speak SMTP");
                }
                if (!line.startsWith(Integer.toString(code))) {
                    throw new IOException("the mail server refused: " + line);
                }
                lines.add(line.substring(Math.min(4, line.length())));
                if (line.length() == 3 || line.charAt(3) != '-') {
                    return lines;
                }
            }
        }
    }
}
