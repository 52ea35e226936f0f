package dev.shoebox.cli;

import dev.shoebox.system.OperatingSystem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * With what this process was started.
 *
 * <p>Two things are Windows' own. Java asks it for the words in the encoding of the computer, so that others than its letters
 * arrive as {@code ?} or as the nearest letter (JDK-8368853): {@code shoebox.exe} hands them on in a variable, which may hold
 * any. And a task has no variables, so that they stand before the command, as {@code NAME=value}.
 *
 * @param words the command first
 */
record Invocation(Map<String, String> environment, List<String> words) {
    /** The number of the launcher's process, and what was typed behind its name: children have the variable, too. */
    static final String TYPED = "SHOEBOX_TYPED";

    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,18}) (.*)", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("([A-Z][A-Z0-9_]*)=(.*)", Pattern.DOTALL);

    /** @param parent the number of the process that started this one */
    static Invocation of(
            OperatingSystem system, Map<String, String> environment, OptionalLong parent, String... given) {
        if (system != OperatingSystem.WINDOWS) {
            return new Invocation(environment, List.of(given));
        }
        Map<String, String> variables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        variables.putAll(environment);
        List<String> words = new ArrayList<>(typed(variables.remove(TYPED), parent, given));
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

    /** Java has put the names of files in the place of {@code *}, so that what it gives is kept where no letter can be wrong. */
    private static List<String> typed(String handedOn, OptionalLong parent, String... given) {
        Matcher line = NUMBERED.matcher(handedOn == null ? "" : handedOn);
        boolean isOurs = line.matches() && parent.isPresent() && Long.parseLong(line.group(1)) == parent.getAsLong();
        return isOurs && line.group(2).chars().anyMatch(letter -> letter > '~') ? split(line.group(2)) : List.of(given);
    }

    /** Words as programs on Windows read them (the rules of {@code CommandLineToArgvW}). */
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
