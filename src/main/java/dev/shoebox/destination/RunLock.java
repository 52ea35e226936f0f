package dev.shoebox.destination;

import dev.shoebox.json.JsonObject;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps a destination to one run at a time.
 *
 * <p>The system's lock on {@code .shoebox/lock} dies with its process. {@code .shoebox/lock.json} says who holds it; it
 * is a file of its own because POSIX drops a lock as soon as its process closes any handle of the locked file. It is not
 * forced: no process survives a power cut, so whoever finds it missing or torn after one has nobody to wait for.
 */
final class RunLock implements Closeable {
    private static final String HOLDER = "lock.json";

    /** In bytes; no note of ours comes near. */
    private static final int LONGEST = 64 * 1024;

    private final FileChannel channel;
    private final Path holder;
    private final boolean wasLeft;

    private RunLock(FileChannel channel, Path holder, boolean wasLeft) {
        this.channel = channel;
        this.holder = holder;
        this.wasLeft = wasLeft;
    }

    /** Whether somebody holds the lock now, or ended without giving it back. */
    static boolean isHeldOrLeft(Disk disk) throws IOException {
        return disk.look(Identity.FOLDER + "/" + HOLDER).isPresent();
    }

    /** Whether the run before ended without giving the lock back. */
    boolean wasLeft() {
        return wasLeft;
    }

    /**
     * Whether a run holds it, as far as can be told. Nothing is taken or changed: whether the run before ended well is
     * still to be seen.
     *
     * @param folder {@code .shoebox}
     */
    static boolean isHeld(Path folder) {
        Optional<Owner> other = read(folder.resolve(HOLDER));
        if (other.isEmpty() || other.get().isThisProcess()) {
            return other.isPresent();
        }
        try (FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            return !isLocked(channel, other);
        } catch (IOException unknown) {
            return false;
        }
    }

    /**
     * @param folder {@code .shoebox}
     * @throws DestinationException.InUse naming who holds it
     */
    static RunLock take(Path folder, Instant now) throws IOException {
        Path holder = folder.resolve(HOLDER);
        for (Path file : new Path[] {holder, folder.resolve("lock")}) {
            if (Files.isSymbolicLink(file)) {
                throw new PathDisk.SymbolicLink(file);
            }
        }
        Optional<Owner> other = read(holder);
        if (other.isPresent() && other.get().isThisProcess()) {
            throw inUse(other);
        }
        FileChannel channel = open(folder.resolve("lock"), StandardOpenOption.CREATE);
        try {
            if (!isLocked(channel, other)) {
                throw inUse(other);
            }
            boolean wasLeft = forget(holder);
            try (FileChannel writing = open(holder, StandardOpenOption.CREATE_NEW)) {
                String text = Owner.self(now).line() + "\n";
                writing.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            }
            return new RunLock(channel, holder, wasLeft);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel open(Path file, OpenOption how) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.WRITE, how, LinkOption.NOFOLLOW_LINKS);
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? FileChannel.open(
                        file,
                        options,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : FileChannel.open(file, options);
    }

    private static boolean isLocked(FileChannel channel, Optional<Owner> other) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            // Some network drives have no locks: then the other's word is all there is.
            if (other.isPresent() && other.get().mayBeAlive()) {
                return false;
            }
            return true;
        }
    }

    /**
     * Who holds the lock, as it says itself.
     *
     * @param processStarted when its process began; absent where the system does not tell
     */
    private record Owner(String host, long pid, Optional<String> processStarted, Optional<String> since) {
        static Owner self(Instant now) {
            ProcessHandle process = ProcessHandle.current();
            return new Owner(
                    thisHost(),
                    process.pid(),
                    start(process),
                    Optional.of(now.truncatedTo(ChronoUnit.SECONDS).toString()));
        }

        /** @throws RuntimeException if it is none */
        static Owner parse(String text) {
            JsonObject said = JsonObject.parse(text);
            return new Owner(
                    said.text("host"), said.number("pid"), said.optional("processStarted"), said.optional("since"));
        }

        String line() {
            var map = new LinkedHashMap<String, Object>();
            map.put("host", host);
            map.put("pid", pid);
            processStarted.ifPresent(start -> map.put("processStarted", start));
            since.ifPresent(time -> map.put("since", time));
            return JsonObject.line(map);
        }

        boolean mayBeAlive() {
            return !host.equals(thisHost())
                    || ProcessHandle.of(pid).filter(this::isProcess).isPresent();
        }

        /** A process number alone says little: in a container every run may have the same one. */
        boolean isThisProcess() {
            return host.equals(thisHost())
                    && pid == ProcessHandle.current().pid()
                    && isProcess(ProcessHandle.current());
        }

        private boolean isProcess(ProcessHandle process) {
            return start(process).equals(processStarted);
        }

        private static Optional<String> start(ProcessHandle process) {
            return process.info().startInstant().map(Instant::toString);
        }

        private static String thisHost() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "unknown";
            }
        }
    }

    private static Optional<Owner> read(Path holder) {
        try (InputStream in = Files.newInputStream(holder, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(Owner.parse(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** For good: on FAT a name that comes back after a power cut takes its place along, where a photo may be by then. */
    private static boolean forget(Path holder) throws IOException {
        boolean existed = Files.deleteIfExists(holder);
        if (existed) {
            try (FileChannel folder = FileChannel.open(holder.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            } catch (IOException e) {
                // Windows forces no folder, and writes the log of NTFS by itself.
            }
        }
        return existed;
    }

    private static DestinationException.InUse inUse(Optional<Owner> other) {
        String who = other.map(owner -> "process " + owner.pid() + " on " + owner.host() + " since "
                        + owner.since().orElse("an unknown time"))
                .orElse("another process");
        return new DestinationException.InUse("The destination is in use by " + who + "; let that run end first.");
    }

    @Override
    public void close() throws IOException {
        try {
            forget(holder);
        } finally {
            channel.close();
        }
    }
}
