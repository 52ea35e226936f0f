package dev.shoebox.simulator.phone;

import dev.shoebox.simulator.library.RottenContent;
import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.library.TreeNode;
import dev.shoebox.simulator.wire.DataGate;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The faults of a simulated phone. They may be set at any time from any thread, and apply from the next request on.
 *
 * <p>Paths are those of AFC, with or without the leading slash.
 */
public final class Faults {
    /** How one response violates the protocol. */
    public enum Mangling {
        /** The response has the packet number of another request. */
        WRONG_PACKET_NUMBER,
        /** The header announces a gigabyte more than follows. */
        TOO_LONG,
        /** The connection ends after half of the data. */
        TRUNCATED,
        /** The response has 64 bytes more than requested, correctly framed. */
        MORE_THAN_ASKED,
        /** The entire length is less than that of the header. */
        SHORTER_THAN_ITS_HEADER
    }

    private record MangledReply(Mangling mangling, int operation) {}

    private record Flip(long offset, int bit, boolean once) {}

    private record Rot(long offset, int bit) {}

    private record Times(Instant modified, Instant born) {}

    private record ReadError(long fromOffset, int status) {}

    private static final int FILE_READ = 0x0f;
    private static final int EXTRA = 64;

    private final Runnable distrustAll;
    private final DataGate gate = new DataGate();
    private final Map<String, ReadError> readErrors = new ConcurrentHashMap<>();
    private final Map<String, Integer> ghosts = new ConcurrentHashMap<>();
    private final Map<String, Long> sizeLies = new ConcurrentHashMap<>();
    private final Map<String, Times> timeLies = new ConcurrentHashMap<>();
    private final Map<String, Long> changes = new ConcurrentHashMap<>();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final Map<String, Flip> flips = new ConcurrentHashMap<>();
    private final Map<String, Rot> rotten = new ConcurrentHashMap<>();
    private final FileHashing hashing = new FileHashing();
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private final Map<String, Integer> unreadableFolders = new ConcurrentHashMap<>();
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> tears = new ConcurrentHashMap<>();
    private final HostileNames hostileNames = new HostileNames();
    private final AtomicReference<Optional<MangledReply>> mangling = new AtomicReference<>(Optional.empty());
    private volatile int readLimit = Integer.MAX_VALUE;
    private volatile int openFileLimit = Integer.MAX_VALUE;
    private volatile int connectionLimit = Integer.MAX_VALUE;
    private volatile boolean locked;
    private volatile boolean deniesWhileLocked;
    private volatile boolean tlsFails;
    private volatile boolean pairingDenied;
    private int refusalsBeforeTrust;

    /** @param distrustAll makes the phone distrust all computers */
    Faults(Runnable distrustAll) {
        this.distrustAll = distrustAll;
    }

    /** Pulls the cable once, after so many more bytes of file data. Plug the phone in again to continue. */
    public void unplugAfter(long bytes) {
        unplugAfter(bytes, Duration.ZERO);
    }

    /** Pulls the cable once, after so many more bytes of file data, and plugs it in again unless the delay is zero. */
    public void unplugAfter(long bytes, Duration replugAfter) {
        gate.set(bytes, DataGate.Event.UNPLUG, replugAfter);
    }

    /** Locks the phone after so many more bytes of file data, which ends the connection unless files are denied. */
    public void lockAfter(long bytes) {
        gate.set(bytes, DataGate.Event.LOCK, Duration.ZERO);
    }

    /** Stops responding after so many more bytes of file data, until {@link #release}. */
    public void stallAfter(long bytes) {
        gate.set(bytes, DataGate.Event.STALL, Duration.ofDays(365));
    }

    /** Stops responding for a while after so many more bytes of file data. */
    public void stallAfter(long bytes, Duration pause) {
        gate.set(bytes, DataGate.Event.STALL, pause);
    }

    /** Ends a stall, and cancels one that has not started. */
    public void release() {
        gate.release();
    }

    /** Limits every response to a read to so many bytes. */
    public void shortReads(int bytes) {
        readLimit = bytes;
    }

    /** Fails reads of a file from an offset on with an AFC status. */
    public void readError(String path, long fromOffset, int status) {
        readErrors.put(AfcPath.normalized(path), new ReadError(fromOffset, status));
    }

    /** Makes a listed file impossible to open: status 1 if it is only in iCloud, 8 if it is gone. */
    public void ghost(String path, int status) {
        ghosts.put(AfcPath.normalized(path), status);
    }

