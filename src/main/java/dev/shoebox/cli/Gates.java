package dev.shoebox.cli;

import dev.shoebox.config.Profile;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationException;
import dev.shoebox.destination.Opening;
import dev.shoebox.destination.Status;
import dev.shoebox.device.DeviceException;
import dev.shoebox.photos.SourceId;
import dev.shoebox.schedule.Awake;
import dev.shoebox.schedule.Drives;
import dev.shoebox.schedule.NotNow;
import dev.shoebox.schedule.Power;
import dev.shoebox.schedule.Programs;
import dev.shoebox.schedule.Turn;
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
 * drive has room. What is not so ends the run as {@link NotNow}.
 */
final class Gates implements Closeable {
    private static final Duration FOR_PHONE = Duration.ofSeconds(10);
    private static final Duration FOR_OWNER = Duration.ofMinutes(5);

    private final ScheduledOptions wanted;
    private final Configured configured;
    private final Around around;
    private final Deque<Closeable> held = new ArrayDeque<>();

    Gates(ScheduledOptions wanted, Configured configured, Around around) {
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
    record Around(Console console, InstantSource clock, Notices notices, Path supplies, List<Path> mounts) {
        static Around thisComputer(Console console, InstantSource clock, Notices notices) {
            return new Around(console, clock, notices, Power.LINUX, Drives.mounted());
        }
    }

    /**
     * Waits for the others, and finds the backup.
     *
     * @param said the folder that was named otherwise than by the configuration
     */
    Path destination(Optional<Path> said) throws IOException {
        Optional<Profile> profile =
                said.isPresent() && wanted.profile().isEmpty() ? Optional.empty() : Optional.of(profile());
        held.push(turn(configured.places().state().resolve("turn")));
        Path root = said.isPresent() ? present(said.get()) : find(profile.orElseThrow());
        if (!Turn.until(() -> !Destination.isInUse(root), wanted.waitForTurn())) {
            throw new NotNow("Not now: "
                    + Destination.heldElsewhere(root).orElse("another run is still working on " + root + "."));
        }
        return root;
    }

    /** Where nothing can be remembered, the lock of the destination alone keeps two runs apart. */
    private Closeable turn(Path file) throws NotNow {
        try {
            return Turn.take(file, wanted.waitForTurn())
                    .orElseThrow(() -> new NotNow("Not now: another scheduled backup is still running."));
        } catch (NotNow notNow) {
            throw notNow;
        } catch (IOException unwritable) {
            around.console().note("Whether it is its turn is not known: " + Words.failure(unwritable));
            return () -> {};
        }
    }

    /** Where the backup should be, whether or not it is there. */
    Path named(Optional<Path> said) throws IOException {
        return said.isPresent() ? said.get() : profile().path();
    }

    private Profile profile() throws IOException {
        return configured.profile(wanted.profile());
    }

    private static Path present(Path root) throws NotNow {
        if (Destination.identity(root).isEmpty()) {
            throw absent(root);
        }
        return root;
    }

    private static NotNow absent(Path root) {
        return new NotNow("Not now: " + root + (Files.isDirectory(root) ? " holds no backup" : " is not there")
                + ". Plug the drive in; a first backup is made by hand: shoebox backup " + root);
    }

    private Path find(Profile profile) throws IOException {
        Path path = profile.path();
        Optional<String> id = configured.id(profile);
        if (id.isPresent()) {
            return drive(profile, id.get(), around.mounts());
        }
        String found = Destination.identity(path).orElseThrow(() -> absent(path));
        try {
            configured.knownIds().add(path, found);
        } catch (IOException unwritable) {
            around.console()
                    .warn("Which backup is in " + path + " cannot be remembered on this computer ("
                            + Words.failure(unwritable) + "): write id = \"" + found + "\" below [destination."
                            + profile.destination() + "].");
        }
        return path;
    }

    /** Where the drive of a profile is mounted now. */
    static Path drive(Profile profile, String id, List<Path> mounts) throws NotNow {
        Path path = profile.path();
        Optional<Path> found = new Drives(Destination::identity, mounts).find(path, id);
        if (found.isEmpty() && Destination.identity(path).isPresent()) {
            throw new NotNow("Not now: " + path + " holds another backup than that of '" + profile.destination()
                    + "'. If you mean this one from now on, write id = \""
                    + Destination.identity(path).orElseThrow() + "\" below [destination." + profile.destination()
                    + "].");
        }
        return found.orElseThrow(() -> new NotNow("Not now: the drive of '" + profile.destination() + "' is not there ("
                + path + ", the backup " + id + ")."));
    }

    /** Runs what waits for a phone. What only its owner can change, and what another run holds, is nothing to do now. */
    int through(Chronicle.Work work) throws IOException {
        try {
            return work.run();
        } catch (DeviceException.NoPhone
                | DeviceException.Locked
                | DeviceException.NotTrusted
                | DestinationException.InUse
                | DestinationException.Absent missing) {
            throw new NotNow("Not now: " + missing.getMessage(), missing);
        }
    }

    /**
     * Asks the phone's owner once, by a notice; the rest is told to whoever reads what we print. That no phone is there is
     * told once, at the end.
     */
    Asking asking() {
        AtomicBoolean told = new AtomicBoolean();
        return new Asking(FOR_PHONE, FOR_OWNER, around.console()::note, line -> {
            around.console().say(line);
            if (told.compareAndSet(false, true)) {
                around.notices().tell("Unlock the iPhone to start its backup", line);
            }
        });
    }

    /** What is asked once the phone is there; from here on the computer stays awake. */
    void requireReady(SourceId source, Path root) throws IOException {
        requireCooledDown(source, root);
        if (!wanted.onBattery() && Power.isOnBattery(around.supplies())) {
            throw new NotNow("Not now: the computer runs on its battery.");
        }
        long free = Storage.freeBytes(root);
        if (free < wanted.minFree()) {
            throw new NotNow("Not now: only " + Words.bytes(free) + " are free in " + root + ". Make room.");
        }
        held.push(Awake.keep(new Programs(configured.environment())));
    }

    private void requireCooledDown(SourceId source, Path root) throws IOException {
        if (wanted.cooldown().isZero()) {
            return;
        }
        Optional<Instant> last;
        try (Destination opened = Destination.view(root, Opening.REQUIRE_EXISTING)) {
            last = opened.status().stream()
                    .filter(status -> status.source().kind() == source.kind()
                            && status.source().id().equals(source.id()))
                    .flatMap(status -> status.lastCompleteRun().stream())
                    .map(Status.Run::ended)
                    .max(Instant::compareTo);
        }
        Instant now = around.clock().instant();
        // A clock that was set back must not keep backups away for years.
        if (last.filter(end -> !end.isAfter(now) && end.plus(wanted.cooldown()).isAfter(now))
                .isPresent()) {
            throw new NotNow(
                    "Not now: the last complete backup ended less than " + Words.duration(wanted.cooldown()) + " ago.");
        }
    }

    @Override
    public void close() throws IOException {
        while (!held.isEmpty()) {
            held.pop().close();
        }
    }
}
