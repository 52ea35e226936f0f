package dev.shoebox.cli;

import dev.shoebox.history.RunEnding;
import dev.shoebox.simulator.Simulation;
import dev.shoebox.simulator.wire.LinkSpeed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Runs typical commands against a simulated iPhone in the background. Java records the classes that they load, so that
 * later starts are faster. {@code scripts/shoebox} runs it once.
 */
final class ClassArchiveTraining {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final int PHOTOS = 50;

    /** Large enough to be hashed on another thread and dropped from the page cache, as real photos are. */
    private static final long PHOTO_BYTES = 200_000;

    private final String address;
    private final Path folder;

    ClassArchiveTraining(String address, Path folder) {
        this.address = address;
        this.folder = folder;
    }

    /**
     * Trains.
     *
     * @param arguments the value of {@code USBMUXD_SOCKET_ADDRESS} for this process, and an empty folder for a backup
     */
    public static void main(String[] arguments) throws InterruptedException {
        Thread thread = new Thread(new ClassArchiveTraining(arguments[0], Path.of(arguments[1]))::run, "rehearsal");
        thread.setDaemon(true);
        thread.start();
        // Somebody waits for their own command, so the archive does without whatever was not reached in time.
        thread.join(LONGEST.toMillis());
        System.exit(RunEnding.DONE.number());
    }

    private void run() {
        String backup = folder.resolve("backup").toString();
        try {
            withPhone(backup);
        } catch (IOException unable) {
            // Then only the commands that need no iPhone become faster.
            shoebox("--version");
        }
        shoebox("backup", "--json", "--from", backup, folder.resolve("copy").toString());
    }

    private void withPhone(String backup) throws IOException {
        Simulation phone = Simulation.start(phone());
        try {
            shoebox("--version");
            shoebox("--help");
            shoebox("backup", backup);
            shoebox("backup", "--verbose", backup);
            shoebox("devices");
            shoebox("devices", "--json");
            shoebox("devices", "--transport", "java");
            shoebox("status", backup);
            shoebox("list");
            shoebox("verify", backup);
        } finally {
            phone.close();
        }
    }

    private Simulation.Options phone() {
        return new Simulation.Options(
                new Simulation.Media(Optional.empty(), OptionalInt.of(PHOTOS), PHOTO_BYTES),
                address,
                "Rehearsal",
                LinkSpeed.unlimited(),
                true,
                new Simulation.Unplug(OptionalLong.empty(), Duration.ZERO));
    }

    private void shoebox(String... arguments) {
        OutputStream nowhere = OutputStream.nullOutputStream();
        Invocation.ofProcess(environment(), arguments).run(nowhere, nowhere);
    }

    /** Ignores the user's configuration, and hides the user's iPhone. */
    Map<String, String> environment() {
        return Map.of("HOME", folder.toString(), "USBMUXD_SOCKET_ADDRESS", address);
    }
}
