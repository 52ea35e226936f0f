package dev.shoebox.destination.lock;

import dev.shoebox.system.OperatingSystem;
import dev.shoebox.system.process.Programs;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Which computer this is, to tell a run of this one from a run of another that uses the same destination.
 *
 * @param id made of that of the system, {@code /etc/machine-id}, which is the same for each of its users and is told nobody;
 *     where there is none, at random and kept among what Shoebox remembers; where nothing can be kept, made of the others
 * @param name as it calls itself, for people
 * @param boot another after each start of the system; empty where the system does not tell
 * @param former the id at random by which earlier versions went
 */
public record Computer(String id, String name, String boot, Optional<String> former) {
    private static final String FILE = "computer";
    private static final Path MACHINE_ID = Path.of("/etc/machine-id");
    /** machine-id(5): the id itself is confidential, so what others see is a hash of it with a word of our own. */
    private static final String OWN = "dev.shoebox lock ";

    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int LONGEST = 100;
    private static final AtomicReference<Optional<Path>> STATE = new AtomicReference<>(Optional.empty());

    /** @param state the folder in which the id is kept */
    public static void keepIn(Path state) {
        STATE.set(Optional.of(state));
    }

    public Computer(String id, String name, String boot) {
        this(id, name, boot, Optional.empty());
    }

    public static Computer here() {
        return of(MACHINE_ID, STATE.get());
    }

    /**
     * @param machineId where the system has its id, if it has one
     * @param state the folder in which ours is kept
     */
    static Computer of(Path machineId, Optional<Path> state) {
        String name = hostName();
        String boot = bootId();
        Optional<String> machine = machine(machineId);
        if (machine.isPresent()) {
            return new Computer(machine.get(), name, boot, state.flatMap(Computer::written));
        }
        Optional<String> kept = state.flatMap(Computer::kept);
        return new Computer(kept.orElseGet(() -> name + "/" + boot), name, boot);
    }

    /** A home folder may be that of several computers, and a system may be a copy of another, so the id alone does not tell. */
    public boolean isSame(Computer other) {
        boolean isSameId = id.equals(other.id)
                || former.filter(other.id::equals).isPresent()
                || other.former.filter(id::equals).isPresent();
        return isSameId && name.equals(other.name);
    }

    private static Optional<String> machine(Path file) {
        try {
            return Optional.of(Files.readString(file).strip())
                    .filter(id -> id.matches("[0-9a-f]{32}") && !id.matches("0+"))
                    .map(id -> Sha256.hex(OWN + id).substring(0, 32));
        } catch (IOException | RuntimeException none) {
            return Optional.empty();
        }
    }

    private static Optional<String> kept(Path state) {
        Path file = state.resolve(FILE);
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                make(file);
            }
            return written(state);
        } catch (IOException | RuntimeException none) {
            return Optional.empty();
        }
    }

    private static Optional<String> written(Path state) {
        Path file = state.resolve(FILE);
        try {
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
        return hostName(OperatingSystem.current(), HOST, System.getenv());
    }

    /**
     * As the system has it: Java tells only a name that some name server knows, too, and may take seconds to ask one. On macOS
     * the name of the moment is that of the network, so the one that its owner gave it counts.
     *
     * @param host where Linux tells it
     */
    static String hostName(OperatingSystem system, Path host, Map<String, String> environment) {
        Optional<String> own =
                switch (system) {
                    case LINUX -> read(host);
                    case WINDOWS ->
                        Optional.ofNullable(system.environment(environment).get("COMPUTERNAME"));
                    case MACOS ->
                        new Programs(environment)
                                .run(List.of("scutil", "--get", "LocalHostName"))
                                .filter(result -> result.code() == 0)
                                .map(Programs.Result::output);
                };
        return own.filter(name -> !name.isBlank()).orElseGet(Computer::nameOnTheNetwork);
    }

    private static String nameOnTheNetwork() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private static String bootId() {
        return read(BOOT).orElse("");
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException | RuntimeException untold) {
            return Optional.empty();
        }
    }
}
