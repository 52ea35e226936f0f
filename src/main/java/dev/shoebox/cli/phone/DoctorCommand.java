package dev.shoebox.cli.phone;

import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.option.TransportOption;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.config.ConfigurationException;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.DiskLimitation;
import dev.shoebox.destination.disk.DiskReport;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.device.Phone;
import dev.shoebox.device.PhoneInfo;
import dev.shoebox.device.Phones;
import dev.shoebox.device.WaitForPerson;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.library.cloud.CloudInventory;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.run.record.Failures;
import dev.shoebox.run.record.RecordedRuns;
import dev.shoebox.run.record.RunHistory;
import dev.shoebox.schedule.NothingToDoNow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/** {@code shoebox doctor [DEST]}. */
@Command(
        name = "doctor",
        header = "Check everything a backup needs, and say what to do, most important first.",
        description = {
            "",
            "Checks the iPhone and its connection, past backups and the schedule; with DEST also what"
                    + " its disk can do, even before the first backup. Test files are removed again; no photo is"
                    + " touched.",
            ""
        },
        footer = {"", "Examples:", "  shoebox doctor", "  shoebox doctor /media/me/Photos"})
public final class DoctorCommand implements Callable<Integer> {
    private static final String MANIFEST = "SHA256SUMS";

    private static final long LITTLE_ROOM = 1_000_000_000;

    /** The order of results: damage, then what prevents a backup, then what may do so later. */
    private static final List<String> IMPORTANCE = List.of(
            "damage",
            "configuration",
            "library",
            "daemon",
            "destination",
            "phone",
            "trust",
            "locked",
            "little-room",
            "last-backup",
            "run-after",
            "icloud",
            "phone-room",
            "state",
            "records",
            "schedule");

    private final InstantSource clock;
    private final Path libraries;
    private final RecordedRuns remembered;
    private final Own own;
    private final List<Check> checks = new ArrayList<>();

    @Mixin
    private DestinationOption destination;

    @Option(
            names = "--phone-facts",
            description = "Print which files of iCloud Photos each iPhone lets us read, and the names of their keys,"
                    + " to help development: no contents, no identifiers.")
    private boolean phoneFacts;

    @Mixin
    private TransportOption transport;

    @Mixin
    private final Console console;

    /** The automatic backups. */
    public interface Schedule {
        /** @return the number of installed jobs */
        int jobs() throws IOException;
    }

    /** The user's settings. */
    public interface Settings {
        Object read() throws IOException;
    }

    /**
     * Shoebox's own files on this computer.
     *
     * @param state the folder for records, which need not exist
     */
    public record Own(Settings settings, Path state, Schedule schedule) {}

    public DoctorCommand(Console console, InstantSource clock, RecordedRuns remembered, Own own) {
        this.console = console;
        this.clock = clock;
        this.libraries = own.state().resolve("libraries");
        this.remembered = remembered;
        this.own = own;
    }

    @Override
    public Integer call() throws IOException {
        if (phoneFacts) {
            return phoneFacts().number();
        }
        Optional<Path> root = root();
        Optional<DestinationException> unusable = Optional.empty();
        Optional<DiskReport> found = Optional.empty();
        if (root.isPresent()) {
            try {
                found = Optional.of(DestinationFolder.examine(root.get(), clock));
                examined(root.get(), found.get());
            } catch (DestinationException failing) {
                unusable = Optional.of(failing);
                checks.add(Check.wrong("destination", failing.getMessage()));
            }
        }
        checks.addAll(new PhoneChecks(PhoneChecks.plugged(() -> transport.phones(line -> {}), libraries, clock))
                .run(console.isVerbose()));
        List<RunRecord> runs = runs(() -> root.isPresent() ? remembered.of(root.get()) : remembered.here());
        checks.addAll(new BackupChecks(clock.instant()).run(runs));
        if (found.filter(DiskReport::isShoebox).isPresent()) {
            damage(root.orElseThrow());
        } else if (root.isEmpty()) {
            checks.addAll(BackupChecks.damage(runs));
        }
        configuration();
        state();
        schedule();
        tell();
        found.ifPresent(this::show);
        return unusable.map(Failures::ending).orElse(RunEnding.DONE).number();
    }

    /** An invalid configuration is a result of its own. */
    private Optional<Path> root() throws IOException {
        try {
            return destination.pathIfThere();
        } catch (ConfigurationException told) {
            return Optional.empty();
        }
    }

    private RunEnding phoneFacts() throws IOException {
        Phones connected = transport.phones(line -> {});
        List<Phone> phones = connected.list();
        if (phones.isEmpty()) {
            throw new NothingToDoNow(connected.absence());
        }
        for (Phone phone : phones) {
            PhoneInfo info = phone.info();
            console.result(info.model() + ", iOS " + info.iosVersion());
            try (MediaSource source = phone.photos(WaitForPerson.NONE)) {
                List<String> lines = CloudInventory.of(source);
                lines.forEach(line -> console.result("  " + line));
                List<String> fingerprints = FingerprintFacts.of(source);
                fingerprints.forEach(line -> console.result("  " + line));
                console.event(new JsonEvent("phone-facts")
                        .with("model", info.model())
                        .with("iosVersion", info.iosVersion())
                        .with("files", lines)
                        .with("fingerprints", fingerprints));
            }
        }
        return RunEnding.DONE;
    }

    private interface Records {
        List<RunRecord> read() throws IOException;
    }

