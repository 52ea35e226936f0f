package dev.shoebox.destination.lock;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Which computer this is, to tell a run of this one from a run of another that uses the same destination.
 *
 * @param id at random, kept among what Shoebox remembers on this computer; where nothing can be kept, made of the others
 * @param name as it calls itself, for people
 * @param boot another after each start of the system; empty where the system does not tell
 */
public record Computer(String id, String name, String boot) {
    private static final String FILE = "computer";
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int LONGEST = 100;
    private static final AtomicReference<Optional<Path>> STATE = new AtomicReference<>(Optional.empty());

    /** @param state the folder in which the id is kept */
    public static void keepIn(Path state) {
        STATE.set(Optional.of(state));
    }

    public static Computer here() {
        String name = hostName();
        String boot = bootId();
        Optional<String> kept = STATE.get().flatMap(Computer::kept);
        return new Computer(kept.orElseGet(() -> name + "/" + boot), name, boot);
    }

    /** A home folder may be that of several computers, so the id alone does not tell. */
    boolean isSame(Computer other) {
        return id.equals(other.id) && name.equals(other.name);
    }

    private static Optional<String> kept(Path state) {
        Path file = state.resolve(FILE);
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                make(file);
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LONGEST) {
                return Optional.empty();
            }
            return Optional.of(Files.readString(file).strip()).filter(id -> !id.isEmpty());
        } catch (IOException | RuntimeException none) {
            return Optional.empty();
        }
    }

    /** Whole from the first moment: of two runs that begin at once, both must go by the id of the one that came first. */
    private static void make(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        String id = UUID.randomUUID().toString();
        Path draft = file.resolveSibling(FILE + "-" + id);
        Files.writeString(draft, id + "\n", StandardOpenOption.CREATE_NEW);
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException first) {
            // Its id is this computer's.
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            Files.copy(draft, file);
        } finally {
            Files.delete(draft);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private static String bootId() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException | RuntimeException unknown) {
            return "";
        }
    }
}
