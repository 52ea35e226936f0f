package dev.shoebox.cli.configured;

import dev.shoebox.cli.option.ScheduledOptions;
import dev.shoebox.config.ConfigSchema;
import dev.shoebox.config.Configuration;
import dev.shoebox.config.ConfigurationException;
import dev.shoebox.config.Key;
import dev.shoebox.config.Profile;
import dev.shoebox.config.Table;
import dev.shoebox.run.BackupProfiles;
import dev.shoebox.run.Preconditions;
import dev.shoebox.run.record.Failures;
import dev.shoebox.schedule.KnownIds;
import dev.shoebox.system.AppDirectories;
import dev.shoebox.system.Drives;
import dev.shoebox.system.OperatingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What is set for {@code backup} besides its command line: the environment, then the phone's table, then what the file
 * says for all. Nothing is read before somebody asks.
 */
public final class ConfiguredArguments implements BackupProfiles {
    /** The key of a phone's table for the phone's name, which finds it where no {@code udid} is written down. */
    public static final String NAME = "name";

    /** The key of a phone's table that says when its backup is to start by itself. */
    public static final String SCHEDULE = "schedule";

    /** Variables that say something else than an option does. */
    private static final String NOTIFY = "--notify";

    private static final Set<String> OTHERS = Set.of("SHOEBOX_UNATTENDED", "SHOEBOX_TLS_UNPINNED");

    private static final String UDID = "udid";
    private static final String SCHEDULED = "--scheduled";
    private static final String DESTINATION = "--dest";

    private final Map<String, String> environment;
    private final AppDirectories places;
    private final Supplier<CommandLine> backup;
    private OptionModel model; // or null
    private Configuration read; // or null

    /** @param backup the command, put together anew each time */
    public ConfiguredArguments(Map<String, String> environment, AppDirectories places, Supplier<CommandLine> backup) {
        this.environment = environment;
        this.places = places;
        this.backup = backup;
    }

    public AppDirectories places() {
        return places;
    }

    public Map<String, String> environment() {
        return environment;
    }

    /** The file, read once. */
    public Configuration configuration() throws IOException {
        if (read == null) {
            ConfigurationException.requireTrusted(places.file());
            read = Configuration.read(places, vocabulary());
        }
        return read;
    }

    public OptionModel model() {
        if (model == null) {
            model = new OptionModel(backup.get());
        }
        return model;
    }

    /** What may be written into the file. */
    public ConfigSchema vocabulary() {
        return new ConfigSchema(
                model().keys(),
                List.of(
                        Key.ofText(NAME),
                        Key.ofText(Configuration.DESTINATION),
                        new Key(SCHEDULE, Key.Kind.LIST, ScheduleSpec::complaint)),
                List.of(Key.ofText(Configuration.PATH), Key.ofText(Configuration.ID)));
    }

    /** What is set of each option, for a phone or for none in particular; options that nobody set are left out. */
    public List<Setting> settings(Optional<Table> phone) throws IOException {
        if (isNothingSet()) {
            // To describe the options of a backup takes a while.
            return List.of();
        }
        Table defaults = configuration().defaults();
        List<Setting> settings = new ArrayList<>();
        for (OptionSpec option : model().configurable()) {
            setting(option, phone, defaults).ifPresent(settings::add);
        }
        return settings;
    }

