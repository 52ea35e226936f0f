package dev.shoebox.cli.setup;

import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.configured.ScheduleSpec;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.OutputCharset;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.config.ConfigTemplate;
import dev.shoebox.config.Configuration;
import dev.shoebox.config.ConfigurationException;
import dev.shoebox.config.Profile;
import dev.shoebox.config.Table;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.device.Phone;
import dev.shoebox.device.PhoneInfo;
import dev.shoebox.device.Phones;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.history.RunEnding;
import dev.shoebox.system.Drives;
import dev.shoebox.system.OperatingSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code shoebox config init}. */
@Command(
        name = "init",
        header = "Ask which iPhone, which disk and how often, and write the configuration.",
        description = {
            "",
            "If there is a configuration already, appends another iPhone and keeps the rest. Makes an empty folder"
                    + " a backup without photos, so that its drive is recognised from then on.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox config init",
            "  shoebox config init --dest /media/ada/USB/iPhone --schedule weekly"
        })
final class ConfigInitCommand implements Callable<Integer> {
    /** For a question that Enter does not answer. */
    private static final String NO_USUAL = "";

    private static final List<Path> WHERE_DRIVES_ARE =
            Stream.of("/media", "/run/media", "/mnt", "/Volumes").map(Path::of).toList();

    private final ConfiguredArguments configured;
    private final InstantSource clock;

    @Option(
            names = "--phone",
            paramLabel = "PHONE",
            description = "The iPhone's UDID or name, or 'any' for every iPhone.")
    private String phone;

    @Option(
            names = {"-d", "--dest"},
            paramLabel = "DEST",
            description = "The folder for the photos, on the drive that is plugged in now.")
    private String folder;

    @Option(
            names = "--schedule",
            paramLabel = "WHEN",
            split = ",",
            description = "daily, weekly, on-plug, a time as 'Sun 20:30', or several of them with commas.")
    private List<String> schedule = new ArrayList<>();

    @Mixin
    private final Console console;

    private BufferedReader input; // or null

    ConfigInitCommand(Console console, ConfiguredArguments configured, InstantSource clock) {
        this.console = console;
        this.configured = configured;
        this.clock = clock;
    }

    /** The chosen iPhone. */
    private record Chosen(Optional<String> name, Optional<String> udid) {
        static final Chosen ANY = new Chosen(Optional.empty(), Optional.empty());

