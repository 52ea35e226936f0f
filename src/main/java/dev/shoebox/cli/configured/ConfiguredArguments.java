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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The options of {@code backup} that are set outside the command line: in the environment, then the phone's table, then
 * the table for all phones. Loaded on demand.
 */
public final class ConfiguredArguments implements BackupProfiles {
    /** The key of a phone's table for the phone's name, which identifies it if no {@code udid} is given. */
    public static final String NAME = "name";

    /** The key of a phone's table for its schedule. */
    public static final String SCHEDULE = "schedule";

    private static final String NOTIFY = "--notify";
    private static final String TRANSPORT = "transport";

    /** Variables with other meanings than options. */
    private static final Set<String> OTHERS = Set.of("SHOEBOX_UNATTENDED", "SHOEBOX_TLS_UNPINNED");

    private static final String UDID = "udid";
    private static final String SCHEDULED = "--scheduled";
    private static final String DESTINATION = "--dest";

    private final Map<String, String> environment;
    private final AppDirectories places;
    private final Supplier<CommandLine> backup;
    private OptionModel model; // or null
    private Configuration read; // or null

    /** @param backup creates a new instance of the command */
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

    /** Returns the configuration, which is read once. */
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

    /** Returns the keys that the file may contain. */
    public ConfigSchema vocabulary() {
        return new ConfigSchema(
                model().keys(),
                List.of(
                        Key.ofText(NAME),
                        Key.ofText(Configuration.DESTINATION),
                        new Key(SCHEDULE, Key.Kind.LIST, ScheduleSpec::complaint)),
                List.of(Key.ofText(Configuration.PATH), Key.ofText(Configuration.ID)));
    }

    /** Returns the options that are set for any phone. */
    public List<Setting> settings() throws IOException {
        return settings(Table.EMPTY);
    }

    /** Returns the options that are set for a phone, by its table. */
    public List<Setting> settings(Table phone) throws IOException {
        if (isNothingSet()) {
            // Building the model of the options takes a while.
            return List.of();
        }
        Table defaults = configuration().defaults();
        List<Setting> settings = new ArrayList<>();
        for (OptionSpec option : model().configurable()) {
            setting(option, phone, defaults).ifPresent(settings::add);
        }
        return settings;
    }

