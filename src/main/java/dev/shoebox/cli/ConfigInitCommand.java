package dev.shoebox.cli;

import dev.shoebox.config.ConfigurationException;
import dev.shoebox.config.Draft;
import dev.shoebox.config.Profile;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.Opening;
import dev.shoebox.device.DeviceException;
import dev.shoebox.device.Phone;
import dev.shoebox.device.PhoneInfo;
import dev.shoebox.device.Phones;
import dev.shoebox.schedule.Drives;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
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
        header = "Ask which iPhone, which disk and how often, and write it down.",
        description = {
            "",
            "A configuration that is there already is not touched. An empty folder becomes a backup, with nothing in it yet,"
                    + " so that its drive is known from then on.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox config init",
            "  shoebox config init --dest /media/ada/USB/iPhone --schedule weekly"
        })
final class ConfigInitCommand implements Callable<Integer> {
    private static final List<Path> WHERE_DRIVES_ARE =
            Stream.of("/media", "/run/media", "/mnt", "/Volumes").map(Path::of).toList();

    private final Configured configured;
    private final InstantSource clock;

    @Option(
            names = "--phone",
            paramLabel = "PHONE",
            description = "Which iPhone, by its UDID or its name; 'any' for whichever is plugged in.")
    private Optional<String> phone = Optional.empty();

    @Option(
            names = {"-d", "--dest"},
            paramLabel = "DEST",
            description = "The folder for the photos, on the drive that is plugged in now.")
    private Optional<String> folder = Optional.empty();

    @Option(
            names = "--schedule",
            paramLabel = "WHEN",
            split = ",",
            description = "daily, weekly, on-plug, a time as 'Sun 20:30', or several of them with commas.")
    private List<String> schedule = new ArrayList<>();

    @Mixin
    private final Console console;

    private Optional<BufferedReader> input = Optional.empty();

    ConfigInitCommand(Console console, Configured configured, InstantSource clock) {
        this.console = console;
        this.configured = configured;
        this.clock = clock;
    }

    /** An iPhone that is meant. */
    private record Chosen(Optional<String> name, Optional<String> udid) {
        static final Chosen ANY = new Chosen(Optional.empty(), Optional.empty());

        /** {@code anna} for "Anna's iPhone". */
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
        if (Files.exists(file)) {
            throw new ConfigurationException("There is a configuration already, " + file
                    + ", and it is not touched. 'shoebox config show' tells what it says; change it with any editor.");
        }
        Chosen chosen = phone.isPresent() ? chosen(phone.get()) : askForPhone();
        Path root = askForFolder();
        List<String> when = askForTime();
        String id = identity(root);
        new Draft(chosen.profile(), chosen.name(), chosen.udid(), root, id, when).write(configured.places());
        console.outcome("Written to " + Words.path(file) + ".");
        console.outcome(
                "Next: 'shoebox backup' makes the first backup, 'shoebox schedule install' has the computer make"
                        + " the others " + Occasions.of(when).words() + ".");
        console.event(new Event("configuration").with("file", file.toString()).with("exists", true));
        return ExitCode.DONE.number();
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
            // It need not be plugged in now.
        }
        if (phones.isEmpty()) {
            String answer = ask(
                    "No iPhone is plugged in. What is yours called? Press Enter for whichever is plugged in later:",
                    Optional.of("any"),
                    "--phone");
            return chosen(answer);
        }
        String answer = ask("Which iPhone? [1]", Optional.of("1"), "--phone");
        if (answer.matches("\\d{1,3}")) {
            int number = Integer.parseInt(answer);
            if (number >= 1 && number <= phones.size()) {
                return phones.get(number - 1);
            }
        }
        return chosen(answer);
    }

    private Path askForFolder() throws IOException {
        String answer = folder.isPresent()
                ? folder.get()
                : ask(
                        "Which folder are the photos to go to, for example " + example() + "?",
                        Optional.empty(),
                        "--dest");
        Path root;
        try {
            boolean isBelowHome = answer.equals("~") || answer.startsWith("~/");
            root = isBelowHome
                    ? configured.places().home().resolve(answer.substring(Math.min(2, answer.length())))
                    : Path.of(answer).toAbsolutePath().normalize();
        } catch (InvalidPathException none) {
            throw new ConfigurationException("'" + answer + "' cannot be a folder.");
        }
        Path parent = root.getParent();
        if (Files.notExists(root) && (parent == null || !Files.isDirectory(parent))) {
            throw new ConfigurationException(
                    root + " cannot be made: " + parent + " is not there. Plug the drive in first, or check the path.");
        }
        return root;
    }

    private String example() {
        return Drives.mounted().stream()
                .filter(top -> WHERE_DRIVES_ARE.stream().anyMatch(top::startsWith))
                .findFirst()
                .map(top -> top.resolve("iPhone"))
                .orElse(configured.places().home().resolve("Pictures").resolve("iPhone"))
                .toString();
    }

    private List<String> askForTime() throws IOException {
        List<String> words = schedule;
        if (words.isEmpty()) {
            String answer = ask(
                    "How often? daily, weekly, on-plug, or a time as 'Sun 20:30' [weekly]",
                    Optional.of("weekly"),
                    "--schedule");
            words = Arrays.stream(answer.split(",", -1)).map(String::strip).toList();
        }
        for (String word : words) {
            Optional<String> complaint = Occasions.complaint(word);
            if (complaint.isPresent()) {
                throw new ConfigurationException(complaint.get() + ".");
            }
        }
        return words;
    }

    /** Which backup is there. A folder that is none yet becomes one, or its drive could not be told from others. */
    private String identity(Path root) throws IOException {
        if (Destination.identity(root).isEmpty()) {
            Destination.open(root, Opening.CREATE_IF_EMPTY, clock, console::say).close();
        }
        return Destination.identity(root)
                .orElseThrow(() -> new ConfigurationException(root + " could not be made a backup."));
    }

    /**
     * Asks on stderr and reads stdin, whether or not it is a terminal: a script may answer as well.
     *
     * @param option what answers it instead
     */
    private String ask(String question, Optional<String> usual, String option) throws IOException {
        console.say(question);
        if (input.isEmpty()) {
            input = Optional.of(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
        String answer = Optional.ofNullable(input.get().readLine()).orElse("").strip();
        if (!answer.isEmpty()) {
            return answer;
        }
        return usual.orElseThrow(() ->
                new ConfigurationException("Nobody answers. Run it on a terminal, or answer with " + option + "."));
    }
}
