package dev.shoebox.run.record;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.run.RunRecords;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunRecordJson;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.text.Amounts;
import dev.shoebox.text.PrintableText;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        List<RunRecord> told = parsed(root, opened.runs()::texts).toList();
        Optional<String> shoebox = opened.id();
        Stream<RunRecord> local = here().stream()
                .filter(run -> run.shoebox().isPresent()
                        ? run.shoebox().equals(shoebox)
                        : run.destination().equals(named.toString()));
        Stream<RunRecord> counted =
                opened.runs().all(named).stream().filter(run -> told.stream().noneMatch(record -> isSame(record, run)));
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
            say.accept("Run records in " + PrintableText.path(above) + " cannot be read (" + Failures.words(closed)
                    + "), so they are ignored.");
        }
        if (!unreadable.isEmpty()) {
            say.accept((unreadable.size() == 1 ? "A run record" : Amounts.count(unreadable.size()) + " run records")
                    + " in " + PrintableText.path(above) + " cannot be read and "
                    + (unreadable.size() == 1 ? "is" : "are") + " ignored: "
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
        return told(other) > told(one) ? other : one;
    }

    private static int told(RunRecord run) {
        return run.notes().warnings().size() + run.followUps().size();
    }

    private static boolean isSame(RunRecord record, RunRecord counted) {
        return record.started().equals(counted.started())
                && record.source().map(SourceId::id).equals(counted.source().map(SourceId::id));
    }
}