    /** Returns the name of the configured transport for all phones; none if the configuration is invalid. */
    public Optional<String> transport() {
        if (Files.notExists(places.file())) {
            return Optional.empty();
        }
        try {
            return configuration().defaults().text(TRANSPORT);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Returns the configured ways of notification for any phone; none if the configuration is invalid. */
    public List<String> alertWays() {
        if (isNothingSet()) {
            return List.of();
        }
        try {
            List<Table> tables = new ArrayList<>(List.of(Table.EMPTY));
            configuration().profiles().forEach(profile -> tables.add(profile.phone()));
            Set<String> ways = new LinkedHashSet<>();
            for (Table phone : tables) {
                settings(phone).stream()
                        .filter(setting -> setting.option().longestName().equals(NOTIFY))
                        .forEach(setting -> ways.addAll(setting.values()));
            }
            return List.copyOf(ways);
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private Optional<Setting> setting(OptionSpec option, Table phone, Table defaults) {
        return model().inEnvironment(option, environment)
                .or(() -> find(option, phone)
                        .or(() -> phoneItself(OptionModel.name(option), phone))
                        .map(entry -> setting(option, entry, Setting.Origin.PHONE)))
                .or(() -> find(option, defaults).map(entry -> setting(option, entry, Setting.Origin.DEFAULTS)));
    }

    private static Optional<Table.Entry> find(OptionSpec option, Table table) {
        return OptionModel.names(option)
                .flatMap(name -> table.find(name).stream())
                .findFirst();
    }

    /** A name identifies a phone as well. */
    private static Optional<Table.Entry> phoneItself(String key, Table phone) {
        return key.equals(UDID) ? phone.find(NAME) : Optional.empty();
    }

    private Setting setting(OptionSpec option, Table.Entry entry, Setting.Origin origin) {
        String where =
                places.file() + ":" + entry.at().line() + ":" + entry.at().column();
        return new Setting(option, entry.values(), origin, where);
    }

    /** Returns variables that look like options but are none, each with a suggestion. */
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
     * Expands the command line of a backup with the options that are set elsewhere. This way, a configured value is
     * converted and refused like a typed one, and a flag that is both configured and typed stays set, which picocli's
     * default values would toggle.
     *
     * @param typed starts with {@code backup}
     */
    public String[] complete(CommandLine line, String[] typed) throws IOException {
        if (!isAnythingSet()) {
            return typed;
        }
        ParseResult parsed;
        try {
            parsed = line.parseArgs(typed).subcommand();
        } catch (ParameterException wrong) {
            // The actual parsing reports the error.
            return typed;
        }
        if (parsed == null || parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested()) {
            return typed;
        }
        Optional<NamedPhone> named = NamedPhone.in(line, typed, parsed, configuration());
        if (named.isEmpty()) {
            return complete(new Typed(List.of(typed), parsed, Optional.empty()));
        }
        List<String> others = named.get().others();
        ParseResult rest = line.parseArgs(others.toArray(String[]::new)).subcommand();
        return complete(new Typed(others, rest, named.get().name()));
    }

    /**
     * A command line.
     *
     * @param phone the phone whose name was typed in place of a folder, and is not among the words
     */
    private record Typed(List<String> words, ParseResult parsed, Optional<String> phone) {}

    private String[] complete(Typed typed) throws IOException {
        ParseResult parsed = typed.parsed();
        List<String> words = new ArrayList<>(typed.words().subList(0, 1));
        Optional<Setting> destination = model().destination(environment);
        boolean isPlaceSaid = parsed.hasMatchedPositional(0)
                || parsed.hasMatchedOption(DESTINATION)
                || scheduled(parsed).filter(ScheduledOptions::isPath).isPresent();
        Optional<Profile> profile = typed.phone().isPresent()
                ? Optional.of(profile(typed.phone().get()))
                : profile(parsed, isPlaceSaid || destination.isPresent());
        Optional<Table> phone = profile.isPresent() ? profile.map(Profile::phone) : phoneOf(parsed);
        for (Setting setting : settings(phone.orElse(Table.EMPTY))) {
            if (!parsed.hasMatchedOption(setting.option().longestName())) {
                words.addAll(OptionModel.words(setting));
            }
        }
        if (!isPlaceSaid) {
            boolean isPlaceOfPhone = typed.phone().isPresent() || destination.isEmpty();
            if (!isPlaceOfPhone) {
                words.addAll(OptionModel.words(destination.get()));
            } else if (profile.isPresent() && !parsed.hasMatchedOption(SCHEDULED)) {
                words.add(DESTINATION + "=" + place(profile.get()));
            }
        }
        words.addAll(typed.words().subList(1, typed.words().size()));
        return words.toArray(String[]::new);
    }

    /** Returns the id of a profile's backup: the configured one, or the one found the first time. */
    @Override
    public Optional<String> id(Profile profile) throws IOException {
        if (profile.id().isPresent()) {
            return profile.id();
        }
        try {
            return knownIds().find(profile.path());
        } catch (IOException unreadable) {
            // Treating it as unknown would allow filling the mount point of an absent drive.
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
     * Returns the backup for a command without a destination: that of {@code SHOEBOX_DEST}, or the only configured one.
     *
     * @throws IOException if several are configured, or its drive is absent
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

    /** Resolves a folder as if it were typed. */
    static Path folder(OperatingSystem system, Path home, String text) {
        return Path.of(system.withHome(home.toString(), text));
    }

    /** Returns the ids found in folders without a configured id. */
    public KnownIds knownIds() {
        return new KnownIds(places.state().resolve("backups.list"));
    }

    /** Searches for a known drive, so that its empty mount point is never filled instead. */
    private Path place(Profile profile) throws IOException {
        Optional<String> id = id(profile);
        return id.isPresent() ? Preconditions.drive(profile, id.get(), Drives.mounted()) : profile.path();
    }

    private boolean isAnythingSet() {
        return Files.exists(places.file()) || isAnyVariableSet();
    }

    /** A file that cannot be accessed, unlike a missing one, deserves a warning. */
    private boolean isNothingSet() {
        return Files.notExists(places.file()) && !isAnyVariableSet();
    }

    private boolean isAnyVariableSet() {
        return environment.keySet().stream().anyMatch(variable -> variable.startsWith(OptionModel.PREFIX));
    }

    /** Without a folder, an interactive backup uses a profile; a scheduled backup with a folder needs none. */
    private Optional<Profile> profile(ParseResult parsed, boolean isPlaceSaid) throws IOException {
        Optional<String> name = parsed.hasMatchedOption(SCHEDULED)
                ? scheduled(parsed).filter(text -> !ScheduledOptions.isPath(text))
                : phoneOf(parsed).map(Table::name);
        // Without a file, a scheduled backup reports by itself what is missing.
        boolean isOptional = name.isEmpty() && (isPlaceSaid || Files.notExists(places.file()));
        return isOptional || (isPlaceSaid && !parsed.hasMatchedOption(SCHEDULED))
                ? Optional.empty()
                : Optional.of(name.isPresent() ? profile(name.get()) : onlyProfile());
    }

    /** Returns the name after {@code --scheduled}. */
    private static Optional<String> scheduled(ParseResult parsed) {
        String name = parsed.matchedOptionValue(SCHEDULED, "");
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    /** Returns the table of the phone chosen on the command line. */
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
