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

/** What one run does, put down while it goes on. Safe for use by several threads. */
public final class RunRecorder {
    /** How long a backup may be missing: a week, and a day for a person who was away. */
    public static final Duration USUAL_ALARM = Duration.ofDays(8);

    private static final DateTimeFormatter BEGINNING =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int ID_DIGITS = 8;

    /** More folders than a person looks through. */
    private static final int MOST_FOLDERS = 200;

    private final InstantSource clock;
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, Integer> folders = new TreeMap<>();

    /** Null where nothing was copied. */
    private String verify;

    private RunRecord run;
    private RunRecord.Removable removable = RunRecord.Removable.UNKNOWN;
    private Duration alarmAfter = USUAL_ALARM;
    private Predicate<SourceId> wanted = source -> true;

    /** @param scheduled whether nobody watches */
    public RunRecorder(RunRecord.Kind kind, Path destination, boolean scheduled, InstantSource clock) {
        this.clock = clock;
        Instant now = clock.instant();
        String id = name(now, UUID.randomUUID().toString().substring(0, ID_DIGITS));
        String folder = destination.toAbsolutePath().normalize().toString();
        this.run = new RunRecord(new RunRecord.Start(id, kind, folder, scheduled, now));
    }

    /** What a run is called that began then. */
    static String name(Instant started, String rest) {
        return BEGINNING.format(started) + "-" + rest;
    }

    public synchronized boolean isScheduled() {
        return run.scheduled();
    }

    /** How long a backup may be missing before that is told. */
    public Duration alarmAfter() {
        return alarmAfter;
    }

    public void alarmAfter(Duration longest) {
        alarmAfter = longest;
    }

    /** Whether a source is one that the run may be for. */
    Predicate<SourceId> wanted() {
        return wanted;
    }

    /** @param sources those that the run may be for: which one is missed where none comes */
    public void wanted(Predicate<SourceId> sources) {
        wanted = sources;
    }

    /** @param shoebox what the destination calls itself */
    public synchronized void opened(SourceId from, Optional<String> shoebox) {
        run = run.of(from).in(shoebox);
    }

    /** The destination of a run that has no source. */
    public synchronized void opened(Optional<String> shoebox) {
        run = run.in(shoebox);
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

    /** What could be deleted on the phone after the run; found out when the run is concluded already. */
    public synchronized void removable(RunRecord.Removable found) {
        removable = found;
    }

    synchronized RunRecord.Removable removable() {
        return removable;
    }

    /** What the run did, as far as it came. */
    public synchronized void did(RunResult result) {
        run = run.withResult(result);
    }

    /** @param level how each copy was proven, where files were copied */
    public synchronized void verified(String level) {
        verify = level;
    }

    /** The run is over. */
    synchronized RunRecord conclude(RunEnding how, Optional<String> message) {
        run = record().endedWith(new RunRecord.Ending(clock.instant(), how, message));
        return run;
    }

    /** What was {@linkplain #conclude concluded}; empty while the run goes on. */
    synchronized Optional<RunRecord> concluded() {
        return Optional.of(run).filter(ended -> ended.ending().isPresent());
    }

    synchronized RunRecord record() {
        return run.withNotes(new RunRecord.Notes(Optional.ofNullable(verify), warnings, folders));
    }
}
