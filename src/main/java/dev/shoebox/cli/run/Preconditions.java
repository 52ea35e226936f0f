package dev.shoebox.cli.run;

import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.option.PhoneWait;
import dev.shoebox.cli.option.ScheduledOptions;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.config.Profile;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.BackupStatus;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.schedule.NothingToDoNow;
import dev.shoebox.schedule.ScheduledRunLock;
import dev.shoebox.system.Drives;
import dev.shoebox.system.Power;
import dev.shoebox.system.Programs;
import dev.shoebox.system.SleepInhibitor;
import dev.shoebox.system.Storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What must be so before a backup begins that a scheduler started, asked in this order: no other one runs, the drive is
 * there and is the right one, the phone is there and open, the last backup is old enough, the computer has power, the
 * drive has room. What is not so ends the run as {@link NothingToDoNow}.
 */
public final class Preconditions implements Closeable {
    private static final Duration FOR_PHONE = Duration.ofSeconds(10);
    private static final Duration FOR_OWNER = Duration.ofMinutes(5);

    private final ScheduledOptions wanted;
    private final ConfiguredArguments configured;
    private final Around around;
    private final Deque<Closeable> held = new ArrayDeque<>();

    public Preconditions(ScheduledOptions wanted, ConfiguredArguments configured, Around around) {
        this.wanted = wanted;
        this.configured = configured;
        this.around = around;
    }

    /**
     * What the gates look at besides the configuration.
     *
     * @param supplies where the system tells of batteries
     * @param mounts the tops of what is mounted
     */
    public record Around(Console console, InstantSource clock, Notices notices, Path supplies, List<Path> mounts) {
        public static Around thisComputer(Console console, InstantSource clock, Notices notices) {
            return new Around(console, clock, notices, Power.LINUX, Drives.mounted());
        }
    }

    /**
     * Waits for the others, and finds the backup.
     *
     * @param said the folder that was named otherwise than by the configuration
     */
    public Path destination(Optional<Path> said) throws IOException {
        Optional<Profile> profile =
                said.isPresent() && wanted.profile().isEmpty() ? Optional.empty() : Optional.of(profile());
        held.push(turn(configured.places().state().resolve("turn")));
        Path root = said.isPresent() ? present(said.get()) : find(profile.orElseThrow());
        if (!ScheduledRunLock.until(() -> !Destination.isInUse(root), wanted.waitForTurn())) {
            throw new NothingToDoNow("Not now: "
                    + Destination.heldElsewhere(root).orElse("another run is still working on " + root + "."));
        }
        return root;
    }

    /** Where nothing can be remembered, the lock of the destination alone keeps two runs apart. */
    private Closeable turn(Path file) throws NothingToDoNow {
        try {
            return ScheduledRunLock.take(file, wanted.waitForTurn())
                    .orElseThrow(() -> new NothingToDoNow("Not now: another scheduled backup is still running."));
        } catch (NothingToDoNow notNow) {
            throw notNow;
        } catch (IOException unwritable) {
            around.console().note("Whether it is its turn is not known: " + TextFormat.failure(unwritable));
            return () -> {};
        }
    }

    /** Where the backup should be, whether or not it is there. */
    public Path named(Optional<Path> said) throws IOException {
        return said.isPresent() ? said.get() : profile().path();
    }

    private Profile profile() throws IOException {
        return configured.profile(wanted.profile());
    }

    private static Path present(Path root) throws IOException {
        if (Destination.identity(root).isEmpty()) {
            ConfiguredArguments.requireRecords(root);
            throw absent(root);
        }
        return root;
    }

    private static NothingToDoNow absent(Path root) {
        return new NothingToDoNow("Not now: " + root + (Files.isDirectory(root) ? " holds no backup" : " is not there")
                + ". Plug the drive in; a first backup is made by hand: shoebox backup " + root);
    }

    private Path find(Profile profile) throws IOException {
        Path path = profile.path();
        Optional<String> id = configured.id(profile);
        if (id.isPresent()) {
            return ConfiguredArguments.drive(profile, id.get(), around.mounts());
        }
        ConfiguredArguments.requireRecords(path);
        String found = Destination.identity(path).orElseThrow(() -> absent(path));
        try {
            configured.knownIds().add(path, found);
        } catch (IOException unwritable) {
            around.console()
                    .warn("Which backup is in " + path + " cannot be remembered on this computer ("
                            + TextFormat.failure(unwritable) + "): write id = \"" + found + "\" below [destination."
                            + profile.destination() + "].");
        }
        return path;
    }

    /** Runs what waits for a phone. What only its owner can change, and what another run holds, is nothing to do now. */
    public int through(RunHistory.Work work) throws IOException {
        try {
            return work.run();
        } catch (DeviceException.NoPhone
                | DeviceException.Locked
                | DeviceException.NotTrusted
                | DestinationException.InUse
                | DestinationException.Absent missing) {
            throw new NothingToDoNow("Not now: " + missing.getMessage(), missing);
        }
    }

    /**
     * Asks the phone's owner once, by a notice; the rest is told to whoever reads what we print. That no phone is there is
     * told once, at the end.
     */
    public PhoneWait asking() {
        AtomicBoolean told = new AtomicBoolean();
        return new PhoneWait(FOR_PHONE, FOR_OWNER, around.console()::note, line -> {
            around.console().say(line);
            if (told.compareAndSet(false, true)) {
                around.notices().tell("Unlock the iPhone to start its backup", line);
            }
        });
    }

    /** What is asked once the phone is there; from here on the computer stays awake. */
    public void requireReady(SourceId source, Path root) throws IOException {
        requireCooledDown(source, root);
        if (!wanted.onBattery() && Power.isOnBattery(around.supplies())) {
            throw new NothingToDoNow("Not now: the computer runs on its battery.");
        }
        long free = Storage.freeBytes(root);
        if (free < wanted.minFree()) {
            throw new NothingToDoNow(
                    "Not now: only " + TextFormat.bytes(free) + " are free in " + root + ". Make room.");
        }
        held.push(SleepInhibitor.keep(new Programs(configured.environment())));
    }

    private void requireCooledDown(SourceId source, Path root) throws IOException {
        if (wanted.cooldown().isZero()) {
            return;
        }
        Optional<Instant> last;
        try (Destination opened = Destination.view(root, OpenMode.REQUIRE_EXISTING)) {
            last = opened.status().stream()
                    .filter(status -> status.source().kind() == source.kind()
                            && status.source().id().equals(source.id()))
                    .flatMap(status -> status.lastCompleteRun().stream())
                    .map(BackupStatus.Run::ended)
                    .max(Instant::compareTo);
        }
        Instant now = around.clock().instant();
        // A clock that was set back must not keep backups away for years.
        if (last.filter(end -> !end.isAfter(now) && end.plus(wanted.cooldown()).isAfter(now))
                .isPresent()) {
            throw new NothingToDoNow("Not now: the last complete backup ended less than "
                    + TextFormat.duration(wanted.cooldown()) + " ago.");
        }
    }

    @Override
    public void close() throws IOException {
        while (!held.isEmpty()) {
            held.pop().close();
        }
    }
}
