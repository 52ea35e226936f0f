package dev.shoebox.cli.keep;

import dev.shoebox.cli.option.SourceMatcher;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunRecordJson;
import dev.shoebox.history.RunSummary;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.record.RecordedRuns;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code shoebox history [DEST]}. */
@Command(
        name = "history",
        header = "Show past runs, how each ended and what it copied.",
        description = {
            "",
            "Without DEST, shows the runs on this computer; with it, all known runs of that backup, even"
                    + " while its drive is unplugged.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox history",
            "  shoebox history ~/Pictures/iPhone",
            "  shoebox history --device \"Ada's iPhone\" ~/Pictures/Family",
            "",
            "'shoebox report RUN' shows everything about one of them."
        })
public final class HistoryCommand implements Callable<Integer> {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    private static final int USUAL = 20;

    private final RecordedRuns remembered;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DEST", description = "The folder that holds the backup.")
    private Path destination;

    @Option(
            names = "--device",
            paramLabel = "PHONE",
            description = "Only the runs of this iPhone, by its UDID or its name.")
    private String device;

    @Option(
            names = {"-n", "--last"},
            paramLabel = "COUNT",
            description = "Show only the newest COUNT runs. Default: 20; with --json all.")
    private Integer last;

    @Mixin
    private final Console console;

    public HistoryCommand(Console console, RecordedRuns remembered) {
        this.console = console;
        this.remembered = remembered;
    }

    @Override
    public Integer call() throws IOException {
        List<RunRecord> all = destination != null ? remembered.of(destination) : remembered.here();
        List<RunRecord> runs = all.stream().filter(this::isAskedFor).toList();
        if (runs.isEmpty()) {
            console.result("No run"
                    + (device == null ? "" : " of " + device) + " is recorded"
                    + (destination == null ? " on this computer" : " in " + TextFormat.path(destination))
                    + " yet.");
        }
        runs.stream()
                .limit(Objects.requireNonNullElse(last, Integer.MAX_VALUE))
                .forEach(run -> console.event(event(run)));
        runs.stream().limit(Objects.requireNonNullElse(last, USUAL)).forEach(this::show);
        if (last == null && runs.size() > USUAL) {
            console.result("and " + TextFormat.count(runs.size() - USUAL) + " more; -n sets how many to show");
        }
        return RunEnding.DONE.number();
    }

    private boolean isAskedFor(RunRecord run) {
        return device == null
                || run.source()
                        .filter(source -> SourceMatcher.isMeant(source, device))
                        .isPresent();
    }

    static JsonEvent event(RunRecord run) {
        JsonEvent event = new JsonEvent("run");
        RunRecordJson.fields(run).forEach(event::with);
        return event;
    }

    private void show(RunRecord run) {
        RunSummary verdict = RunSummary.of(run);
        String line = MINUTE.format(run.started().atZone(ZoneId.systemDefault())) + "  "
                + run.source().map(SourceId::name).map(name -> name + ": ").orElse("") + verdict.headline()
                + run.did()
                        .filter(did -> did.counts().copied() > 0)
                        .map(did -> " " + TextFormat.count(did.counts().copied(), "new file") + ", "
                                + TextFormat.bytes(did.traffic().bytesCopied()) + ".")
                        .orElse("")
                + run.result()
                        .omitted()
                        .filter(omitted -> omitted.files(false) > 0)
                        .map(omitted -> " " + TextFormat.count(omitted.files(false), "other file") + " passed over.")
                        .orElse("");
        boolean isGood = verdict.mood() == RunSummary.Mood.GOOD;
        console.result(line
                + run.ending()
                        .filter(end -> !isGood && end.how() != RunEnding.DONE)
                        .map(end -> " (exit code " + end.how().number() + ")")
                        .orElse(""));
        run.ending()
                .filter(end -> !isGood)
                .flatMap(RunRecord.Ending::message)
                .ifPresent(why -> console.result("    " + why));
        if (!run.isGood()) {
            run.failedCopies().forEach(why -> console.result("    " + why));
        }
        if (console.isVerbose()) {
            console.result("    run " + run.id());
            run.result()
                    .omitted()
                    .filter(omitted -> !omitted.passedOver().isEmpty())
                    .ifPresent(omitted -> console.result("    not read: "
                            + Stream.of(omitted.kinds(false), omitted.kinds(true))
                                    .filter(kinds -> !kinds.isEmpty())
                                    .collect(Collectors.joining(", "))));
        }
    }
}
