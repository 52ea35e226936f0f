package dev.shoebox.destination;

import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.ContentHash;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.ingest.BatchCommitter;
import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.ingest.ReadBack;
import dev.shoebox.destination.ingest.Staged;
import dev.shoebox.destination.naming.ListedPaths;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.opening.RecordConsistency;
import dev.shoebox.destination.opening.Recovery;
import dev.shoebox.destination.opening.SetAside;
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

/**
 * Brings back photos that are damaged or missing, under the names they had, from bytes whose SHA-256 is the recorded one.
 *
 * <p>What is damaged is moved to {@code .shoebox/set-aside} only when the right bytes lie complete and proven on the same
 * disk; then these are published like any photo. A crash leaves the name empty at worst, and the next repair finds the
 * photo missing. Nothing is ever replaced in place or deleted.
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

    /** Second copies by what they are copies of: files that were stored because a damaged one stood in their place. */
    private final Map<Kept, Kept> seconds = new LinkedHashMap<>();

    private final Set<String> unlisted = new HashSet<>();
    private int staged;

    /** @param opener by which the destination was opened */
    Repair(Destination destination, DestinationOpener opener, InstantSource clock) throws DestinationException {
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
     * A photo that is not as it was stored.
     *
     * @param size in bytes; -1 where nobody knows
     * @param origins the files of sources that held the same bytes
     * @param fingerprint of these bytes, if it is known
     */
    public record Damage(
            String path, String sha256, long size, List<Origin> origins, Optional<Fingerprint> fingerprint) {
        public Damage {
            origins = List.copyOf(origins);
        }
    }

    public record Origin(SourceId source, MediaFile file) {}

    /** Reads everything; what is found is told on the way. */
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

    /** Whether the file lies where another one belongs: whoever has that repaired wants both back where they were. */
    private boolean isExchanged(Finding finding) {
        try {
            return finding instanceof Finding.Moved moved
                    && disk.look(moved.path()).isPresent()
                    && catalogue.at(moved.to()).isPresent();
        } catch (IOException hidden) {
            return false;
        }
    }

    /** A new partial file for the right bytes. */
    public Staged stage() throws DestinationException {
        try {
            Executor here = Runnable::run;
            DiskCapabilities abilities =
                    destination.opened().writing().orElseThrow().abilities();
            // A file of no size keeps no record of how far it came: a repair that was cut off begins anew.
            return new Staged(
                    new Staged.Setup(disk, abilities, here, Set.of(), here, gone -> {}),
                    Identity.STAGING + "/" + SetAside.REPAIR + ++staged + ".part",
                    NO_SOURCE,
                    new MediaFile("", 0, Instant.EPOCH, Optional.empty()));
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /** Whether it lies in parts, which are not put right: what comes back would lie there as one file. */
    public boolean isInParts(Damage damage) throws DestinationException {
        try {
            return disk.parts(damage.path()).isPresent();
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /**
     * Puts the staged bytes where the damage is, if they are the right ones; else they are thrown away.
     *
     * @return whether the photo is whole again
     */
    public boolean mend(Damage damage, Staged bytes) throws DestinationException {
        try {
            Optional<Kept> kept = catalogue.at(damage.path());
            if (kept.isEmpty() || !kept.get().sha256().equals(bytes.sha256()) || isInParts(damage)) {
                return false;
            }
            List<Journal.Entry> origins = catalogue.origins(damage.path());
            Instant modified = origins.stream()
                    .findFirst()
                    .map(entry -> BatchCommitter.modified(entry.captured(), entry.file()))
                    .orElseGet(clock::instant);
            Publisher.Writing writing = destination.opened().writing().orElseThrow();
            bytes.give();
            bytes.park(writing.abilities());
            if (disk.look(damage.path()).isPresent()) {
                SetAside.setAside(disk, writing.abilities(), damage.path(), clock.instant());
            }
            boolean settled = announce(kept.get(), bytes.length(), modified, writing);
            boolean whole = publisher.restore(
                    new Publisher.Item(entry(kept.get(), origins), Optional.of(bytes), modified, true));
            if (whole && !listed.has(damage.path(), bytes.sha256())) {
                list(new Manifest(bytes.sha256(), damage.path()), writing);
            }
            if (settled) {
                catalogue.transaction(() -> {
                    catalogue.setPosition(Journal.LINES, writing.journal().position());
                    catalogue.setPosition(Manifest.LINES, writing.manifest().position());
                });
            }
            // Where the disk itself cannot be read, it is read as 'verify' reads it there.
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

    /** Its owner may have taken out its line, too. */
    private static void list(Manifest line, Publisher.Writing writing) throws IOException {
        writing.manifest().append(List.of(line.line()));
        if (writing.abilities().forces()) {
            writing.manifest().force();
        }
    }

    /**
     * Notes in the journal what gets its name next. If the process is killed between that and the last force, the bytes look
     * right for as long as the system runs: the next opening forces what stands there and is not settled.
     *
     * @return whether it is settled once the name is durable
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

    /** What is restored is listed already: of its entry only path and content are looked at. */
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

    /** Mends from this backup itself, where it holds the same content under another name. */
    public boolean mend(Damage damage) throws DestinationException {
        return mend(damage, destination.opened());
    }

    /** Mends from another backup that holds the same content under whatever name. */
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

    /** A photo has one place: another file with its bytes came to be because the first was damaged. */
    private void isSecond(String path, Kept twin) throws DestinationException {
        Kept first = catalogue.at(path).orElseThrow();
        boolean alone =
                twin.role().equals(Optional.of(Role.PHOTO)) || twin.role().equals(Optional.of(Role.VIDEO));
        if (alone && twin.role().equals(first.role()) && twin.id() > first.id()) {
            seconds.put(twin, first);
        }
    }

    /**
     * Moves second copies to {@code .shoebox/set-aside}, which were stored because a file was damaged that is well again. To
     * be called once everything is mended that can be; {@code SHA256SUMS} follows when this is closed.
     *
     * <p>A crash leaves a second copy that is listed and not there, which the next repair gives back and then sets aside.
     *
     * @return the paths where they lay, each with that of the file that stays
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
        // The file first: one that is catalogued and missing is found and given back, one that only lies there is not.
        SetAside.setAside(disk, writing.abilities(), second.path(), "second-", clock.instant());
        for (Journal.Entry origin : catalogue.origins(second.path())) {
            Recovery.note(origin.heldBy(first.path(), first.stem()), writing, catalogue);
        }
        Sidecars.setAsideWith(disk, second.path());
        unlisted.add(second.path());
    }

    /** @throws DestinationException if {@code SHA256SUMS} could not be written again after {@link #reconcile} */
    @Override
    public void close() throws DestinationException {
        publisher.close();
        destination.close();
        if (!unlisted.isEmpty()) {
            RecordConsistency.unlist(opener, unlisted, clock.instant());
        }
    }
}
