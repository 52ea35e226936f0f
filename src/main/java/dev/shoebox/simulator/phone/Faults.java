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
 * What goes wrong with a simulated phone. Everything may be set at any time from any thread and holds from the next request on.
 *
 * <p>Paths are as AFC knows them, with or without the leading slash.
 */
public final class Faults {
    /** How one reply breaks the protocol. */
    public enum Mangling {
        /** The reply claims to answer another request. */
        WRONG_PACKET_NUMBER,
        /** The header promises a gigabyte more than follows. */
        TOO_LONG,
        /** Half of the data, then the connection ends. */
        TRUNCATED,
        /** 64 bytes more than were asked for, correctly framed. */
        MORE_THAN_ASKED,
        /** The entire length is less than the header's own. */
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
    private final Set<String> unreadableFolders = ConcurrentHashMap.newKeySet();
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

    /** @param distrustAll makes the phone trust no computer any more */
    Faults(Runnable distrustAll) {
        this.distrustAll = distrustAll;
    }

    /** Pulls the cable once so many more bytes of file data were sent. Plug the phone in again to go on. */
    public void unplugAfter(long bytes) {
        unplugAfter(bytes, Duration.ZERO);
    }

    /** Pulls the cable once so many more bytes of file data were sent, and plugs it in again after a while; zero means never. */
    public void unplugAfter(long bytes, Duration replugAfter) {
        gate.set(bytes, DataGate.Event.UNPLUG, replugAfter);
    }

    /** Locks itself once so many more bytes of file data were sent, which ends the connection unless it denies files. */
    public void lockAfter(long bytes) {
        gate.set(bytes, DataGate.Event.LOCK, Duration.ZERO);
    }

    /** Falls silent once so many more bytes of file data were sent; connections stay open until {@link #release}. */
    public void stallAfter(long bytes) {
        gate.set(bytes, DataGate.Event.STALL, Duration.ofDays(365));
    }

    /** Falls silent once so many more bytes of file data were sent, and goes on by itself after some time. */
    public void stallAfter(long bytes, Duration pause) {
        gate.set(bytes, DataGate.Event.STALL, pause);
    }

    /** Ends a stall, and forgets one that has not begun. */
    public void release() {
        gate.release();
    }

    /** Answers no read with more than so many bytes. */
    public void shortReads(int bytes) {
        readLimit = bytes;
    }

    /** Fails each read of a file from an offset on with an AFC status. */
    public void readError(String path, long fromOffset, int status) {
        readErrors.put(AfcPath.normalized(path), new ReadError(fromOffset, status));
    }

    /** A file that is listed and has a size, but cannot be opened: status 1 for what only iCloud has, 8 for what is gone. */
    public void ghost(String path, int status) {
        ghosts.put(AfcPath.normalized(path), status);
    }

    /** Lets the file's information report another size than its content has. */
    public void reportSize(String path, long size) {
        sizeLies.put(AfcPath.normalized(path), size);
    }

    /** Lets the file's information report other times than its library has for it. */
    public void reportTimes(String path, Instant modified, Instant born) {
        timeLies.put(AfcPath.normalized(path), new Times(modified, born));
    }

    /** As soon as the file has been read from, its information reports a size larger by so much, and a later time. */
    public void changeWhileRead(String path, long growth) {
        changes.put(AfcPath.normalized(path), growth);
    }

    /** Delivers one bit wrong, either each time or only the next time that it is read; bits count from 0 to 7. */
    public void flipBit(String path, long offset, int bit, boolean once) {
        flips.put(AfcPath.normalized(path), new Flip(offset, bit, once));
    }

    /** The file has one bit wrong on the phone itself, for whoever opens it from now on; bits count from 0 to 7. */
    public void rot(String path, long offset, int bit) {
        rotten.put(AfcPath.normalized(path), new Rot(offset, bit));
    }

    /** How it answers when it is asked to hash a file; at first it refuses to. */
    public FileHashing hashing() {
        return hashing;
    }

    /** Answers listing that folder with status 10. */
    public void unreadableFolder(String path) {
        unreadableFolders.add(AfcPath.normalized(path));
    }

    /** Shows nothing of a folder or file, nor of anything in it: every question gets status 10. */
    public void deny(String path) {
        denied.add(AfcPath.normalized(path));
    }

    /** The next time that the file is opened, it ends after so many bytes: whoever writes it has not finished. */
    public void tearOnce(String path, long bytes) {
        tears.put(AfcPath.normalized(path), bytes);
    }

    /** Adds an entry with any bytes as its name to a folder's listing. Where a path can name it, it is a small photo. */
    public void hostileName(String folder, byte[] name) {
        hostileNames.add(AfcPath.normalized(folder), name);
    }

    /**
     * Adds one of each name that has troubled a file system or a program: parents, slashes, control characters, invalid UTF-8, twins that
     * differ in case or Unicode form only, 255 bytes.
     */
    public void hostileNames(String folder) {
        hostileNames.addKnown(AfcPath.normalized(folder));
    }

    /** Lets no connection have more files open at once; further ones get status 3. */
    public void openFileLimit(int files) {
        openFileLimit = files;
    }

    /** Starts AFC no more often than so many times at once; further starts get ServiceLimit. */
    public void connectionLimit(int connections) {
        connectionLimit = connections;
    }

    /** While it is locked, it keeps its connections and answers questions about files with status 10. */
    public void denyWhileLocked() {
        deniesWhileLocked = true;
    }

    /** Not unlocked since its restart: pairing and sessions are refused with PasswordProtected. */
    public void lock() {
        locked = true;
    }

    /** Answers every lockdown request of that name ({@code Pair}, {@code StartSession}, {@code StartService}) with that error. */
    public void refuse(String request, String error) {
        refusals.put(request, error);
    }

    /** Ends the connection where TLS should begin, as for a computer whose TLS library cannot agree with the phone. */
    public void failTls() {
        tlsFails = true;
    }

    /** As when the passcode was entered. */
    public void unlock() {
        locked = false;
    }

    /** The next so many requests to pair find the dialog unanswered; then Trust is tapped. */
    public synchronized void trustPending(int refusals) {
        refusalsBeforeTrust = refusals;
        pairingDenied = false;
    }

    /** Forgets every computer, and leaves the dialog unanswered until {@link #trustPending} says otherwise. */
    public void untrusted() {
        distrustAll.run();
        trustPending(Integer.MAX_VALUE);
    }

    /** Forgets every computer, and answers the dialog with Don't Trust. */
    public synchronized void denyPairing() {
        distrustAll.run();
        pairingDenied = true;
    }

    /** Forgets every computer, as after Reset Location and Privacy: their pair records are stale, but they may pair again. */
    public void forgetComputers() {
        distrustAll.run();
    }

    /** Breaks the next reply to a read of file data. */
    public void mangleNextRead(Mangling how) {
        mangleNext(how, FILE_READ);
    }

    /** Breaks the next reply to an AFC operation. */
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

    /** The lockdown error with which a stranger's wish to pair is answered now. */
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

    boolean isUnreadableFolder(String path) {
        return unreadableFolders.contains(path);
    }

    boolean isDenied(String path) {
        return (locked && deniesWhileLocked)
                || denied.stream().anyMatch(each -> path.equals(each) || path.startsWith(each + "/"));
    }

    SimulatedLibrary.Content held(String path, SimulatedLibrary.Content content) {
        Rot rot = rotten.get(path);
        return rot == null ? content : new RottenContent(content, rot.offset(), rot.bit());
    }

    /** Where the file ends for whoever opens it now. */
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

    /** The data as the cable delivers it. */
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