    private List<RunRecord> runs(Records records) {
        try {
            return records.read();
        } catch (DestinationException none) {
            // Errors were reported already, or the disk has no backup yet.
            return List.of();
        } catch (IOException unreadable) {
            checks.add(Check.wrong(
                    "records", "The run records there cannot be read (" + TextFormat.failure(unreadable) + ")."));
            return List.of();
        }
    }

    private void configuration() {
        try {
            own.settings().read();
        } catch (IOException unusable) {
            checks.add(Check.wrong("configuration", TextFormat.failure(unusable)));
        }
    }

    private void state() {
        for (Path folder : List.of(own.state(), own.state().resolve(RunHistory.FOLDER))) {
            boolean isUsable = Files.isDirectory(folder) && Files.isReadable(folder) && Files.isWritable(folder);
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !isUsable) {
                checks.add(Check.wrong(
                        "state",
                        "Shoebox cannot record its runs in " + TextFormat.path(folder) + ", which "
                                + (Files.isDirectory(folder)
                                        ? "you cannot read and write: correct its permissions."
                                        : "is not a folder: move it elsewhere.")));
                return;
            }
        }
    }

    private void schedule() {
        try {
            checks.add(BackupChecks.schedule(own.schedule().jobs()));
        } catch (IOException unknown) {
            checks.add(Check.wrong(
                    "schedule",
                    "Cannot determine whether backups are scheduled (" + TextFormat.failure(unknown) + ")."));
        }
    }

    private void damage(Path root) {
        try (Destination opened = Destination.view(root, OpenMode.REQUIRE_EXISTING)) {
            int damaged = opened.damaged().size();
            if (damaged > 0) {
                checks.add(Check.wrong("damage", TextFormat.damage(damaged, root)));
            }
            Map<String, String> denied = opened.memory().denied();
            denied.values().stream()
                    .findFirst()
                    .ifPresent(why -> checks.add(Check.wrong("denied", TextFormat.denied(denied.size(), why))));
        } catch (DestinationException unreadable) {
            checks.add(Check.wrong("destination", unreadable.getMessage()));
        }
    }

    private void examined(Path root, DiskReport found) {
        checks.add(Check.fine(
                "destination",
                TextFormat.path(root) + (found.isShoebox() ? " holds a backup." : " can hold a backup.")));
        if (!found.isShoebox() && Files.isRegularFile(root.resolve(MANIFEST))) {
            checks.add(Check.wrong(
                    "records",
                    "There is a " + MANIFEST + ", but no .shoebox: if this was a backup, run "
                            + TextFormat.command("rebuild", root) + "."));
        }
        checks.add(
                found.freeBytes() < LITTLE_ROOM
                        ? Check.wrong(
                                "little-room",
                                "Only " + TextFormat.bytes(found.freeBytes()) + " are free: free some space.")
                        : Check.fine("little-room", free(found) + " free there."));
        found.limits().forEach(limit -> checks.add(Check.wrong(limit.word(), limit.message())));
    }

    private void tell() {
        for (Check check : checks) {
            if (check.isFine()) {
                console.result("  ok   " + check.message());
            }
            console.event(new JsonEvent("check")
                    .with("about", check.about())
                    .with("ok", check.isFine())
                    .with("message", check.message()));
        }
        List<Check> wrong = checks.stream()
                .filter(check -> !check.isFine())
                .sorted(Comparator.comparingInt(DoctorCommand::rank))
                .toList();
        console.result(wrong.isEmpty() ? "There is nothing to do." : "What to do, most important first:");
        for (int number = 1; number <= wrong.size(); number++) {
            Check check = wrong.get(number - 1);
            console.result("  " + number + ". " + check.message());
            console.event(new JsonEvent("advice").with("about", check.about()).with("message", check.message()));
        }
    }

    /** Limitations of a disk come last: most of them cannot be changed. */
    private static int rank(Check check) {
        int at = IMPORTANCE.indexOf(check.about());
        return at < 0 ? IMPORTANCE.size() : at;
    }

    private static OptionalLong largestFile(DiskReport found) {
        return found.limits().contains(DiskLimitation.SMALL_FILES)
                ? OptionalLong.of(found.largestFile())
                : OptionalLong.empty();
    }

    private static String free(DiskReport found) {
        return found.freeBytes() == Long.MAX_VALUE ? "an unknown amount is" : TextFormat.bytes(found.freeBytes());
    }

    private void show(DiskReport found) {
        console.result(
                "The disk: " + found.volume().type() + " on " + found.volume().device()
                        + (found.volume().isBuiltIn() ? ", inside this computer" : ", which may be unplugged") + "; "
                        + free(found) + " free");
        if (!found.limits().contains(DiskLimitation.NO_READ_BACK)) {
            console.result("  Proof: " + (found.volume().isBuiltIn() ? "one copy in twenty" : "every copy")
                    + " is read back from the disk before it counts as safe");
        }
        console.result("  Names: "
                + (found.names().ofCase()
                        ? "names that differ only in case are the same here"
                        : "names are case-sensitive")
                + (found.names().ofUnicode() ? "; composed and decomposed accents are the same here" : "")
                + ". Shoebox uses names that work on every disk.");
        console.event(new JsonEvent("destination")
                .with("isBackup", found.isShoebox())
                .with("fileSystem", found.volume().type())
                .with("device", found.volume().device())
                .with("builtIn", found.volume().isBuiltIn())
                .with("freeBytes", found.freeBytes())
                .with("largestFile", largestFile(found))
                .with("foldsCase", found.names().ofCase())
                .with("foldsUnicode", found.names().ofUnicode())
                .with(
                        "limits",
                        found.limits().stream().map(DiskLimitation::word).toList()));
    }
}