        /** Returns {@code anna} for "Anna's iPhone". */
        String profile() {
            return name.stream()
                    .flatMap(text -> Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1)))
                    .filter(Profile::isName)
                    .findFirst()
                    .orElse("iphone");
        }
    }

    @Override
    public Integer call() throws IOException {
        Path file = configured.places().file();
        boolean isFirst = Files.notExists(file);
        if (!isFirst) {
            configured.configuration();
            console.say("Another iPhone is added to " + TextFormat.path(file) + "; its present settings are "
                    + "not changed.");
        }
        Chosen chosen = phone != null ? unknown(chosen(phone)) : askForPhone();
        Path root = folder != null ? folder(folder) : askForFolder();
        List<String> when = schedule.isEmpty() ? askForTime() : times(schedule);
        ConfigTemplate draft = draft(chosen, root, when);
        if (isFirst) {
            draft.write(configured.places());
        } else {
            draft.addTo(configured.configuration(), configured.vocabulary());
        }
        console.outcome("Written to " + TextFormat.path(file) + ".");
        String named = isFirst ? "" : " " + draft.profile();
        console.outcome("Next: 'shoebox backup" + named + "' makes the first backup, 'shoebox schedule install" + named
                + "' has the computer make the others " + ScheduleSpec.of(when).words() + ".");
        console.event(
                new JsonEvent("configuration").with("file", file.toString()).with("exists", true));
        return RunEnding.DONE.number();
    }

    /** A folder that is configured already gets no second table. */
    private ConfigTemplate draft(Chosen chosen, Path root, List<String> when) throws IOException {
        Configuration known = configured.configuration();
        String profile = unused(
                chosen.profile(), known.phones().stream().map(Table::name).toList());
        Optional<Table> destination = destination(known, root);
        if (destination.isPresent()) {
            identity(root);
            return new ConfigTemplate(
                    profile, chosen.name(), chosen.udid(), destination.get().name(), Optional.empty(), when);
        }
        String name =
                unused("disk", known.destinations().stream().map(Table::name).toList());
        if (Files.exists(known.file())) {
            // Checked before the folder becomes a backup: nothing is left behind if the phone cannot be added.
            ConfigTemplate trial = new ConfigTemplate(
                    profile,
                    chosen.name(),
                    chosen.udid(),
                    name,
                    Optional.of(new ConfigTemplate.Place(root, "?")),
                    when);
            trial.requireAddable(known, configured.vocabulary());
        }
        Optional<ConfigTemplate.Place> place = Optional.of(new ConfigTemplate.Place(root, identity(root)));
        return new ConfigTemplate(profile, chosen.name(), chosen.udid(), name, place, when);
    }

    private static Optional<Table> destination(Configuration known, Path root) {
        Optional<String> id = DestinationFolder.identity(root);
        return known.destinations().stream()
                .filter(table -> table.text(Configuration.PATH)
                                .filter(path -> known.folder(path).equals(root))
                                .isPresent()
                        || (id.isPresent() && table.text(Configuration.ID).equals(id)))
                .findFirst();
    }

    private static String unused(String wanted, List<String> used) {
        String free = wanted;
        for (int number = 2; used.contains(free); number++) {
            free = wanted + "-" + number;
        }
        return free;
    }

    /** @throws ConfigurationException if the phone is configured already */
    private Chosen unknown(Chosen chosen) throws IOException {
        for (Table table : configured.configuration().phones()) {
            Optional<String> udid = table.text("udid");
            Optional<String> name = table.text(ConfiguredArguments.NAME);
            boolean isKnown = (chosen.udid().isPresent() && udid.isPresent())
                    ? udid.equals(chosen.udid())
                    : name.equals(chosen.name())
                            && (name.isPresent()
                                    || (udid.isEmpty() && chosen.udid().isEmpty()));
            if (isKnown) {
                throw new ConfigurationException("This iPhone is configured already, as '" + table.name() + "' in "
                        + configured.places().file() + "; change it there with any editor.");
            }
        }
        return chosen;
    }

    private static Chosen chosen(String word) {
        if (word.equals("any")) {
            return Chosen.ANY;
        }
        return word.matches("[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{16}|[0-9A-Fa-f]{40}")
                ? new Chosen(Optional.empty(), Optional.of(word))
                : new Chosen(Optional.of(word), Optional.empty());
    }

    private Chosen askForPhone() throws IOException {
        List<Chosen> phones = new ArrayList<>();
        try {
            for (Phone one : Phones.load().list()) {
                PhoneInfo info = one.info();
                phones.add(new Chosen(Optional.of(info.name()), Optional.of(info.udid())));
                console.say("  " + phones.size() + "  " + info.name() + " (" + info.model() + ")");
            }
        } catch (DeviceException unseen) {
            // It need not be connected now.
        }
        if (phones.isEmpty()) {
            return ask(
                    "No iPhone is plugged in. What is the name of yours? Press Enter to accept any iPhone:",
                    "any",
                    "--phone",
                    answer -> unknown(chosen(answer)));
        }
        return ask("Which iPhone? [1]", "1", "--phone", answer -> {
            boolean isNumber = answer.matches("\\d{1,3}");
            if (isNumber && (Integer.parseInt(answer) < 1 || Integer.parseInt(answer) > phones.size())) {
                throw new ConfigurationException("Not in the list: " + answer + ".");
            }
            return unknown(isNumber ? phones.get(Integer.parseInt(answer) - 1) : chosen(answer));
        });
    }

    private Path askForFolder() throws IOException {
        return ask(
                "Which folder should the photos go to? Example: " + example() + "?", NO_USUAL, "--dest", this::folder);
    }

    private Path folder(String answer) throws IOException {
        Path root;
        try {
            boolean isBelowHome = OperatingSystem.current().isBelowHome(answer);
            root = isBelowHome
                    ? configured.places().home().resolve(answer.substring(Math.min(2, answer.length())))
                    : Path.of(answer).toAbsolutePath().normalize();
        } catch (InvalidPathException none) {
            throw new ConfigurationException("'" + answer + "' is not a valid folder.");
        }
        Path parent = root.getParent();
        if (Files.notExists(root) && (parent == null || !Files.isDirectory(parent))) {
            throw new ConfigurationException(root + " cannot be created: " + parent
                    + " does not exist. Plug the drive in first, or check the path.");
        }
        DestinationFolder.requireSuitable(root, OpenMode.CREATE_IF_EMPTY);
        return root;
    }

    private String example() {
        return Drives.mounted().stream()
                .filter(top -> WHERE_DRIVES_ARE.stream().anyMatch(top::startsWith) && Files.isWritable(top))
                .findFirst()
                .map(top -> top.resolve("iPhone"))
                .orElse(configured.places().home().resolve("Pictures").resolve("iPhone"))
                .toString();
    }

    private List<String> askForTime() throws IOException {
        return ask(
                "How often? daily, weekly, on-plug, or a time as 'Sun 20:30' [weekly]",
                "weekly",
                "--schedule",
                answer -> times(
                        Arrays.stream(answer.split(",", -1)).map(String::strip).toList()));
    }

    private static List<String> times(List<String> words) throws ConfigurationException {
        for (String word : words) {
            Optional<String> complaint = ScheduleSpec.complaint(word);
            if (complaint.isPresent()) {
                throw new ConfigurationException(complaint.get() + ".");
            }
        }
        return words;
    }

    /** Returns the id of the backup there. Makes a new folder a backup, or its drive could not be told from others. */
    private String identity(Path root) throws IOException {
        if (DestinationFolder.identity(root).isEmpty()) {
            Destination.open(root, OpenMode.CREATE_IF_EMPTY, clock, console::say)
                    .close();
        }
        return DestinationFolder.identity(root)
                .orElseThrow(() -> new ConfigurationException(root + " could not be set up as a backup."));
    }

    /** Converts an answer. */
    private interface Understood<T> {
        /** @throws IOException if it is invalid, with the reason as the message; the question is repeated */
        T of(String answer) throws IOException;
    }

    /**
     * Asks on stderr and reads stdin, even if it is not a terminal: scripts may answer as well. A wrong answer does not
     * discard earlier ones.
     *
     * @param usual the answer that Enter gives
     * @param option the option that answers it instead
     */
    private <T> T ask(String question, String usual, String option, Understood<T> understood) throws IOException {
        if (input == null) {
            input = new BufferedReader(
                    new InputStreamReader(System.in, OutputCharset.typed(OperatingSystem.current())));
        }
        while (true) {
            console.say(question);
            Optional<String> line = Optional.ofNullable(input.readLine()).map(String::strip);
            String answer = line.filter(text -> !text.isEmpty()).orElse(usual);
            try {
                if (!answer.equals(NO_USUAL)) {
                    return understood.of(answer);
                }
                console.warn("Please type an answer.");
            } catch (ConfigurationException | DestinationException wrong) {
                if (line.isEmpty()) {
                    throw wrong;
                }
                console.warn(wrong.getMessage());
            }
            if (line.isEmpty()) {
                throw new ConfigurationException("No answer was read. Run this on a terminal, or use " + option + ".");
            }
        }
    }
}
