package dev.shoebox.cli;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every place in which a command must appear; docs/CONTRIBUTING.md has the recipe for a new one. */
class CommandsTest {
    @TempDir
    private Path home;

    private CommandLine line() {
        return new Shell(home).commandLine();
    }

    /** {@code shoebox}, its commands and their sub-commands, without picocli's own. */
    private static List<CommandSpec> all(CommandLine line) {
        List<CommandSpec> all = new ArrayList<>();
        if (!(line.getCommand() instanceof CommandLine.HelpCommand)) {
            all.add(line.getCommandSpec());
            new TreeSet<>(line.getSubcommands().keySet())
                    .forEach(name -> all.addAll(all(line.getSubcommands().get(name))));
        }
        return all;
    }

    /** The commands that a user types after {@code shoebox}. */
    private Set<String> names() {
        return line().getSubcommands().keySet().stream()
                .filter(name -> !name.equals("help"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path page) throws IOException {
        return Files.readString(page);
    }

    private static <T> List<String> without(Stream<T> things, Function<T, Boolean> has, Function<T, String> name) {
        return things.filter(thing -> !has.apply(thing)).map(name).toList();
    }

    @Test
    void everyClassOfACommandCanBeTyped() {
        JavaClasses commandLine = new ClassFileImporter()
                .withImportOption(location -> !location.contains("test-classes"))
                .importPackages("dev.shoebox.cli");
        Set<String> written = commandLine.stream()
                .filter(type -> type.isAnnotatedWith(Command.class))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> offered = all(line()).stream()
                .map(command -> command.userObject().getClass().getName())
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(written, offered);
    }

    @Test
    void everyCommandHasAHeaderOfOneSentence() {
        assertEquals(
                List.of(),
                without(
                        all(line()).stream(),
                        command -> command.usageMessage().header().length == 1
                                && command.usageMessage().header()[0].endsWith("."),
                        CommandSpec::qualifiedName));
    }

    /** The help is as wide as a terminal; a longer example would be broken in the middle, without indentation. */
    @Test
    void noExampleIsWiderThanTheHelp() {
        for (CommandSpec command : all(line())) {
            UsageMessageSpec help = command.usageMessage();
            assertEquals(
                    List.of(),
                    Stream.concat(Stream.of(help.description()), Stream.of(help.footer()))
                            .filter(text -> text.startsWith(" ") && text.length() > help.width())
                            .toList(),
                    command.qualifiedName());
        }
    }

    @Test
    void everyOptionHasADescription() {
        for (CommandSpec command : all(line())) {
            assertEquals(
                    List.of(),
                    without(
                            command.options().stream(),
                            option -> option.hidden() || option.description().length > 0,
                            OptionSpec::longestName),
                    command.qualifiedName());
        }
    }

    @Test
    void everyCommandCanBeCompleted() {
        String script = AutoComplete.bash("shoebox", line());

        assertEquals(
                List.of(),
                without(
                        all(line()).stream().skip(1),
                        command -> script.contains(
                                "_picocli_" + command.qualifiedName("_").replace("-", "") + "()"),
                        CommandSpec::qualifiedName));
    }

    @Test
    void theReadmeNamesEveryCommand() throws IOException {
        String readme = read(Path.of("README.md"));

        assertEquals(
                List.of(),
                without(
                        names().stream(),
                        name -> Pattern.compile("(shoebox |`)" + name + "\\b")
                                .matcher(readme)
                                .find(),
                        name -> name));
    }

    @Test
    void everyCommandHasASectionInThePageOnJson() throws IOException {
        Set<String> sections = read(Path.of("docs/json.md"))
                .lines()
                .filter(line -> line.startsWith("## "))
                .flatMap(line -> Stream.of(line.substring(3).split(", ")))
                .collect(Collectors.toSet());

        assertEquals(
                List.of(),
                without(
                        line().getSubcommands().values().stream()
                                .map(CommandLine::getCommandSpec)
                                .filter(command ->
                                        command.subcommands().isEmpty() && command.findOption("--json") != null),
                        command -> sections.contains(command.name()),
                        CommandSpec::name));
    }

    @Test
    void everyEventOfTheSourceIsInThePageOnJson() throws IOException {
        String documented = read(Path.of("docs/json.md"));
        Pattern event = Pattern.compile("(?:new JsonEvent|report)\\(\\s*\"([a-z-]+)\"");
        Set<String> events = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/dev/shoebox"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                event.matcher(read(source)).results().forEach(found -> events.add(found.group(1)));
            }
        }
        assertTrue(events.size() > 40, events::toString);
        events.removeIf(name -> documented.contains("`" + name + "`"));

        assertEquals(Set.of(), events);
    }
}
