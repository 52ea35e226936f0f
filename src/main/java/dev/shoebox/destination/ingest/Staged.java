package dev.shoebox.destination.ingest;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.photos.fingerprint.ContentDigest;
import dev.shoebox.photos.fingerprint.Fingerprint;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.metadata.Metadata;
import dev.shoebox.photos.metadata.PlausibilityCheck;
import dev.shoebox.photos.metadata.field.MediaFacts;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A file being written into the staging folder of the destination, hashed on its way. Not yet a photo that counts. */
public final class Staged implements Closeable {
    /** A crash costs no more than this of a large file, or half of what came, in bytes. */
    private static final long MOST_UNNOTED = 64 << 20;

    /** Fewer bytes take less of the system's memory than it takes to give them back. */
    private static final int WORTH_FORGETTING = 64 << 10;

    private final Setup setup;
    private final Disk disk;
    private final String path;
    private final Checksum checksum;
    private final Optional<PartialRecord> record;
    private final Optional<ResumePoint> joint;
    private final AtomicBoolean noting = new AtomicBoolean();
    /** What tells the file from another that took its place. */
    private Optional<Object> key = Optional.empty();

    private Optional<Disk.Out> out;
    private Optional<FileEnds> beginning = Optional.empty();
    private long length;
    private long nextNote;
    private boolean failed;
    private boolean given;

    /**
     * What a staged file works with.
     *
     * @param hashing runs one task at a time, in their order
     * @param extras what is computed beside SHA-256
     * @param noting makes what came of large files durable meanwhile
     * @param whenClosed told when the bytes are thrown away or kept for later
     */
    public record Setup(
            Disk disk,
            DiskCapabilities abilities,
            Executor hashing,
            Set<ContentDigest.Extra> extras,
            Executor noting,
            Consumer<Staged> whenClosed) {
        Setup with(Set<ContentDigest.Extra> wanted) {
            return new Setup(disk, abilities, hashing, wanted, noting, whenClosed);
        }
    }

    /** @param path of a new file */
    public Staged(Setup setup, String path, SourceId source, MediaFile file) throws IOException {
        this(setup, path, record(setup, path, source, file), Optional.empty());
        this.out = Optional.of(disk.create(path));
        this.key = disk.key(path);
    }

    private Staged(Setup setup, String path, Optional<PartialRecord> record, Optional<ResumePoint> joint) {
        this.setup = setup;
        this.disk = setup.disk();
        this.path = path;
        this.record = record;
        this.joint = joint;
        this.checksum = new Checksum(
                setup.hashing(), joint.map(ResumePoint::digest).orElseGet(() -> new ContentDigest(setup.extras())));
        this.length = joint.map(ResumePoint::end).orElse(0L);
        this.nextNote = Math.max(Partials.WORTH_KEEPING, nextNote(length));
        this.out = Optional.empty();
    }

    private static Optional<PartialRecord> record(Setup setup, String path, SourceId source, MediaFile file) {
        return file.size() < Partials.WORTH_KEEPING
                ? Optional.empty()
                : Optional.of(new PartialRecord(setup.disk(), setup.abilities(), path, source, file));
    }

    /** Takes up a partial file; empty if it does not have the bytes that were noted. */
    static Optional<Staged> takenUp(Setup setup, PartialRecord.Known known) throws IOException {
        Optional<ResumePoint> joint = ResumePoint.in(setup.disk(), known, setup.extras());
        if (joint.isEmpty()) {
            return Optional.empty();
        }
        var record = record(setup, known.partial(), known.source(), known.file());
        record.orElseThrow().note(joint.get().end(), joint.get().sha256());
        var staged = new Staged(setup, known.partial(), record, joint);
        staged.out = Optional.of(setup.disk().append(known.partial()));
        staged.out.get().truncate(joint.get().end());
        staged.key = setup.disk().key(known.partial());
        return Optional.of(staged);
    }

    private static long nextNote(long length) {
        return Math.min(2 * length, length + MOST_UNNOTED);
    }

    /** How many bytes are there; not zero from the start where an interrupted transfer is taken up again. */
    public long length() {
        return length;
    }

    /**
     * Appends every remaining byte.
     *
     * @param bytes not to be changed until they are released
     * @param release run once, as soon as they are no longer needed, and perhaps on another thread; not if this fails
     */
    public void write(ByteBuffer bytes, Runnable release) throws DestinationException {
        if (given) {
            throw new IllegalStateException("the file was handed over");
        }
        try {
            if (joint.isPresent() && !joint.get().isCompared()) {
                joint.get().compare(bytes);
                if (!bytes.hasRemaining() || !joint.get().fits()) {
                    release.run();
                    return;
                }
            }
            if (out.isEmpty()) {
                out = Optional.of(disk.append(path));
            }
            ByteBuffer written = bytes.duplicate();
            if (length == 0) {
                beginning = Optional.of(new FileEnds(written));
            } else {
                beginning.ifPresent(ends -> ends.add(written));
            }
            out.get().write(bytes);
            length += written.remaining();
            checksum.add(written, release);
            if (record.isPresent() && length >= nextNote) {
                note(record.get());
            }
        } catch (IOException e) {
            failed = true;
            throw DestinationException.of(e, disk);
        }
    }

