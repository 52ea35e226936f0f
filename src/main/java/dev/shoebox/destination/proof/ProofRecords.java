package dev.shoebox.destination.proof;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.opening.Recovery;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.photos.fingerprint.Fingerprint;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The records of verifications: when photos were found intact, and which were not. */
public final class ProofRecords {
    private static final int PAGE = 2000;

    private final DestinationOpener.Opened opened;
    private final InstantSource clock;

    public ProofRecords(DestinationOpener.Opened opened, InstantSource clock) {
        this.opened = opened;
        this.clock = clock;
    }

    /**
     * Verifies a sample, as {@link Destination#verification} does, and records the result if this is open for writing.
     */
    public Verification.Result verify(Verification.Sample sample, Verification.Listener listener)
            throws DestinationException {
        Verification.Recorder recorder = opened.writing().isPresent() ? this::record : (well, damaged, prints) -> {};
        return new Verification(opened, recorder, Verification.Scope.of(sample), listener).run();
    }

    /** Records which files were found intact just now, and which were not. */
    public void recordFound(List<String> well, List<String> damaged) throws DestinationException {
        try {
            record(well, damaged, Map.of());
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /** See {@link Verification.Recorder#record}. */
    public void record(List<String> well, List<String> damaged, Map<String, Fingerprint> fingerprints)
            throws IOException {
        Instant now = clock.instant();
        note(well, some -> new Journal.Verified(now, some));
        note(damaged, some -> new Journal.Damaged(now, some));
        note(
                List.copyOf(fingerprints.keySet()),
                some -> new Journal.Fingerprinted(
                        some.stream().collect(Collectors.toMap(Function.identity(), fingerprints::get))));
    }

    private void note(List<String> paths, Function<List<String>, Journal.Event> event) throws IOException {
        for (int from = 0; from < paths.size(); from += PAGE) {
            List<String> some = paths.subList(from, Math.min(paths.size(), from + PAGE));
            Recovery.note(event.apply(some), writing(), opened.catalogue());
        }
    }

    /**
     * Reads back, at the end of a run, the files stored since a file system without a journal was cut off, unless it
     * was checked. Wrong files count as damaged from then on.
     *
     * @throws DestinationException.Disordered if any was wrong
     */
    public void requireOrder() throws DestinationException {
        try {
            LateReadBack.Wrong wrong = new LateReadBack(opened).wrong();
            if (!wrong.isNothing()) {
                record(List.of(), wrong.photos(), Map.of());
                throw new DestinationException.Disordered(wrong.photos().size(), wrong.records());
            }
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /** Returns the oldest last proof of any photo; empty if there is none, or it is unknown. */
    public Optional<Instant> leastRecentProof() throws DestinationException {
        return opened.catalogue().marks().leastRecentProof();
    }

    private Publisher.Writing writing() {
        return opened.writing().orElseThrow(() -> new IllegalStateException("opened for looking only"));
    }
}
