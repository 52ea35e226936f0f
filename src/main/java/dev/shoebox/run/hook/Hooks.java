package dev.shoebox.run.hook;

import dev.shoebox.config.ConfigurationException;
import dev.shoebox.history.CombinedRun;
import dev.shoebox.history.FollowUp;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.record.Failures;
import dev.shoebox.run.record.HookException;
import dev.shoebox.run.record.RunListener;
import dev.shoebox.system.OperatingSystem;
import dev.shoebox.text.PrintableText;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Runs the user's commands around a backup. A command is a line for the shell ({@code sh -c}, on Windows
 * {@code cmd /c}), because recipes need pipes and variables. The results of the run reach it only through its
 * environment, and on Windows without the characters that cmd interprets: no name from a phone ever becomes part of a
 * command.
 */
public final class Hooks {
    /** Prefix of the variables that describe the run to a command. */
    private static final String PREFIX = "SHOEBOX_";

    /** Separators of words in the shell, and more; an extra word does no harm here. */
    private static final Pattern WORDS = Pattern.compile("[\\s\"'`;|&()<>]+");

    /** Characters that cmd interprets, including those of delayed expansion. */
    private static final Pattern COMMAND_SIGNS = Pattern.compile("[\"&|<>^%!()\\p{Cntrl}]");

    private final HookCommands wanted;
    private final Path root;
    private final RunListener listener;

    /** @param root the folder of the backup */
    public Hooks(HookCommands wanted, Path root, RunListener listener) {
        this.wanted = wanted;
        this.root = root;
        this.listener = listener;
    }

    /** @throws ConfigurationException if another user may write a program that a command names */
    public void requireTrusted() throws ConfigurationException {
        for (Optional<String> command : List.of(wanted.before(), wanted.after(), wanted.afterFail())) {
            for (String word : WORDS.splitAsStream(command.orElse("")).toList()) {
                Optional<Path> program = program(word);
                if (program.isPresent()) {
                    ConfigurationException.requireTrusted(program.get());
                }
            }
        }
    }

    /** Returns the program that a word names. A Windows switch, such as {@code /R:1}, is not a path there. */
    private static Optional<Path> program(String word) {
        try {
            return word.startsWith("/")
                    ? Optional.of(Path.of(word)).filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                    : Optional.empty();
        } catch (InvalidPathException none) {
            return Optional.empty();
        }
    }

    /**
     * Runs the command before the backup.
     *
     * @throws HookException if it fails; nothing may be backed up then
     */
    public void before(boolean scheduled) throws IOException {
        if (wanted.before().isPresent()) {
            Map<String, String> told = new LinkedHashMap<>();
            told.put("DEST", root.toAbsolutePath().normalize().toString());
            told.put("UNATTENDED", scheduled ? "1" : "0");
            int code = run("run-before", wanted.before().get(), told);
            if (code != 0) {
                throw new HookException(
                        "run-before failed with exit code " + code + ", so nothing was backed up. The command was: "
                                + wanted.before().get());
            }
        }
    }

    /**
     * Runs the commands after the backup.
     *
     * @return their results, which do not change the result of the backup
     */
    public List<FollowUp> after(CombinedRun run) {
        if (run.how() == RunEnding.NOTHING_TO_DO_NOW) {
            return List.of();
        }
        List<FollowUp> all = new ArrayList<>();
        // Otherwise one file that is broken on its source, or an app that refuses to share its documents, would prevent
        // every copy elsewhere, forever.
        if (run.first().isComplete()) {
            wanted.after().ifPresent(line -> all.add(followUp(FollowUp.RUN_AFTER, line, told(run))));
        }
        if (!run.isGood()) {
            wanted.afterFail().ifPresent(line -> all.add(followUp(FollowUp.RUN_AFTER_FAIL, line, told(run))));
        }
        return all;
    }

    private FollowUp followUp(String name, String command, Map<String, String> told) {
        try {
            int ended = run(name, command, told);
            return ended == 0
                    ? FollowUp.done(FollowUp.Kind.COMMAND, name)
                    : FollowUp.failed(
                            FollowUp.Kind.COMMAND,
                            name,
                            name + " ended with " + ended + ". The backup itself is not affected. The command was: "
                                    + command);
        } catch (IOException unable) {
            return FollowUp.failed(
                    FollowUp.Kind.COMMAND, name, name + " could not be started: " + Failures.words(unable));
        }
    }

    /** Returns the variables that docs/unattended.md lists. */
    private static Map<String, String> told(CombinedRun all) {
        Map<String, String> told = new LinkedHashMap<>();
        RunRecord run = all.first();
        told.put("DEST", run.destination());
        told.put("UNATTENDED", run.scheduled() ? "1" : "0");
        told.put("RUN", run.id());
        told.put("STARTED", run.started().toString());
        told.put("DEVICE", run.source().map(SourceId::name).orElse(""));
        told.put("ENDED", all.ended().toString());
        told.put("EXIT_CODE", Integer.toString(all.how().number()));
        told.put("MESSAGE", all.decisive().message().orElse(""));
        told.put("COPIED", Long.toString(all.sum(did -> did.counts().copied())));
        told.put("DUPLICATES", Long.toString(all.sum(did -> did.counts().duplicates())));
        told.put("ALREADY_BACKED_UP", Long.toString(all.sum(did -> did.counts().alreadyBackedUp())));
        told.put("FAILED", Long.toString(all.sum(did -> did.counts().failed())));
        told.put("BYTES_COPIED", Long.toString(all.sum(did -> did.traffic().bytesCopied())));
        return told;
    }

    /** With {@code /s}, cmd removes the outermost quotes and leaves the rest of the command as it is (cmd /?). */
    static List<String> shell(OperatingSystem system, String command) {
        return system == OperatingSystem.WINDOWS
                ? List.of("cmd", "/d", "/s", "/c", '"' + command + '"')
                : List.of("sh", "-c", command);
    }

    /**
     * Returns a value for the environment of a command. cmd replaces {@code %SHOEBOX_DEVICE%} before it parses the
     * command, so on Windows the value must contain no character that separates words or commands, even in quotes.
     */
    static String told(OperatingSystem system, String value) {
        String printable = PrintableText.of(value);
        return system == OperatingSystem.WINDOWS
                ? COMMAND_SIGNS.matcher(printable).replaceAll("_")
                : printable;
    }

    private int run(String name, String command, Map<String, String> told) throws IOException {
        OperatingSystem system = OperatingSystem.current();
        ProcessBuilder builder = new ProcessBuilder(shell(system, command)).redirectErrorStream(true);
        told.forEach((variable, value) -> builder.environment().put(PREFIX + variable, told(system, value)));
        Process process = builder.start();
        process.getOutputStream().close();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                listener.say(name + ": " + line);
            }
            return process.waitFor();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return RunEnding.INTERRUPTED.number();
        }
    }
}
