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
 * The identity of this computer, to distinguish its runs from those of another computer that uses the same destination.
 *
 * @param id derived from the id of the system, {@code /etc/machine-id}, which is the same for all its users and kept
 *     confidential; without one, a random id in the state folder; if nothing can be stored, derived from the other
 *     components
 * @param name of the computer, for display
 * @param boot changes with each start of the system; empty if the system does not provide it
 * @param former the random id that earlier versions used
 */
public record Computer(String id, String name, String boot, Optional<String> former) {
    private static final String FILE = "computer";
    private static final Path MACHINE_ID = Path.of("/etc/machine-id");
    /** machine-id(5): the id itself is confidential, so others see only a hash of it with this word. */
    private static final String OWN = "dev.shoebox lock ";

    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int LONGEST = 100;
    private static final AtomicReference<Path> STATE = new AtomicReference<>();

    /** @param state the folder that stores the id */
    public static void keepIn(Path state) {
        STATE.set(state);
    }

    public Computer(String id, String name, String boot) {
        this(id, name, boot, Optional.empty());
    }

    public static Computer here() {
        Path state = STATE.get();
        return state == null ? of(MACHINE_ID) : of(MACHINE_ID, state);
    }

    /**
     * @param machineId the file with the id of the system, if there is one
     * @param state the folder that stores our id
     */
    static Computer of(Path machineId, Path state) {
        Optional<String> machine = machine(machineId);
        return machine.isPresent()
                ? new Computer(machine.get(), hostName(), bootId(), written(state))
                : kept(state).map(id -> new Computer(id, hostName(), bootId())).orElseGet(Computer::withoutId);
    }

    /** Where nothing is kept. */
    static Computer of(Path machineId) {
        return machine(machineId)
                .map(id -> new Computer(id, hostName(), bootId()))
                .orElseGet(Computer::withoutId);
    }

    private static Computer withoutId() {
        String name = hostName();
        String boot = bootId();
        return new Computer(name + "/" + boot, name, boot);
    }

    /**
     * Whether this is the same computer. The id alone does not show it: computers may share a home folder, and a system
     * may be a copy of another.
     */
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

    /** Creates the file complete, so that two runs that start at the same time both use the id of the first. */
    private static void make(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        String id = UUID.randomUUID().toString();
        Path draft = file.resolveSibling(FILE + "-" + id);
        Files.writeString(draft, id + "\n", StandardOpenOption.CREATE_NEW);
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException first) {
            // The other run's id is this computer's.
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
     * Returns the name that the system has. Java returns only names that a name server knows, and may take seconds to
     * ask one. On macOS the current name is that of the network, so the name set by the owner is used.
     *
     * @param host the file with the name on Linux
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
