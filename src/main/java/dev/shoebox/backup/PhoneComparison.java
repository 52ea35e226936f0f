package dev.shoebox.backup;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.Recognition;
import dev.shoebox.destination.Recognition.Recognised;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SelfHashing;
import dev.shoebox.photos.source.SelfHashing.FileHashes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Verifies the files of a backup against the phone, which hashes its own files: no photo crosses the cable. */
public final class PhoneComparison {
    private final MediaSource source;
    private final Destination destination;
    private final Listener listener;
    private final BooleanSupplier stopped;
    private final List<String> proven = new ArrayList<>();
    private final List<String> different = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>();
    private final List<Recognised> noLongerClaimed = new ArrayList<>();
    private int notHashed;
    private boolean isClaimDenied;

    /** @param destination open for writing, to record which copies are intact */
    public PhoneComparison(MediaSource source, Destination destination, Listener listener, BooleanSupplier stopped) {
        this.source = source;
        this.destination = destination;
        this.listener = listener;
        this.stopped = stopped;
    }

    /** Receives progress. */
    public interface Listener {
        void progress(int files, int ofFiles, long bytes, long ofBytes);
    }

    /**
     * The result of the comparison.
     *
     * @param hashes whether the phone hashes files at all
     * @param proven files whose hash on the phone equals that of the copy
     * @param different paths on the phone of files whose hash differs from that of their intact copy
     * @param damaged copies that are not as stored, or cannot be read
     * @param notHashed files that the phone did not hash
     * @param gone files in the backup that are no longer on the phone, or have changed there
     */
    public record Result(
            boolean hashes, int proven, List<String> different, List<String> damaged, int notHashed, int gone) {}

    /** @throws IOException if the phone or the destination is lost */
    public Result run() throws IOException {
        Set<MediaFile> listed = new HashSet<>(source.list().files());
        List<StoredFile> rows = new ArrayList<>();
        int gone = 0;
        try (Stream<StoredFile> stored = destination.stored(source.id())) {
            for (StoredFile row : (Iterable<StoredFile>) stored::iterator) {
                if (listed.contains(row.file()) && row.file().size() > 0) {
                    rows.add(row);
                } else {
                    gone += listed.contains(row.file()) ? 0 : 1;
                }
            }
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
        Optional<SelfHashing> hashing = SelfHashing.of(source);
        boolean hashes;
        try {
            hashes = hashing.isPresent() && compare(rows, hashing.get());
        } finally {
            // Findings from before the phone was lost remain true.
            destination.recognition().record(source.id(), noLongerClaimed);
            if (isClaimDenied) {
                destination.recognition().doubt(source.id());
            }
            destination.proofs().recordFound(proven, damaged);
        }
        return new Result(hashes, proven.size(), List.copyOf(different), List.copyOf(damaged), notHashed, gone);
    }

    /** @return whether the phone hashes files at all */
    private boolean compare(List<StoredFile> rows, SelfHashing hashing) throws IOException {
        long ofBytes = rows.stream().mapToLong(StoredFile::size).sum();
        long bytes = 0;
        int files = 0;
        Set<MediaFile> claimed = destination.recognition().claimed(source.id());
        try (FileHashes hashes = hashing.hashes()) {
            for (StoredFile row : rows) {
                if (stopped.getAsBoolean()) {
                    break;
                }
                Recognition recognition = destination.recognition();
                CompletableFuture<Recognition.Copy> here =
                        CompletableFuture.supplyAsync(() -> recognition.read(row.path()));
                Optional<String> there = hashes.sha1(row.file());
                Recognition.Copy copy = here.join();
                if (there.isEmpty() && files == notHashed && notHashed >= 2) {
                    return false;
                }
                if (!copy.denied() && !copy.asStored()) {
                    damaged.add(row.path());
                } else if (copy.denied() || there.isEmpty()) {
                    notHashed++;
                } else if (there.equals(copy.sha1())) {
                    prove(row, copy, claimed.contains(row.file()));
                } else {
                    different.add(row.file().path());
                    // The file of the phone was never read: the next run has to.
                    isClaimDenied |= claimed.contains(row.file());
                }
                bytes += row.size();
                listener.progress(++files, rows.size(), bytes, ofBytes);
            }
        }
        return rows.isEmpty() || notHashed < files;
    }

    private void prove(StoredFile row, Recognition.Copy copy, boolean claimed) {
        proven.add(row.path());
        if (claimed) {
            Resource resource = new Resource(row.file(), row.role());
            Asset asset = new Asset(row.asset(), row.file().name(), List.of(resource));
            noLongerClaimed.add(
                    new Recognised(asset, resource, copy.fingerprint().orElseThrow(), row.path(), Proof.PHONE_HASH));
        }
    }
}
