package dev.shoebox.backup;

import dev.shoebox.backup.plan.LibrarySource;
import dev.shoebox.destination.Repair;
import dev.shoebox.destination.Repair.Damage;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.ingest.Staged;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.fingerprint.Fingerprint;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaSource.Request;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.Unreadable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads damaged photos again from their source. */
public final class SourceRepair {
    private final Repair repair;
    private final MediaSource source;
    private final LibrarySource library;

    /** @param library of the source, read only if a file is not found by its path */
    public SourceRepair(Repair repair, MediaSource source, LibrarySource library) {
        this.repair = repair;
        this.source = source;
        this.library = library;
    }

    /**
     * Restores files that the source still has, also under other names. Candidates have the same path, size and times,
     * or the same size and, by the library, the same fingerprint; their bytes must then match.
     *
     * @return the restored files
     * @throws IOException if the source or the destination is lost
     */
    public List<Damage> mend(List<Damage> damages) throws IOException {
        Listing listing = source.list();
        Set<MediaFile> listed = new HashSet<>(listing.files());
        Map<String, Damage> wanted = new LinkedHashMap<>();
        List<Request> requests = new ArrayList<>();
        for (Damage damage : damages) {
            damage.origins().stream()
                    .filter(origin -> origin.source().kind() == source.id().kind()
                            && origin.source().id().equals(source.id().id())
                            && listed.contains(origin.file())
                            && !wanted.containsKey(origin.file().path()))
                    .findFirst()
                    .ifPresent(origin -> {
                        wanted.put(origin.file().path(), damage);
                        requests.add(new Request(origin.file(), 0));
                    });
        }
        List<Damage> left = damages.stream()
                .filter(damage -> damage.fingerprint().isPresent() && !wanted.containsValue(damage))
                .toList();
        if (!left.isEmpty()) {
            byFingerprint(listing, left, wanted, requests);
        }
        return requests.isEmpty() ? List.of() : read(requests, wanted);
    }

    private void byFingerprint(
            Listing listing, List<Damage> damages, Map<String, Damage> wanted, List<Request> requests) {
        Library known = library.read(listing, LibrarySource.Effort.WHATEVER_IT_TAKES);
        Map<Fingerprint, Damage> sought = new HashMap<>();
        damages.forEach(damage -> sought.put(damage.fingerprint().orElseThrow(), damage));
        if (!known.isThere()) {
            return;
        }
        for (Asset asset : AssetGrouping.group(listing)) {
            for (Resource resource : asset.resources()) {
                MediaFile file = resource.file();
                Optional<Damage> damage = known.claim(asset, resource)
                        .flatMap(claim -> Optional.ofNullable(sought.get(claim.fingerprint()))
                                .or(() -> claim.other().map(sought::get)))
                        .filter(lost -> lost.size() == file.size() && !wanted.containsKey(file.path()));
                if (damage.isPresent()) {
                    sought.remove(damage.get().fingerprint().orElseThrow());
                    wanted.put(file.path(), damage.get());
                    requests.add(new Request(file, 0));
                }
            }
        }
    }

    private List<Damage> read(List<Request> requests, Map<String, Damage> wanted) throws IOException {
        List<Damage> mended = new ArrayList<>();
        Map<String, Staged> arriving = new LinkedHashMap<>();
        try (MediaStream stream = source.read(requests)) {
            for (int left = requests.size(); left > 0; ) {
                MediaStream.Piece piece = stream.next();
                if (piece instanceof MediaStream.Bytes bytes) {
                    staged(arriving, bytes.path()).write(bytes.buffer(), bytes.release());
                    continue;
                }
                left--;
                Staged staged = staged(arriving, piece.path());
                arriving.remove(piece.path());
                Damage damage = wanted.get(piece.path());
                if (piece instanceof Unreadable) {
                    staged.close();
                } else if (repair.mend(damage, staged)) {
                    mended.add(damage);
                }
            }
        } finally {
            arriving.values().forEach(Staged::close);
        }
        return mended;
    }

    private Staged staged(Map<String, Staged> arriving, String path) throws DestinationException {
        Staged known = arriving.get(path);
        if (known == null) {
            known = repair.stage();
            arriving.put(path, known);
        }
        return known;
    }
}
