package dev.shoebox.destination;

import dev.shoebox.destination.Catalogue.Kept;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Reads photos back and compares them with what was stored. Works on a disk that may only be read, too. */
public final class Verification {
    private static final int PAGE = 500;

    private final Disk disk;
    private final Catalogue catalogue;
    private final Optional<Publisher.Writing> writing;
    private final InstantSource clock;
    private final Listener listener;
    private final double share;
    private final List<String> verified = new ArrayList<>();
    private double drawn;
    private boolean hadIdentity;
    private long files;
    private long read;
    private long bytes;
    private long looked;
    private long damaged;
    private long unlisted;
    private long totalFiles;
    private long totalBytes;

    Verification(
            Disk disk,
            Catalogue catalogue,
            Optional<Publisher.Writing> writing,
            InstantSource clock,
            Sample sample,
            Listener listener)
            throws DestinationException {
        this.disk = disk;
        this.catalogue = catalogue;
        this.writing = writing;
        this.clock = clock;
        this.listener = listener;
        long[] totals = catalogue.totals();
        this.totalFiles = totals[0];
        this.totalBytes = totals[1];
        this.share = Math.min(1, Math.max(sample.percent() / 100, totalFiles == 0 ? 1 : 1.0 / totalFiles));
        this.drawn = new SplittableRandom(sample.seed()).nextDouble();
    }

    /**
     * Which files are read back; every file is looked for in any case.
     *
     * @param percent of the files, above 0 and up to 100; at least one is read
     * @param seed the same seed reads the same files again
     */
    public record Sample(double percent, long seed) {
        public static final Sample EVERYTHING = new Sample(100, 0);

        public Sample {
            if (!(percent > 0 && percent <= 100)) {
                throw new IllegalArgumentException("A sample is more than 0 and at most 100 percent.");
            }
        }
    }

    /** Something about one file that a person should know. */
    public sealed interface Finding {
        /** Relative to the destination. */
        String path();
    }

    /** It was stored and is no longer there. */
    public record Missing(String path) implements Finding {}

    /** Its content is not what was stored, or its line in {@code SHA256SUMS} is not what was written. */
    public record Altered(String path) implements Finding {}

    /** @param reason the system's words */
    public record Unreadable(String path, String reason) implements Finding {}

    /** It lies there, but {@code SHA256SUMS} does not list it: not damage, but not proven either. */
    public record Unlisted(String path) implements Finding {}

    /** How far it is. Bytes are those looked at, read back or not. */
    public record Progress(long files, long ofFiles, long bytes, long ofBytes) {}

    /**
     * @param files looked at
     * @param read of them read back
     * @param bytes of those read back
     * @param damaged missing, altered or unreadable
     */
    public record Result(long files, long read, long bytes, long damaged, long unlisted) {}

    /** Told while it goes on, from the calling thread. */
    public interface Listener {
        void found(Finding finding);

        void progress(Progress progress);
    }

