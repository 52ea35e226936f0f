package dev.shoebox.backup.event;

import dev.shoebox.destination.Recognition.Recognised;
import dev.shoebox.destination.ingest.IngestListener;
import dev.shoebox.destination.records.run.FailedFile;
import dev.shoebox.history.Omitted;
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

/** Keeps count of what became of every planned file, and tells it as it happens, one event at a time. */
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
     * From here on each of these files must come to some outcome; else it counts as not reached.
     *
     * @param resources do not change
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

    /** What turned out to be unwanted once it was read. */
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

    /** Paths of what is to be read once more since this was asked before. */
    public synchronized Set<String> takeUnproven() {
        Set<String> taken = Set.copyOf(unproven);
        unproven.clear();
        return taken;
    }

    public synchronized void failed(Resource resource, Outcome.Failed outcome) {
        failures.add(new Failure(resource.file().path(), outcome));
        settle(resource, outcome);
    }

    /** Something on the source that never became a planned file, a folder that cannot be listed for one. */
    public synchronized void failed(String path, Outcome.Failed outcome) {
        failures.add(new Failure(path, outcome));
        listener.accept(new BackupEvent.Unlisted(path, outcome));
    }

    /** Every expected file that came to no outcome fails with this one. */
    public synchronized void failTheRest(Outcome.Failed outcome) {
        expected.unsettled().forEach(resource -> failed(resource, outcome));
    }

    /** Something went wrong with a file that is read again: if that helps, it counts as healed. */
    public synchronized void troubled(Resource resource, String message) {
        troubles.putIfAbsent(resource.file().path(), message);
    }

    /** The connection was lost while this file was read. */
    public synchronized void lostAt(String path) {
        breakers.add(path);
    }

    public synchronized void readTwice() {
        readTwice++;
    }

    /** How a file is known to be right that is about to be stored. */
    public synchronized void provenBy(Resource resource, Proof proof) {
        proofs.put(resource.file().path(), proof);
    }

    /** These were not read: copies with their fingerprints were here. */
    public synchronized void known(List<Recognised> files) {
        for (Recognised file : files) {
            proofs.put(file.resource().file().path(), file.proof());
            listener.accept(new BackupEvent.Received(file.resource().file().size()));
            duplicate(file.resource(), file.path());
        }
    }

    /** Whether any of these files of the source could not be backed up. */
    public synchronized boolean hasFailed(Set<String> paths) {
        return failures.stream().anyMatch(failure -> paths.contains(failure.path()));
    }

    /** What the bytes of a file look like that is about to be stored. */
    public synchronized void looksLike(Resource resource, Plausibility plausibility) {
        if (plausibility != Plausibility.PLAUSIBLE) {
            looks.put(resource.file().path(), plausibility);
        }
    }

    /** A file that is in the backup and is not what it should be, or may not be read. */
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
     * What the run did.
     *
     * @param alreadyBackedUp files that were there before
     * @param time from the first byte asked for to the last file durable
     * @param absences what is only in iCloud
     * @param omitted what of the source was not taken; empty where the run ended before that was known
     */
    public synchronized RunResult result(
            int alreadyBackedUp, Duration time, List<MissingOriginal> absences, Optional<Omitted> omitted) {
        return new RunResult(
                new RunResult.Counts(assets, copied, duplicates, alreadyBackedUp, failures.size(), 0),
                new RunResult.Traffic(bytesCopied, time, readTwice, proven),
                failures.stream().map(RunOutcomes::item).toList(),
                healed,
                UnsafeFindings.of(implausible, absences, absencesKnown),
                omitted);
    }

    private static RunResult.Item item(Failure failure) {
        return new RunResult.Item(
                failure.path(),
                PrintableText.hyphenated(failure.outcome().reason()),
                failure.outcome().message());
    }

    /**
     * What the next run is to know of the files that failed.
     *
     * @param before what this run knew of those that an earlier one failed at; still true of what it did not come to
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
