package dev.shoebox.web.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the user at the other end of a local connection. Every user can reach 127.0.0.1; on Linux, proc(5) tells the
 * owner of a socket. On other systems the secrets are the only protection.
 */
final class PeerOwner {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final Path OURS = Path.of("/proc/self/status");

    /** Columns of the tables. */
    private static final int LOCAL = 1;

    private static final int REMOTE = 2;
    private static final int USER = 7;

    private PeerOwner() {}

    /** Returns whether the system says that another user has the other end. */
    static boolean isStranger(InetSocketAddress peer, InetSocketAddress own) {
        try {
            Optional<String> user = user(peer.getPort(), own.getPort());
            return user.isPresent() && !user.get().equals(ourselves());
        } catch (IOException untold) {
            return false;
        }
    }

    private static Optional<String> user(int peer, int own) throws IOException {
        for (Path table : TABLES) {
            if (Files.isReadable(table)) {
                Optional<String> user = Files.readAllLines(table, StandardCharsets.ISO_8859_1).stream()
                        .map(line -> line.strip().split("\\s+"))
                        .filter(columns -> columns.length > USER
                                && columns[LOCAL].endsWith(port(peer))
                                && columns[REMOTE].endsWith(port(own)))
                        .map(columns -> columns[USER])
                        .findFirst();
                if (user.isPresent()) {
                    return user;
                }
            }
        }
        return Optional.empty();
    }

    private static String port(int number) {
        return String.format(Locale.ROOT, ":%04X", number);
    }

    /** Returns the effective user of this process. */
    private static String ourselves() throws IOException {
        return Files.readAllLines(OURS, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.startsWith("Uid:"))
                .map(line -> line.split("\\s+", 4)[2])
                .findFirst()
                .orElseThrow(() -> new IOException("no user"));
    }
}
