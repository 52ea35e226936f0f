package dev.shoebox.cli.keep;

import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.history.HtmlReport;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.json.JsonObject;
import dev.shoebox.run.record.RecordedRuns;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code shoebox report [RUN]}. */
@Command(
        name = "report",
        header = "Report everything about one run, as a web page or as JSON.",
        description = {
            "",
            "The page is self-contained: it loads nothing and runs no scripts. It contains file names,"
                    + " so consider whom you send it to.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox report -o last.html",
            "  shoebox report --dest ~/Pictures/iPhone -o last.html",
            "  shoebox report 20261120T140000Z --format json",
            "",
            "'shoebox history -v' names the runs."
        })
public final class ReportCommand implements Callable<Integer> {
    private static final String JSON_BEGINNING = "{\"event\":\"run\"";

    private final RecordedRuns remembered;

    @Spec
    private CommandSpec command;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "RUN",
            description =
                    "The run's name as 'history -v' shows it, or its beginning. Default: the last run that did anything.")
    private String run;

    @Option(
            names = {"-d", "--dest"},
            paramLabel = "DEST",
            description = "Look in this backup, not only on this computer.")
    private Path destination;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "html or json. Default: by the extension of FILE; without FILE html, with --json json.")
    private Format format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the report to FILE; an earlier report is replaced, any other file is not. Default:"
                    + " stdout.")
    private Path output;

    @Mixin
    private final Console console;

    /** The output format; named as people type it. */
    private enum Format {
        html,
        json
    }

    public ReportCommand(Console console, RecordedRuns remembered) {
        this.console = console;
        this.remembered = remembered;
    }

    private Optional<Path> folderOfRun() {
        return Optional.ofNullable(run).map(Path::of).filter(Files::isDirectory);
    }

    @Override
    public Integer call() throws IOException {
        // A folder stands for the backup in it.
        Optional<Path> root = Optional.ofNullable(destination).or(this::folderOfRun);
        Optional<String> wanted = root.isPresent() && destination == null ? Optional.empty() : Optional.ofNullable(run);
        List<RunRecord> runs = root.isPresent() ? remembered.of(root.get()) : remembered.here();
        RunRecord chosen = wanted.isPresent() ? named(runs, wanted.get()) : last(runs);
        Format written = written();
        if (written == Format.html && output == null && console.isJson()) {
            throw refused("--json and the HTML report cannot both go to stdout: give a file with -o.");
        }
        JsonEvent event = HistoryCommand.event(chosen);
        String text = written == Format.html
                ? HtmlReport.of(chosen, ZoneId.systemDefault())
                : JsonObject.line(event.fields()) + "\n";
        if (output != null) {
            write(output, text);
            console.say("Written to " + TextFormat.path(output) + ".");
        }
        if (console.isJson()) {
            console.event(event);
        } else if (output == null) {
            console.print(text);
        }
        return RunEnding.DONE.number();
    }

    private Format written() {
        Optional<String> file =
                Optional.ofNullable(output).map(path -> path.toString().toLowerCase(Locale.ROOT));
        if (format != null) {
            return format;
        } else if (file.isPresent()) {
            return file.get().endsWith(".json") ? Format.json : Format.html;
        }
        return console.isJson() ? Format.json : Format.html;
    }

    private RunRecord named(List<RunRecord> runs, String wanted) {
        String prefix = wanted.toLowerCase(Locale.ROOT);
        List<RunRecord> meant = runs.stream()
                .filter(each -> each.id().toLowerCase(Locale.ROOT).startsWith(prefix))
                .toList();
        if (meant.size() != 1) {
            throw refused(
                    meant.isEmpty()
                            ? "No run '" + wanted + "' was found; 'shoebox history -v' lists them."
                            : "More than one run begins with '" + wanted + "'; 'shoebox history -v' lists them.");
        }
        return meant.get(0);
    }

    private RunRecord last(List<RunRecord> runs) {
        return runs.stream()
                .filter(each -> each.how()
                        .filter(how -> how != RunEnding.NOTHING_TO_DO_NOW)
                        .isPresent())
                .findFirst()
                .or(() -> runs.stream().findFirst())
                .orElseThrow(
                        () -> refused("No run is recorded on this computer yet; to look in a backup, use --dest."));
    }

    private void write(Path file, String text) {
        try {
            if (Files.exists(file) && !isReport(file)) {
                throw refused(TextFormat.path(file) + " already exists and is not a report; choose another file.");
            }
            Files.writeString(file, text);
        } catch (IOException unable) {
            Path parent = file.toAbsolutePath().getParent();
            throw refused(
                    parent != null && Files.notExists(parent)
                            ? "The folder " + TextFormat.path(parent) + " does not exist; choose a file in "
                                    + "an existing folder."
                            : "The report cannot be written (" + TextFormat.failure(unable)
                                    + "); choose another file.");
        }
    }

    private static boolean isReport(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(HtmlReport.BEGINNING.length()), StandardCharsets.UTF_8);
            return start.equals(HtmlReport.BEGINNING) || start.startsWith(JSON_BEGINNING) || start.isEmpty();
        }
    }

    private ParameterException refused(String why) {
        return new ParameterException(command.commandLine(), why);
    }
}
