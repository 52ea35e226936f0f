package dev.shoebox.backup;

import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A source in memory that fails exactly as scripted. */
public final class ScriptedSource implements MediaSource {
    static final Instant TAKEN = Instant.parse("2024-05-01T12:00:00Z");
    private static final int PIECE = 7;
    private static final int LARGE = 1 << 20;
    private static final int LARGE_PIECE = 256 << 10;

    private final Map<String, byte[]> contents = new LinkedHashMap<>();
    private final Map<String, ArrayDeque<Fault>> faults = new HashMap<>();
    private final List<Unreadable> unlisted = new ArrayList<>();
    private final Map<String, Integer> timesRead = new LinkedHashMap<>();
    private String id = "00008120-000A1D0E3C80001E";
    private long bytesRead;
    private int refusals;
    private int lossesWhileListing;
    private int timesListing;
    private boolean lost;
    private boolean locked;
    private Runnable beforeEachPiece = () -> {};
    private Optional<Runnable> endlessListing = Optional.empty();

    private enum Fault {
        NONE,
        UNREADABLE,
        LOST_HALFWAY,
        ALTERED
    }

    ScriptedSource named(String newId) {
        id = newId;
        return this;
    }

    public ScriptedSource with(String path, String content) {
        return with(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public ScriptedSource with(String path, byte[] content) {
        contents.put(path, content);
        return this;
    }

    /** Its listing does not end until its thread is interrupted. */
    ScriptedSource listsUntilInterrupted(Runnable begun) {
        endlessListing = Optional.of(begun);
        return this;
    }

    public ScriptedSource unreadable(String path, int times) {
        return fault(path, Fault.UNREADABLE, times);
    }

    /** The connection breaks in the middle of this file. */
    public ScriptedSource breaksAt(String path, int times) {
        return fault(path, Fault.LOST_HALFWAY, times);
    }

    /** The next {@code times} reads of this file have one wrong bit. */
    public ScriptedSource alters(String path, int times) {
        return fault(path, Fault.ALTERED, times);
    }

    /** One read of this file is correct although others are altered. */
    public ScriptedSource rightOnce(String path) {
        return fault(path, Fault.NONE, 1);
    }

    /** After the next loss, this many attempts to reconnect fail. */
    ScriptedSource awayFor(int attempts) {
        refusals = attempts;
        return this;
    }

    /** While it cannot be reached, it is present and locked. */
    ScriptedSource lockedMeanwhile() {
        locked = true;
        return this;
    }

    private static final class Locked extends IOException implements Withheld {
        Locked() {
            super("Unlock it.");
        }
    }

    ScriptedSource cannotList(String folder) {
        unlisted.add(new Unreadable(folder, Unreadable.Reason.DENIED, "the phone forbids it"));
        return this;
    }

    /** Its listing is still under way when that is asked for so many times. */
    ScriptedSource isListingFor(int times) {
        timesListing = times;
        return this;
    }

    ScriptedSource losesListing(int times) {
        lossesWhileListing = times;
        return this;
    }

    ScriptedSource beforeEachPiece(Runnable action) {
        beforeEachPiece = action;
        return this;
    }

    /** Total bytes read, of all files. */
    long bytesRead() {
        return bytesRead;
    }

    public int timesRead(String path) {
        return timesRead.getOrDefault(path, 0);
    }

    /** The files, in the order in which reading of each first began. */
    public List<String> order() {
        return List.copyOf(timesRead.keySet());
    }

    private ScriptedSource fault(String path, Fault fault, int times) {
        for (int count = 0; count < times; count++) {
            faults.computeIfAbsent(path, key -> new ArrayDeque<>()).add(fault);
        }
        return this;
    }

    @Override
    public SourceId id() {
        return new SourceId(SourceId.Kind.PHONE, id, "Test iPhone");
    }

    @Override
    public boolean isListing() {
        return timesListing-- > 0;
    }

    @Override
    public Listing list() throws IOException {
        if (endlessListing.isPresent()) {
            endlessListing.get().run();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException ended) {
                throw (IOException) new InterruptedIOException("the listing was interrupted").initCause(ended);
            }
        }
        if (lossesWhileListing > 0) {
            lossesWhileListing--;
            lost = true;
            throw new IOException("lost while listing");
        }
        List<MediaFile> files = new ArrayList<>();
        contents.forEach((path, content) -> files.add(new MediaFile(path, content.length, TAKEN, Optional.of(TAKEN))));
        return new Listing(files, unlisted);
    }

    @Override
    public MediaStream read(List<Request> requests) throws IOException {
        if (lost && refusals > 0) {
            refusals--;
            throw locked ? new Locked() : new IOException("no phone");
        }
        return new Stream(requests);
    }

    @Override
    public SeekableByteChannel open(MediaFile file) throws IOException {
        Path copy = Files.createTempFile("scripted", ".bin");
        Files.write(copy, contents.get(file.path()));
        return Files.newByteChannel(copy, StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public void close() {}

    private final class Stream implements MediaStream {
        private final Iterator<Request> requests;
        private Optional<Request> current = Optional.empty();
        private int position;
        private boolean altered;

        Stream(List<Request> requests) {
            this.requests = requests.iterator();
        }

        @Override
        public Piece next() throws IOException {
            beforeEachPiece.run();
            if (current.isEmpty()) {
                current = Optional.of(requests.next());
                position = Math.toIntExact(current.get().offset());
                timesRead.merge(current.get().file().path(), 1, Integer::sum);
                ArrayDeque<Fault> planned =
                        faults.getOrDefault(current.get().file().path(), new ArrayDeque<>());
                altered = planned.peek() == Fault.ALTERED;
                if (altered || planned.peek() == Fault.NONE) {
                    planned.poll();
                }
            }
            String path = current.get().file().path();
            byte[] content = contents.get(path);
            Fault fault = faultIn(path);
            if (altered && position >= content.length / 2 && position < content.length) {
                altered = false;
                byte[] wrong = Arrays.copyOfRange(content, position, Math.min(position + PIECE, content.length));
                wrong[0] ^= (byte) (1 << timesRead.get(path) % 8);
                position += wrong.length;
                return new Bytes(path, ByteBuffer.wrap(wrong), () -> {});
            }
            if (fault != null && position >= content.length / 2) {
                faults.get(path).poll();
                if (fault == Fault.LOST_HALFWAY) {
                    lost = true;
                    throw new IOException("lost at " + path);
                }
                current = Optional.empty();
                return new Unreadable(path, Unreadable.Reason.READ_ERROR, "the phone could not read it");
            }
            if (position == content.length) {
                current = Optional.empty();
                return new Whole(path);
            }
            int count = Math.min(content.length > LARGE ? LARGE_PIECE : PIECE, content.length - position);
            bytesRead += count;
            ByteBuffer buffer = ByteBuffer.wrap(content, position, count);
            position += count;
            return new Bytes(path, buffer, () -> {});
        }

        /** The fault that is due in this read; alterations were drawn when it began. */
        private Fault faultIn(String path) {
            Fault next = faults.getOrDefault(path, new ArrayDeque<>()).peek();
            return next == Fault.UNREADABLE || next == Fault.LOST_HALFWAY ? next : null;
        }

        @Override
        public void close() {}
    }
}
