package dev.shoebox.merge;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.Recognition.Recognised;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.fingerprint.Fingerprint;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Copies what one backup knows about the contents of a source: which of its files nobody read, and which copies may be
 * damaged on it. Bytes read from a disk must not count for more than they did in the other backup.
 */
final class MergedProofs {
    private final Destination from;
    private final Destination to;

    MergedProofs(Destination from, Destination to) {
        this.from = from;
        this.to = to;
    }

    /** Must be called once everything that was read is stored. */
    void bring() throws IOException {
        Set<String> perhapsDamaged = from.recognition().perhapsDamaged();
        for (SourceId source : from.holdings().sources()) {
            bring(source, perhapsDamaged);
        }
    }

    private void bring(SourceId source, Set<String> perhapsDamaged) throws IOException {
        Set<MediaFile> claimed = from.recognition().claimed(source);
        if (claimed.isEmpty() && perhapsDamaged.isEmpty()) {
            return;
        }
        Set<MediaFile> there = new HashSet<>();
        try (Stream<StoredFile> rows = to.stored(source)) {
            rows.forEach(row -> there.add(row.file()));
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
        Set<String> damagedThere = to.recognition().perhapsDamaged();
        List<Recognised> known = new ArrayList<>();
        try (Stream<StoredFile> rows = from.stored(source)) {
            for (StoredFile row : (Iterable<StoredFile>) rows::iterator) {
                boolean isClaimed = claimed.contains(row.file());
                boolean isDoubtful = !isClaimed && perhapsDamaged.contains(row.path());
                if (isDoubtful == there.contains(row.file()) && (isClaimed || isDoubtful)) {
                    Optional<Recognised> recognised =
                            recognised(row, isClaimed ? Proof.CLAIMED : Proof.PERHAPS_DAMAGED);
                    recognised
                            .filter(file -> isClaimed || !damagedThere.contains(file.path()))
                            .ifPresent(known::add);
                }
            }
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
        if (!known.isEmpty()) {
            to.recognition().record(source, known);
        }
    }

    private Optional<Recognised> recognised(StoredFile row, Proof proof) throws IOException {
        Optional<Fingerprint> fingerprint = from.recognition().fingerprint(row.path());
        Optional<String> copy =
                fingerprint.isPresent() ? to.recognition().find(fingerprint.get(), row.size()) : Optional.empty();
        Resource resource = new Resource(row.file(), row.role());
        Asset asset = new Asset(row.asset(), row.file().name(), List.of(resource));
        return copy.map(path -> new Recognised(asset, resource, fingerprint.get(), path, proof));
    }
}
