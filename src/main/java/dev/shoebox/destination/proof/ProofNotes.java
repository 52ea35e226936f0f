package dev.shoebox.destination.proof;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.photos.fingerprint.Fingerprint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a verification found, written down now and then, so that the next can go on whatever ends this one. */
final class ProofNotes {
    /** Files that are found well, and nanoseconds, after which that is written down. */
    private static final int MOST_FILES = 5000;

    private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);

    private final Verification.Recorder recorder;
    private final List<String> well = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>();

    /** Of what had no fingerprint before, as an earlier version stored it, or somebody else. */
    private final Map<String, Fingerprint> fingerprints = new HashMap<>();

    private long written = System.nanoTime();

    /** Null where all could be written down. */
    private String unrecorded;

    ProofNotes(Verification.Recorder recorder) {
        this.recorder = recorder;
    }

    void well(String path) {
        well.add(path);
        if (well.size() >= MOST_FILES || System.nanoTime() - written >= LONGEST) {
            write();
        }
    }

    void damaged(String path) {
        damaged.add(path);
    }

    void fingerprint(String path, Fingerprint print) {
        fingerprints.put(path, print);
    }

    /** Its fingerprint is not that of what was stored. */
    void forget(String path) {
        fingerprints.remove(path);
    }

    /** Why it could not be written down what was found. */
    Optional<String> unrecorded() {
        return Optional.ofNullable(unrecorded);
    }

    /** Not being able to write it down is no reason to stop looking for damage. */
    void write() {
        written = System.nanoTime();
        if (well.isEmpty() && damaged.isEmpty()) {
            return;
        }
        try {
            recorder.record(List.copyOf(well), List.copyOf(damaged), Map.copyOf(fingerprints));
            clear();
            unrecorded = null;
        } catch (DestinationException.InUse busy) {
            // Kept for the next time: that run may have ended by then.
            unrecorded = busy.getMessage();
        } catch (IOException e) {
            clear();
            unrecorded = DestinationException.reason(e);
        }
    }

    private void clear() {
        well.clear();
        damaged.clear();
        fingerprints.clear();
    }
}
