package dev.shoebox.cli.run;

import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.option.HookOptions;
import dev.shoebox.cli.option.PhoneLibrary;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.ExitCode;
import dev.shoebox.cli.terminal.RotatingLog;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.coverage.icloud.Cause;
import dev.shoebox.coverage.icloud.Diagnosis;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.RunRecords;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunRecordJson;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.system.AppDirectories;
import dev.shoebox.system.PrivateFolder;
import picocli.CommandLine.ParameterException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Sees to it that every run leaves a record on this computer and in the backup, however it ends. What keeps it from doing
 * so on this computer is said, and changes nothing about the run.
 */
public final class RunHistory {
    /** Below the folder where Shoebox remembers what it did. */
    public static final String FOLDER = "runs";

    private static final String BEGUN = "-begun";
    private static final String ENDED = "-";

    /** Sorts behind the name of the same run when less was known of it. */
    private static final String HOOK_FAILED = "-hook-";

    private static final int MOST_IN_VAIN = 100;
    private static final Duration ONE_DAY = Duration.ofDays(1);
    private static final Duration ONE_MONTH = Duration.ofDays(30);

    /** Endings at which the backup is not there, not ours, in other hands or without room. */
    private static final Set<ExitCode> OUT_OF_REACH = Set.of(
            ExitCode.BAD_USAGE,
            ExitCode.NOT_A_SHOEBOX,
            ExitCode.DESTINATION_IN_USE,
            ExitCode.DESTINATION_FULL,
            ExitCode.DESTINATION_LOST,
            ExitCode.HOOK_FAILED,
            ExitCode.NOTHING_TO_DO_NOW);

    private final Console console;
    private final InstantSource clock;
    private final Path state;
    private final Alarms alarms;

    /** @param state where Shoebox remembers what it did; need not be there */
    public RunHistory(Console console, InstantSource clock, Path state, Alarms alarms) {
        this.console = console;
        this.clock = clock;
        this.state = state;
        this.alarms = alarms;
    }

    /** What a run does. */
    public interface Work {
        /** @return the exit code */
        int run() throws IOException;
    }

    /**
     * Runs the work and keeps the record of it on this computer; in the backup, where the work did not do so itself.
     *
     * @param after receives the record, whatever came of the work, and says what went wrong with what it did then
     * @return the exit code
     */
    public int of(RunRecorder account, Path root, Work work, Function<RunRecord, Optional<String>> after)
            throws IOException {
        requireOwnState();
        begin(account.record());
        console.note(account.record().id() + " begins: " + root);
        int code;
        try {
            code = work.run();
        } catch (ParameterException misuse) {
            forget(account.record());
            throw misuse;
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            after(
                    account,
                    root,
                    end(account, root, ExitCode.of(failure).number(), Optional.of(TextFormat.failure(failure))),
                    after);
            throw failure;
        }
        return after(account, root, end(account, root, code, Optional.empty()), after)
                .exitCode()
                .orElse(code);
    }

    /** What failed after the run is part of what is remembered of it: a copy elsewhere may fail for a year unseen. */
    private RunRecord after(
            RunRecorder account, Path root, RunRecord run, Function<RunRecord, Optional<String>> after) {
        Optional<String> failed = after.apply(run);
        RunRecord whole = failed.map(run::withFailedHook).orElse(run);
        if (failed.isPresent()) {
            console.warn(failed.get());
            keepHere(whole, name(whole, HOOK_FAILED), name(run, ENDED));
            if (isInReach(run.exitCode().orElseThrow())) {
                keepInside(root, whole, HOOK_FAILED);
            }
        }
        console.note(whole.id() + " ends: exit code " + whole.exitCode().orElseThrow());
        if (whole.scheduled()) {
            alarms.after(whole, account.alarmAfter());
        }
        return whole;
    }

    /** Where others may write, they could have another drive taken for the one that is known, or a folder of theirs filled. */
    private void requireOwnState() throws IOException {
        ConfiguredArguments.requireTrusted(state);
        try {
            PrivateFolder.makeIfAbsent(state);
        } catch (IOException | UnsupportedOperationException unwritable) {
            // At the end of the run that is told.
        }
    }

