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
 * The options of {@code backup} as the configuration file and the environment name them. It is read from the command
 * itself, so an option that is added there is known here, too.
 */
public final class OptionModel {
    /** What every variable of ours begins with. */
    public static final String PREFIX = "SHOEBOX_";

    /** What only makes sense on a command line: which table to use, and where to, which the tables say. */
    private static final Set<String> NOT_CONFIGURED = Set.of("--scheduled", "--dest");

    private static final String DESTINATION = "--dest";
    private static final Set<String> TRUE = Set.of("1", "true", "yes", "on");
    private static final Set<String> FALSE = Set.of("0", "false", "no", "off");

    private final CommandLine backup;

    /** @param backup used for its options, and to try values on */
    OptionModel(CommandLine backup) {
        this.backup = backup;
    }

    /** The options that the configuration file may set. */
    public List<OptionSpec> configurable() {
        return all().stream()
                .filter(option -> !NOT_CONFIGURED.contains(option.longestName()))
                .toList();
    }

    /** Their keys. */
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

    /** {@code limit-rate}. */
    public static String name(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    /** Every long name, the usual one first: some options are spelt in two ways. */
    static Stream<String> names(OptionSpec option) {
        return Stream.concat(Stream.of(option.longestName()), Arrays.stream(option.names()))
                .filter(name -> name.startsWith("--"))
                .map(name -> name.substring(2))
                .distinct();
    }

    /** {@code SHOEBOX_LIMIT_RATE}. */
    static String variable(String name) {
        return PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    public static boolean isFlag(OptionSpec option) {
        return option.arity().max() == 0;
    }

    private static Key.Kind kind(OptionSpec option) {
        return isFlag(option) ? Key.Kind.FLAG : option.isMultiValue() ? Key.Kind.LIST : Key.Kind.VALUE;
    }

    /** What is set in the environment. An empty variable is none. */
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

    /** The folder that {@code SHOEBOX_DEST} names. */
    Optional<Setting> destination(Map<String, String> environment) {
        return inEnvironment(backup.getCommandSpec().findOption(DESTINATION), environment);
    }

    /** The words that a person would type for it. */
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

    /** What is wrong with a value; empty where it can be followed. */
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

    /** Variables that look like ours and are none, each with what was probably meant. */
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
