package dev.shoebox.cli;

import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.OutputCharset;
import dev.shoebox.cli.terminal.TerminalInfo;
import dev.shoebox.system.AppDirectories;
import dev.shoebox.system.OperatingSystem;
import dev.shoebox.system.nativecode.JnaCode;
import dev.shoebox.system.nativecode.NativeCode;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The environment and the command line of this process.
 *
 * <p>Windows needs two special cases. Java gets the arguments in the ANSI code page, so other characters arrive as
 * {@code ?} or as a similar one (JDK-8368853): {@code shoebox.exe} passes them in a variable; if Java was started
 * otherwise, Windows is asked. And tasks cannot set variables, so these precede the command as {@code NAME=value}.
 *
 * @param words starts with the command
 */
record Invocation(Map<String, String> environment, List<String> words) {
    /**
     * The process id of the launcher and the typed arguments. Child processes inherit the variable, so the id is
     * checked.
     */
    static final String TYPED = "SHOEBOX_TYPED";

    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,18}) (.*)", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("([A-Z][A-Z0-9_]*)=(.*)", Pattern.DOTALL);

    /** Returns the invocation of this process, but with other variables. */
    static Invocation ofProcess(Map<String, String> environment, String... given) {
        return of(OperatingSystem.current(), environment, Invocation::isParent, JnaCode::commandLine, given);
    }

    /** Finding the parent process slows every start, and only Windows needs it. */
    private static boolean isParent(long process) {
        return ProcessHandle.current()
                .parent()
                .filter(starter -> starter.pid() == process)
                .isPresent();
    }

    /**
     * Returns an invocation.
     *
     * @param isParent whether a process id is that of the parent process
     * @param line supplies Windows' command line, called only if Java's arguments may have lost characters
     */
    static Invocation of(
            OperatingSystem system,
            Map<String, String> environment,
            LongPredicate isParent,
            Supplier<Optional<String>> line,
            String... given) {
        if (system != OperatingSystem.WINDOWS) {
            return new Invocation(environment, List.of(given));
        }
        Map<String, String> variables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        variables.putAll(environment);
        List<String> words = new ArrayList<>(typed(variables.remove(TYPED), isParent, line, given));
        while (!words.isEmpty()) {
            Matcher variable = VARIABLE.matcher(words.get(0));
            if (!variable.matches()) {
                break;
            }
            variables.put(variable.group(1), variable.group(2));
            words.remove(0);
        }
        return new Invocation(system.environment(variables), words);
    }

    /** Java has expanded {@code *} to file names, so its arguments are kept if no character can be wrong. */
    private static List<String> typed(
            String handedOn, LongPredicate isParent, Supplier<Optional<String>> line, String... given) {
        Matcher typed = NUMBERED.matcher(handedOn == null ? "" : handedOn);
        boolean isOurs = typed.matches() && isParent.test(Long.parseLong(typed.group(1)));
        if (isOurs) {
            return isBeyondAscii(typed.group(2)) ? split(typed.group(2)) : List.of(given);
        }
        boolean mayBeOthers = Stream.of(given).anyMatch(word -> word.indexOf('?') >= 0 || isBeyondAscii(word));
        return mayBeOthers ? line.get().flatMap(whole -> behind(whole, given)).orElse(List.of(given)) : List.of(given);
    }

    /**
     * Runs the command.
     *
     * @return the exit code
     */
    int run(OutputStream out, OutputStream err) {
        String[] given = words.toArray(String[]::new);
        Charset charset = OutputCharset.of(OperatingSystem.current(), environment, given);
        NativeCode.keepIn(AppDirectories.of(environment).forNativeCode());
        Console console = new Console(
                new PrintWriter(out, false, charset),
                new PrintWriter(err, false, charset),
                TerminalInfo.ofProcess(environment));
        return new Shoebox(console, InterruptHandler.ofProcess(), InstantSource.system(), environment).run(given);
    }

    private static boolean isBeyondAscii(String text) {
        return text.chars().anyMatch(letter -> letter > '~');
    }

    /** Returns the last words of a line, if they equal the given ones except for characters that may have been lost. */
    private static Optional<List<String>> behind(String line, String... given) {
        List<String> all = split(line);
        if (all.size() < given.length) {
            return Optional.empty();
        }
        List<String> words = all.subList(all.size() - given.length, all.size());
        for (int i = 0; i < given.length; i++) {
            if (!mayHaveBecome(words.get(i), given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(words);
    }

    private static boolean mayHaveBecome(String word, String given) {
        return word.length() == given.length()
                && IntStream.range(0, word.length())
                        .allMatch(at -> word.charAt(at) > '~' || word.charAt(at) == given.charAt(at));
    }

    /** Splits a line as programs on Windows do (the rules of {@code CommandLineToArgvW}). */
    static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            if (isSpace(line.charAt(at))) {
                at++;
                continue;
            }
            var word = new StringBuilder();
            boolean isQuoted = false;
            while (at < line.length() && (isQuoted || !isSpace(line.charAt(at)))) {
                int slashes = 0;
                while (at < line.length() && line.charAt(at) == '\\') {
                    slashes++;
                    at++;
                }
                boolean isQuote = at < line.length() && line.charAt(at) == '"';
                word.append("\\".repeat(isQuote ? slashes / 2 : slashes));
                if (isQuote && slashes % 2 == 0) {
                    isQuoted = !isQuoted;
                    at++;
                } else if (isQuote) {
                    word.append('"');
                    at++;
                } else if (at < line.length() && slashes == 0) {
                    word.append(line.charAt(at++));
                }
            }
            words.add(word.toString());
        }
        return words;
    }

    private static boolean isSpace(char letter) {
        return letter == ' ' || letter == '\t';
    }
}
