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

/**
 * The findings of a verification, recorded from time to time, so that the next one can continue however this one ends.
 */
final class ProofNotes {
    /** Number of intact files, and nanoseconds, after which findings are recorded. */
    private static final int MOST_FILES = 5000;

    private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);

    private final Verification.Recorder recorder;
    private final List<String> well = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>();

    /** The fingerprints of files without one, which an earlier version or another program stored. */
    private final Map<String, Fingerprint> fingerprints = new HashMap<>();

    private long written = System.nanoTime();

    /** Null if everything could be recorded. */
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

    /** Drops the fingerprint of a file that is not as it was stored. */
    void forget(String path) {
        fingerprints.remove(path);
    }

    /** Returns why findings could not be recorded. */
    Optional<String> unrecorded() {
        return Optional.ofNullable(unrecorded);
    }

    /** Records the findings. A failure does not stop the search for damage. */
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
            // Kept for the next attempt: that run may have ended by then.
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
