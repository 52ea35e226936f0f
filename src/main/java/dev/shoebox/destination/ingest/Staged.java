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

/** A file being written to the staging folder of the destination and hashed meanwhile. Not yet a photo that counts. */
public final class Staged implements Closeable {
    /** At most this much of a large file, or half of what has arrived, must be read again after a crash, in bytes. */
    private static final long MOST_UNNOTED = 64 << 20;

    /** Dropping fewer bytes from the system's cache costs more than it gains. */
    private static final int WORTH_FORGETTING = 64 << 10;

    private final Setup setup;
    private final Disk disk;
    private final String path;
    private final Checksum checksum;

    /** Null for a file that is not worth keeping for another attempt. */
    private final PartialRecord record;

    /** Null unless this continues a partial file. */
    private final ResumePoint joint;

    private final AtomicBoolean noting = new AtomicBoolean();

    /** Identifies the file, to detect another one that took its name. Null if the disk identifies no files. */
    private final Object key;

    /** Null while the file is not open for writing. */
    private Disk.Out out;

    /** Null before the first byte and once it is released. */
    private FileEnds beginning;

    private long length;
    private long nextNote;
    private boolean failed;
    private boolean given;

    /**
     * The collaborators of a staged file.
     *
     * @param hashing runs one task at a time, in their order
     * @param extras digests to compute in addition to SHA-256
     * @param noting makes the received part of large files durable meanwhile
     * @param keepsInMemory whether durable bytes stay in the system's memory because they are read again soon
     * @param whenClosed called when the bytes are discarded or kept for later
     */
    public record Setup(
            Disk disk,
            DiskCapabilities abilities,
            Executor hashing,
            Set<ContentDigest.Extra> extras,
            Executor noting,
            boolean keepsInMemory,
            Consumer<Staged> whenClosed) {
        ContentDigest digest() {
            return new ContentDigest(extras, abilities.partSize());
        }

        Setup with(Set<ContentDigest.Extra> wanted) {
            return new Setup(disk, abilities, hashing, wanted, noting, keepsInMemory, whenClosed);
        }

        /** What is durable need not take memory from other programs. */
        void forget(String path) throws IOException {
            if (!keepsInMemory) {
                disk.forget(path);
            }
        }
    }

    /** @param path of a new file */
    public Staged(Setup setup, String path, SourceId source, MediaFile file) throws IOException {
        this.setup = setup;
        this.disk = setup.disk();
        this.path = path;
        this.record = file.size() < Partials.WORTH_KEEPING
                ? null
                : new PartialRecord(disk, setup.abilities(), path, source, file);
        this.joint = null;
        this.checksum = new Checksum(setup.hashing(), setup.digest());
        this.nextNote = Partials.WORTH_KEEPING;
        this.out = disk.create(path);
        this.key = disk.key(path).orElse(null);
    }

    /** Resumes a partial file; empty if its bytes do not match the record. */
    static Optional<Staged> takenUp(Setup setup, PartialRecord.Known known) throws IOException {
        Optional<ResumePoint> joint = ResumePoint.in(setup, known);
        return joint.isEmpty() ? Optional.empty() : Optional.of(new Staged(setup, known, joint.get()));
    }

    private Staged(Setup setup, PartialRecord.Known known, ResumePoint joint) throws IOException {
        this.setup = setup;
        this.disk = setup.disk();
        this.path = known.partial();
        this.record = new PartialRecord(disk, setup.abilities(), path, known.source(), known.file());
        this.joint = joint;
        this.checksum = new Checksum(setup.hashing(), joint.digest());
        this.length = joint.end();
        this.nextNote = Math.max(Partials.WORTH_KEEPING, nextNote(length));
        record.note(joint.end(), joint.sha256());
        this.out = disk.append(path);
        out.truncate(joint.end());
        this.key = disk.key(path).orElse(null);
    }

    private static long nextNote(long length) {
        return Math.min(2 * length, length + MOST_UNNOTED);
    }

    /** Returns how many bytes are there; more than zero at the start of a resumed transfer. */
    public long length() {
        return length;
    }

    /**
     * Appends every remaining byte.
     *
     * @param bytes must not be changed until they are released
     * @param release run once, as soon as the bytes are no longer needed, possibly on another thread; not run if this
     *     fails
     */
    public void write(ByteBuffer bytes, Runnable release) throws DestinationException {
        if (given) {
            throw new IllegalStateException("the file was handed over");
        }
        try {
            if (joint != null && !joint.isCompared()) {
                joint.compare(bytes);
                if (!bytes.hasRemaining() || !joint.fits()) {
                    release.run();
                    return;
                }
            }
            if (out == null) {
                out = disk.append(path);
            }
            ByteBuffer written = bytes.duplicate();
            if (length == 0) {
                beginning = new FileEnds(written);
            } else if (beginning != null) {
                beginning.add(written);
            }
            out.write(bytes);
            length += written.remaining();
            checksum.add(written, release);
            if (record != null && length >= nextNote) {
                note(record);
            }
        } catch (IOException e) {
            failed = true;
            throw DestinationException.of(e, disk);
        }
    }

