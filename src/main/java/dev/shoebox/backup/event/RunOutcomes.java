package dev.shoebox.backup.event;

import dev.shoebox.destination.Recognition.Recognised;
import dev.shoebox.destination.ingest.IngestListener;
import dev.shoebox.destination.records.run.FailedFile;
import dev.shoebox.history.RunResult;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.text.PrintableText;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Collects the outcome of every planned file, and reports it at once, one event at a time. */
public final class RunOutcomes implements IngestListener {
    private final Consumer<BackupEvent> listener;
    private final List<Failure> failures = new ArrayList<>();
    private final Map<String, String> troubles = new HashMap<>();
    private final List<RunResult.Item> healed = new ArrayList<>();
    private final Set<String> breakers = new HashSet<>();
    private final Map<String, Plausibility> looks = new HashMap<>();
    private final List<ImplausibleFile> implausible = new ArrayList<>();
    private int readTwice;
    private final Map<String, Proof> proofs = new HashMap<>();
    private final Map<Proof, Integer> proven = new EnumMap<>(Proof.class);
    private final Set<String> unproven = new HashSet<>();
    private ExpectedResources expected = ExpectedResources.NONE;
    private Skipped leftOut = Skipped.NOTHING;
    private boolean absencesKnown = true;
    private int assets;
    private int copied;
    private int duplicates;
    private long bytesCopied;

    public RunOutcomes(Consumer<BackupEvent> listener) {
        this.listener = listener;
    }

    private record Failure(String path, Outcome.Failed outcome) {}

    public synchronized void tell(BackupEvent event) {
        if (event instanceof BackupEvent.Listed all) {
            assets = all.assets();
        } else if (event instanceof BackupEvent.Unwanted unwanted) {
            assets -= unwanted.leftOut().assets() + unwanted.leftOut().trashed();
        } else if (event instanceof BackupEvent.LibraryUnread) {
            absencesKnown = false;
        }
        listener.accept(event);
    }

    /**
     * Adds files that must have an outcome; otherwise they count as not reached.
     *
     * @param resources must not change
     */
    public synchronized void expect(List<Resource> resources) {
        expected = new ExpectedResources(resources);
    }

    @Override
    public synchronized void copied(Resource resource, String path) {
        copied++;
        bytesCopied += resource.file().size();
        settle(resource, new Outcome.Copied(path));
    }

    @Override
    public synchronized void duplicate(Resource resource, String path) {
        duplicates++;
        settle(resource, new Outcome.Duplicate(path));
    }

    @Override
    public synchronized void forgotten(Resource resource) {
        boolean photo = resource.role() == Role.PHOTO || resource.role() == Role.VIDEO;
        leftOut = leftOut.plusForgotten(photo, 1);
        assets -= photo ? 1 : 0;
        settle(resource, new Outcome.Forgotten());
    }

    /** Returns files that turned out to be unwanted when they were read. */
    public synchronized Skipped leftOut() {
        return leftOut;
    }

    @Override
    public synchronized void unproven(Resource resource, String path) {
        unproven.add(resource.file().path());
        troubled(resource, "the disk returned other bytes than were written");
        listener.accept(new BackupEvent.Warning("The disk returned other bytes for " + path + " than were written; "
                + resource.file().path() + " is read again. If this happens again, try another disk, cable "
                + "or port."));
    }

    @Override
    public synchronized void stored(StoredAsset asset) {
        listener.accept(new BackupEvent.Stored(asset));
    }

    /** Returns the paths of files that must be read again, and clears them. */
    public synchronized Set<String> takeUnproven() {
        Set<String> taken = Set.copyOf(unproven);
        unproven.clear();
        return taken;
    }

    public synchronized void failed(Resource resource, Outcome.Failed outcome) {
        failures.add(new Failure(resource.file().path(), outcome));
        settle(resource, outcome);
    }

    /** Adds the failure of an item that was never planned, such as a folder that cannot be listed. */
    public synchronized void failed(String path, Outcome.Failed outcome) {
        failures.add(new Failure(path, outcome));
        listener.accept(new BackupEvent.Unlisted(path, outcome));
    }

    /** Sets this outcome for every expected file without one. */
    public synchronized void failTheRest(Outcome.Failed outcome) {
        expected.unsettled().forEach(resource -> failed(resource, outcome));
    }

    /** Notes a problem with a file that is read again; if that succeeds, the file counts as healed. */
    public synchronized void troubled(Resource resource, String message) {
        troubles.putIfAbsent(resource.file().path(), message);
    }

    /** Notes that the connection was lost while this file was read. */
    public synchronized void lostAt(String path) {
        breakers.add(path);
    }

    public synchronized void readTwice() {
        readTwice++;
    }

