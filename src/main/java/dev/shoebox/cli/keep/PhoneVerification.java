package dev.shoebox.cli.keep;

import dev.shoebox.backup.PhoneComparison;
import dev.shoebox.cli.option.DeviceOptions;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.Progress;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.run.PhoneWait;
import dev.shoebox.run.record.RunRecorder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code shoebox verify --phone}. */
final class PhoneVerification {
    private static final int NAMES_SHOWN = 10;

    private final Console console;
    private final InterruptHandler interrupts;
    private final InstantSource clock;
    private final AtomicBoolean stopped = new AtomicBoolean();

    PhoneVerification(Console console, InterruptHandler interrupts, InstantSource clock) {
        this.console = console;
        this.interrupts = interrupts;
        this.clock = clock;
    }

    RunEnding run(Path root, DeviceOptions device, RunRecorder account) throws IOException {
        PhoneWait asking = console.phoneWait();
        try (MediaSource source = device.find(asking).photos(device.waiting(asking));
                Destination destination = Destination.open(root, OpenMode.REQUIRE_EXISTING, clock, console::say)) {
            account.source(source.id());
            destination.id().ifPresent(account::destination);
            return conclude(compare(source, destination), source.id().name(), root);
        }
    }

    private PhoneComparison.Result compare(MediaSource source, Destination destination) throws IOException {
        try (Progress progress = new Progress(console, "Comparing ...", System::nanoTime)) {
            progress.start();
            interrupts.onFirst(() -> {
                console.say("Stopping. Files already compared are recorded.");
                stopped.set(true);
            });
            return new PhoneComparison(source, destination, progress::set, stopped::get).run();
        }
    }

    private RunEnding conclude(PhoneComparison.Result result, String phone, Path root) {
        result.different().stream()
                .limit(NAMES_SHOWN)
                .forEach(path -> console.warn(path + " is not on " + phone + " what was copied of it"));
        result.damaged().stream()
                .limit(NAMES_SHOWN)
                .forEach(path -> console.warn(path + " in the backup is not what was copied"));
        RunEnding ending = !result.damaged().isEmpty()
                ? RunEnding.DAMAGED
                : !result.hashes() || !result.different().isEmpty() || result.notHashed() > 0
                        ? RunEnding.INCOMPLETE
                        : stopped.get() ? RunEnding.INTERRUPTED : RunEnding.DONE;
        if (!result.hashes()) {
            console.warn(phone + " does not hash its files, so nothing was compared. "
                    + TextFormat.command("verify", root) + " compares the backup with what was copied.");
        } else {
            console.outcome(TextFormat.count(result.proven(), "file") + " in " + TextFormat.path(root)
                    + (result.proven() == 1 ? " is" : " are") + " what " + phone + " has"
                    + (result.different().isEmpty()
                            ? ""
                            : "; changed there since they were copied: "
                                    + TextFormat.count(result.different().size()))
                    + (result.damaged().isEmpty()
                            ? ""
                            : "; damaged in the backup: "
                                    + TextFormat.count(result.damaged().size()))
                    + (result.gone() == 0 ? "" : "; no longer on it: " + TextFormat.count(result.gone()))
                    + ".");
        }
        console.event(new JsonEvent("summary")
                .with("exitCode", ending.number())
                .with("hashes", result.hashes())
                .with("proven", result.proven())
                .with("different", result.different().size())
                .with("damaged", result.damaged().size())
                .with("notHashed", result.notHashed())
                .with("gone", result.gone()));
        return ending;
    }
}
