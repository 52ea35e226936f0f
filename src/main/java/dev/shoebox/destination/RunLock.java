package dev.shoebox.destination;

import com.fasterxml.jackson.jr.ob.JSON;

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
import java.util.Map;
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
        Optional<Map<String, Object>> other = read(folder.resolve(HOLDER));
        if (other.isEmpty() || isThisProcess(other.get())) {
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
        Optional<Map<String, Object>> other = read(holder);
        if (other.isPresent() && isThisProcess(other.get())) {
            throw inUse(other);
        }
        FileChannel channel = open(folder.resolve("lock"), StandardOpenOption.CREATE);
        try {
            if (!isLocked(channel, other)) {
                throw inUse(other);
            }
            boolean wasLeft = forget(holder);
            try (FileChannel writing = open(holder, StandardOpenOption.CREATE_NEW)) {
                String text = JSON.std.asString(self(now)) + "\n";
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

    private static boolean isLocked(FileChannel channel, Optional<Map<String, Object>> other) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            // Some network drives have no locks: then the other's word is all there is.
            if (other.isPresent() && mayBeAlive(other.get())) {
                return false;
            }
            return true;
        }
    }

    private static boolean mayBeAlive(Map<String, Object> other) {
        return !host().equals(other.get("host"))
                || ProcessHandle.of(((Number) other.get("pid")).longValue())
                        .filter(process -> processStart(process).equals(other.get("processStarted")))
                        .isPresent();
    }

    private static boolean isThisProcess(Map<String, Object> other) {
        // A process number alone says little: in a container every run may have the same one.
        return host().equals(other.get("host"))
                && other.get("pid") instanceof Number pid
                && pid.longValue() == ProcessHandle.current().pid()
                && processStart(ProcessHandle.current()).equals(other.get("processStarted"));
    }

    private static Map<String, Object> self(Instant now) {
        var map = new LinkedHashMap<String, Object>();
        map.put("host", host());
        map.put("pid", ProcessHandle.current().pid());
        map.put("processStarted", processStart(ProcessHandle.current()));
        map.put("since", now.truncatedTo(ChronoUnit.SECONDS).toString());
        return map;
    }

    private static String processStart(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private static Optional<Map<String, Object>> read(Path holder) {
        try (InputStream in = Files.newInputStream(holder, LinkOption.NOFOLLOW_LINKS)) {
            Map<String, Object> map = JSON.std.mapFrom(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8));
            return map.get("host") instanceof String && map.get("pid") instanceof Number
                    ? Optional.of(map)
                    : Optional.empty();
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

    private static DestinationException.InUse inUse(Optional<Map<String, Object>> other) {
        String who = other.map(map -> "process " + map.get("pid") + " on " + map.get("host") + " since "
                        + map.getOrDefault("since", "an unknown time"))
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
