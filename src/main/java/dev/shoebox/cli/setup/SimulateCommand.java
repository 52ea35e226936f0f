package dev.shoebox.cli.setup;

import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.history.RunEnding;
import dev.shoebox.simulator.Simulation;
import dev.shoebox.simulator.apps.InstalledApps;
import dev.shoebox.simulator.apps.SimulatedApp;
import dev.shoebox.simulator.cloud.CloudSituation;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.FileHashing;
import dev.shoebox.simulator.wire.LinkSpeed;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** {@code shoebox simulate [LIBRARY]}. */
@Command(
        name = "simulate",
        header = "Run a simulated iPhone, to try things out without one.",
        description = {
            "",
            "Prints one line to run in the shell from which you start other commands, and serves until Ctrl-C. The"
                    + " simulated iPhone trusts every computer. Any program that uses libimobiledevice can talk to"
                    + " it.",
            ""
        },
        footer = {
            "",
            "Example, in two terminals:",
            "  shoebox simulate",
            "  export USBMUXD_SOCKET_ADDRESS=...      the line that it printed",
            "  shoebox devices"
        })
public final class SimulateCommand implements Callable<Integer> {
    private final Console console;
    private final InterruptHandler interrupts;

    @Spec
    private CommandSpec command;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "LIBRARY",
            description = "A folder to serve as the iPhone's media, with DCIM in it. Default: generated photos and"
                    + " videos.")
    private Path folder;

    @Option(
            names = "--photos",
            paramLabel = "COUNT",
            description = "Generate this many photos of equal size instead, to measure speed.")
    private Integer photos;

    @Option(
            names = "--photo-size",
            paramLabel = "BYTES",
            defaultValue = "2500000",
            description = "The size of each. Default: ${DEFAULT-VALUE}.")
    private long photoBytes;

    @Option(
            names = "--icloud",
            paramLabel = "CAUSE",
            converter = SituationConverter.class,
            completionCandidates = Situations.class,
            description =
                    "The state of iCloud Photos, to try 'shoebox icloud': a cause, such as icloud-full or stuck-reset, or"
                            + " one of the harder cases: ${COMPLETION-CANDIDATES}. Default: icloud-full with generated"
                            + " photos, else none.")
    private CloudSituation icloud;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "Simulated iPhone",
            description = "The name of the iPhone. Default: ${DEFAULT-VALUE}.")
    private String name;

    @Option(
            names = "--speed",
            paramLabel = "MB/S",
            defaultValue = "40",
            description = "The speed of the cable; 0 for no limit. Default: ${DEFAULT-VALUE}, as USB 2.")
    private double megabytesPerSecond;

    @Option(
            names = "--latency",
            paramLabel = "MS",
            defaultValue = "0.5",
            description = "The time until it answers a request, in milliseconds. Default: ${DEFAULT-VALUE}.")
    private double latencyMillis;

    @Option(names = "--no-tls", description = "Communicate without encryption, like old iOS versions.")
    private boolean plain;

    @Option(
            names = "--fingerprints",
            description = "With --photos: generate a Photos library with the fingerprint of each photo.")
    private boolean fingerprints;

    @Option(
            names = "--hashes",
            paramLabel = "HOW",
            defaultValue = "refused",
            converter = HashesConverter.class,
            description = "The answer to a request to hash a file: true, wrong, or refused (the default).")
    private FileHashing.Answer hashes;

    @Option(
            names = "--apps",
            paramLabel = "FOLDER",
            description =
                    "Simulate apps that share documents: each folder in FOLDER has the bundle identifier of an app as"
                            + " its name and holds its documents.")
    private Path apps;

    @Option(
            names = "--unplug-after",
            paramLabel = "BYTES",
            description = "Pull the cable once this many bytes of photos were read.")
    private Long unplugAfter;

    @Option(
            names = "--replug-after",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Plug it in again this long after --unplug-after. Default: never.")
    private double replugSeconds;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1:0",
            description = "UNIX:/path or 127.0.0.1:port. Default: any free port.")
    private String address;

    public SimulateCommand(Console console, InterruptHandler interrupts) {
        this.console = console;
        this.interrupts = interrupts;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        interrupts.onFirst(stopped::countDown);
        try (Simulation simulation = start(options())) {
            console.print("export USBMUXD_SOCKET_ADDRESS=" + simulation.address() + "\n");
            stopped.await();
        }
        return RunEnding.DONE.number();
    }

    private Simulation start(Simulation.Options options) throws IOException {
        refuseUnless(
                icloud == null || folder == null, "--icloud needs generated photos; it cannot be used with a folder.");
        refuseUnless(
                !fingerprints || (photos != null && folder == null && icloud == null),
                "--fingerprints needs --photos.");
        boolean demo = folder == null && photos == null;
        Optional<CloudSituation> situation = demo
                ? Optional.ofNullable(icloud).or(() -> CloudSituation.named("icloud-full"))
                : Optional.ofNullable(icloud);
        try {
            Simulation simulation = fingerprints
                    ? Simulation.startWithFingerprints(options)
                    : situation.isPresent() ? Simulation.start(options, situation.get()) : Simulation.start(options);
            simulation.phone().faults().hashing().answer(hashes);
            if (apps != null) {
                install(simulation.phone().apps(), apps);
            }
            return simulation;
        } catch (IOException refused) {
            throw new ParameterException(
                    command.commandLine(),
                    "No iPhone can be simulated at " + address + " (" + TextFormat.failure(refused) + ").",
                    refused);
        }
    }

    private static void install(InstalledApps phone, Path folder) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path documents : folders) {
                String id = documents.getFileName().toString();
                String name = id.substring(id.lastIndexOf('.') + 1);
                phone.install(SimulatedApp.sharing(id, name, Libraries.folder(documents)));
            }
        }
    }

    private Simulation.Options options() {
        refuseUnless(apps == null || Files.isDirectory(apps), apps + " is not a folder.");
        refuseUnless(folder == null || Files.isDirectory(folder), folder + " is not a folder.");
        refuseUnless(Objects.requireNonNullElse(photos, 0) >= 0, "--photos must be 0 or more.");
        refuseUnless(photoBytes >= 1000, "--photo-size must be at least 1000 bytes.");
        refuseUnless(
                megabytesPerSecond >= 0 && latencyMillis >= 0 && replugSeconds >= 0,
                "--speed, --latency and --replug-after must be 0 or more.");
        return new Simulation.Options(
                new Simulation.Media(
                        Optional.ofNullable(folder),
                        photos == null ? OptionalInt.empty() : OptionalInt.of(photos),
                        photoBytes),
                address,
                name,
                new LinkSpeed(
                        megabytesPerSecond == 0 ? Long.MAX_VALUE : Math.max(1, Math.round(megabytesPerSecond * 1e6)),
                        Duration.ofNanos(Math.round(latencyMillis * 1e6)),
                        Duration.ZERO),
                !plain,
                new Simulation.Unplug(
                        unplugAfter == null ? OptionalLong.empty() : OptionalLong.of(unplugAfter),
                        Duration.ofMillis(Math.round(replugSeconds * 1000))));
    }

    private void refuseUnless(boolean sound, String why) {
        if (!sound) {
            throw new ParameterException(command.commandLine(), why);
        }
    }

    private static final class HashesConverter implements ITypeConverter<FileHashing.Answer> {
        @Override
        public FileHashing.Answer convert(String text) {
            return Arrays.stream(FileHashing.Answer.values())
                    .filter(answer -> TextFormat.hyphenated(answer).equals(text))
                    .findAny()
                    .orElseThrow(
                            () -> new TypeConversionException("'" + text + "' is not one of true, wrong, refused"));
        }
    }

    private static final class Situations implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return CloudSituation.all().stream().map(CloudSituation::name).iterator();
        }
    }

    private static final class SituationConverter implements ITypeConverter<CloudSituation> {
        @Override
        public CloudSituation convert(String text) {
            return CloudSituation.named(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is not one of " + String.join(", ", new Situations())));
        }
    }
}
