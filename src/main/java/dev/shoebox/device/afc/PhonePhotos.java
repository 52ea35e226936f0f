package dev.shoebox.device.afc;

import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.photos.naming.EscapedName;
import dev.shoebox.photos.reading.BufferRing;
import dev.shoebox.photos.reading.ReadAheadStream;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.NamedFiles;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SelfHashing;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The photos or other files of one phone, over one connection that is kept between calls and replaced when it breaks. A
 * stream takes the connection and returns it, so that it never has two users.
 */
public final class PhonePhotos implements MediaSource, NamedFiles, SelfHashing {
    /** How long the thread of a stream may take to leave the phone before it is abandoned. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String CAMERA = "DCIM";
    private static final Pattern CAMERA_FOLDER = Pattern.compile("[1-9][0-9]{2}[A-Z0-9_]{5}");

    private final SourceId id;
    private final Reach reach;
    private final Walk walk;

    /** After so long without use, one round trip tests whether the connection still works. */
    private final Duration stale;

    /** The listing that was started and not used yet; or null. */
    private final AtomicReference<ListingAhead> ahead = new AtomicReference<>();

    private AfcConnection idle; // or null
    private ReadAheadStream reading; // or null
    private TransferLimits ration = TransferLimits.STANDARD;
    private List<ByteBuffer> buffers = List.of();
    private ReadAheadStream previous; // or null
    private long idleSince = System.nanoTime();
    private boolean lent;
    private boolean closed;

    public PhonePhotos(SourceId id, AfcConnection connection, Reach reach, Duration stale, Scope scope) {
        this(id, connection, reach, stale, each -> new MediaWalk(each, scope).list());
    }

    /** @param connection null if it is made later */
    private PhonePhotos(SourceId id, AfcConnection connection, Reach reach, Duration stale, Walk walk) {
        this.id = id;
        this.walk = walk;
        this.idle = connection;
        this.reach = reach;
        this.stale = stale;
    }

    /** Returns the reachable files that the rules select; connects on first use. */
    public static PhonePhotos files(SourceId id, Reach reach, Duration stale, WalkRules rules) {
        return new PhonePhotos(id, null, reach, stale, each -> new MediaWalk(each, rules).list());
    }

    /** Closes the connection until the next use. Not while a stream is open. */
    public synchronized void leave() {
        if (idle != null) {
            leave(idle);
        }
        idle = null;
    }

    private interface Walk {
        Listing list(AfcConnection connection) throws DeviceException;
    }

    /** Reconnects to the phone's files. */
    public interface Reach {
        AfcConnection connect() throws DeviceException;
    }

    @Override
    public SourceId id() {
        return id;
    }

    @Override
    public MediaSource listingAhead() {
        ahead.set(ListingAhead.start(this::walked));
        return this;
    }

    @Override
    public boolean isListing() {
        ListingAhead started = ahead.get();
        return started != null && !started.isOver();
    }

    @Override
    public Listing list() throws IOException {
        ListingAhead started = ahead.getAndSet(null);
        return started == null ? walked() : started.await();
    }

    private synchronized Listing walked() throws IOException {
        return walk.list(connection());
    }

    @Override
    public synchronized Listing newest() throws IOException {
        AfcConnection connection = connection();
        List<String> names = new ArrayList<>();
        connection.askPath(Afc.Request.READ_DIR, CAMERA, reply -> {
            while (reply.ok() && reply.data().hasRemaining()) {
                names.add(EscapedName.text(Afc.untilNul(reply.data())));
            }
        });
        connection.drain();
        // The camera increments the number: 100APPLE, 101APPLE.
        Optional<String> last = names.stream()
                .filter(name -> CAMERA_FOLDER.matcher(name).matches())
                .max(Comparator.naturalOrder());
        return last.isEmpty()
                ? MediaSource.super.newest()
                : new MediaWalk(connection, new PhotoRules(Scope.USUAL, List.of(CAMERA + "/" + last.get()))).list();
    }

    @Override
    public synchronized MediaStream read(List<Request> requests) throws IOException {
        AfcConnection connection = connection();
        idle = null;
        // A buffer of an earlier stream that is still being read must keep its content.
        if (buffers.isEmpty() || (previous != null && previous.isInUse())) {
            buffers = Stream.generate(() -> ByteBuffer.allocateDirect(ration.bufferBytes()))
                    .limit(ration.buffers())
                    .toList();
        }
        BufferRing ring = new BufferRing(buffers);
        Pipeline pipeline = new Pipeline(List.copyOf(requests), connection, ring, ration);
        var stream = new ReadAheadStream("shoebox-phone", requests.size(), ring, PATIENCE, new Reading(pipeline));
        reading = stream;
        previous = reading;
        return stream.start();
    }

    /** Runs a pipeline on the thread of its stream, and returns its connection. */
    private final class Reading implements ReadAheadStream.Reader {
        private final Pipeline pipeline;

        Reading(Pipeline pipeline) {
            this.pipeline = pipeline;
        }

        @Override
        public void read(BufferRing ring) throws IOException, InterruptedException {
            try {
                pipeline.run(PhonePhotos.this::reconnect);
            } catch (RuntimeException | Error defect) {
                pipeline.connection().close();
                throw defect;
            }
        }

        @Override
        public void ended(ReadAheadStream stream) {
            bringBack(stream, pipeline);
        }

        @Override
        public void abandoned(ReadAheadStream stream) {
            abandon(stream);
        }
    }