    /**
     * Makes the received part durable while more arrives. One call at a time, so that a slow disk is forced less often.
     */
    private void note(PartialRecord durable) {
        nextNote = nextNote(length);
        long bytes = length;
        if (noting.compareAndSet(false, true)) {
            checksum.soFar(sha256 -> setup.noting().execute(() -> {
                try {
                    durable.note(bytes, sha256);
                    setup.forget(path);
                } catch (IOException e) {
                    // The record keeps the failure and reports it before these bytes are used.
                } finally {
                    noting.set(false);
                }
            }));
        }
    }

    /**
     * Returns the offset from which to read the source: somewhat before {@link #length} if bytes of two reads are
     * joined.
     */
    public long next() {
        return joint == null || joint.isCompared() ? length : joint.next();
    }

    /** Returns whether it starts with bytes of an earlier read. */
    public boolean isTakenUp() {
        return joint != null;
    }

    /** Returns false if the source sent other bytes than were kept: the file must then be read from the start. */
    public boolean fits() {
        return joint == null || joint.fits();
    }

    /**
     * Returns the metadata of the photo, read from the disk as far as its beginning is not in memory.
     *
     * @throws DestinationException if the disk does not return it
     */
    public MediaFacts facts() throws DestinationException {
        return read(Metadata::read);
    }

    /**
     * Returns the result of the content check, read like {@link #facts}.
     *
     * @param name of the file on its source
     * @throws DestinationException if the disk does not return it
     */
    public Plausibility plausibility(String name) throws DestinationException {
        return length == 0 ? Plausibility.EMPTY : read(bytes -> PlausibilityCheck.of(bytes, name));
    }

    /**
     * Returns a channel for all bytes written.
     *
     * @throws DestinationException if the disk does not return it
     */
    public SeekableByteChannel bytes() throws DestinationException {
        try {
            return disk.read(path);
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    private <T> T read(FileEnds.Reader<T> reader) throws DestinationException {
        try {
            return FileEnds.read(
                    beginning == null ? disk.read(path) : beginning.ofFile(length, () -> disk.read(path)), reader);
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /** Discards the bytes, unless they were handed to {@link Ingest#store}. */
    @Override
    public void close() {
        if (!given) {
            discard();
        }
    }

    String path() {
        return path;
    }

    /**
     * Returns the SHA-256 of all bytes once it is computed, as 64 lower-case hexadecimal digits. Nothing can be written
     * afterwards.
     */
    public String sha256() {
        return checksum.sha256();
    }

    /** Returns whether the file is too large for one file of this disk, and will be stored in parts. */
    public boolean isInParts() {
        return length > setup.abilities().partSize();
    }

    /** Returns the fingerprint as Photos computes it; empty if not requested. */
    public Optional<Fingerprint> fingerprint() {
        return checksum.result().fingerprint();
    }

    /** Returns the SHA-1 as 40 lower-case hexadecimal digits; empty if not requested. */
    public Optional<String> sha1() {
        return checksum.result().sha1();
    }

    /**
     * Makes the received part durable for another attempt or run; discards it and returns empty if that is not
     * worthwhile, or the part is not sound.
     */
    Optional<PartialRecord.Known> suspend() {
        if (record != null && !failed && !given && fits() && length >= Partials.WORTH_KEEPING) {
            try {
                String sha256 = sha256();
                park(setup.abilities());
                record.note(length, sha256);
                record.close();
                setup.whenClosed().accept(this);
                return PartialRecord.read(disk, path);
            } catch (IOException e) {
                // The part is not kept then.
            }
        }
        close();
        return Optional.empty();
    }

    /** Has {@link #close} keep the bytes from now on: the caller seals or discards them. */
    public void give() {
        given = true;
        forgetBeginning();
        forgetRecord();
    }

    private void forgetBeginning() {
        if (beginning != null) {
            beginning.release();
            beginning = null;
        }
    }

    private void forgetRecord() {
        if (record != null) {
            record.forget();
        }
    }

    boolean isOpen() {
        return out != null;
    }

    /** Makes the received part durable and closes the handle; writing opens it again. */
    public void park(DiskCapabilities abilities) throws IOException {
        // Thousands of files may wait in this state.
        forgetBeginning();
        if (record != null) {
            record.requireSound();
        }
        if (out != null) {
            try (Disk.Out closing = out) {
                out = null;
                if (abilities.forces()) {
                    closing.force();
                }
            }
        }
    }

    /** Makes the content, the time and the note of a file in parts durable; it will be published under this name. */
    void seal(Instant modified, String name) throws IOException {
        if (isInParts()) {
            disk.note(path, name, new Disk.Parts(sha256(), checksum.result().slices()));
        }
        try {
            disk.stamp(path, modified);
        } catch (DestinationException failed) {
            throw failed;
        } catch (IOException e) {
            // Some disks cannot store this date. If the disk is failing, the following force shows it.
        }
        park(setup.abilities());
        if (setup.abilities().forces() && isInParts()) {
            disk.bare().force(Disk.Parts.note(path));
        }
        if (setup.abilities().forces() && length >= WORTH_FORGETTING) {
            setup.forget(path);
        }
    }

    /** Discards the bytes, whoever owns them. The next run removes files that cannot be deleted now. */
    void discard() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            // Its bytes are not needed.
        }
        out = null;
        forgetBeginning();
        forgetRecord();
        try {
            // With a driver that renumbers files, one more file is left for the next run to remove.
            if (disk.key(path).equals(Optional.ofNullable(key))) {
                disk.delete(path);
            }
        } catch (IOException e) {
            // Swept up at the next opening.
        }
        setup.whenClosed().accept(this);
    }
}