    /** By which ways trouble is told, whichever phone they are set for; none where the configuration cannot be read. */
    public List<String> alertWays() {
        if (isNothingSet()) {
            return List.of();
        }
        try {
            List<Optional<Table>> tables = new ArrayList<>(List.of(Optional.empty()));
            configuration().profiles().forEach(profile -> tables.add(Optional.of(profile.phone())));
            Set<String> ways = new LinkedHashSet<>();
            for (Optional<Table> phone : tables) {
                settings(phone).stream()
                        .filter(setting -> setting.option().longestName().equals(NOTIFY))
                        .forEach(setting -> ways.addAll(setting.values()));
            }
            return List.copyOf(ways);
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private Optional<Setting> setting(OptionSpec option, Optional<Table> phone, Table defaults) {
        return model().inEnvironment(option, environment)
                .or(() -> phone.flatMap(
                                table -> find(option, table).or(() -> phoneItself(OptionModel.name(option), table)))
                        .map(entry -> setting(option, entry, Setting.Origin.PHONE)))
                .or(() -> find(option, defaults).map(entry -> setting(option, entry, Setting.Origin.DEFAULTS)));
    }

    private static Optional<Table.Entry> find(OptionSpec option, Table table) {
        return OptionModel.names(option)
                .flatMap(name -> table.find(name).stream())
                .findFirst();
    }

    /** A phone is found by its name as well. */
    private static Optional<Table.Entry> phoneItself(String key, Table phone) {
        return key.equals(UDID) ? phone.find(NAME) : Optional.empty();
    }

    private Setting setting(OptionSpec option, Table.Entry entry, Setting.Origin origin) {
        String where =
                places.file() + ":" + entry.at().line() + ":" + entry.at().column();
        return new Setting(option, entry.values(), origin, where);
    }

    /** Variables that look like options and are none, each with what was probably meant. */
    public Map<String, Optional<String>> strangers() {
        return model().strangers(environment, OTHERS);
    }

    @Override
    public Profile onlyProfile() throws IOException {
        return configuration().onlyProfile();
    }

    @Override
    public Profile profile(String name) throws IOException {
        return configuration().profile(name);
    }

    /**
     * The command line of a backup with what is set elsewhere written out. Options get their values in one way only, so a
     * value from the file is converted, and refused, like one that was typed; and a flag that is set in the file and typed
     * as well stays set, which picocli's own default values would undo.
     *
     * @param typed beginning with {@code backup}
     */
    public String[] complete(CommandLine line, String[] typed) throws IOException {
        if (!isAnythingSet()) {
            return typed;
        }
        ParseResult parsed;
        try {
            parsed = line.parseArgs(typed).subcommand();
        } catch (ParameterException wrong) {
            // To be reported by the parsing that counts.
            return typed;
        }
        if (parsed == null || parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested()) {
            return typed;
        }
        Optional<NamedPhone> named = NamedPhone.in(line, typed, parsed, configuration());
        if (named.isEmpty()) {
            return complete(parsed, typed, Optional.empty());
        }
        String[] others = named.get().others().toArray(String[]::new);
        return complete(line.parseArgs(others).subcommand(), others, named.get().name());
    }

    /** @param named the phone whose name stands where a folder might */
    private String[] complete(ParseResult parsed, String[] typed, Optional<String> named) throws IOException {
        List<String> words = new ArrayList<>(List.of(typed[0]));
        Optional<Setting> destination = model().destination(environment);
        boolean isPlaceSaid = parsed.hasMatchedPositional(0)
                || parsed.hasMatchedOption(DESTINATION)
                || scheduled(parsed).filter(ScheduledOptions::isPath).isPresent();
        Optional<Profile> profile = named.isPresent()
                ? Optional.of(profile(named.get()))
                : profile(parsed, isPlaceSaid || destination.isPresent());
        Optional<Table> phone = profile.isPresent() ? profile.map(Profile::phone) : phoneOf(parsed);
        for (Setting setting : settings(phone)) {
            if (!parsed.hasMatchedOption(setting.option().longestName())) {
                words.addAll(OptionModel.words(setting));
            }
        }
        if (!isPlaceSaid) {
            boolean isPlaceOfPhone = named.isPresent() || destination.isEmpty();
            if (!isPlaceOfPhone) {
                words.addAll(OptionModel.words(destination.get()));
            } else if (profile.isPresent() && !parsed.hasMatchedOption(SCHEDULED)) {
                words.add(DESTINATION + "=" + place(profile.get()));
            }
        }
        words.addAll(Arrays.asList(typed).subList(1, typed.length));
        return words.toArray(String[]::new);
    }

    /** Which backup a profile means: as it is written down, or as it was found the first time. */
    @Override
    public Optional<String> id(Profile profile) throws IOException {
        if (profile.id().isPresent()) {
            return profile.id();
        }
        try {
            return knownIds().find(profile.path());
        } catch (IOException unreadable) {
            // Not taken for one that is not known: the mount point of a drive that is away could be filled in its
            // place.
            throw new ConfigurationException(
                    "This computer's note of the backup in " + profile.path() + " cannot be read ("
                            + Failures.words(unreadable) + "); make the folder that holds it readable for you.");
        }
    }

    @Override
    public void remember(Path path, String id) throws IOException {
        knownIds().add(path, id);
    }

    /**
     * The backup for a command that names none: of {@code SHOEBOX_DEST}, or the only one that phones go to.
     *
     * @throws IOException if several could be meant, or its drive is not there
     */
    public Optional<Path> destination() throws IOException {
        Optional<Setting> variable = model().destination(environment);
        if (variable.isPresent()) {
            return variable.map(setting -> folder(
                    OperatingSystem.current(), places.home(), setting.values().get(0)));
        }
        List<Profile> profiles = Files.exists(places.file()) ? configuration().profiles() : List.of();
        Map<String, Profile> byDestination = new LinkedHashMap<>();
        profiles.forEach(profile -> byDestination.putIfAbsent(profile.destination(), profile));
        if (byDestination.size() > 1) {
            throw new ConfigurationException("Several backups are configured ("
                    + String.join(", ", byDestination.keySet()) + "): give the folder of one of them.");
        }
        return byDestination.isEmpty()
                ? Optional.empty()
                : Optional.of(place(byDestination.values().iterator().next()));
    }

    /** As where it is typed. */
    static Path folder(OperatingSystem system, Path home, String text) {
        return Path.of(system.withHome(home.toString(), text));
    }

    /** What was found in folders whose identity nobody wrote down. */
    public KnownIds knownIds() {
        return new KnownIds(places.state().resolve("backups.list"));
    }

    /** A drive that is known is looked for; its mount point must not be filled in its place. */
    private Path place(Profile profile) throws IOException {
        Optional<String> id = id(profile);
        return id.isPresent() ? Preconditions.drive(profile, id.get(), Drives.mounted()) : profile.path();
    }

    private boolean isAnythingSet() {
        return Files.exists(places.file()) || isAnyVariableSet();
    }

    /** Unlike a file that is not there, one that cannot be looked at is worth a word. */
    private boolean isNothingSet() {
        return Files.notExists(places.file()) && !isAnyVariableSet();
    }

    private boolean isAnyVariableSet() {
        return environment.keySet().stream().anyMatch(variable -> variable.startsWith(OptionModel.PREFIX));
    }

    /** By hand a profile is meant where no folder is said; a scheduled backup with a folder may do without one. */
    private Optional<Profile> profile(ParseResult parsed, boolean isPlaceSaid) throws IOException {
        Optional<String> name = parsed.hasMatchedOption(SCHEDULED)
                ? scheduled(parsed).filter(text -> !ScheduledOptions.isPath(text))
                : phoneOf(parsed).map(Table::name);
        // Without a file a scheduled backup says for itself what is missing.
        boolean isOptional = name.isEmpty() && (isPlaceSaid || Files.notExists(places.file()));
        return isOptional || (isPlaceSaid && !parsed.hasMatchedOption(SCHEDULED))
                ? Optional.empty()
                : Optional.of(name.isPresent() ? profile(name.get()) : onlyProfile());
    }

    /** The name behind {@code --scheduled}. */
    private static Optional<String> scheduled(ParseResult parsed) {
        String name = parsed.matchedOptionValue(SCHEDULED, "");
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    /** The table of the phone that is asked for by hand. */
    private Optional<Table> phoneOf(ParseResult parsed) throws IOException {
        String wanted = parsed.matchedOptionValue("--udid", environment.get(OptionModel.PREFIX + "UDID"));
        if (wanted == null) {
            return Optional.empty();
        }
        return configuration().phones().stream()
                .filter(table -> Stream.of(UDID, NAME)
                        .flatMap(key -> table.text(key).stream())
                        .anyMatch(wanted::equals))
                .findFirst();
    }
}
