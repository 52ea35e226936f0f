package dev.shoebox.cli.setup;

import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.configured.OptionModel;
import dev.shoebox.cli.configured.Setting;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.config.Configuration;
import dev.shoebox.config.Profile;
import dev.shoebox.config.Table;
import dev.shoebox.history.RunEnding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code shoebox config show}. */
@Command(
        name = "show",
        header = "Show the effective settings, and where each value comes from.",
        footer = {"", "Example:", "  shoebox config show anna"})
final class ConfigShowCommand implements Callable<Integer> {
    private final ConfiguredArguments configured;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PROFILE",
            description = "Show one phone only, by the name of its table.")
    private String only;

    @Mixin
    private final Console console;

    ConfigShowCommand(Console console, ConfiguredArguments configured) {
        this.console = console;
        this.configured = configured;
    }

    @Override
    public Integer call() throws IOException {
        Configuration configuration = configured.configuration();
        boolean isThere = Files.exists(configuration.file());
        String file = TextFormat.path(configuration.file());
        console.result(
                isThere
                        ? file
                        : "There is no " + file + " yet; 'shoebox config init' asks a few questions and creates it.");
        console.event(new JsonEvent("configuration")
                .with("file", configuration.file().toString())
                .with("exists", isThere));
        if (only != null) {
            show(configured.profile(only));
            return RunEnding.DONE.number();
        }
        List<Profile> profiles = configuration.profiles();
        if (profiles.isEmpty()) {
            console.result("For every backup:");
            settings(Table.EMPTY);
        }
        for (Profile profile : profiles) {
            show(profile);
        }
        return RunEnding.DONE.number();
    }

    private void show(Profile profile) throws IOException {
        console.result(profile.name() + ", to " + TextFormat.path(profile.path()) + " ("
                + profile.destination()
                + profile.id().map(id -> ", the backup " + id).orElse("") + "):");
        console.event(new JsonEvent("profile")
                .with("profile", profile.name())
                .with("destination", profile.destination())
                .with("path", profile.path().toString())
                .with("id", profile.id()));
        settings(profile.phone());
    }

    private void settings(Table phone) throws IOException {
        Map<String, Setting> set = configured.settings(phone).stream()
                .collect(Collectors.toMap(setting -> OptionModel.name(setting.option()), Function.identity()));
        for (OptionSpec option : configured.model().configurable()) {
            String key = OptionModel.name(option);
            Optional<Setting> setting = Optional.ofNullable(set.get(key)).or(() -> builtIn(option));
            setting.ifPresent(one -> show(phone, key, one));
        }
    }

    /** Returns the default. Many depend on the run, and are not shown. */
    private static Optional<Setting> builtIn(OptionSpec option) {
        return Optional.ofNullable(option.defaultValue())
                .filter(value -> !OptionModel.isFlag(option))
                .map(value -> new Setting(option, List.of(value), Setting.Origin.BUILT_IN, "built in"));
    }

    private void show(Table phone, String key, Setting setting) {
        String value = String.join(", ", setting.values());
        console.result("  " + key + " = " + value + "  (" + setting.where() + ")");
        console.event(new JsonEvent("setting")
                .with("profile", Optional.of(phone.name()).filter(name -> !name.isEmpty()))
                .with("key", key)
                .with("value", setting.option().isMultiValue() ? setting.values() : value)
                .with("from", TextFormat.hyphenated(setting.origin()))
                .with("where", setting.where()));
    }
}