    /** Sets how a file that is about to be stored was verified. */
    public synchronized void provenBy(Resource resource, Proof proof) {
        proofs.put(resource.file().path(), proof);
    }

    /** Adds files that were not read, because the backup has copies with their fingerprints. */
    public synchronized void known(List<Recognised> files) {
        for (Recognised file : files) {
            proofs.put(file.resource().file().path(), file.proof());
            listener.accept(new BackupEvent.Received(file.resource().file().size()));
            duplicate(file.resource(), file.path());
        }
    }

    /** Returns whether any of these files of the source failed. */
    public synchronized boolean hasFailed(Set<String> paths) {
        return failures.stream().anyMatch(failure -> paths.contains(failure.path()));
    }

    /** Sets the result of the content check of a file that is about to be stored. */
    public synchronized void looksLike(Resource resource, Plausibility plausibility) {
        if (plausibility != Plausibility.PLAUSIBLE) {
            looks.put(resource.file().path(), plausibility);
        }
    }

    /** Adds a file in the backup that is not safe, or may not be read. */
    public synchronized void implausible(ImplausibleFile found) {
        implausible.add(found);
        listener.accept(new BackupEvent.Doubtful(found));
    }

    public synchronized List<ImplausibleFile> implausible() {
        return List.copyOf(implausible);
    }

    private void settle(Resource resource, Outcome outcome) {
        String path = resource.file().path();
        expected.settle(path);
        String trouble = troubles.remove(path);
        Proof proof = proofs.remove(path);
        boolean isStored = outcome instanceof Outcome.Copied || outcome instanceof Outcome.Duplicate;
        if (proof != null && isStored) {
            proven.merge(proof, 1, Integer::sum);
        }
        if (proof == Proof.PERHAPS_DAMAGED && outcome instanceof Outcome.Copied copiedTo) {
            implausible(ImplausibleFile.perhapsDamaged(path, copiedTo.path()));
        } else if (proof == Proof.PERHAPS_DAMAGED && outcome instanceof Outcome.Duplicate duplicateOf) {
            implausible(ImplausibleFile.perhapsDamaged(path, duplicateOf.path()));
        }
        if (trouble != null && !(outcome instanceof Outcome.Failed)) {
            healed.add(new RunResult.Item(path, "healed", trouble));
            listener.accept(new BackupEvent.Healed(path, trouble));
        }
        listener.accept(new BackupEvent.Settled(resource, outcome));
        Plausibility looksLike = looks.remove(path);
        if (looksLike != null && outcome instanceof Outcome.Copied copiedTo) {
            implausible(ImplausibleFile.of(path, copiedTo.path(), looksLike));
        } else if (looksLike != null && outcome instanceof Outcome.Duplicate duplicateOf) {
            implausible(ImplausibleFile.of(path, duplicateOf.path(), looksLike));
        }
    }

    /**
     * Returns the result of the run.
     *
     * @param alreadyBackedUp files that were in the backup before
     * @param time from the first requested byte until the last file was durable
     * @param absences originals that are only in iCloud
     */
    public synchronized RunResult result(int alreadyBackedUp, Duration time, List<MissingOriginal> absences) {
        return new RunResult(
                new RunResult.Counts(assets, copied, duplicates, alreadyBackedUp, failures.size(), 0),
                new RunResult.Traffic(bytesCopied, time, readTwice, proven),
                failures.stream().map(RunOutcomes::item).toList(),
                healed,
                UnsafeFindings.of(implausible, absences, absencesKnown),
                Optional.empty());
    }

    private static RunResult.Item item(Failure failure) {
        return new RunResult.Item(
                failure.path(),
                PrintableText.hyphenated(failure.outcome().reason()),
                failure.outcome().message());
    }

    /**
     * Returns the failed files, for the next run.
     *
     * @param before the failed files of an earlier run; still valid for files that this run did not reach
     */
    public synchronized List<FailedFile> troubles(List<FailedFile> before) {
        Map<String, FailedFile> known = new HashMap<>();
        before.forEach(trouble -> known.put(trouble.path(), trouble));
        List<FailedFile> troubles = new ArrayList<>();
        for (Failure failure : failures) {
            String path = failure.path();
            boolean tried =
                    switch (failure.outcome().reason()) {
                        case GONE, REFUSED, DENIED, READ_ERROR, WRONG_SIZE, CHANGED -> true;
                        case TOO_LARGE, NO_SPACE, NOT_REACHED -> false;
                    };
            if (tried || breakers.contains(path)) {
                troubles.add(new FailedFile(path, breakers.contains(path)));
            } else if (known.containsKey(path)) {
                troubles.add(known.get(path));
            }
        }
        return troubles;
    }
}