    /** Reports another size for a file than its content has. */
    public void reportSize(String path, long size) {
        sizeLies.put(AfcPath.normalized(path), size);
    }

    /** Reports other times for a file than its library has. */
    public void reportTimes(String path, Instant modified, Instant born) {
        timeLies.put(AfcPath.normalized(path), new Times(modified, born));
    }

    /** After the first read of the file, reports a size that is larger by so much, and a later time. */
    public void changeWhileRead(String path, long growth) {
        changes.put(AfcPath.normalized(path), growth);
    }

    /** Flips one bit of a file in transit, at every read or only at the next; bits count from 0 to 7. */
    public void flipBit(String path, long offset, int bit, boolean once) {
        flips.put(AfcPath.normalized(path), new Flip(offset, bit, once));
    }

    /** Flips one bit of the file on the phone itself, for everyone who opens it from now on; bits count from 0 to 7. */
    public void rot(String path, long offset, int bit) {
        rotten.put(AfcPath.normalized(path), new Rot(offset, bit));
    }

    /** Returns how the phone responds to requests to hash a file; initially, it refuses them. */
    public FileHashing hashing() {
        return hashing;
    }

    /** Answers listing that folder with a status. */
    public void unreadableFolder(String path, int status) {
        unreadableFolders.put(AfcPath.normalized(path), status);
    }

    /** Denies access to a folder or file and everything below it: every request gets status 10. */
    public void deny(String path) {
        denied.add(AfcPath.normalized(path));
    }

    /** Truncates the file the next time it is opened, as if its writer had not finished. */
    public void tearOnce(String path, long bytes) {
        tears.put(AfcPath.normalized(path), bytes);
    }

    /** Adds an entry with an arbitrary name to a folder's listing; a small photo, if a path can express the name. */
    public void hostileName(String folder, byte[] name) {
        hostileNames.add(AfcPath.normalized(folder), name);
    }

    /**
     * Adds entries with names that have broken file systems or programs: parents, slashes, control characters, invalid
     * UTF-8, names that differ in case or Unicode form only, 255 bytes.
     */
    public void hostileNames(String folder) {
        hostileNames.addKnown(AfcPath.normalized(folder));
    }

    /** Limits the open files of a connection; further ones get status 3. */
    public void openFileLimit(int files) {
        openFileLimit = files;
    }

    /** Limits the AFC connections; further ones get ServiceLimit. */
    public void connectionLimit(int connections) {
        connectionLimit = connections;
    }

    /** While locked, keeps its connections open and answers requests about files with status 10. */
    public void denyWhileLocked() {
        deniesWhileLocked = true;
    }

    /** Not unlocked since its restart: refuses pairing and sessions with PasswordProtected. */
    public void lock() {
        locked = true;
    }

    /**
     * Answers lockdown requests of that name ({@code Pair}, {@code StartSession}, {@code StartService}) with an error.
     */
    public void refuse(String request, String error) {
        refusals.put(request, error);
    }

    /** Closes the connection instead of starting TLS, as if the TLS libraries could not agree. */
    public void failTls() {
        tlsFails = true;
    }

    /** Enters the passcode. */
    public void unlock() {
        locked = false;
    }

    /** Leaves the Trust dialog unanswered for so many pairing requests, then taps Trust. */
    public synchronized void trustPending(int refusals) {
        refusalsBeforeTrust = refusals;
        pairingDenied = false;
    }

    /** Forgets every computer, and leaves the dialog unanswered until {@link #trustPending}. */
    public void untrusted() {
        distrustAll.run();
        trustPending(Integer.MAX_VALUE);
    }

    /** Forgets every computer, and answers the dialog with Don't Trust. */
    public synchronized void denyPairing() {
        distrustAll.run();
        pairingDenied = true;
    }

    /** Forgets every computer, as Reset Location and Privacy does. They may pair again. */
    public void forgetComputers() {
        distrustAll.run();
    }

    /** Breaks the next response to a read of file data. */
    public void mangleNextRead(Mangling how) {
        mangleNext(how, FILE_READ);
    }

    /** Breaks the next response to an AFC operation. */
    public void mangleNext(Mangling how, int operation) {
        mangling.set(Optional.of(new MangledReply(how, operation)));
    }

    DataGate gate() {
        return gate;
    }

    int readLimit() {
        return readLimit;
    }

    int openFileLimit() {
        return openFileLimit;
    }

    int connectionLimit() {
        return connectionLimit;
    }

