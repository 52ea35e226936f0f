package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.Evidence;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.util.List;
import java.util.Optional;

/**
 * The records about one stored file.
 *
 * @param run the run that stored it; the name starts with its time: {@code 20261120T135935Z}
 * @param origins the files of sources with this content
 */
public record Provenance(
        Stored stored, Optional<CaptureTime> captured, Optional<String> run, State state, List<Origin> origins) {
    public Provenance {
        origins = List.copyOf(origins);
    }

    /**
     * The file itself.
     *
     * @param path relative to the destination
     * @param stem the common part of the paths of its asset
     * @param sha256 64 lower-case hexadecimal digits
     * @param size in bytes; -1 if unknown
     * @param role its role when it was first stored; empty if only {@code SHA256SUMS} lists the file
     */
    public record Stored(String path, String stem, String sha256, long size, Optional<Role> role) {}

    /**
     * How the file was verified.
     *
     * @param verified whether it was read again since it was stored, and was intact
     * @param damaged whether it was damaged or missing at the last check
     * @param evidence its fingerprint, and how it was proven
     */
    public record State(boolean verified, boolean damaged, Evidence evidence) {}

    /**
     * @param file as the source listed it
     * @param asset the {@link dev.shoebox.photos.Asset#key()} it belongs to
     * @param claimed whether it was never read: only its fingerprint and size equal those of the stored file
     */
    public record Origin(SourceId source, MediaFile file, String asset, Role role, boolean claimed) {}

    static Optional<Provenance> of(Catalogue catalogue, String path) throws DestinationException {
        Optional<Kept> found = catalogue.at(path);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Kept kept = found.get();
        List<Journal.Entry> entries = catalogue.origins(path);
        return Optional.of(new Provenance(
                new Stored(kept.path(), kept.stem(), kept.sha256(), kept.size(), kept.role()),
                entries.stream().findFirst().flatMap(Journal.Entry::captured),
                entries.stream().findFirst().map(Journal.Entry::run).filter(run -> !run.isEmpty()),
                new State(
                        catalogue.marks().verified().contains(path),
                        catalogue.marks().damaged().contains(path),
                        new Evidence(
                                catalogue.fingerprint(path),
                                entries.stream()
                                        .map(Journal.Entry::evidence)
                                        .filter(evidence -> !evidence.isClaim())
                                        .findFirst()
                                        .flatMap(Evidence::proof))),
                entries.stream()
                        .map(entry -> new Origin(
                                entry.source(),
                                entry.file(),
                                entry.asset(),
                                entry.role(),
                                entry.evidence().isClaim()))
                        .toList()));
    }
}
