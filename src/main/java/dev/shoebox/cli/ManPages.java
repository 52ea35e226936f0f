package dev.shoebox.cli;

import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.TerminalInfo;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a manual page for each command from its {@code --help}; run by {@code scripts/package}.
 *
 * <p>Source of the format: man(7).
 */
final class ManPages {
    private final Path folder;
    private final String date;
    private final String version;

    private ManPages(Path folder, String date) {
        this.folder = folder;
        this.date = date;
        this.version = new Version().getVersion()[0];
    }

    /** @param arguments the output folder, and the date of the pages */
    public static void main(String[] arguments) throws IOException {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Shoebox shoebox = new Shoebox(
                new Console(nowhere, nowhere, TerminalInfo.ofProcess(Map.of())),
                new InterruptHandler(onSignal -> {}, () -> {}),
                InstantSource.system(),
                Map.of());
        new ManPages(Path.of(arguments[0]), arguments[1]).write(shoebox.commandLine());
    }

    private void write(CommandLine command) throws IOException {
        Files.writeString(folder.resolve(name(command) + ".1"), page(command), StandardCharsets.UTF_8);
        for (CommandLine each : told(command)) {
            write(each);
        }
    }

    /** Returns the subcommands that have a page: all except {@code help}, which prints those of others. */
    private static List<CommandLine> told(CommandLine command) {
        return command.getSubcommands().values().stream()
                .filter(each -> !each.getCommandSpec().usageMessage().hidden()
                        && !each.getCommandName().equals("help"))
                .toList();
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName("-");
    }

    private String page(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        var usage = spec.usageMessage();
        StringBuilder page = new StringBuilder();
        page.append(".TH ").append(quoted(name(command).toUpperCase(Locale.ROOT)));
        page.append(" 1 ")
                .append(quoted(date))
                .append(' ')
                .append(quoted(version))
                .append(" \"User Commands\"\n");
        // No hyphenation or justification: people copy commands from here.
        page.append(".nh\n.ad l\n");
        page.append(".SH NAME\n").append(escaped(name(command))).append(" \\- ");
        page.append(escaped(String.join(" ", plain(usage.header())).replaceFirst("\\.$", "")))
                .append('\n');
        page.append(".SH SYNOPSIS\n.B ").append(escaped(spec.qualifiedName())).append('\n');
        page.append(line(synopsis(command)));
        section(page, "DESCRIPTION", plain(usage.description()));
        if (!spec.positionalParameters().isEmpty()) {
            page.append(".SH ARGUMENTS\n");
            spec.positionalParameters().stream()
                    .filter(each -> !each.hidden())
                    .forEach(each -> page.append(argument(each)));
        }
        page.append(".SH OPTIONS\n");
        spec.options().stream().filter(each -> !each.hidden()).forEach(each -> page.append(option(each)));
        if (!told(command).isEmpty()) {
            page.append(".SH COMMANDS\n");
            told(command).forEach(each -> page.append(".TP\n\\fB")
                    .append(escaped(each.getCommandName()))
                    .append("\\fR\n")
                    .append(line(String.join(
                            " ", plain(each.getCommandSpec().usageMessage().header())))));
        }
        section(page, "NOTES", plain(usage.footer()));
        page.append(".SH SEE ALSO\n").append(line(seeAlso(command)));
        return page.toString();
    }

    private static String synopsis(CommandLine command) {
        String all = command.getHelp().synopsis(0).replaceAll("\\s+", " ").strip();
        return all.substring(command.getCommandSpec().qualifiedName().length()).strip();
    }

    private static String seeAlso(CommandLine command) {
        Stream<String> above = Stream.iterate(
                        command.getParent(), parent -> parent != null, parent -> parent.getParent())
                .map(ManPages::name);
        return Stream.concat(above, told(command).stream().map(ManPages::name))
                .map(each -> each + "(1)")
                .collect(Collectors.joining(", "));
    }

    private static String argument(PositionalParamSpec argument) {
        return ".TP\n\\fI" + escaped(argument.paramLabel()) + "\\fR\n"
                + line(String.join(" ", plain(argument.description())));
    }

    private static String option(OptionSpec option) {
        String names = Arrays.stream(option.names())
                .map(each -> "\\fB" + escaped(each) + "\\fR")
                .collect(Collectors.joining(", "));
        String value = option.typeInfo().isBoolean() && option.arity().max() == 0
                ? ""
                : (option.arity().min() == 0 ? "[=%s]" : "=%s")
                        .formatted("\\fI" + escaped(option.paramLabel()) + "\\fR");
        return ".TP\n" + names + value + "\n" + line(String.join(" ", plain(option.description())));
    }

    /** Indented lines are commands or tables, and stay as they are. */
    private static void section(StringBuilder page, String title, List<String> lines) {
        if (lines.stream().allMatch(String::isBlank)) {
            return;
        }
        page.append(".SH ").append(title).append('\n');
        boolean set = false;
        boolean begun = false;
        for (String each : lines) {
            if (each.isBlank()) {
                page.append(set ? ".fi\n" : "").append(begun ? ".PP\n" : "");
                set = false;
                continue;
            }
            boolean typed = each.startsWith("  ");
            if (typed != set) {
                page.append(typed ? ".nf\n" : ".fi\n");
                set = typed;
            }
            page.append(line(each));
            begun = true;
        }
        page.append(set ? ".fi\n" : "");
    }

    /** Returns picocli's output without colours, as lines. */
    private static List<String> plain(String... texts) {
        return Arrays.stream(texts)
                .map(each -> Ansi.OFF.string(each.replace("%n", "\n").replace("%%", "%")))
                .flatMap(each -> each.isEmpty() ? Stream.of("") : each.lines())
                .toList();
    }

    private static String line(String text) {
        return escaped(text) + "\n";
    }

    /** Escapes requests, backslashes and typographic dashes. */
    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "") + "\"";
    }
}
