package dev.shoebox.cli.configured;

import dev.shoebox.config.Key;
import dev.shoebox.text.NearestWord;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The names of {@code backup}'s options in the configuration file and the environment. Derived from the command itself,
 * so that new options are included automatically.
 */
public final class OptionModel {
    /** The prefix of all our variables. */
    public static final String PREFIX = "SHOEBOX_";

    /** Options for the command line only: they choose a table or a destination, which the tables specify. */
    private static final Set<String> NOT_CONFIGURED = Set.of("--scheduled", "--dest");

    private static final String DESTINATION = "--dest";
    private static final Set<String> TRUE = Set.of("1", "true", "yes", "on");
    private static final Set<String> FALSE = Set.of("0", "false", "no", "off");

    private final CommandLine backup;

    /** @param backup supplies the options, and validates values */
    OptionModel(CommandLine backup) {
        this.backup = backup;
    }

    /** Returns the options that the configuration file may set. */
    public List<OptionSpec> configurable() {
        return all().stream()
                .filter(option -> !NOT_CONFIGURED.contains(option.longestName()))
                .toList();
    }

    /** Returns their keys. */
    List<Key> keys() {
        return configurable().stream()
                .flatMap(option ->
                        names(option).map(name -> new Key(name, kind(option), value -> complaint(option, value))))
                .toList();
    }

    private List<OptionSpec> all() {
        return backup.getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp() && !option.hidden())
                .toList();
    }

    /** Returns the key, such as {@code limit-rate}. */
    public static String name(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    /** Returns every long name, the preferred one first. */
    static Stream<String> names(OptionSpec option) {
        return Stream.concat(Stream.of(option.longestName()), Arrays.stream(option.names()))
                .filter(name -> name.startsWith("--"))
                .map(name -> name.substring(2))
                .distinct();
    }

    /** Returns the variable, such as {@code SHOEBOX_LIMIT_RATE}. */
    static String variable(String name) {
        return PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    public static boolean isFlag(OptionSpec option) {
        return option.arity().max() == 0;
    }

    private static Key.Kind kind(OptionSpec option) {
        return isFlag(option) ? Key.Kind.FLAG : option.isMultiValue() ? Key.Kind.LIST : Key.Kind.VALUE;
    }

    /** Returns the value in the environment. An empty variable counts as unset. */
    Optional<Setting> inEnvironment(OptionSpec option, Map<String, String> environment) {
        return names(option)
                .map(OptionModel::variable)
                .filter(variable -> !environment.getOrDefault(variable, "").isEmpty())
                .findFirst()
                .map(variable -> setting(option, variable, environment.get(variable)));
    }

    private Setting setting(OptionSpec option, String variable, String text) {
        String value = isFlag(option) ? flag(variable, text) : text;
        complaint(option, value).ifPresent(complaint -> {
            throw new ParameterException(backup, variable + ": " + complaint);
        });
        return new Setting(option, List.of(value), Setting.Origin.ENVIRONMENT, variable);
    }

    private String flag(String variable, String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (!TRUE.contains(word) && !FALSE.contains(word)) {
            throw new ParameterException(backup, variable + ": '" + text + "' is neither true nor false");
        }
        return Boolean.toString(TRUE.contains(word));
    }

    /** Returns the folder in {@code SHOEBOX_DEST}. */
    Optional<Setting> destination(Map<String, String> environment) {
        return inEnvironment(backup.getCommandSpec().findOption(DESTINATION), environment);
    }

    /** Returns the equivalent command-line words. */
    static List<String> words(Setting setting) {
        OptionSpec option = setting.option();
        String longest = option.longestName();
        if (!isFlag(option)) {
            return setting.values().stream().map(value -> longest + "=" + value).toList();
        }
        boolean wanted = Boolean.parseBoolean(setting.values().get(0));
        if (wanted) {
            return List.of(longest);
        }
        return option.negatable() ? List.of(longest.replaceFirst("^--", "--no-")) : List.of();
    }

    /** Returns what is wrong with a value; empty if it is valid. */
    private Optional<String> complaint(OptionSpec option, String value) {
        if (isFlag(option)) {
            return Optional.empty();
        }
        try {
            backup.parseArgs(option.longestName() + "=" + value);
            return Optional.empty();
        } catch (ParameterException wrong) {
            return Optional.of(
                    wrong.getMessage().replaceFirst("^Invalid value for option '[^']*'( \\([^)]*\\))?: ", ""));
        }
    }

    /** Returns variables with our prefix that do not exist, each with a suggestion. */
    Map<String, Optional<String>> strangers(Map<String, String> environment, Collection<String> others) {
        Set<String> known = new TreeSet<>(others);
        all().forEach(option -> names(option).map(OptionModel::variable).forEach(known::add));
        Map<String, Optional<String>> strangers = new TreeMap<>();
        environment.keySet().stream()
                .filter(variable -> variable.startsWith(PREFIX) && !known.contains(variable))
                .forEach(variable -> strangers.put(variable, NearestWord.of(variable, known)));
        return strangers;
    }
}