    /** Makes what came so far durable while more comes. One at a time: a slow disk is asked less often. */
    private void note(PartialRecord durable) {
        nextNote = nextNote(length);
        long bytes = length;
        if (noting.compareAndSet(false, true)) {
            checksum.soFar(sha256 -> setup.noting().execute(() -> {
                try {
                    durable.note(bytes, sha256);
                    disk.forget(path);
                } catch (IOException e) {
                    // The record remembers it, and whoever wants to rely on these bytes is told.
                } finally {
                    noting.set(false);
                }
            }));
        }
    }

    /** Where the source is to be read from: somewhat before {@link #length} where bytes of two readings are to be joined. */
    public long next() {
        return joint.filter(unfinished -> !unfinished.isCompared())
                .map(ResumePoint::next)
                .orElse(length);
    }

    /** Whether it begins with bytes of an earlier reading. */
    public boolean isTakenUp() {
        return joint.isPresent();
    }

    /** False if the source sent other bytes than were kept of it: then the file has to start again. */
    public boolean fits() {
        return joint.isEmpty() || joint.get().fits();
    }

    /**
     * What the photo says of itself, read from what was written, as far as its beginning is not still in memory.
     *
     * @throws DestinationException if the disk does not give it back
     */
    public MediaFacts facts() throws DestinationException {
        return read(Metadata::read);
    }

    /**
     * Whether what was written can be a photo or video as a whole, read from it as {@link #facts} is.
     *
     * @param name of the file on its source
     * @throws DestinationException if the disk does not give it back
     */
    public Plausibility plausibility(String name) throws DestinationException {
        return length == 0 ? Plausibility.EMPTY : read(bytes -> PlausibilityCheck.of(bytes, name));
    }

    /**
     * Everything that was written, to be read.
     *
     * @throws DestinationException if the disk does not give it back
     */
    public SeekableByteChannel bytes() throws DestinationException {
        try {
            return disk.read(path);
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /** Tells something from the bytes of a file. */
    private interface Reader<T> {
        T read(SeekableByteChannel bytes) throws IOException;
    }

    private <T> T read(Reader<T> reader) throws DestinationException {
        try {
            SeekableByteChannel bytes =
                    beginning.isPresent() ? beginning.get().ofFile(length, () -> disk.read(path)) : disk.read(path);
            try {
                return reader.read(bytes);
            } finally {
                closeQuietly(bytes);
            }
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    private static void closeQuietly(SeekableByteChannel bytes) {
        try {
            bytes.close();
        } catch (IOException e) {
            // Opened for reading only: nothing is lost by it, and what fails goes on failing where it matters.
        }
    }

    /** Throws the bytes away, unless they were handed to {@link Ingest#store}. */
    @Override
    public void close() {
        if (!given) {
            discard();
        }
    }

    String path() {
        return path;
    }

    /** Of everything written, once it is hashed; nothing can be written after. 64 lower-case hexadecimal digits. */
    public String sha256() {
        return checksum.sha256();
    }

    /** The fingerprint of Photos. Empty where it was not asked for. */
    public Optional<Fingerprint> fingerprint() {
        return checksum.result().fingerprint();
    }

    /** The same of SHA-1: 40 lower-case hexadecimal digits. Empty where it was not asked for. */
    public Optional<String> sha1() {
        return checksum.result().sha1();
    }

    /** What is there, made durable for another try or run; empty, and thrown away, if it is not worth that or not sound. */
    Optional<PartialRecord.Known> suspend() {
        if (record.isPresent() && !failed && !given && fits() && length >= Partials.WORTH_KEEPING) {
            try {
                String sha256 = sha256();
                park(setup.abilities());
                PartialRecord durable = record.get();
                durable.note(length, sha256);
                durable.close();
                setup.whenClosed().accept(this);
                return PartialRecord.read(disk, path);
            } catch (IOException e) {
                // Then it is not kept.
            }
        }
        close();
        return Optional.empty();
    }

    /** From here on {@link #close} keeps the bytes: whoever took them seals or discards them. */
    public void give() {
        given = true;
        beginning = Optional.empty();
        record.ifPresent(PartialRecord::forget);
    }

    boolean isOpen() {
        return out.isPresent();
    }

    /** Makes what is there durable and gives the handle back; writing on opens it again. */
    public void park(DiskCapabilities abilities) throws IOException {
        // Thousands may wait parked.
        beginning = Optional.empty();
        if (record.isPresent()) {
            record.get().requireSound();
        }
        if (out.isPresent()) {
            try (Disk.Out closing = out.get()) {
                out = Optional.empty();
                if (abilities.forces()) {
                    closing.force();
                }
            }
        }
    }

    /** Sets the file's time and makes its content durable on the handle that wrote it. */
    void seal(Instant modified, DiskCapabilities abilities) throws IOException {
        try {
            disk.stamp(path, modified);
        } catch (DestinationException failed) {
            throw failed;
        } catch (IOException e) {
            // Some disks cannot hold this date. If the disk itself is failing, the force that follows says so.
        }
        park(abilities);
        if (abilities.forces() && length >= WORTH_FORGETTING) {
            disk.forget(path);
        }
    }

    /** Throws the bytes away whoever has them. What cannot be deleted now, the next run sweeps up. */
    void discard() {
        try {
            if (out.isPresent()) {
                out.get().close();
            }
        } catch (IOException e) {
            // Its bytes are not wanted.
        }
        out = Optional.empty();
        record.ifPresent(PartialRecord::forget);
        try {
            // A driver that numbers files anew now and then leaves one more to be swept up.
            if (disk.key(path).equals(key)) {
                disk.delete(path);
            }
        } catch (IOException e) {
            // Swept up at the next opening.
        }
        setup.whenClosed().accept(this);
    }
}