    @Override
    public synchronized SeekableByteChannel open(MediaFile file) throws IOException {
        return open(file, PhoneFile.BLOCK);
    }

    @Override
    public synchronized SeekableByteChannel open(MediaFile file, int block) throws IOException {
        return new PhoneFile(file, connection(), this, Math.min(block, PhoneFile.BLOCK));
    }

    @Override
    public synchronized Optional<MediaFile> find(String path) throws IOException {
        return new Question(path).ask(connection());
    }

    /** Finds files; all requests are sent before the first response is awaited. */
    @Override
    public synchronized Map<String, MediaFile> findAll(Collection<String> paths) throws IOException {
        AfcConnection connection = connection();
        Map<String, MediaFile> found = new HashMap<>();
        for (String path : paths) {
            connection.askPath(Afc.Request.GET_FILE_INFO, path, reply -> {
                if (reply.ok()) {
                    Optional.of(FileInfo.of(reply.data()))
                            .filter(known -> known.kind() == FileInfo.Kind.FILE)
                            .flatMap(known -> known.file(path))
                            .ifPresent(file -> found.put(path, file));
                }
            });
        }
        connection.drain();
        return found;
    }

    @Override
    public synchronized OptionalLong freeBytes() throws IOException {
        AfcConnection connection = connection();
        List<OptionalLong> said = new ArrayList<>(1);
        connection.askDeviceInfo(
                reply -> said.add(reply.ok() ? FileInfo.number(reply.data(), "FSFreeBytes") : OptionalLong.empty()));
        connection.drain();
        return said.get(0);
    }

    @Override
    public FileHashes hashes() throws IOException {
        return new PhoneHashes(reconnect());
    }

    @Override
    public synchronized boolean answersAtHand(SelfHashing.Question question) {
        try {
            return question.ask(new PhoneHashes(connection())).isPresent();
        } catch (IOException lost) {
            return false;
        }
    }

    /** The phone's response about one file. */
    private static final class Question {
        private final String path;
        private FileInfo info; // or null
        private Unreadable failure; // or null

        Question(String path) {
            this.path = path;
        }

        Optional<MediaFile> ask(AfcConnection connection) throws IOException {
            connection.askPath(Afc.Request.GET_FILE_INFO, path, reply -> {
                boolean absent = reply.status() == AfcStatus.NOT_FOUND;
                failure = reply.ok() || absent ? null : reply.unreadable(path);
                info = reply.ok() ? FileInfo.of(reply.data()) : null;
            });
            connection.drain();
            if (failure != null) {
                throw new UnreadableException(failure);
            }
            return Optional.ofNullable(info)
                    .filter(known -> known.kind() == FileInfo.Kind.FILE)
                    .flatMap(known -> known.file(path));
        }
    }

    private AfcConnection connection() throws DeviceException {
        if (closed || reading != null) {
            throw new IllegalStateException(closed ? "source is closed" : "a stream is open");
        }
        if (idle != null && System.nanoTime() - idleSince > stale.toNanos()) {
            try {
                idle.askDeviceInfo(reply -> {});
                idle.drain();
            } catch (DeviceException.Lost expected) {
                // Replaced below.
            }
        }
        if (idle == null || idle.isBroken()) {
            idle = null;
            idle = reconnect();
        }
        idleSince = System.nanoTime();
        return idle;
    }

    /**
     * Lends the connection to a file opened on it, until {@link #giveBack}: another thread may close this meanwhile,
     * and must not take the responses.
     *
     * @return whether the connection is available
     */
    synchronized boolean lend(AfcConnection connection) {
        idleSince = System.nanoTime();
        lent = idle == connection && !connection.isBroken();
        return lent;
    }

    synchronized void giveBack() {
        lent = false;
    }

    /** Reconnects if the phone is there and unlocked, without waiting: the caller may try again. */
    AfcConnection reconnect() throws DeviceException {
        try {
            return reach.connect();
        } catch (DeviceException.NoPhone gone) {
            throw new DeviceException.Lost(
                    "The iPhone was unplugged. Plug it in again, then run the command again to continue.");
        }
    }

    /** Takes the connection of an ended stream back, if it is still usable. */
    private synchronized void bringBack(ReadAheadStream stream, Pipeline pipeline) {
        AfcConnection connection = pipeline.connection();
        boolean expected = reading == stream;
        if (expected) {
            reading = null;
            ration = pipeline.ration();
        }
        if (expected && !closed && !connection.isBroken() && !pipeline.isDenied()) {
            idle = connection;
            idleSince = System.nanoTime();
        } else {
            connection.close();
        }
    }

    /** Abandons a stream that does not end, with its connection. */
    private synchronized void abandon(ReadAheadStream stream) {
        if (reading == stream) {
            reading = null;
        }
        buffers = List.of();
    }

    @Override
    public void close() {
        Optional.ofNullable(ahead.getAndSet(null)).ifPresent(ListingAhead::stop);
        Optional<ReadAheadStream> stream;
        synchronized (this) {
            closed = true;
            stream = Optional.ofNullable(reading);
            // A concurrent reader finds it closed.
            Optional.ofNullable(idle).ifPresent(lent ? AfcConnection::close : PhonePhotos::leave);
            idle = null;
        }
        stream.ifPresent(ReadAheadStream::close);
    }

    /** Closes a connection. The last file opened for small reads may still be closing. */
    private static void leave(AfcConnection connection) {
        if (!connection.isBroken()) {
            try {
                connection.drain();
            } catch (DeviceException lost) {
                // Then no file is open any more either.
            }
        }
        connection.close();
    }
}
