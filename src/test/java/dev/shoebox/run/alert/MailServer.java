package dev.shoebox.run.alert;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A mail server that accepts everything and keeps the subjects. */
public final class MailServer implements Closeable {
    private final ServerSocket server;
    private final List<String> subjects = Collections.synchronizedList(new ArrayList<>());

    public MailServer() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "mail");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Of all mails so far. */
    public List<String> subjects() {
        return List.copyOf(subjects);
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept();
                    var in =
                            new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                    OutputStream out = client.getOutputStream()) {
                take(in, out);
            } catch (IOException ended) {
                // The client disconnected, or the test is over.
            }
        }
    }

    private void take(BufferedReader in, OutputStream out) throws IOException {
        answer(out, "220 here");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals("DATA")) {
                answer(out, "354 go on");
                subjects.add(subject(in));
            }
            answer(out, line.equals("QUIT") ? "221 bye" : "250 ok");
        }
    }

    /** Receives one mail. */
    private static String subject(BufferedReader in) throws IOException {
        StringBuilder subject = new StringBuilder();
        boolean isSubject = false;
        for (String line = in.readLine(); !line.equals("."); line = in.readLine()) {
            isSubject = line.startsWith("Subject: ") || (isSubject && line.startsWith(" "));
            if (isSubject) {
                subject.append(line.replaceFirst("^Subject:", "").strip()).append(' ');
            }
        }
        String whole = subject.toString().strip();
        return whole.startsWith("=?")
                ? Stream.of(whole.split(" ", -1)).map(MailServer::decoded).collect(Collectors.joining())
                : whole;
    }

    private static String decoded(String word) {
        return new String(
                Base64.getDecoder().decode(word.replaceAll("^=\\?utf-8\\?B\\?|\\?=$", "")), StandardCharsets.UTF_8);
    }

    private static void answer(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
