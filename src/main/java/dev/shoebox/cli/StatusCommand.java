package dev.shoebox.cli;

import dev.shoebox.backup.Backup;
import dev.shoebox.config.Places;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationException;
import dev.shoebox.destination.Opening;
import dev.shoebox.destination.Status;
import dev.shoebox.device.DeviceException;
import dev.shoebox.device.Phone;
import dev.shoebox.device.PhoneInfo;
import dev.shoebox.device.Phones;
import dev.shoebox.device.Waiting;
import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.MediaSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code shoebox status DEST}. */
@Command(
        name = "status",
        header = "Show what is backed up, since when, and what on a connected iPhone is not.",
        footer = {
            "",
            "Examples:",
            "  shoebox status ~/Pictures/iPhone",
            "  shoebox status --max-age 8d ~/Pictures/iPhone",
            "      End with exit code 5 if no backup was completed in the last 8 days."
        })
final class StatusCommand implements Callable<Integer> {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private final InstantSource clock;
    private final Places places;

    @Mixin
    private DestinationOption destination;

    @Option(
            names = "--max-age",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "End with exit code 5 if the last complete backup is older than this (8d, 36h), or there was"
                    + " none. Connected iPhones are left alone.")
    private Optional<Duration> maxAge = Optional.empty();

    @Option(
            names = "--device",
            paramLabel = "PHONE",
            description = "Only what came from this iPhone, by its UDID or its name.")
    private Optional<String> device = Optional.empty();

    @Mixin
    private final Console console;

    StatusCommand(Console console, Places places, InstantSource clock) {
        this.places = places;
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Path root = destination.path();
        try (Destination opened = Destination.view(root, Opening.REQUIRE_EXISTING)) {
            List<Status> sources = opened.status().stream()
                    .filter(status -> device.isEmpty() || Named.isMeant(status.source(), device.get()))
                    .toList();
            if (sources.isEmpty()) {
                console.result("Nothing" + device.map(name -> " of " + name).orElse("") + " is backed up in "
                        + Words.path(root) + " yet.");
            }
            sources.forEach(this::show);
            Set<String> damaged = opened.damaged();
            damage(damaged, root);
            opened.leastRecentProof().ifPresent(oldest -> proof(oldest, !damaged.isEmpty(), root));
            if (maxAge.isPresent()) {
                Stream<Instant> complete = sources.stream()
                        .flatMap(status -> status.lastCompleteRun().stream())
                        .map(Status.Run::ended);
                return judged(complete.max(Comparator.naturalOrder()), maxAge.get())
                        .number();
            }
            connectedPhones(opened);
        } catch (DestinationException.Absent | DestinationException.NotAShoebox away) {
            return judgedFromHere(root, away).number();
        }
        return ExitCode.DONE.number();
    }

    /** A drive that is away for a year must not keep the alarm silent: this computer knows when it was last there. */
    private ExitCode judgedFromHere(Path root, DestinationException away) throws IOException {
        String named = root.toAbsolutePath().normalize().toString();
        List<RunRecord> known = new Remembered(places.state())
                .here().stream()
                        .filter(run -> run.destination().equals(named) && run.kind() == RunRecord.Kind.BACKUP)
                        .filter(run -> device.isEmpty()
                                || run.source()
                                        .filter(source -> Named.isMeant(source, device.get()))
                                        .isPresent())
                        .toList();
        if (maxAge.isEmpty() || known.isEmpty()) {
            throw away;
        }
        console.say(away.getMessage());
        Stream<Instant> complete = known.stream()
                .filter(RunRecord::isGood)
                .flatMap(run -> run.ending().map(RunRecord.Ending::at).stream());
        return judged(complete.max(Comparator.naturalOrder()), maxAge.get());
    }

    private ExitCode judged(Optional<Instant> last, Duration allowed) {
        Optional<Duration> age = last.map(ended -> Duration.between(ended, clock.instant()));
        // Where a clock was wrong a backup lies in the future: how old it is nobody knows, so it must not count for
        // ever.
        boolean isTooOld =
                age.filter(known -> known.abs().compareTo(allowed) <= 0).isEmpty();
        String subject = device.map(name -> " of " + name).orElse("");
        String words = age.map(known -> known.isNegative()
                        ? "The last complete backup" + subject + " is dated in the future, " + when(last.orElseThrow())
                                + ": check the clock of this computer."
                        : "The last complete backup" + subject + " is " + Words.age(known) + " old; "
                                + Words.age(allowed) + " are allowed.")
                .orElse("There was no complete backup" + subject + " yet.");
        if (isTooOld) {
            console.warn(words);
        } else {
            console.outcome(words);
        }
        console.event(new Event("age")
                .with("tooOld", isTooOld)
                .with("lastCompleteRun", last.map(Object::toString))
                .with("ageSeconds", age.map(Duration::toSeconds))
                .with("maxAgeSeconds", allowed.toSeconds())
                .with("device", device));
        return isTooOld ? ExitCode.TOO_OLD : ExitCode.DONE;
    }

