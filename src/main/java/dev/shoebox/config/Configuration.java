package dev.shoebox.config;

import dev.shoebox.system.AppDirectories;
import dev.shoebox.system.OperatingSystem;
import dev.shoebox.text.NearestWord;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The contents of a valid configuration file. */
public final class Configuration {
    /** The key of a phone's table that names the destination. */
    public static final String DESTINATION = "destination";

    /** The key of a destination's table for its folder. */
    public static final String PATH = "path";

    /** The key of a destination's table for the contents of {@code .shoebox/id}. */
    public static final String ID = "id";

    private final AppDirectories places;
    private final Table defaults;
    private final Map<String, Table> phones;
    private final Map<String, Table> destinations;

    Configuration(AppDirectories places, Table defaults, Map<String, Table> phones, Map<String, Table> destinations) {
        this.places = places;
        this.defaults = defaults;
        this.phones = phones;
        this.destinations = destinations;
    }

    /**
     * Reads the file. If there is none, nothing is configured.
     *
     * @throws ConfigurationException with all errors
     */
    public static Configuration read(AppDirectories places, ConfigSchema words) throws IOException {
        if (Files.notExists(places.file())) {
            return new Configuration(places, Table.EMPTY, Map.of(), Map.of());
        }
        return of(places, ConfigParser.of(places, words));
    }

    /**
     * Returns the configuration that another text would give.
     *
     * @throws ConfigurationException with all errors
     */
    Configuration with(String text, ConfigSchema words) throws ConfigurationException {
        return of(places, ConfigParser.of(places, words, text));
    }

    private static Configuration of(AppDirectories places, ConfigParser reading) throws ConfigurationException {
        List<ConfigError> faults = new ArrayList<>(reading.faults());
        Configuration configuration = reading.configuration();
        configuration.addContradictions(faults);
        if (!faults.isEmpty()) {
            faults.sort((one, other) -> one.at().line() != other.at().line()
                    ? Integer.compare(one.at().line(), other.at().line())
                    : Integer.compare(one.at().column(), other.at().column()));
            throw new ConfigurationException(places.file(), faults);
        }
        return configuration;
    }

    public Path file() {
        return places.file();
    }

    /** Returns the values for every phone whose table does not override them. */
    public Table defaults() {
        return defaults;
    }

    /** Returns the tables of the phones, in the order of the file. */
    public Collection<Table> phones() {
        return phones.values();
    }

    /** Returns the tables of the destinations, in the order of the file. */
    public Collection<Table> destinations() {
        return destinations.values();
    }

    /** Returns every phone with its destination, in the order of the file. */
    public List<Profile> profiles() throws ConfigurationException {
        List<Profile> profiles = new ArrayList<>();
        for (Table phone : phones.values()) {
            profiles.add(profile(phone));
        }
        return profiles;
    }

    /**
     * Returns the only profile.
     *
     * @throws ConfigurationException if there is none, or more than one
     */
    public Profile onlyProfile() throws ConfigurationException {
        requirePhones();
        if (phones.size() > 1) {
            throw new ConfigurationException(
                    "Several phones are configured; choose one of " + String.join(", ", phones.keySet()) + ".");
        }
        return profile(phones.values().iterator().next());
    }

    private void requirePhones() throws ConfigurationException {
        if (phones.isEmpty()) {
            throw new ConfigurationException(
                    Files.exists(file())
                            ? file() + " has no phone yet; add a table [phone.NAME]."
                            : "Nothing is configured yet (there is no " + file()
                                    + "); 'shoebox config init' asks a few questions and creates it.");
        }
    }

    /**
     * Returns the profile of a phone.
     *
     * @param name the name of the phone's table
     * @throws ConfigurationException if there is none
     */
    public Profile profile(String name) throws ConfigurationException {
        requirePhones();
        Optional<Table> phone = phone(name);
        if (phone.isEmpty()) {
            throw new ConfigurationException("There is no [phone." + name + "] in " + file() + "."
                    + NearestWord.of(name, phones.keySet())
                            .map(likely -> " Did you mean '" + likely + "'?")
                            .orElse(" There is: " + String.join(", ", phones.keySet()) + "."));
        }
        return profile(phone.get());
    }

    /** Returns the table of a phone by its name. */
    public Optional<Table> phone(String name) {
        return Optional.ofNullable(phones.get(name));
    }

    /** Returns whether it is configured where the photos of a phone go. */
    public boolean hasDestination(Table phone) {
        return phone.text(DESTINATION).isPresent() || destinations.size() == 1;
    }

    private Profile profile(Table phone) throws ConfigurationException {
        Optional<String> named = phone.text(DESTINATION);
        if (!hasDestination(phone)) {
            throw new ConfigurationException(file() + " does not say where the photos of '" + phone.name()
                    + "' go; add a table [destination.NAME] and set destination = \"NAME\" for the phone.");
        }
        Table destination = destinations.get(
                named.orElseGet(() -> destinations.keySet().iterator().next()));
        return new Profile(
                phone, destination.name(), folder(destination.text(PATH).orElseThrow()), destination.text(ID));
    }

    /** Resolves the {@code path} of a destination. */
    public Path folder(String text) {
        return OperatingSystem.current().isBelowHome(text)
                ? places.home().resolve(text.substring(Math.min(2, text.length())))
                : Path.of(text);
    }

    /** Adds errors that involve several places of the file. */
    private void addContradictions(List<ConfigError> faults) {
        for (Table phone : phones.values()) {
            phone.find(DESTINATION)
                    .filter(Predicate.not(entry -> destinations.containsKey(entry.value())))
                    .ifPresent(entry -> faults.add(new ConfigError(
                            entry.at(),
                            "There is no table [destination." + entry.value() + "].",
                            NearestWord.of(entry.value(), destinations.keySet()))));
        }
        for (Table destination : destinations.values()) {
            Optional<Table.Entry> path = destination.find(PATH);
            if (path.isEmpty()) {
                faults.add(new ConfigError(
                        destination.at(),
                        "[destination." + destination.name() + "] does not set the folder: add path = \"...\"."));
            } else if (!isWhole(path.get().value())) {
                faults.add(new ConfigError(
                        path.get().at(),
                        "'" + path.get().value() + "' is not an absolute path; start it with the root or with ~/."));
            }
        }
    }

    private boolean isWhole(String text) {
        try {
            return folder(text).isAbsolute();
        } catch (InvalidPathException none) {
            return false;
        }
    }
}
