package dev.shoebox.library.database;

import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.MediaStream.Bytes;
import dev.shoebox.photos.source.MediaStream.Piece;
import dev.shoebox.photos.source.NamedFiles;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.system.Storage;
import dev.shoebox.system.access.PrivateFolder;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * A copy of a database that may be written meanwhile: first the database, then its log, never its index ({@code -shm}),
 * which SQLite creates. The copy counts only if {@link DatabaseSignature} was the same before and after. Measured with
 * a writer that checkpoints constantly: half of all plain copies were torn, and the signature rejected all of them.
 *
 * <p>A copy outlives the process, so that the next one need not read unchanged parts. A crash at any line leaves a copy
 * without the note of its signature, which is then made again.
 */
public final class LibraryCopy implements Closeable {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /** The minimum number of attempts; there are more if time permits. */
    private static final int FEWEST_TRIES = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** Longer than the resolution of file times: what is written later has another time. */
    private static final Duration TICK = Duration.ofMillis(20);

    private static final Duration COARSE_TICK = Duration.ofMillis(1100);

    private static final Duration OTHERS_TURN = Duration.ofSeconds(60);
    private static final int MOST_LOG_READS = 8;

    /** The maximum size of a note, in bytes; a signature is smaller. */
    private static final int LONGEST_NOTE = 1000;

    private final PhoneDatabase original;
    private final MediaSource source;
    private final NamedFiles files;
    private final LongConsumer copying;
    private final BooleanSupplier stopped;
    private final Path folder;
    private final boolean kept;
    private final FileChannel turn;