    boolean tlsFails() {
        return tlsFails;
    }

    boolean isLocked() {
        return locked;
    }

    /** Returns the lockdown error for a pairing request now. */
    synchronized Optional<String> refusalToPair() {
        if (locked) {
            return Optional.of("PasswordProtected");
        }
        if (pairingDenied) {
            return Optional.of("UserDeniedPairing");
        }
        if (refusalsBeforeTrust > 0) {
            refusalsBeforeTrust--;
            return Optional.of("PairingDialogResponsePending");
        }
        return Optional.empty();
    }

    Optional<String> refusalOf(String request) {
        return Optional.ofNullable(refusals.get(request));
    }

    Optional<Integer> folderStatus(String path) {
        return Optional.ofNullable(unreadableFolders.get(path));
    }

    boolean isDenied(String path) {
        return (locked && deniesWhileLocked)
                || denied.stream().anyMatch(each -> path.equals(each) || path.startsWith(each + "/"));
    }

    SimulatedLibrary.Content held(String path, SimulatedLibrary.Content content) {
        Rot rot = rotten.get(path);
        return rot == null ? content : new RottenContent(content, rot.offset(), rot.bit());
    }

    /** Returns where the file ends for a client that opens it now. */
    long end(String path) {
        Long torn = tears.remove(path);
        return torn == null ? Long.MAX_VALUE : torn;
    }

    OptionalInt refusalToOpen(String path) {
        if (isDenied(path)) {
            return OptionalInt.of(AfcReply.PERMISSION_DENIED);
        }
        Integer status = ghosts.get(path);
        return status == null ? OptionalInt.empty() : OptionalInt.of(status);
    }

    OptionalInt readError(String path, long offset) {
        ReadError error = readErrors.get(path);
        return error == null || offset < error.fromOffset() ? OptionalInt.empty() : OptionalInt.of(error.status());
    }

    TreeNode reported(String path, TreeNode node) {
        TreeNode reported = sizeLies.containsKey(path) ? node.withSize(sizeLies.get(path)) : node;
        Times times = timeLies.get(path);
        if (times != null) {
            reported = reported.withModified(times.modified()).withBorn(times.born());
        }
        if (changed.contains(path)) {
            Instant later = reported.modified().plusSeconds(1);
            reported = reported.withSize(reported.size() + changes.get(path)).withModified(later);
        }
        return reported;
    }

    void wasRead(String path) {
        if (changes.containsKey(path)) {
            changed.add(path);
        }
    }

    HostileNames hostile() {
        return hostileNames;
    }

    /** Returns the data as the cable delivers them. */
    ByteBuffer[] flipped(String path, long offset, ByteBuffer[] data) {
        Flip flip = flips.get(path);
        long position = offset;
        for (int i = 0; flip != null && i < data.length; i++) {
            int length = data[i].remaining();
            if (flip.offset() >= position && flip.offset() < position + length) {
                ByteBuffer copy =
                        ByteBuffer.allocate(length).put(data[i].duplicate()).flip();
                int at = (int) (flip.offset() - position);
                data[i] = copy.put(at, (byte) (copy.get(at) ^ 1 << flip.bit()));
                if (flip.once()) {
                    flips.remove(path);
                }
                return data;
            }
            position += length;
        }
        return data;
    }

    AfcReply mangled(AfcReply reply, long operation) {
        Optional<MangledReply> next = mangling.get();
        if (next.isEmpty() || next.get().operation() != operation || !mangling.compareAndSet(next, Optional.empty())) {
            return reply;
        }
        return switch (next.get().mangling()) {
            case WRONG_PACKET_NUMBER -> reply.lying(reply.data(), 0, 1, false);
            case TOO_LONG -> reply.lying(reply.data(), 1 << 30, 0, false);
            case SHORTER_THAN_ITS_HEADER -> reply.lying(reply.data(), -reply.dataLength() - 8, 0, false);
            case MORE_THAN_ASKED -> {
                List<ByteBuffer> more = new ArrayList<>(reply.data());
                more.add(ByteBuffer.allocate(EXTRA));
                yield reply.lying(more, 0, 0, false);
            }
            case TRUNCATED -> {
                ByteBuffer half = ByteBuffer.allocate(reply.dataLength());
                reply.data().forEach(half::put);
                half.flip().limit(half.limit() / 2);
                yield reply.lying(List.of(half), half.capacity() - half.limit(), 0, true);
            }
        };
    }
}