    private void begin(RunRecord run) {
        try {
            records().note(run.id() + BEGUN, RunRecordJson.of(run));
        } catch (IOException unwritable) {
            // At the end it is tried again, and told.
        }
    }

    private void forget(RunRecord run) {
        try {
            records().drop(run.id() + BEGUN);
        } catch (IOException stays) {
            // It will be shown as a run that did not come to its end, which is true.
        }
    }

    private RunRecord end(RunRecorder account, Path root, int code, Optional<String> message) {
        boolean isInside = account.concluded().isPresent();
        RunRecord run = account.concluded().orElseGet(() -> account.conclude(code, message));
        keepHere(run, name(run, ENDED), run.id() + BEGUN);
        if (!isInside && isInReach(code)) {
            keepInside(root, run, ENDED);
        }
        return run;
    }

    /** @param earlier what was kept of the run before */
    private void keepHere(RunRecord run, String name, String earlier) {
        try {
            RunRecords records = records();
            records.keep(name, RunRecordJson.of(run));
            records.drop(earlier);
            for (String inVain : inVain(records)) {
                records.drop(inVain);
            }
        } catch (IOException unwritable) {
            console.warn("This run is not remembered on this computer: " + TextFormat.failure(unwritable));
        }
    }

    private static boolean isInReach(int code) {
        return OUT_OF_REACH.stream().noneMatch(ending -> ending.number() == code);
    }

    /** Runs that found nothing to do come by the dozen, and must not push out those that did something. */
    private static List<String> inVain(RunRecords records) throws IOException {
        String ending = "-" + ExitCode.NOTHING_TO_DO_NOW.number();
        return records.names().stream()
                .filter(name -> name.endsWith(ending))
                .skip(MOST_IN_VAIN)
                .toList();
    }

    private void keepInside(Path root, RunRecord run, String kind) {
        try (Destination opened = Destination.open(root, OpenMode.REQUIRE_EXISTING, clock, line -> {})) {
            keep(opened, run, kind);
        } catch (IOException unreachable) {
            // There may be no backup yet, or another run in it; this computer remembers.
        }
    }

    /** Keeps the record in the backup. A disk that does not take it any more has said so before. */
    public static void keep(Destination opened, RunRecord run) {
        keep(opened, run, ENDED);
    }

    private static void keep(Destination opened, RunRecord run, String kind) {
        try {
            opened.keepRecord(name(run, kind), RunRecordJson.of(run));
        } catch (IOException unwritable) {
            // Why the run ended is what the person must hear; this computer remembers the rest.
        }
    }

    /** From here on what is said is kept, for nobody watches. */
    public void keepLog() throws IOException {
        requireOwnState();
        console.noteIn(new RotatingLog(state.resolve("log"), clock));
    }

    /**
     * Puts down why iCloud has stopped, and tells what a person who does not watch must hear of it.
     *
     * <p>The library is read only where nobody waits for the end of the run.
     *
     * @param stopped is asked now and then whether to give up
     */
    public void icloud(MediaSource source, AppDirectories places, BooleanSupplier stopped, RunRecorder account) {
        Optional<Library> known = account.isScheduled()
                ? new PhoneLibrary(places, console).readIfQuick(source, stopped)
                : Optional.empty();
        Optional<Diagnosis> found = CloudAnswer.of(source, known, places.cache(), clock.instant());
        found.flatMap(CloudAnswer::trouble).ifPresent(account::warn);
        if (account.isScheduled() && found.isPresent()) {
            Duration peace = found.get().cause() == Cause.DELETING ? ONE_DAY : ONE_MONTH;
            CloudAnswer.alarm(found.get(), source.id()).ifPresent(notice -> alarms.tell(notice, peace));
        }
    }

    /** Tells of backups that are missing for too long, of whatever destination. */
    public void tellAbsence() {
        alarms.absence(HookOptions.USUAL_ALARM);
    }

    private static String name(RunRecord run, String kind) {
        return run.id() + kind + run.exitCode().orElseThrow();
    }

    private RunRecords records() throws IOException {
        return RunRecords.in(state, FOLDER);
    }
}
