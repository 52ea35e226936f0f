package dev.shoebox.run.record;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.Outcome;
import dev.shoebox.backup.event.Report;
import dev.shoebox.history.Omitted;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.UnsafeFiles;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.text.PrintableText;

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

/** What one run does, put down while it goes on. Safe for use by several threads. */
public final class RunRecorder {
    /** How long a backup may be missing: a week, and a day for a person who was away. */
    public static final Duration USUAL_ALARM = Duration.ofDays(8);

    private static final DateTimeFormatter BEGINNING =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int ID_DIGITS = 8;

    /** More folders than a person looks through. */
    private static final int MOST_FOLDERS = 200;

    private final RunRecord.Kind kind;
    private final String destination;
    private final boolean scheduled;
    private final InstantSource clock;
    private final Instant started;
    private final String id;
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, Integer> folders = new TreeMap<>();
    private Optional<SourceId> source = Optional.empty();
    private Optional<String> shoebox = Optional.empty();
    private Optional<String> verify = Optional.empty();
    private int assets;
    private Optional<RunRecord.Figures> figures = Optional.empty();
    private List<RunRecord.Item> failures = List.of();
    private List<RunRecord.Item> healed = List.of();
    private boolean absencesKnown = true;
    private UnsafeFiles notSafe = UnsafeFiles.NOTHING;
    private Optional<Omitted> omitted = Optional.empty();
    private Optional<RunRecord> concluded = Optional.empty();
    private Duration alarmAfter = USUAL_ALARM;

    /** @param scheduled whether nobody watches */
    public RunRecorder(RunRecord.Kind kind, Path destination, boolean scheduled, InstantSource clock) {
        this.kind = kind;
        this.destination = destination.toAbsolutePath().normalize().toString();
        this.scheduled = scheduled;
        this.clock = clock;
        this.started = clock.instant();
        this.id = name(started, UUID.randomUUID().toString().substring(0, ID_DIGITS));
    }

    /** What a run is called that began then. */
    static String name(Instant started, String rest) {
        return BEGINNING.format(started) + "-" + rest;
    }

    public Instant started() {
        return started;
    }

    public boolean isScheduled() {
        return scheduled;
    }

    /** How long a backup may be missing before that is told. */
    public Duration alarmAfter() {
        return alarmAfter;
    }

    public void alarmAfter(Duration longest) {
        alarmAfter = longest;
    }

    /** @param shoebox what the destination calls itself */
    public synchronized void opened(SourceId from, Optional<String> shoebox) {
        source = Optional.of(from);
        this.shoebox = shoebox;
    }

    /** The destination of a run that has no source. */
    public synchronized void opened(Optional<String> shoebox) {
        this.shoebox = shoebox;
    }

    public synchronized void note(BackupEvent event) {
        if (event instanceof BackupEvent.Listed all) {
            assets = all.assets();
        } else if (event instanceof BackupEvent.Unwanted unwanted) {
            assets -= unwanted.leftOut().assets() + unwanted.leftOut().trashed();
        } else if (event instanceof BackupEvent.Undated undated) {
            warn(undated.sentence());
        } else if (event instanceof BackupEvent.LibraryUnread) {
            absencesKnown = false;
        } else if (event instanceof BackupEvent.Warning warning) {
            warn(warning.message());
        } else if (event instanceof BackupEvent.Settled settled && settled.isPhotoForgotten()) {
            assets--;
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
        if (warnings.size() < RunRecord.MOST_NAMES) {
            warnings.add(line);
        }
    }

    /** @param level how far each copy was proven */
    public synchronized void reported(Report report, String level) {
        verify = Optional.of(level);
        figures = Optional.of(new RunRecord.Figures(
                assets,
                report.copied(),
                report.duplicates(),
                report.alreadyBackedUp(),
                report.failures().size(),
                report.readTwice(),
                0,
                report.bytesCopied(),
                report.transfer(),
                report.proofs()));
        failures = report.failures().stream()
                .filter(failure -> failure.outcome().reason() != Outcome.Failed.Reason.NOT_REACHED)
                .map(failure -> new RunRecord.Item(
                        failure.path(),
                        PrintableText.hyphenated(failure.outcome().reason()),
                        failure.outcome().message()))
                .toList();
        notSafe = UnsafeFindings.of(report, absencesKnown);
        omitted = report.inventory()
                .map(all -> new Omitted(
                        all.found(),
                        all.counts(),
                        all.named(),
                        report.leftOut().assets(),
                        report.leftOut().files(),
                        report.leftOut().trashed(),
                        report.leftOut().trashedFiles()));
        healed = report.healed().stream()
                .map(file -> new RunRecord.Item(file.path(), "healed", file.message()))
                .toList();
    }

    /** What a verification found. */
    public synchronized void verified(RunRecord.Figures read, List<RunRecord.Item> damaged) {
        figures = Optional.of(read);
        failures = damaged;
    }

    /** The run is over, as far as its destination is concerned. */
    public synchronized RunRecord conclude(RunEnding how, Optional<String> message) {
        RunRecord record = record().ended(new RunRecord.Ending(clock.instant(), how, message));
        concluded = Optional.of(record);
        return record;
    }

    /** What was {@linkplain #conclude concluded}. */
    synchronized Optional<RunRecord> concluded() {
        return concluded;
    }

    synchronized RunRecord record() {
        return new RunRecord(
                id,
                kind,
                source,
                destination,
                shoebox,
                scheduled,
                started,
                Optional.empty(),
                figures,
                new RunRecord.Details(verify, failures, healed, warnings, folders, notSafe, omitted));
    }
}
