package dev.shoebox.cli;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.Examination;
import dev.shoebox.destination.Limit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/** {@code shoebox doctor DEST}. */
@Command(
        name = "doctor",
        header = "Try what the disk of a backup can do, and say what to mind.",
        description = {
            "",
            "Works before the first backup, too. What is written for the trial is removed again; no photo is touched.",
            ""
        },
        footer = {"", "Example:", "  shoebox doctor /media/me/Photos"})
final class DoctorCommand implements Callable<Integer> {
    private static final long LITTLE_ROOM = 1_000_000_000;

    private final InstantSource clock;

    @Mixin
    private DestinationOption destination;

    @Mixin
    private final Console console;

    DoctorCommand(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Path root = destination.path();
        Examination found = Destination.examine(root, clock);
        boolean isTight = found.freeBytes() < LITTLE_ROOM;
        int toMind = found.limits().size() + (isTight ? 1 : 0);
        console.result(Words.path(root) + (found.isShoebox() ? " holds a backup" : " can hold a backup") + ", and "
                + (toMind == 0 ? "its disk can do everything Shoebox needs." : "there is something to mind:"));
        if (isTight) {
            advise("little-room", "Only " + Words.bytes(found.freeBytes()) + " are free: make room.");
        }
        for (Limit limit : found.limits()) {
            advise(limit.word(), limit.message());
        }
        show(found);
        console.event(new Event("destination")
                .with("isBackup", found.isShoebox())
                .with("fileSystem", found.fileSystem())
                .with("device", found.device())
                .with("builtIn", found.isBuiltIn())
                .with("freeBytes", found.freeBytes())
                .with("largestFile", largestFile(found))
                .with("foldsCase", found.foldsCase())
                .with("foldsUnicode", found.foldsUnicode())
                .with("limits", found.limits().stream().map(Limit::word).toList()));
        return ExitCode.DONE.number();
    }

    private static OptionalLong largestFile(Examination found) {
        return found.limits().contains(Limit.SMALL_FILES) ? OptionalLong.of(found.largestFile()) : OptionalLong.empty();
    }

    private void advise(String about, String message) {
        console.warn("  " + message);
        console.event(new Event("advice").with("about", about).with("message", message));
    }

    private void show(Examination found) {
        console.result("  Disk: " + found.fileSystem() + " on " + found.device()
                + (found.isBuiltIn() ? ", inside this computer" : ", which may be unplugged") + "; "
                + Words.bytes(found.freeBytes()) + " free");
        if (!found.limits().contains(Limit.NO_READ_BACK)) {
            console.result("  Proof: " + (found.isBuiltIn() ? "one copy in twenty" : "every copy")
                    + " is read back from the disk before it counts as safe");
        }
        console.result("  Names: " + (found.foldsCase() ? "A and a are the same here" : "A and a are different")
                + (found.foldsUnicode() ? "; so are the two ways to write an accent" : "")
                + ". Shoebox gives names that work on every disk.");
    }
}
