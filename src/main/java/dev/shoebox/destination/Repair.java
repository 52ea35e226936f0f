package dev.shoebox.destination;

import dev.shoebox.destination.aside.SetAside;
import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.ContentHash;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.ingest.ReadBack;
import dev.shoebox.destination.ingest.Staged;
import dev.shoebox.destination.naming.ListedPaths;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.opening.RecordConsistency;
import dev.shoebox.destination.opening.Recovery;
import dev.shoebox.destination.proof.Finding;
import dev.shoebox.destination.proof.Verification;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.Evidence;
import dev.shoebox.photos.fingerprint.Fingerprint;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Restores photos that are damaged or missing, under their old names, from bytes with the recorded SHA-256.
 *
 * <p>A damaged file is moved to {@code .shoebox/set-aside} only when the right bytes are complete and verified on the
 * same disk; then these are published like any photo. A crash leaves the name free at worst, and the next repair finds
 * the photo missing. Nothing is ever replaced in place or deleted.
 */
public final class Repair implements Closeable {
    private static final int READ_BYTES = 1 << 20;

    private static final SourceId NO_SOURCE = new SourceId(SourceId.Kind.FOLDER, "", "");

    private final Destination destination;
    private final Disk disk;
    private final Catalogue catalogue;
    private final Publisher publisher;
    private final InstantSource clock;
    private final ListedPaths listed;
    private final DestinationOpener opener;

    /** Second copies with their first copies: files that were stored because a damaged one had their name. */
    private final Map<Kept, Kept> seconds = new LinkedHashMap<>();

    private final Set<String> unlisted = new HashSet<>();

    /** Whether something came back that was in parts, and may have others now, or none. */
    private boolean isInOtherParts;

    private int staged;

    /**
     * Opens a destination for repair. Damaged records are first set aside and rebuilt from each other.
     *
     * @param say receives a line for the user on each of them
     */
    public static Repair open(Path root, InstantSource clock, Consumer<String> say) throws DestinationException {
        return open(root, clock, PathDisk::new, say);
    }

    /** As {@link #open(Path, InstantSource, Consumer)}, on other disks. */
    public static Repair open(Path root, InstantSource clock, Function<Path, Disk> disks, Consumer<String> say)
            throws DestinationException {
        var opener = new DestinationOpener(root, OpenMode.REQUIRE_EXISTING, disks, say);
        return new Repair(
                new Destination(opener, RecordConsistency.mended(opener, clock.instant(), say), clock), opener, clock);
    }

    /** @param opener that opened the destination */
    private Repair(Destination destination, DestinationOpener opener, InstantSource clock) throws DestinationException {
        this.destination = destination;
        this.opener = opener;
        this.clock = clock;
        DestinationOpener.Opened opened = destination.opened();
        Publisher.Writing writing = opened.writing().orElseThrow();
        this.disk = opened.disk();
        this.catalogue = opened.catalogue();
        this.listed = new ListedPaths(disk);
        this.publisher =
                new Publisher(disk, writing, catalogue, new ReadBack(disk, writing, ReadBack.Extent.EVERY_FILE, 0));
    }

    /**
     * A photo that is not as stored.
     *
     * @param size in bytes; -1 if unknown
     * @param origins the files of sources with the same content
     * @param fingerprint of this content, if known
     */
    public record Damage(
            String path, String sha256, long size, List<Origin> origins, Optional<Fingerprint> fingerprint) {
        public Damage {
            origins = List.copyOf(origins);
        }
    }

    public record Origin(SourceId source, MediaFile file) {}

    /** Reads every file, and reports findings at once. */
    public List<Damage> examine(Verification.Listener listener) throws DestinationException {
        var paths = new ArrayList<String>();
        destination.proofs().verify(Verification.Sample.EVERYTHING, new Verification.Listener() {
            @Override
            public void found(Finding finding) {
                if (finding.isDamage() || isExchanged(finding)) {
                    paths.add(finding.path());
                }
                listener.found(finding);
            }

            @Override
            public void progress(Verification.Progress progress) {
                listener.progress(progress);
            }
        });
        var damages = new ArrayList<Damage>();
        for (String path : paths) {
            Optional<Kept> kept = catalogue.at(path);
            List<Origin> origins = catalogue.origins(path).stream()
                    .map(entry -> new Origin(entry.source(), entry.file()))
                    .toList();
            damages.add(new Damage(
                    path,
                    kept.map(Kept::sha256).orElse(""),
                    kept.map(Kept::size).orElse(-1L),
                    origins,
                    catalogue.fingerprint(path)));
        }
        return damages;
    }

