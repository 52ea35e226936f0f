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
 * All that is printed, and the options that every command has for it. Results go to stdout, everything said on the way
 * to stderr; with {@code --json} stdout carries JSON lines alone, and people read stderr.
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

    /** How a watch has its backups talk: they show how far they are, and one line of how they went. */
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

    /** The options of this kind, as another command is to be given them. */
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

    /** Prints JSON whatever the options said: they could not be read to their end. */
    public void forceJson() {
        json = true;
    }

    /** Keeps from here on what is said, for nobody watches. */
    public synchronized void keepLog(Path state, InstantSource clock) {
        log = new RotatingLog(state.resolve("log"), clock);
    }

    /** A line that is kept where what is said is kept, and not shown. */
    @Override
    public synchronized void note(String line) {
        if (log != null) {
            log.note(line);
        }
    }

    /** One line of what the command was asked for. */
    public synchronized void result(String line) {
        note(line);
        clearStatus();
        printLine(json ? err : out, TextFormat.printable(line));
    }

    /** One line on how it went, unless people want to hear of trouble only. */
    public synchronized void outcome(String line) {
        if (!isQuiet()) {
            result(line);
        }
    }

    /** One line on what goes on, unless people want quiet. */
    @Override
    public synchronized void say(String line) {
        note(line);
        if (!isQuiet()) {
            clearStatus();
            printLine(err, TextFormat.printable(line));
        }
    }

    /** One line for people who want to know more. */
    private void detail(String line) {
        if (verbose) {
            say(line);
        } else {
            note(line);
        }
    }

    /** How a phone is waited for by hand: somebody who looks at a terminal is asked there; a script is not held up. */
    public PhoneWait phoneWait() {
        Duration patience = screen.isTerminal() ? PATIENCE_OF_A_PERSON : Duration.ZERO;
        return new PhoneWait(patience, patience, this::warn, this::warn, this::detail);
    }

    /** This console for what {@code --json} tells as an event as well: its warnings. */
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

    /** One line that nobody should miss. */
    @Override
    public void warn(String line) {
        coloured(line, YELLOW);
    }

    /**
     * The only line of a run that nobody watches and that went well, where people want quiet: a log shows by it that
     * something ran.
     */
    public synchronized void brief(Instant now, String line) {
        if (isQuiet() && !json) {
            result(MINUTE.format(now.atZone(ZoneId.systemDefault())) + "  " + line);
        } else {
            note(line);
        }
    }

    /** One line on what is no failure and yet not as one would have it, unless people want to hear of failures only. */
    public void mind(String line) {
        if (isQuiet()) {
            note(line);
        } else {
            coloured(line, YELLOW);
        }
    }

    /** What ends the command. */
    public void error(String line) {
        coloured(line, RED);
    }

    private synchronized void coloured(String line, String colour) {
        note(line);
        clearStatus();
        String safe = TextFormat.printable(line);
        printLine(err, screen.isColourful() ? colour + safe + PLAIN : safe);
    }

    /** Text of our own in several lines, as it is. */
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

    /** A line on stderr that the next one takes the place of. For terminals only. */
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

    /** Prints the event if JSON is wanted. */
    public synchronized void event(JsonEvent event) {
        if (json) {
            out.print(JsonObject.line(event.fields()));
            out.print('\n');
            out.flush();
        }
    }

    /** Promises a last JSON line, whatever way the command ends. */
    public synchronized void promise(IntFunction<JsonEvent> summary) {
        lastWord = summary;
    }

    /** The command is over: keeps the promise, once. */
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
