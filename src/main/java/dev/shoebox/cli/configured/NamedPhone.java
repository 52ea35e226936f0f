package dev.shoebox.cli.configured;

import dev.shoebox.config.Configuration;
import dev.shoebox.config.Profile;
import dev.shoebox.config.Table;
import dev.shoebox.text.NearestWord;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The configured phone of {@code backup NAME}. A word without a slash is a phone rather than a folder, because a folder
 * of that name would be created without asking; {@code ./NAME} is always the folder.
 *
 * @param name the name of the profile, unless {@code --scheduled} contains it already
 * @param others the rest of the command line
 */
record NamedPhone(Optional<String> name, List<String> others) {
    private static final String SCHEDULED = "--scheduled";
    private static final List<String> DESTINATION = List.of("--dest", "-d");

    /** @throws ParameterException if the word is not a folder and resembles a phone: it is probably a typing error */
    static Optional<NamedPhone> in(CommandLine line, String[] typed, ParseResult parsed, Configuration configuration) {
        Optional<String> word = word(parsed);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        String name = word.get();
        if (configuration.phone(name).isEmpty()) {
            Optional<String> likely = NearestWord.of(
                    name, configuration.phones().stream().map(Table::name).toList());
            if (likely.isPresent() && Files.notExists(Path.of(name))) {
                throw new ParameterException(
                        parsed.commandSpec().commandLine(),
                        "There is no phone '" + name + "' in " + configuration.file() + ". Did you mean '"
                                + likely.get() + "'? For a folder with that name, use ./" + name);
            }
            return Optional.empty();
        }
        String[] others = without(line, typed, name);
        String scheduled = parsed.matchedOptionValue(SCHEDULED, "");
        if (!parsed.hasMatchedOption(SCHEDULED)) {
            return Optional.of(new NamedPhone(word, Arrays.asList(others)));
        }
        if (!scheduled.isEmpty() && !scheduled.equals(name)) {
            throw new ParameterException(
                    parsed.commandSpec().commandLine(),
                    "Two phones are given, " + scheduled + " and " + name + ": choose one.");
        }
        List<String> words = Arrays.stream(others)
                .map(each -> each.equals(SCHEDULED) ? SCHEDULED + "=" + name : each)
                .toList();
        return Optional.of(new NamedPhone(Optional.empty(), words));
    }

    /** Returns the destination argument, if it could be the name of a phone. */
    private static Optional<String> word(ParseResult parsed) {
        List<String> said = new ArrayList<>();
        if (parsed.hasMatchedPositional(0)) {
            said.addAll(parsed.matchedPositional(0).originalStringValues());
        }
        if (parsed.hasMatchedOption(DESTINATION.get(0))) {
            said.addAll(parsed.matchedOption(DESTINATION.get(0)).originalStringValues());
        }
        return said.size() == 1 ? said.stream().filter(Profile::isName).findFirst() : Optional.empty();
    }

    /** Removes the destination argument: of equal words, the one without which the rest still parses. */
    private static String[] without(CommandLine line, String[] typed, String name) {
        for (int at = typed.length - 1; at > 0; at--) {
            List<String> words = new ArrayList<>(Arrays.asList(typed));
            if (!remove(words, at, name)) {
                continue;
            }
            String[] others = words.toArray(String[]::new);
            try {
                ParseResult parsed = line.parseArgs(others).subcommand();
                if (word(parsed).isEmpty()) {
                    return others;
                }
            } catch (ParameterException needed) {
                // It was the value of an option.
            }
        }
        throw new IllegalStateException("the destination was already given: " + name);
    }

    private static boolean remove(List<String> words, int at, String name) {
        String word = words.get(at);
        for (String option : DESTINATION) {
            if (word.equals(option + "=" + name) || (option.length() == 2 && word.equals(option + name))) {
                words.remove(at);
                return true;
            }
        }
        if (!word.equals(name)) {
            return false;
        }
        words.remove(at);
        if (at > 1 && DESTINATION.contains(words.get(at - 1))) {
            words.remove(at - 1);
        }
        return true;
    }
}