    private void show(Status status) {
        console.result(status.source().name());
        console.result("  " + BackupOutput.photos(status.assets()) + ", " + Words.count(status.files(), "file") + ", "
                + Words.bytes(status.bytes())
                + status.newest()
                        .map(newest -> "; the newest of " + newest.format(DAY))
                        .orElse(""));
        console.result("  Last complete backup: "
                + status.lastCompleteRun().map(this::when).orElse("none yet"));
        status.lastRun()
                .filter(last -> last.exitCode() != 0)
                .ifPresent(last -> console.result("  Last attempt: " + when(last) + ", not finished: "
                        + Words.count(last.failed(), "file") + " left (exit code " + last.exitCode() + ")"));
        console.event(new Event("source")
                .with("kind", Words.hyphenated(status.source().kind()))
                .with("id", status.source().id())
                .with("name", status.source().name())
                .with("photosAndVideos", status.assets())
                .with("files", status.files())
                .with("bytes", status.bytes())
                .with("newest", status.newest().map(Object::toString))
                .with("lastCompleteRun", status.lastCompleteRun().map(run -> run.ended()
                        .toString()))
                .with("lastRun", status.lastRun().map(run -> run.ended().toString()))
                .with("lastExitCode", status.lastRun().map(Status.Run::exitCode)));
    }

    /** A photo counts as proven when it is copied, and each time that it is read again. */
    private void proof(Instant oldest, boolean othersAreDamaged, Path root) {
        console.result("Every " + (othersAreDamaged ? "other file" : "photo") + " here was proven since " + when(oldest)
                + "; " + Words.command("verify", root) + " reads them again.");
        console.event(new Event("proof")
                .with("oldest", oldest.toString())
                .with("ageDays", Duration.between(oldest, clock.instant()).toDays()));
    }

    private void damage(Set<String> damaged, Path root) {
        if (!damaged.isEmpty()) {
            console.warn(Words.damage(damaged.size(), root));
            console.event(new Event("damage").with("files", damaged.size()));
        }
    }

    private String when(Status.Run run) {
        return when(run.ended());
    }

    private String when(Instant time) {
        long days = Duration.between(time, clock.instant()).toDays();
        return MINUTE.format(time.atZone(ZoneId.systemDefault()))
                + (days < 1 ? "" : " (" + Words.count(days, "day") + " ago)");
    }

    /** A status without a phone, or without the library that sees phones, is a status all the same. */
    private void connectedPhones(Destination opened) throws IOException {
        List<Phone> phones;
        try {
            phones = Phones.load().list();
        } catch (DeviceException none) {
            return;
        }
        for (Phone phone : phones) {
            try {
                connected(phone, opened);
            } catch (DeviceException silent) {
                console.warn("An iPhone is connected but does not answer: " + silent.getMessage());
            }
        }
    }

    private void connected(Phone phone, Destination opened) throws IOException {
        PhoneInfo info = phone.info();
        if (info.trust() != PhoneInfo.Trust.TRUSTED) {
            console.result(info.name() + " is connected, but locked or not trusted, so what is on it is not known.");
            return;
        }
        try (MediaSource source = phone.photos(Waiting.NONE)) {
            Backup.Missing missing = Backup.missing(source, opened, whateverItTakes -> new PhoneLibrary(places, console)
                    .readIfQuick(source, () -> false));
            console.result(
                    missing.files() == 0
                            ? "Everything on " + info.name() + ", which is connected, is backed up."
                            : BackupOutput.photos(missing.assets()) + " on " + info.name()
                                    + ", which is connected, " + (missing.assets() == 1 ? "is" : "are")
                                    + " not backed up yet ("
                                    + Words.count(missing.files(), "file") + ", " + Words.bytes(missing.bytes())
                                    + ").");
            console.event(new Event("connected")
                    .with("id", source.id().id())
                    .with("name", source.id().name())
                    .with("missingPhotosAndVideos", missing.assets())
                    .with("missingFiles", missing.files())
                    .with("missingBytes", missing.bytes()));
        }
    }
}
