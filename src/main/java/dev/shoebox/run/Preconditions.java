package dev.shoebox.run;

import dev.shoebox.config.Profile;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.record.Failures;
import dev.shoebox.run.record.RunListener;
import dev.shoebox.schedule.NothingToDoNow;
import dev.shoebox.schedule.ScheduledRunLock;
import dev.shoebox.system.Drives;
import dev.shoebox.system.Storage;
import dev.shoebox.system.process.Power;
import dev.shoebox.system.process.Programs;
import dev.shoebox.system.process.SleepInhibitor;
import dev.shoebox.text.Amounts;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The preconditions of a scheduled backup, checked in this order: no other run is active, the right drive is there, the
 * phone is there and unlocked, the last backup is old enough, the computer has power, the drive has room. If one is not
 * met, the run ends with {@link NothingToDoNow}.
 */
public final class Preconditions implements Closeable {
    private static final Duration FOR_PHONE = Duration.ofSeconds(10);
    private static final Duration FOR_OWNER = Duration.ofMinutes(5);

    private final BackupConditions wanted;
    private final BackupProfiles profiles;
    private final Surroundings around;
    private final RunListener listener;
    private final Deque<Closeable> held = new ArrayDeque<>();
    private Path root; // null until found

    public Preconditions(BackupConditions wanted, BackupProfiles profiles, Surroundings around, RunListener listener) {
        this.wanted = wanted;
        this.profiles = profiles;
        this.listener = listener;
        this.around = around;
    }

    /**
     * Waits for other runs, and finds the backup.
     *
     * @throws NothingToDoNow if it is not there, or in use for too long
     */
    public Path destination() throws IOException {
        Optional<Profile> profile =
                wanted.folder().isPresent() && wanted.profile().isEmpty() ? Optional.empty() : Optional.of(profile());
        held.push(turn(around.state().resolve("turn")));
        Path found = through(
                () -> wanted.folder().isPresent() ? present(wanted.folder().get()) : find(profile.orElseThrow()));
        if (!ScheduledRunLock.until(() -> !DestinationFolder.isInUse(found), wanted.waitForTurn())) {
            throw new NothingToDoNow(
                    "Not now: " + DestinationFolder.heldElsewhere(found).orElse("another run is using " + found + "."));
        }
        // Waiting may have taken minutes. Nobody is asked to unlock an iPhone for a drive that is gone.
        root = through(() -> present(found));
        return root;
    }

    /** Waits for its turn. If the state folder is unusable, only the lock of the destination keeps two runs apart. */
    private Closeable turn(Path file) throws NothingToDoNow {
        try {
            return ScheduledRunLock.take(file, wanted.waitForTurn())
                    .orElseThrow(() -> new NothingToDoNow("Not now: another scheduled backup is still running."));
        } catch (NothingToDoNow notNow) {
            throw notNow;
        } catch (IOException unwritable) {
            listener.note("Cannot tell whether another run is active: " + Failures.words(unwritable));
            return () -> {};
        }
    }

    /** Returns where the backup should be, whether or not it is there. */
    public Path named() throws IOException {
        return wanted.folder().isPresent() ? wanted.folder().get() : profile().path();
    }

    private Profile profile() throws IOException {
        Optional<String> name = wanted.profile();
        return name.isPresent() ? profiles.profile(name.get()) : profiles.onlyProfile();
    }

    private static Path present(Path root) throws IOException {
        DestinationFolder.requireIdentity(root);
        return root;
    }

    private Path find(Profile profile) throws IOException {
        Path path = profile.path();
        Optional<String> id = profiles.id(profile);
        if (id.isPresent()) {
            return drive(profile, id.get(), around.mounts());
        }
        String found = DestinationFolder.requireIdentity(path);
        try {
            profiles.remember(path, found);
        } catch (IOException unwritable) {
            listener.warn("The identity of the backup in " + path + " cannot be saved on this computer ("
                    + Failures.words(unwritable) + "). Add id = \"" + found + "\" under [destination."
                    + profile.destination() + "].");
        }
        return path;
    }

    /** Returns where the drive of a profile is mounted now. */
    public static Path drive(Profile profile, String id, List<Path> mounts) throws IOException {
        Path path = profile.path();
        Optional<Path> found = new Drives(DestinationFolder::identity, mounts).find(path, id);
        if (found.isPresent()) {
            return found.get();
        }
        throw through(() -> notConnected(profile, id));
    }

    private static NothingToDoNow notConnected(Profile profile, String id) throws IOException {
        Path path = profile.path();
        Optional<String> other = DestinationFolder.identity(path);
        if (other.isPresent()) {
            return new NothingToDoNow("Not now: " + path + " holds a different backup than the one for '"
                    + profile.destination() + "'. To use this one from now on, add id = \"" + other.get()
                    + "\" under [destination." + profile.destination() + "].");
        }
        DestinationFolder.requireRecords(path);
        return new NothingToDoNow("Not now: the drive for '" + profile.destination() + "' is not connected (" + path
                + ", the backup " + id + ").");
    }

    /** Work that needs the phone and its owner, or the drive. */
    public interface Guarded<T> {
        T run() throws IOException;
    }

    /**
     * Runs work that needs the phone or the drive. If one is absent, only the phone's owner can help, or another run
     * holds the backup, the result is that there is nothing to do now.
     */
    public static <T> T through(Guarded<T> work) throws IOException {
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
     * Returns a wait that notifies the phone's owner once, on the desktop; further lines go to the output. An absent
     * phone is reported once, at the end.
     */
    public PhoneWait asking() {
        AtomicBoolean told = new AtomicBoolean();
        return new PhoneWait(
                FOR_PHONE,
                FOR_OWNER,
                listener::note,
                line -> {
                    listener.say(line);
                    if (told.compareAndSet(false, true)) {
                        around.notices().tell("Unlock the iPhone to start its backup", line);
                    }
                },
                listener::note);
    }

    /**
     * Checks the conditions that need the phone, for the backup that {@link #destination} found, and keeps the computer
     * awake from here on.
     */
    public void requireReady(SourceId source) throws IOException {
        // The owner may have taken minutes, and the drive may be gone by now.
        DestinationFolder.requireSuitable(root, OpenMode.REQUIRE_EXISTING);
        Instant now = around.clock().instant();
        // A clock that was set back must not keep backups away for years.
        if (!wanted.cooldown().isZero()
                && DestinationFolder.hasComplete(root, source, now.minus(wanted.cooldown()), now)) {
            throw new NothingToDoNow("Not now: the last complete backup ended less than "
                    + Amounts.duration(wanted.cooldown()) + " ago.");
        }
        if (wanted.power() == BackupConditions.PowerNeed.MAINS && Power.isOnBattery(around.supplies())) {
            throw new NothingToDoNow("Not now: the computer is on battery power.");
        }
        long free;
        try {
            free = Storage.freeBytes(root);
        } catch (IOException gone) {
            throw new NothingToDoNow("Not now: the free space of " + root + " is unknown (" + Failures.words(gone)
                    + "). Plug the drive in.");
        }
        if (free < wanted.minFree()) {
            throw new NothingToDoNow(
                    "Not now: only " + Amounts.bytes(free) + " are free in " + root + ". Free some space.");
        }
        held.push(SleepInhibitor.keep(new Programs(around.environment())));
    }

    @Override
    public void close() throws IOException {
        while (!held.isEmpty()) {
            held.pop().close();
        }
    }
}
