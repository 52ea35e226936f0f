package dev.shoebox.web.saving;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.event.Outcome;
import dev.shoebox.coverage.SafeToRemove;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.text.PrintableText;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** The progress and the outcome of a run, as published to the page. Thread-safe. */
final class RunFollower {
    private static final int MOST_FAILURES = 200;
    private static final double NANOS = 1e9;

    /** The weight of the last second in the smoothed rate. */
    private static final double LATEST = 0.25;

    private final Path folder;
    private final Map<String, String> photoOf;
    private final int photos;
    private final LongSupplier nanos;
    private String state = "preparing";
    private String why; // or null
    private String message; // or null
    private String current = "";
    private int files;
    private int filesDone;
    private long bytes;
    private long bytesDone;
    private double rate;
    private long measuredAt;
    private long measuredBytes;
    private int missing;
    private final Set<String> notSaved = new HashSet<>();
    private int wanted;
    private final List<Map<String, Object>> failed = new ArrayList<>();
    private boolean ended;
    private boolean compared;
    private boolean opened;
    private SafeToRemove.Removable removable; // or null

    /**
     * Follows a run.
     *
     * @param chosen the photos to save
     * @param nanos a monotonic clock
     */
    RunFollower(Path folder, ChosenPhotos chosen, LongSupplier nanos) {
        this.folder = folder;
        this.photoOf = chosen.photoOf();
        this.photos = chosen.originals().size();
        this.nanos = nanos;
    }

    Path folder() {
        return folder;
    }

    /** Returns whether another run held the lock of the backup. */
    synchronized boolean isBlocked() {
        return ended && state.equals("in-use");
    }

    /** Returns whether the backup was opened. No progress is published before that. */
    synchronized boolean hasOpened() {
        return opened;
    }

    synchronized void note(BackupEvent event) {
        opened = true;
        if (event instanceof BackupEvent.Listed all) {
            wanted = all.assets();
        } else if (event instanceof BackupEvent.Unwanted others) {
            wanted -= others.leftOut().assets() + others.leftOut().trashed();
        } else if (event instanceof BackupEvent.Unlisted gone) {
            fail(
                    gone.path(),
                    PrintableText.hyphenated(gone.outcome().reason()),
                    gone.outcome().message());
        } else if (event instanceof BackupEvent.Doubtful doubtful) {
            // The event covers everything that the backup ever had of this phone.
            if (doubtful.file().isBroken()
                    && photoOf.containsKey(doubtful.file().path())) {
                fail(doubtful.file().path(), "broken", doubtful.file().words());
            }
        } else if (event instanceof BackupEvent.Planned planned) {
            // Chosen photos that disappeared settle in no other event.
            missing = Math.max(0, photos - wanted);
            files = planned.files();
            bytes = planned.bytes();
            state = "copying";
            measuredAt = nanos.getAsLong();
        } else if (event instanceof BackupEvent.Started started) {
            current = started.resource().file().name();
        } else if (event instanceof BackupEvent.Received received) {
            bytesDone = Math.max(0, bytesDone + received.bytes());
            measure();
        } else if (event instanceof BackupEvent.Settled settled) {
            settled(settled);
        } else if (event instanceof BackupEvent.Paused paused) {
            state = "waiting";
            why = paused.why() instanceof DeviceException.Locked
                    ? "locked"
                    : paused.why() instanceof DeviceException.NotTrusted ? "trust" : "unplugged";
        } else if (event instanceof BackupEvent.Resumed) {
            state = "copying";
        }
    }

    private void settled(BackupEvent.Settled settled) {
        if (settled.outcome() instanceof Outcome.Failed failure) {
            if (failure.reason() != Outcome.Failed.Reason.NOT_REACHED) {
                fail(settled.resource().file().path(), PrintableText.hyphenated(failure.reason()), failure.message());
            }
        } else {
            wanted -= settled.isPhotoForgotten() ? 1 : 0;
            filesDone++;
        }
    }

    private void fail(String path, String reason, String text) {
        notSaved.add(photoOf.getOrDefault(path, path));
        if (failed.size() < MOST_FAILURES) {
            failed.add(Map.of("path", path, "reason", reason, "message", text));
        }
    }

    /** Returns the number of photos that failed. Several files of one photo can fail. */
    private int notSaved() {
        return missing + notSaved.size();
    }

    private void measure() {
        double seconds = (nanos.getAsLong() - measuredAt) / NANOS;
        if (seconds >= 1) {
            double now = (bytesDone - measuredBytes) / seconds;
            rate = rate == 0 ? now : LATEST * now + (1 - LATEST) * rate;
            measuredAt = nanos.getAsLong();
            measuredBytes = bytesDone;
        }
    }

    /** Records that the backup has ended and second copies are brought up to date. */
    synchronized void updatesCopies() {
        state = state.equals("stopping") ? state : "copies";
    }

    synchronized void stopping() {
        state = "stopping";
    }

    /** Records that the run ended. */
    synchronized void ended(PageWork.Saved saved) {
        BackupResult result = saved.result();
        compared = saved.compared();
        removable = saved.removable().orElse(null);
        ended = true;
        state = result.interrupted()
                ? "paused"
                : result.ended().map(RunFollower::word).orElse(isWhole(result) ? "done" : "incomplete");
        message = result.ended()
                .filter(end -> !result.interrupted())
                .map(Throwable::getMessage)
                .orElse(null);
    }

    private boolean isWhole(BackupResult result) {
        return notSaved() == 0
                && result.did().failures().isEmpty()
                && !result.did().mayHoldMore()
                && result.did().unaccounted() == 0;
    }

    /** Records that the run was aborted by an exception. */
    synchronized void broken(Exception failure) {
        ended = true;
        state = failure instanceof IOException lost ? word(lost) : "refused";
        message = failure.getMessage();
    }

    private static String word(IOException end) {
        if (end instanceof InterruptedIOException) {
            return "paused";
        } else if (end instanceof DestinationException.Full) {
            return "full";
        } else if (end instanceof DestinationException.InUse) {
            return "in-use";
        } else if (end instanceof DestinationException.Lost || end instanceof DestinationException.Absent) {
            return "drive-lost";
        } else if (end instanceof DeviceException.Lost
                || end instanceof DeviceException.Locked
                || end instanceof DeviceException.NoPhone) {
            return "phone-lost";
        }
        return "refused";
    }

    synchronized Map<String, Object> fields(boolean weekly) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("state", state);
        fields.put("ended", ended);
        fields.put("folder", folder.toString());
        fields.put("files", files);
        fields.put("filesDone", filesDone);
        fields.put("bytes", bytes);
        fields.put("bytesDone", Math.min(bytes, bytesDone));
        fields.put("bytesPerSecond", Math.round(rate));
        fields.put("secondsLeft", rate > 0 ? Math.round(Math.max(0, bytes - bytesDone) / rate) : 0);
        fields.put("current", current);
        fields.put("saved", Math.max(0, photos - notSaved()));
        fields.put("notSaved", notSaved());
        fields.put("failed", List.copyOf(failed));
        fields.put("weekly", weekly);
        fields.put("compared", compared);
        if (removable != null) {
            fields.put("removable", removable.assets());
            fields.put("removableBytes", removable.bytes());
        }
        if (why != null) {
            fields.put("why", why);
        }
        if (message != null) {
            fields.put("message", message);
        }
        return fields;
    }
}
