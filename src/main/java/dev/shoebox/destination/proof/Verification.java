package dev.shoebox.destination.proof;

import dev.shoebox.destination.disk.ContentHash;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.disk.Permission;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.opening.RecordConsistency;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.destination.tidy.MovedFiles;
import dev.shoebox.photos.fingerprint.ContentDigest;
import dev.shoebox.photos.fingerprint.Fingerprint;

import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Reads photos back, from the disk itself if possible, and compares them with what was stored. Also works on a
 * read-only disk.
 *
 * <p>From time to time it records when each photo was last found intact, under the lock of a run, which is held only
 * for that moment. However a verification ends, the next one can continue with the files verified longest ago.
 */
public final class Verification {
    private final Disk disk;
    private final Catalogue catalogue;
    private final boolean catalogueIsDamaged;
    private final Listener listener;
    private final Scope scope;
    private final double share;
    private final long began = System.nanoTime();
    private final ProofNotes notes;
    private Set<String> withoutFingerprint = Set.of();
    private double drawn;
    private boolean hadIdentity;
    private boolean pastCache;
    private volatile boolean stopped;
    private long files;
    private long read;
    private long bytes;
    private long looked;
    private long altered;
    private long missing;
    private long moved;
    private long denied;
    private long unlisted;
    private final Set<String> foldersOfDenied = new HashSet<>();

    /** Files that are missing or wrong, and may be under another name: reported at the end. */
    private final Map<Kept, Finding> lost = new LinkedHashMap<>();

    private final Set<String> strangers = new LinkedHashSet<>();
    private long totalFiles;
    private long totalBytes;

    public Verification(DestinationOpener.Opened opened, Recorder recorder, Scope scope, Listener listener)
            throws DestinationException {
        this.disk = opened.disk();
        this.catalogue = opened.catalogue();
        this.catalogueIsDamaged = opened.catalogueIsDamaged();
        this.notes = new ProofNotes(recorder);
        this.listener = listener;
        this.scope = scope;
        long[] totals = catalogue.totals();
        this.totalFiles = totals[0];
        this.totalBytes = totals[1];
        this.share = Math.min(1, Math.max(scope.sample().percent() / 100, totalFiles == 0 ? 1 : 1.0 / totalFiles));
        this.drawn =
                scope.oldestFirst() ? 0 : new SplittableRandom(scope.sample().seed()).nextDouble();
    }

    /** Records which files were found intact just now, and which were not. */
    public interface Recorder {
        /** @param fingerprints of some of the intact files */
        void record(List<String> well, List<String> damaged, Map<String, Fingerprint> fingerprints) throws IOException;
    }

    /**
     * What to read back, and in which order.
     *
     * @param longest the time after which no further file is read; for the others only their existence is checked
     * @param oldestFirst whether to start with the files verified longest ago, and to take the sample from these
     */
    public record Scope(Sample sample, Optional<Duration> longest, boolean oldestFirst) {
        public static Scope of(Sample sample) {
            return new Scope(sample, Optional.empty(), false);
        }
    }

    /**
     * The files to read back; the existence of every file is checked in any case.
     *
     * @param percent of the files, above 0 and up to 100; at least one file is read
     * @param seed the same seed selects the same files
     */
    public record Sample(double percent, long seed) {
        public static final Sample EVERYTHING = new Sample(100, 0);

        public Sample {
            if (!(percent > 0 && percent <= 100)) {
                throw new IllegalArgumentException("A sample is more than 0 and at most 100 percent.");
            }
        }
    }

    /** The progress. Bytes are those of checked files, whether read back or not. */
    public record Progress(long files, long ofFiles, long bytes, long ofBytes) {}

    /**
     * The number of findings of each kind.
     *
     * @param altered not as stored, or unreadable
     * @param missing nowhere in the backup
     * @param moved intact, under another name
     * @param denied not readable by this user, so their state is unknown
     */
    public record Counts(long altered, long missing, long moved, long denied, long unlisted) {}

