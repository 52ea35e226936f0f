package dev.shoebox.destination;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A file being written into the staging folder of the destination, hashed on its way. Not yet a photo that counts. */
public final class Staged implements Closeable {
    private final Disk disk;
    private final String path;
    private final Consumer<Staged> whenClosed;
    private final Checksum checksum;
    private Optional<Disk.Out> out;
    private long length;
    private boolean given;

    /**
     * @param path of a new file
     * @param hashing runs one task at a time, in their order
     */
    Staged(Disk disk, String path, Executor hashing, Consumer<Staged> whenClosed) throws IOException {
        this.disk = disk;
        this.path = path;
        this.checksum = new Checksum(hashing);
        this.whenClosed = whenClosed;
        this.out = Optional.of(disk.create(path));
    }

    static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
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
            if (out.isEmpty()) {
                out = Optional.of(disk.append(path));
            }
            ByteBuffer written = bytes.duplicate();
            out.get().write(bytes);
            length += written.remaining();
            checksum.add(written, release);
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /** Reads what was written, to find out what the photo says of itself. */
    public SeekableByteChannel read() throws DestinationException {
        try {
            return disk.read(path);
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /** Throws the bytes away, unless they were handed to {@link Intake#store}. */
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

    /** From here on {@link #close} keeps the bytes: whoever took them seals or discards them. */
    void give() {
        given = true;
    }

    boolean isOpen() {
        return out.isPresent();
    }

    /** Makes what is there durable and gives the handle back; writing on opens it again. */
    void park(Abilities abilities) throws IOException {
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
    void seal(Instant modified, Abilities abilities) throws IOException {
        try {
            disk.stamp(path, modified);
        } catch (IOException e) {
            // Some disks cannot hold this date. If the disk itself is failing, the force that follows says so.
        }
        park(abilities);
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
        try {
            disk.delete(path);
        } catch (IOException e) {
            // Swept up at the next opening.
        }
        whenClosed.accept(this);
    }
}