    /** Whether two files were exchanged: the user wants both back under their own names. */
    private boolean isExchanged(Finding finding) {
        try {
            return finding instanceof Finding.Moved moved
                    && disk.look(moved.path()).isPresent()
                    && catalogue.at(moved.to()).isPresent();
        } catch (IOException hidden) {
            return false;
        }
    }

    /** Returns a new partial file for the right bytes. */
    public Staged stage() throws DestinationException {
        try {
            Executor here = Runnable::run;
            DiskCapabilities abilities =
                    destination.opened().writing().orElseThrow().abilities();
            // Without a size, no record of progress is kept: an interrupted repair starts again.
            return new Staged(
                    new Staged.Setup(disk, abilities, here, Set.of(), here, false, gone -> {}),
                    Identity.STAGING + "/" + SetAside.REPAIR + ++staged + ".part",
                    NO_SOURCE,
                    new MediaFile("", 0, Instant.EPOCH, Optional.empty()));
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /**
     * Publishes the staged bytes in place of the damaged file if they are right; otherwise discards them.
     *
     * @return whether the photo is intact again
     */
    public boolean mend(Damage damage, Staged bytes) throws DestinationException {
        try {
            Optional<Kept> kept = catalogue.at(damage.path());
            if (kept.isEmpty() || !kept.get().sha256().equals(bytes.sha256())) {
                return false;
            }
            List<Journal.Entry> origins = catalogue.origins(damage.path());
            Instant modified =
                    origins.stream().findFirst().map(Journal.Entry::modified).orElseGet(clock::instant);
            Publisher.Writing writing = destination.opened().writing().orElseThrow();
            boolean mayLieOtherwise = disk.parts(damage.path()).isPresent() || bytes.isInParts();
            bytes.give();
            bytes.park(writing.abilities());
            if (disk.look(damage.path()).isPresent()) {
                SetAside.setAside(disk, writing.abilities(), damage.path(), clock.instant());
            }
            for (String taken : disk.takenBy(damage.path(), bytes.length())) {
                // Parts whose note is gone.
                if (disk.bare().look(taken).isPresent()) {
                    SetAside.setAside(disk.bare(), writing.abilities(), taken, clock.instant());
                }
            }
            boolean settled = announce(kept.get(), bytes.length(), modified, writing);
            boolean whole = publisher.restore(
                    new Publisher.Item(entry(kept.get(), origins), Optional.of(bytes), modified, true));
            if (whole && !listed.has(damage.path(), bytes.sha256(), bytes.isInParts())) {
                list(new Manifest(bytes.sha256(), damage.path()), writing);
            }
            isInOtherParts |= whole && mayLieOtherwise;
            if (settled) {
                catalogue.transaction(() -> {
                    catalogue.setPosition(Journal.LINES, writing.journal().position());
                    catalogue.setPosition(Manifest.LINES, writing.manifest().position());
                });
            }
            // If the disk does not support direct reads, reads as 'verify' does there.
            if (whole
                    && (writing.abilities().readsPastCache()
                            || ContentHash.shown(disk, damage.path()).equals(bytes.sha256()))) {
                Recovery.note(new Journal.Verified(clock.instant(), List.of(damage.path())), writing, catalogue);
            }
            return whole;
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        } finally {
            bytes.close();
        }
    }

    /** Lists the file; the user may have removed its line, too. */
    private void list(Manifest line, Publisher.Writing writing) throws IOException {
        writing.manifest().append(line.lines(disk));
        if (writing.abilities().forces()) {
            writing.manifest().force();
        }
    }

    /**
     * Records in the journal which file is about to get its name. If the process is killed before the last force, the
     * bytes look right until the system stops, so the next opening forces every file that is recorded here and not
     * settled.
     *
     * @return whether it can be settled once the name is durable
     */
    private boolean announce(Kept file, long size, Instant modified, Publisher.Writing writing) throws IOException {
        AppendOnlyLines journal = writing.journal();
        boolean settled = catalogue.end(Journal.FILE) == journal.length();
        journal.append(List.of(Journal.line(new Journal.Restoring(file.path(), file.sha256(), size, modified))));
        if (writing.abilities().forces()) {
            journal.force();
        }
        return settled;
    }

    /** Returns an entry for a restored file, which is listed already: only its path and content are used. */
    private static Journal.Entry entry(Kept kept, List<Journal.Entry> origins) {
        return origins.stream()
                .findFirst()
                .orElseGet(() -> new Journal.Entry(
                        false,
                        "",
                        new Journal.Stored(kept.path(), kept.stem(), kept.sha256(), kept.size()),
                        new Journal.Origin(
                                NO_SOURCE,
                                new MediaFile(kept.path(), Math.max(0, kept.size()), Instant.EPOCH, Optional.empty())),
                        new Journal.Part("", Role.OTHER),
                        Optional.empty(),
                        new Journal.Bytes(Optional.empty(), Evidence.NONE)));
    }

    /** Restores a file from another one in this backup with the same content. */
    public boolean mend(Damage damage) throws DestinationException {
        return mend(damage, destination.opened());
    }

    /** Restores a file from another backup that has the same content, under any name. */
    public boolean mend(Damage damage, Destination other) throws DestinationException {
        return mend(damage, other.opened());
    }

    private boolean mend(Damage damage, DestinationOpener.Opened second) throws DestinationException {
        boolean here = second.disk() == disk;
        for (Kept twin : second.catalogue().withContent(damage.sha256())) {
            if (here && twin.path().equals(damage.path())) {
                continue;
            }
            Staged bytes = stage();
            try (SeekableByteChannel channel = second.disk().read(twin.path())) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
                while (channel.read(buffer.clear()) >= 0) {
                    bytes.write(buffer.flip(), () -> {});
                }
            } catch (DestinationException full) {
                bytes.close();
                throw full;
            } catch (IOException unreadable) {
                bytes.close();
                continue;
            }
            if (mend(damage, bytes)) {
                if (here) {
                    isSecond(damage.path(), twin);
                }
                return true;
            }
        }
        return false;
    }

    /**
     * Finds second copies. A photo is stored once; a second file with its content was stored because the first was
     * damaged.
     */
    private void isSecond(String path, Kept twin) throws DestinationException {
        Kept first = catalogue.at(path).orElseThrow();
        boolean alone =
                twin.role().equals(Optional.of(Role.PHOTO)) || twin.role().equals(Optional.of(Role.VIDEO));
        if (alone && twin.role().equals(first.role()) && twin.id() > first.id()) {
            seconds.put(twin, first);
        }
    }

    /**
     * Moves second copies to {@code .shoebox/set-aside} if the file that was damaged is intact again. Called once every
     * possible repair is done; {@code SHA256SUMS} is updated when this is closed.
     *
     * <p>A crash leaves a second copy that is listed but missing; the next repair restores it and then sets it aside.
     *
     * @return their paths, each with that of the file that stays
     */
    public Map<String, String> reconcile() throws DestinationException {
        Map<String, String> reconciled = new LinkedHashMap<>();
        try {
            for (Catalogue.Pair pair : catalogue.alike()) {
                seconds.put(pair.second(), pair.first());
            }
            Set<String> well = catalogue.marks().verified();
            Map<String, Plausibility> implausible = catalogue.marks().implausible();
            implausible.values().removeIf(looks -> !looks.isBroken());
            for (Map.Entry<Kept, Kept> pair : seconds.entrySet()) {
                Kept second = pair.getKey();
                Kept first = pair.getValue();
                if (well.contains(first.path())
                        && well.contains(second.path())
                        && !implausible.containsKey(first.path())
                        && catalogue.at(second.path()).isPresent()) {
                    setAsideSecond(first, second);
                    reconciled.put(second.path(), first.path());
                }
            }
            return reconciled;
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    private void setAsideSecond(Kept first, Kept second) throws IOException {
        Publisher.Writing writing = destination.opened().writing().orElseThrow();
        // The file first: a catalogued file that is missing will be restored, one that is only on the disk will not.
        SetAside.setAside(disk, writing.abilities(), second.path(), "second-", clock.instant());
        for (Journal.Entry origin : catalogue.origins(second.path())) {
            Recovery.note(origin.heldBy(first.path(), first.stem()), writing, catalogue);
        }
        Sidecars.setAsideWith(disk, second.path());
        unlisted.add(second.path());
    }

    /** @throws DestinationException if {@code SHA256SUMS} cannot be rewritten after {@link #reconcile} */
    @Override
    public void close() throws DestinationException {
        publisher.close();
        destination.close();
        if (!unlisted.isEmpty()) {
            RecordConsistency.unlist(opener, unlisted, clock.instant());
        }
        if (isInOtherParts) {
            // Lists it as it lies.
            opener.forWriting(clock.instant()).close();
        }
    }
}
