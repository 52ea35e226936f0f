package dev.shoebox.cli.run;

import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.BackupStatus;
import dev.shoebox.destination.records.PastRun;
import dev.shoebox.destination.records.RunRecords;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunRecordJson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The runs that are remembered on this computer and in a backup, the newest first. */
public final class RecordedRuns {
    private static final int MOST_NAMED = 3;

    private final Path state;
    private final InstantSource clock;
    private final Consumer<String> say;

    /**
     * @param state where Shoebox remembers what it did; need not be there
     * @param say told of records that cannot be read, which hide none of the others
     */
    public RecordedRuns(Path state, InstantSource clock, Consumer<String> say) {
        this.state = state;
        this.clock = clock;
        this.say = say;
    }

    /** On this computer, whatever the backup. */
    public List<RunRecord> here() {
        return Files.isDirectory(state)
                ? sorted(parsed(
                        state, () -> RunRecords.in(state, RunHistory.FOLDER).texts()))
                : List.of();
    }

    /**
     * Of one backup, from all computers; of one that is not there, what this computer knows of it.
     *
     * @throws DestinationException if it is not there and nothing is known of it
     */
    public List<RunRecord> of(Path root) throws IOException {
        Path named = root.toAbsolutePath().normalize();
        try (Destination opened = Destination.view(root, OpenMode.REQUIRE_EXISTING)) {
            return of(opened, root);
        } catch (DestinationException.Absent absent) {
            List<RunRecord> local = here().stream()
                    .filter(run -> run.destination().equals(named.toString()))
                    .toList();
            if (local.isEmpty()) {
                throw absent;
            }
            return local;
        }
    }

    /** Of one backup that is at hand, from all computers. */
    public List<RunRecord> of(Destination opened, Path root) throws IOException {
        Path named = root.toAbsolutePath().normalize();
        List<RunRecord> told = parsed(root, opened::records).toList();
        Optional<String> shoebox = opened.id();
        Stream<RunRecord> local = here().stream()
                .filter(run -> run.shoebox().isPresent()
                        ? run.shoebox().equals(shoebox)
                        : run.destination().equals(named.toString()));
        Stream<RunRecord> counted = opened.runs().stream()
                .filter(run -> told.stream().noneMatch(record -> isSame(record, run)))
                .map(run -> counted(run, named));
        return sorted(Stream.of(told.stream(), local, counted).flatMap(runs -> runs));
    }

    private interface Texts {
        List<RunRecords.Text> read() throws IOException;
    }

    private Stream<RunRecord> parsed(Path above, Texts texts) {
        List<RunRecord> runs = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        try {
            for (RunRecords.Text text : texts.read()) {
                text.text().flatMap(RunRecordJson::parse).ifPresentOrElse(runs::add, () -> unreadable.add(text.file()));
            }
        } catch (IOException closed) {
            say.accept("What runs left in " + TextFormat.path(above) + " cannot be read (" + TextFormat.failure(closed)
                    + ") and is passed over.");
        }
        if (!unreadable.isEmpty()) {
            say.accept((unreadable.size() == 1
                            ? "The record of a run"
                            : TextFormat.count(unreadable.size()) + " records of runs")
                    + " in " + TextFormat.path(above) + " cannot be read and "
                    + (unreadable.size() == 1 ? "is" : "are") + " passed over: "
                    + unreadable.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                    + (unreadable.size() > MOST_NAMED ? ", ..." : ""));
        }
        return runs.stream();
    }

    /** The same run may be told several times: as one that began, that ended, whose hook failed. The most complete counts. */
    private List<RunRecord> sorted(Stream<RunRecord> runs) {
        Map<String, RunRecord> byId = new LinkedHashMap<>();
        runs.forEach(run -> byId.merge(run.id(), run, RecordedRuns::fuller));
        return byId.values().stream()
                .sorted(RunRecord.latestFirst(clock.instant()))
                .toList();
    }

    private static RunRecord fuller(RunRecord one, RunRecord other) {
        if (one.ending().isEmpty() || other.ending().isEmpty()) {
            return one.ending().isPresent() ? one : other;
        }
        return other.details().warnings().size() > one.details().warnings().size() ? other : one;
    }

    private static boolean isSame(RunRecord record, PastRun run) {
        return record.started().equals(run.run().started())
                && record.source()
                        .filter(source -> source.id().equals(run.source().id()))
                        .isPresent();
    }

    /** A run of which the journal alone tells: its record was dropped, or it is older than records are. */
    private static RunRecord counted(PastRun past, Path root) {
        BackupStatus.Run run = past.run();
        return new RunRecord(
                RunRecorder.name(run.started(), "journal"),
                RunRecord.Kind.BACKUP,
                Optional.of(past.source()),
                root.toString(),
                Optional.empty(),
                false,
                run.started(),
                Optional.of(new RunRecord.Ending(run.ended(), run.exitCode(), Optional.empty())),
                Optional.of(new RunRecord.Figures(
                        0,
                        run.copied(),
                        run.duplicates(),
                        run.alreadyBackedUp(),
                        run.failed(),
                        0,
                        0,
                        run.bytesCopied(),
                        Duration.ZERO)),
                RunRecord.Details.NONE);
    }
}
