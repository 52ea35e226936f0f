package dev.shoebox.cli.terminal;

import dev.shoebox.json.JsonObject;
import dev.shoebox.run.PhoneWait;
import dev.shoebox.run.record.RunListener;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Prints all output, and has the output options of every command. Results go to stdout, messages to stderr. With {@code
 * --json}, stdout contains only JSON lines, and people read stderr.
 */
public final class Console implements RunListener {
    private static final Duration PATIENCE_OF_A_PERSON = Duration.ofMinutes(2);

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final String YELLOW = "\u001b[33m";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    @Option(names = "--json", description = "Print JSON, one object a line, for other programs (see docs/json.md).")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only what went wrong.")
    private boolean quiet;

    /** How a backup prints under {@code watch}: its progress, and one line at the end. */
    @Option(names = "--brief", hidden = true)
    private boolean brief;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print each file, and the details of errors.")
    private boolean verbose;

    @Option(names = "--no-progress", description = "Do not show progress.")
    private boolean noProgress;

    private final PrintWriter out;
    private final PrintWriter err;
    private final TerminalInfo screen;
    private RotatingLog log; // or null
    private boolean statusShown;
    private IntFunction<JsonEvent> lastWord; // or null

    public Console(PrintWriter out, PrintWriter err, TerminalInfo screen) {
        this.out = out;
        this.err = err;
        this.screen = screen;
    }

    public PrintWriter out() {
        return out;
    }

    public PrintWriter err() {
        return err;
    }

    public TerminalInfo screen() {
        return screen;
    }

    public boolean isJson() {
        return json;
    }

    public boolean isQuiet() {
        return quiet || brief;
    }

    public boolean isVerbose() {
        return verbose;
    }

    boolean showsProgress() {
        return !quiet && !noProgress;
    }

    /** Returns the output options as arguments for another command. */
    public List<String> repeated() {
        List<String> words = new ArrayList<>();
        if (json) {
            words.add("--json");
        }
        if (quiet) {
            words.add("--quiet");
        }
        if (verbose) {
            words.add("--verbose");
        }
        return words;
    }

    /** Prints JSON whatever the options say, because they could not be parsed to their end. */
    public void forceJson() {
        json = true;
    }

    /** Writes all further messages to a log, because nobody watches. */
    public synchronized void keepLog(Path state, InstantSource clock) {
        log = new RotatingLog(state.resolve("log"), clock);
    }

    /** Writes a line to the log only. */
    @Override
    public synchronized void note(String line) {
        if (log != null) {
            log.note(line);
        }
    }

    /** Prints one line of the requested result. */
    public synchronized void result(String line) {
        note(line);
        clearStatus();
        printLine(json ? err : out, TextFormat.printable(line));
    }

    /** Prints one line on the outcome, unless {@code --quiet} is given. */
    public synchronized void outcome(String line) {
        if (!isQuiet()) {
            result(line);
        }
    }

    /** Prints one line on what is going on, unless {@code --quiet} is given. */
    @Override
    public synchronized void say(String line) {
        note(line);
        if (!isQuiet()) {
            clearStatus();
            printLine(err, TextFormat.printable(line));
        }
    }

    /** Prints one line of details if they are requested. */
    private void detail(String line) {
        if (verbose) {
            say(line);
        } else {
            note(line);
        }
    }

    /** Returns how to wait for a phone interactively: at a terminal, the user is asked; a script does not wait. */
    public PhoneWait phoneWait() {
        Duration patience = screen.isTerminal() ? PATIENCE_OF_A_PERSON : Duration.ZERO;
        return new PhoneWait(patience, patience, this::warn, this::warn, this::detail);
    }

    /** Returns this console with warnings as JSON events as well. */
    public RunListener tellingEvents() {
        return new RunListener() {
            @Override
            public void note(String line) {
                Console.this.note(line);
            }

            @Override
            public void say(String line) {
                Console.this.say(line);
            }

            @Override
            public void warn(String line) {
                Console.this.warn(line);
                event(new JsonEvent("warning").with("message", line));
            }
        };
    }

    /** Prints a warning. */
    @Override
    public void warn(String line) {
        coloured(line, YELLOW);
    }

    /** Prints the only line of a successful unattended run with {@code --quiet}, so that a log shows that it ran. */
    public synchronized void brief(Instant now, String line) {
        if (isQuiet() && !json) {
            result(MINUTE.format(now.atZone(ZoneId.systemDefault())) + "  " + line);
        } else {
            note(line);
        }
    }

    /** Prints a line on something undesirable that is not a failure, unless {@code --quiet} is given. */
    public void mind(String line) {
        if (isQuiet()) {
            note(line);
        } else {
            coloured(line, YELLOW);
        }
    }

    /** Prints the error that ends the command. */
    public void error(String line) {
        coloured(line, RED);
    }

    private synchronized void coloured(String line, String colour) {
        note(line);
        clearStatus();
        String safe = TextFormat.printable(line);
        printLine(err, screen.isColourful() ? colour + safe + PLAIN : safe);
    }

    /** Prints our own text of several lines, unchanged. */
    public synchronized void print(String text) {
        clearStatus();
        out.print(text);
        out.flush();
    }

    public synchronized void trace(Throwable failure) {
        clearStatus();
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        trace.toString().lines().forEach(line -> printLine(err, TextFormat.printable(line.replace("\t", "    "))));
    }

    /** Prints a line on stderr that the next one overwrites. For terminals only. */
    synchronized void status(String line) {
        err.print(CLEAR_LINE + line);
        err.flush();
        statusShown = true;
    }

    synchronized void clearStatus() {
        if (statusShown) {
            err.print(CLEAR_LINE);
            err.flush();
            statusShown = false;
        }
    }

    /** Prints an event if JSON is requested. */
    public synchronized void event(JsonEvent event) {
        if (json) {
            out.print(JsonObject.line(event.fields()));
            out.print('\n');
            out.flush();
        }
    }

    /** Registers the last JSON line, however the command ends. */
    public synchronized void promise(IntFunction<JsonEvent> summary) {
        lastWord = summary;
    }

    /** Ends the command: prints the registered line, once. */
    public synchronized void end(int exitCode) {
        clearStatus();
        Optional.ofNullable(lastWord).map(summary -> summary.apply(exitCode)).ifPresent(this::event);
        lastWord = null;
        out.flush();
    }

    private static void printLine(PrintWriter stream, String line) {
        stream.println(line);
        stream.flush();
    }
}
