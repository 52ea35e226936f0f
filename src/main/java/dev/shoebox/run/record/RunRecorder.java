package dev.shoebox.run.record;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.Outcome;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunResult;
import dev.shoebox.photos.source.SourceId;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/** Collects the record of one run. Thread-safe. */
public final class RunRecorder {
    /** The default time that a backup may be missing: a week, and one more day. */
    public static final Duration USUAL_ALARM = Duration.ofDays(8);

    private static final DateTimeFormatter BEGINNING =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int ID_DIGITS = 8;

    /** The number of folders in a record, which is more than anyone reads. */
    private static final int MOST_FOLDERS = 200;

    private final InstantSource clock;
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, Integer> folders = new TreeMap<>();

    /** Null if nothing was copied. */
    private String verify;

    private RunRecord run;
    private RunRecord.Removable removable = RunRecord.Removable.UNKNOWN;
    private Duration alarmAfter = USUAL_ALARM;
    private Predicate<SourceId> wanted = source -> true;

    /** @param scheduled whether the run is unattended */
    public RunRecorder(RunRecord.Kind kind, Path destination, boolean scheduled, InstantSource clock) {
        this.clock = clock;
        Instant now = clock.instant();
        String id = name(now, UUID.randomUUID().toString().substring(0, ID_DIGITS));
        String folder = destination.toAbsolutePath().normalize().toString();
        this.run = new RunRecord(new RunRecord.Start(id, kind, folder, scheduled, now));
    }

    /** Returns the name of a run that started then. */
    static String name(Instant started, String rest) {
        return BEGINNING.format(started) + "-" + rest;
    }

    public synchronized boolean isScheduled() {
        return run.scheduled();
    }

    /** Returns how long a backup may be missing before an alarm is raised. */
    public Duration alarmAfter() {
        return alarmAfter;
    }

    public void alarmAfter(Duration longest) {
        alarmAfter = longest;
    }

    /** Returns whether the run may be for a source. */
    Predicate<SourceId> wanted() {
        return wanted;
    }

    /** @param sources those that the run may be for; if it finds none, they count as missing */
    public void wanted(Predicate<SourceId> sources) {
        wanted = sources;
    }

    /** Called when the source is open, of a run that has one. */
    public synchronized void source(SourceId source) {
        run = run.of(source);
    }

    /**
     * Called when the destination is open.
     *
     * @param id its id, which cannot be read in every backup
     */
    public synchronized void destination(String id) {
        run = run.in(id);
    }

    public synchronized void note(BackupEvent event) {
        if (event instanceof BackupEvent.Undated undated) {
            warn(undated.sentence());
        } else if (event instanceof BackupEvent.Warning warning) {
            warn(warning.message());
        } else if (event instanceof BackupEvent.Settled settled && settled.outcome() instanceof Outcome.Copied copied) {
            String folder = copied.path().contains("/")
                    ? copied.path().substring(0, copied.path().lastIndexOf('/'))
                    : ".";
            if (folders.size() < MOST_FOLDERS || folders.containsKey(folder)) {
                folders.merge(folder, 1, Integer::sum);
            }
        }
    }

    public synchronized void warn(String line) {
        if (warnings.size() < RunResult.MOST_NAMES) {
            warnings.add(line);
        }
    }

    /** Adds what could be deleted on the phone after the run, found after the run was concluded. */
    public synchronized void removable(RunRecord.Removable found) {
        removable = found;
    }

    synchronized RunRecord.Removable removable() {
        return removable;
    }

    /** Adds the result of the run, as far as it got. */
    public synchronized void did(RunResult result) {
        run = run.withResult(result);
    }

    /** @param level how copies were verified, if files were copied */
    public synchronized void verified(String level) {
        verify = level;
    }

    /** Concludes the record of a run that took its course. */
    synchronized RunRecord conclude(RunEnding how) {
        run = record().endedWith(new RunRecord.Ending(clock.instant(), how, Optional.empty()));
        return run;
    }

    /**
     * Concludes the record of a run that ended early.
     *
     * @param why it ended
     */
    synchronized RunRecord conclude(RunEnding how, String why) {
        run = record().endedWith(new RunRecord.Ending(clock.instant(), how, Optional.of(why)));
        return run;
    }

    /** Concludes the record of a run that a failure ended. */
    RunRecord conclude(Throwable failure) {
        return conclude(Failures.ending(failure), Failures.words(failure));
    }

    /** Returns the concluded record; empty while the run is active. */
    synchronized Optional<RunRecord> concluded() {
        return Optional.of(run).filter(ended -> ended.ending().isPresent());
    }

    synchronized RunRecord record() {
        return run.withNotes(new RunRecord.Notes(Optional.ofNullable(verify), warnings, folders));
    }
}