    /**
     * @param files checked
     * @param read of these, read back
     * @param bytes of the files read back
     * @param pastCache whether the disk itself was read; otherwise some bytes may have come from the system's cache
     * @param interrupted whether {@link Verification#stop} ended it early
     * @param unrecorded why the result could not be recorded
     */
    public record Result(
            long files,
            long read,
            long bytes,
            Counts found,
            boolean pastCache,
            boolean interrupted,
            Optional<String> unrecorded) {
        /** Returns the number of missing, altered and unreadable files. */
        public long damaged() {
            return found.altered() + found.missing();
        }

        public long denied() {
            return found.denied();
        }

        public long unlisted() {
            return found.unlisted();
        }
    }

    /** Receives progress and findings on the calling thread. */
    public interface Listener {
        void found(Finding finding);

        void progress(Progress progress);
    }

    /** Ends {@link #run} soon. May be called from any thread. */
    public void stop() {
        stopped = true;
    }

    public Result run() throws DestinationException {
        try {
            hadIdentity = disk.look(Identity.FILE).isPresent();
            pastCache = readsPastCache();
            withoutFingerprint = catalogue.marks().withoutFingerprint();
            var seen = new BitSet();
            Set<String> uncatalogued = new HashSet<>();
            Manifest.read(disk, 0, (line, end) -> {
                if (!stopped) {
                    compare(line, seen, uncatalogued);
                }
            });
            if (!stopped) {
                records();
            }
            for (long id : catalogue.ids(scope.oldestFirst() || scope.longest().isPresent())) {
                if (stopped) {
                    break;
                }
                Kept kept = catalogue.with(id);
                if (examine(kept) && !seen.get(Math.toIntExact(id))) {
                    strangers.add(kept.path());
                }
            }
            if (!stopped) {
                walk("", ListedNames.of(disk, catalogue, uncatalogued));
            }
            tellLost();
            notes.write();
            Counts found = new Counts(altered, missing, moved, denied, unlisted);
            return new Result(files, read, bytes, found, pastCache, stopped, notes.unrecorded());
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /** Reports files that were not found elsewhere. Moved files are neither missing nor unlisted. */
    private void tellLost() throws IOException {
        Map<Kept, String> elsewhere = stopped || lost.isEmpty()
                ? Map.of()
                : new MovedFiles(disk, catalogue, pastCache, MovedFiles.Copies.STAY_APART)
                        .find(List.copyOf(lost.keySet()));
        requireIdentity();
        strangers.removeAll(elsewhere.values());
        for (Map.Entry<Kept, Finding> each : lost.entrySet()) {
            String to = elsewhere.get(each.getKey());
            if (to == null) {
                notes.damaged(each.getKey().path());
                found(each.getValue());
            } else {
                found(new Finding.Moved(each.getKey().path(), to));
            }
        }
        for (String path : strangers) {
            found(new Finding.Unlisted(path));
        }
    }

    /** Verifies the catalogue, the journal and the manifest, which are part of the backup, too. */
    private void records() throws IOException {
        if (catalogueIsDamaged) {
            found(new Finding.Altered(Catalogue.FILE));
        }
        for (String record : new RecordConsistency(disk, catalogue).damaged()) {
            found(new Finding.Altered(record));
        }
    }

    private boolean readsPastCache() {
        try {
            return hadIdentity && ContentHash.onDisk(disk, Identity.FILE).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** Compares a line of the manifest with the catalogue. */
    private void compare(Manifest line, BitSet seen, Set<String> uncatalogued) throws IOException {
        Optional<Kept> kept = catalogue.at(line.path());
        if (kept.isEmpty()) {
            if (uncatalogued.add(line.path())) {
                totalFiles++;
                String stem = Names.withoutExtension(line.path());
                examine(new Kept(0, line.path(), stem, Optional.empty(), line.sha256(), -1));
            }
        } else if (kept.get().sha256().equals(line.sha256())) {
            seen.set(Math.toIntExact(kept.get().id()));
        }
    }

    /** @return whether it exists as it was stored, as far as it was checked */
    private boolean examine(Kept kept) throws IOException {
        String path = kept.path();
        long size = kept.size();
        files++;
        boolean isDrawn = isDrawn();
        Optional<Finding> finding = Optional.empty();
        long there = 0;
        boolean isBegun = false;
        try {
            Optional<Disk.Entry> entry = disk.look(path);
            there = entry.map(Disk.Entry::size).orElse(0L);
            if (entry.isEmpty()) {
                finding = Optional.of(new Finding.Missing(path));
            } else if (!entry.get().isFile() || (size >= 0 && there != size)) {
                finding = Optional.of(new Finding.Altered(path));
            } else if (isDrawn) {
                isBegun = true;
                read++;
                bytes += there;
                if (sha256(path).equals(kept.sha256())) {
                    notes.well(path);
                } else {
                    notes.forget(path);
                    finding = Optional.of(new Finding.Altered(path));
                }
            }
        } catch (IOException e) {
            finding = Optional.of(unreadable(path, e));
        }
        if (finding.isPresent()) {
            requireIdentity();
            if (finding.get() instanceof Finding.Denied) {
                read -= isBegun ? 1 : 0;
                bytes -= isBegun ? there : 0;
                found(finding.get());
            } else {
                lost.put(kept, finding.get());
            }
        }
        looked += Math.max(size, there);
        listener.progress(new Progress(files, Math.max(files, totalFiles), looked, Math.max(looked, totalBytes)));
        return finding.isEmpty();
    }

    private static Finding unreadable(String path, IOException failure) {
        return Permission.isDenied(failure)
                ? new Finding.Denied(path, Permission.words(failure))
                : new Finding.Unreadable(path, DestinationException.reason(failure));
    }

    private boolean isDrawn() {
        if (scope.longest().isPresent()
                && System.nanoTime() - began >= scope.longest().get().toNanos()) {
            return false;
        }
        if (scope.oldestFirst()) {
            return files <= Math.ceil(totalFiles * share);
        }
        drawn += share;
        boolean isDrawn = drawn >= 1;
        drawn -= isDrawn ? 1 : 0;
        return isDrawn;
    }

    private String sha256(String path) throws IOException {
        if (withoutFingerprint.contains(path)) {
            ContentDigest.Result digested = ContentHash.digested(disk, path, pastCache);
            digested.fingerprint().ifPresent(print -> notes.fingerprint(path, print));
            return digested.sha256();
        }
        return ContentHash.of(disk, path, pastCache);
    }

    private void found(Finding finding) {
        if (finding instanceof Finding.Unlisted) {
            unlisted++;
        } else if (finding instanceof Finding.Denied) {
            denied++;
            for (int slash = finding.path().lastIndexOf('/');
                    slash > 0;
                    slash = finding.path().lastIndexOf('/', slash - 1)) {
                foldersOfDenied.add(finding.path().substring(0, slash));
            }
        } else if (finding instanceof Finding.Moved) {
            moved++;
        } else if (finding instanceof Finding.Missing) {
            missing++;
        } else {
            altered++;
        }
        listener.found(finding);
    }

    /** Checks the id: if the drive is gone, everything is missing and nothing is damaged. */
    private void requireIdentity() throws IOException {
        if (hadIdentity && disk.look(Identity.FILE).isEmpty()) {
            throw new DestinationException.Lost("The destination is gone; plug the drive in again, then verify again.");
        }
    }

    /** Finds files that nobody stored. */
    private void walk(String folder, ListedNames listed) throws IOException {
        List<String> names = List.of();
        try {
            names = disk.names(folder).stream().sorted().toList();
        } catch (IOException e) {
            requireIdentity();
            Finding finding = unreadable(folder, e);
            // A hidden folder was reported with each of its files.
            if (!(finding instanceof Finding.Denied) || !foldersOfDenied.contains(folder)) {
                found(finding);
            }
        }
        for (String name : names) {
            String path = folder.isEmpty() ? name : folder + "/" + name;
            if (path.equals(Identity.FOLDER) || path.equals(Manifest.FILE) || Identity.isSystemName(name)) {
                continue;
            }
            Optional<Disk.Entry> entry = disk.look(path);
            if (entry.isPresent() && entry.get().kind() == Disk.Entry.Kind.FOLDER) {
                walk(path, listed);
            } else if (entry.isPresent() && !path.startsWith(Identity.ALBUMS + "/") && !listed.has(path)) {
                strangers.add(path);
            }
        }
    }
}
