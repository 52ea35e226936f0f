package dev.shoebox.run.record;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationFolder;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The runs recorded on this computer and in a backup, the newest first. */
public final class RecordedRuns {
    private static final int MOST_NAMED = 3;

    private final Path state;
    private final InstantSource clock;
    private final Consumer<String> say;

    /**
     * @param state the state folder of Shoebox; need not exist
     * @param say receives a line on records that cannot be read; the others are still returned
     */
    public RecordedRuns(Path state, InstantSource clock, Consumer<String> say) {
        this.state = state;
        this.clock = clock;
        this.say = say;
    }

    /** Returns the runs recorded on this computer, of any backup. */
    public List<RunRecord> here() {
        return Files.isDirectory(state)
                ? sorted(parsed(
                        state, () -> RunRecords.in(state, RunHistory.FOLDER).texts()))
                : List.of();
    }

    /**
     * Returns the runs of the backup in a folder that this computer recorded, wherever its drive was mounted. If the
     * backup is absent, it is the one that was in this folder last.
     */
    public List<RunRecord> here(Path root) {
        List<RunRecord> all = here();
        String named = root.toAbsolutePath().normalize().toString();
        Optional<String> shoebox = DestinationFolder.identity(root).or(() -> all.stream()
                .filter(run -> run.destination().equals(named))
                .flatMap(run -> run.shoebox().stream())
                .findFirst());
        return all.stream().filter(of(shoebox.orElse(""), named)).toList();
    }

    /** Whether a run was of a backup. A run that did not reach it knows only its folder. */
    private static Predicate<RunRecord> of(String shoebox, String named) {
        return run -> run.shoebox().map(shoebox::equals).orElseGet(() -> run.destination()
                .equals(named));
    }

    /**
     * Returns the runs of one backup from all computers; if the backup is absent, those that this computer recorded.
     *
     * @throws DestinationException if the backup is absent and this computer has no record of it
     */
    public List<RunRecord> of(Path root) throws IOException {
        try (Destination opened = Destination.view(root, OpenMode.REQUIRE_EXISTING)) {
            return of(opened, root);
        } catch (DestinationException.Absent absent) {
            List<RunRecord> local = here(root);
            if (local.isEmpty()) {
                throw absent;
            }
            return local;
        }
    }

    /** Returns the runs of an open backup, from all computers. */
    public List<RunRecord> of(Destination opened, Path root) throws IOException {
        Path named = root.toAbsolutePath().normalize();
        List<RunRecord> told = parsed(root, opened.runs()::texts).toList();
        Stream<RunRecord> local = here().stream().filter(of(opened.id().orElse(""), named.toString()));
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

    /**
     * Sorts the runs. A run may have several records: as started, as ended, and with its follow-ups. The most complete
     * counts.
     */
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