    public LibraryCopy(
            PhoneDatabase original,
            Path cache,
            MediaSource source,
            NamedFiles files,
            LongConsumer copying,
            BooleanSupplier stopped)
            throws IOException {
        this.original = original;
        this.source = source;
        this.files = files;
        this.copying = copying;
        this.stopped = stopped;
        Optional<Path> place = isPhone() ? place(cache.resolve(original.folder(source.id()))) : Optional.empty();
        this.kept = place.isPresent();
        this.folder = kept ? place.get() : Files.createTempDirectory("shoebox-library");
        this.turn = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            awaitTurn();
        } catch (IOException notMine) {
            turn.close();
            throw notMine;
        }
    }

    /** The database was written while it was copied: another attempt may help. */
    private static final class Unsteady extends IOException {
        Unsteady() {
            super("the iPhone kept changing it while it was copied");
        }
    }

    /** @throws MediaSource.UnreadableException if another attempt cannot help */
    private static Unsteady unsteady(Unreadable unreadable) throws MediaSource.UnreadableException {
        return switch (unreadable.reason()) {
            case CHANGED, WRONG_SIZE, GONE -> new Unsteady();
            case REFUSED, DENIED, READ_ERROR -> throw new MediaSource.UnreadableException(unreadable);
        };
    }

    /** @param hasLog whether there is a log beside it, which SQLite reads with it */
    public record Complete(Path database, boolean hasLog) {}

    /** Returns the folder for this phone's copies; empty if it is not writable, so that a temporary one is needed. */
    private static Optional<Path> place(Path place) {
        try {
            PrivateFolder.makeIfAbsent(place.getParent());
            PrivateFolder.makeIfAbsent(place);
            return Files.isDirectory(place) && Files.isWritable(place) ? Optional.of(place) : Optional.empty();
        } catch (IOException unable) {
            return Optional.empty();
        }
    }

    private void awaitTurn() throws IOException {
        long deadline = System.nanoTime() + OTHERS_TURN.toNanos();
        while (true) {
            try {
                FileLock lock = turn.tryLock();
                if (lock != null) {
                    return;
                }
            } catch (OverlappingFileLockException sameProcess) {
                // Handled like any other.
            }
            if (System.nanoTime() > deadline || stopped.getAsBoolean()) {
                throw new NoLibraryException("another run of Shoebox is reading it");
            }
            pause(FIRST_PAUSE);
        }
    }

    /** Returns a consistent copy: the existing one, or a new one. */
    public Complete complete() throws IOException {
        long began = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        Optional<Unsteady> torn = Optional.empty();
        String last = "";
        int alike = 0;
        for (int tries = 0; tries < FEWEST_TRIES || System.nanoTime() - began < PATIENCE.toNanos(); tries++) {
            try {
                DatabaseSignature.Listed listed =
                        DatabaseSignature.Listed.of(files, original.path()).orElseThrow(LibraryCopy::takenAway);
                alike = listed.line().equals(last) ? alike + 1 : 0;
                last = listed.line();
                if (says(rejectedNote(), listed.line())) {
                    throw noDatabase();
                }
                if (!isHere(listed)) {
                    copy(signature());
                }
                return new Complete(database(), Files.exists(log()));
            } catch (Unsteady changed) {
                torn = Optional.of(changed);
            } catch (MediaSource.UnreadableException refused) {
                // Between listing and reading, the phone may truncate or delete a log.
                torn = Optional.of(unsteady(refused.unreadable()));
                if (alike + 1 >= FEWEST_TRIES) {
                    throw refused; // It does not change: the phone gives less of it than it lists.
                }
            }
            if (stopped.getAsBoolean()) {
                break;
            }
            pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
        throw torn.orElseThrow();
    }

    /** Returns the existing copy as of the last checkpoint. */
    public Path withoutLog() throws IOException {
        Files.deleteIfExists(log());
        Files.deleteIfExists(index());
        return database();
    }

    /** Drops this copy as useless: the next read makes another. */
    public void forget() throws IOException {
        Files.deleteIfExists(note());
        Files.deleteIfExists(generationNote());
    }

    private DatabaseSignature signature() throws IOException {
        DatabaseSignature signature =
                DatabaseSignature.of(source, files, original.path()).orElseThrow(LibraryCopy::takenAway);
        if (signature.database().size() > original.largest()) {
            throw new NoLibraryException("it is larger than a Photos library can be");
        }
        return signature;
    }

    private static NoLibraryException takenAway() {
        return new NoLibraryException("it was removed while it was copied");
    }

    private static NoLibraryException noDatabase() {
        return new NoLibraryException("it is not a database");
    }

    /**
     * Returns whether the copy is current: equal sizes and times mean, as for photos, that nothing was written since.
     */
    private boolean isHere(DatabaseSignature.Listed listed) throws IOException {
        return Files.isRegularFile(note())
                && Files.size(note()) <= LONGEST_NOTE
                && Files.readString(note()).startsWith(listed.line() + " ")
                && isCopied(listed.database());
    }

    private boolean isCopied(MediaFile file) throws IOException {
        return Files.isRegularFile(database()) && Files.size(database()) == file.size();
    }

    private void copy(DatabaseSignature before) throws IOException {
        // Only the log has grown: the database is unchanged.
        boolean hasDatabase = says(generationNote(), before.generation()) && isCopied(before.database());
        Files.deleteIfExists(note());
        Files.deleteIfExists(log());
        Files.deleteIfExists(index());
        if (!hasDatabase) {
            Files.deleteIfExists(generationNote());
            requireDatabase(before);
            pause(tick(before.database().modified()));
            requireSame(before);
            copying.accept(before.database().size());
            copyDatabase(before.database());
        }
        if (before.log().isPresent() && !before.head().isEmpty()) {
            copyLog(before.log().get());
        }
        requireSame(before);
        Files.writeString(generationNote(), before.generation());
        Files.writeString(note(), before.line());
    }

    /** Returns the time after which a write would show in the time of the file. */
    private Duration tick(Instant modified) {
        boolean isCoarse = modified.equals(modified.truncatedTo(ChronoUnit.SECONDS));
        return isCoarse && !source.id().kind().isAtRest() ? COARSE_TICK : TICK;
    }

    private boolean isPhone() {
        return source.id().kind() == SourceId.Kind.PHONE;
    }

    private void requireSame(DatabaseSignature before) throws IOException {
        if (!signature().isSameGeneration(before)) {
            throw new Unsteady();
        }
    }

    private void requireDatabase(DatabaseSignature before) throws IOException {
        MediaFile file = before.database();
        long room = Storage.freeBytes(folder);
        if (file.size() + (64L << 20) > room) {
            throw new NoLibraryException("there is not enough free space for it in " + folder);
        }
        ByteBuffer head = ByteBuffer.allocate(MAGIC.length);
        try (var channel = source.open(file)) {
            while (head.hasRemaining() && channel.read(head) >= 0) {
                // A read may bring less than asked.
            }
        }
        if (!Arrays.equals(head.array(), MAGIC)) {
            Files.writeString(rejectedNote(), new DatabaseSignature.Listed(file, before.log()).line());
            throw noDatabase();
        }
    }

    private void copyDatabase(MediaFile file) throws IOException {
        Files.deleteIfExists(database());
        try (FileChannel into = create(database())) {
            Optional<Unreadable> complaint = copy(file, 0, into);
            if (complaint.isPresent()) {
                throw unsteady(complaint.get());
            }
        }
    }

    /** Copies the growing log, at least the size it had at first: later content is not needed. */
    private void copyLog(MediaFile first) throws IOException {
        MediaFile log = first;
        try (FileChannel into = create(log())) {
            for (int reads = 0; reads < MOST_LOG_READS && into.position() < first.size(); reads++) {
                Optional<Unreadable> complaint = copy(log, into.position(), into);
                if (complaint.isEmpty()) {
                    return;
                }
                log = files.find(original.path() + "-wal")
                        .orElseThrow(() -> new NoLibraryException("its log was removed while it was copied"));
                if (log.size() < into.position()) {
                    break;
                }
            }
            if (into.position() < first.size()) {
                throw new Unsteady();
            }
        }
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private Optional<Unreadable> copy(MediaFile file, long from, FileChannel into) throws IOException {
        try (MediaStream stream = source.read(List.of(new MediaSource.Request(file, from)))) {
            while (true) {
                Piece piece = stream.next();
                if (piece instanceof Bytes bytes) {
                    try {
                        while (bytes.buffer().hasRemaining()) {
                            into.write(bytes.buffer());
                        }
                    } finally {
                        bytes.release().run();
                    }
                    if (stopped.getAsBoolean()) {
                        throw new IOException("the run is ending");
                    }
                } else {
                    return piece instanceof Unreadable unreadable ? Optional.of(unreadable) : Optional.empty();
                }
            }
        }
    }

    private static boolean says(Path note, String line) throws IOException {
        return Files.isRegularFile(note)
                && Files.size(note) == line.length()
                && Files.readString(note).equals(line);
    }

    private static void pause(Duration time) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("the run was interrupted", interrupted);
        }
    }

    private Path database() {
        return folder.resolve(original.name());
    }

    private Path log() {
        return folder.resolve(original.name() + "-wal");
    }

    private Path index() {
        return folder.resolve(original.name() + "-shm");
    }

    private Path note() {
        return folder.resolve("signature");
    }

    /** Returns the note on a file that turned out not to be a database, so that it is not opened again. */
    private Path rejectedNote() {
        return folder.resolve("rejected");
    }

    private Path generationNote() {
        return folder.resolve("generation");
    }

    @Override
    public void close() throws IOException {
        turn.close();
        if (!kept) {
            for (Path file : List.of(
                    database(), log(), index(), note(), generationNote(), rejectedNote(), folder.resolve("lock"))) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        }
    }
}