    Result run() throws DestinationException {
        try {
            hadIdentity = disk.look(Identity.FILE).isPresent();
            var seen = new BitSet();
            Set<String> uncatalogued = new HashSet<>();
            Lines.read(disk, Manifest.FILE, 0, (text, end) -> {
                Optional<Manifest> line = Manifest.parse(text);
                if (line.isPresent()) {
                    examine(line.get(), seen, uncatalogued);
                }
            });
            examineRest(seen);
            walk("", seen, uncatalogued);
            mark();
            return new Result(files, read, bytes, damaged, unlisted);
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /** A file that the manifest lists. */
    private void examine(Manifest line, BitSet seen, Set<String> uncatalogued) throws IOException {
        Optional<Kept> kept = catalogue.at(line.path());
        if (kept.isEmpty()) {
            if (uncatalogued.add(line.path())) {
                totalFiles++;
                examine(line.path(), line.sha256(), -1);
            }
        } else if (!kept.get().sha256().equals(line.sha256())) {
            found(new Altered(Manifest.FILE));
        } else if (!seen.get(Math.toIntExact(kept.get().id()))) {
            seen.set(Math.toIntExact(kept.get().id()));
            examine(line.path(), line.sha256(), kept.get().size());
        }
    }

    /** Files that the catalogue knows and the manifest does not list, or no longer as it was written. */
    private void examineRest(BitSet seen) throws IOException {
        List<Kept> page = catalogue.files(0, PAGE);
        while (!page.isEmpty()) {
            for (Kept kept : page) {
                if (!seen.get(Math.toIntExact(kept.id())) && examine(kept.path(), kept.sha256(), kept.size())) {
                    found(new Unlisted(kept.path()));
                }
            }
            page = catalogue.files(page.get(page.size() - 1).id(), PAGE);
        }
    }

    /** @return whether it is there, as far as was looked, as it was stored */
    private boolean examine(String path, String sha256, long size) throws IOException {
        files++;
        drawn += share;
        boolean isDrawn = drawn >= 1;
        drawn -= isDrawn ? 1 : 0;
        Optional<Finding> finding = Optional.empty();
        long there = 0;
        try {
            Optional<Disk.Entry> entry = disk.look(path);
            there = entry.map(Disk.Entry::size).orElse(0L);
            if (entry.isEmpty()) {
                finding = Optional.of(new Missing(path));
            } else if (!entry.get().isFile() || (size >= 0 && there != size)) {
                finding = Optional.of(new Altered(path));
            } else if (isDrawn) {
                read++;
                bytes += there;
                if (Recovery.sha256(disk, path).equals(sha256)) {
                    verified(path);
                } else {
                    finding = Optional.of(new Altered(path));
                }
            }
        } catch (IOException e) {
            finding = Optional.of(new Unreadable(path, DestinationException.reason(e)));
        }
        if (finding.isPresent()) {
            requireIdentity();
            found(finding.get());
        }
        looked += Math.max(size, there);
        listener.progress(new Progress(files, Math.max(files, totalFiles), looked, Math.max(looked, totalBytes)));
        return finding.isEmpty();
    }

    private void found(Finding finding) {
        if (finding instanceof Unlisted) {
            unlisted++;
        } else {
            damaged++;
        }
        listener.found(finding);
    }

    /** Where the drive is gone, everything is missing and nothing is damaged. */
    private void requireIdentity() throws IOException {
        if (hadIdentity && disk.look(Identity.FILE).isEmpty()) {
            throw new DestinationException.Lost(
                    "The destination is no longer where it was; plug the drive in again and verify again.");
        }
    }

    /** Finds what lies in the tree and nobody stored. */
    private void walk(String folder, BitSet seen, Set<String> uncatalogued) throws IOException {
        List<String> names = List.of();
        try {
            names = disk.names(folder).stream().sorted().toList();
        } catch (IOException e) {
            requireIdentity();
            found(new Unreadable(folder, DestinationException.reason(e)));
        }
        for (String name : names) {
            String path = folder.isEmpty() ? name : folder + "/" + name;
            if (path.equals(Identity.FOLDER) || path.equals(Manifest.FILE) || Identity.isSystemName(name)) {
                continue;
            }
            Optional<Disk.Entry> entry = disk.look(path);
            if (entry.isPresent() && entry.get().kind() == Disk.Entry.Kind.FOLDER) {
                walk(path, seen, uncatalogued);
            } else if (entry.isPresent()
                    && !uncatalogued.contains(path)
                    && catalogue.at(path).isEmpty()) {
                found(new Unlisted(path));
            }
        }
    }

    private void verified(String path) throws IOException {
        verified.add(path);
        if (verified.size() >= PAGE) {
            mark();
        }
    }

    /** Remembers when files were last proven, where that can be written down. */
    private void mark() throws IOException {
        if (writing.isPresent() && !verified.isEmpty()) {
            Recovery.note(new Journal.Verified(clock.instant(), verified), writing.get(), catalogue);
        }
        verified.clear();
    }
}
