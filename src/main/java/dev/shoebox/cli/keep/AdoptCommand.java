package dev.shoebox.cli.keep;

import dev.shoebox.backup.Adoption;
import dev.shoebox.backup.event.DateSource;
import dev.shoebox.backup.plan.CaptureTimeResolver;
import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.Progress;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.folder.FolderSource;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.run.PhoneLibrary;
import dev.shoebox.system.AppDirectories;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code shoebox adopt DEST}. */
@Command(
        name = "adopt",
        header = "Treat the photos that a folder already holds as backed up, so that a backup copies only"
                + " what is missing.",
        description = {
            "",
            "For a folder that another program or you filled: MobiMover, iMazing, Image Capture,"
                    + " icloudpd, osxphotos, digiKam, a copy by hand. Reads each photo once, and recognises it by"
                    + " its content from then on. Nothing in the folder is moved, renamed or changed; SHA256SUMS"
                    + " and .shoebox are added. Converted or scaled copies count as other photos: their originals"
                    + " are copied beside them.",
            "",
            "Run it again to continue after an interruption. 'shoebox backup --init' does the same"
                    + " before it copies.",
            ""
        },
        footer = {"", "Example:", "  shoebox adopt ~/Pictures/From-my-iPhone"})
public final class AdoptCommand implements Callable<Integer> {
    private final InterruptHandler interrupts;
    private final AppDirectories places;
    private final InstantSource clock;

    @Mixin
    private DestinationOption destination;

    @Mixin
    private final Console console;

    public AdoptCommand(Console console, InterruptHandler interrupts, AppDirectories places, InstantSource clock) {
        this.places = places;
        this.console = console;
        this.interrupts = interrupts;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Path root = destination.path();
        // Do not create a folder that was mistyped: it has nothing to adopt.
        OpenMode opening = Files.isDirectory(root) ? OpenMode.INITIALISE : OpenMode.REQUIRE_EXISTING;
        AtomicBoolean stopped = new AtomicBoolean();
        Adoption.Result result;
        try (Destination opened = Destination.open(root, opening, clock, console::say);
                MediaSource folder = FolderSource.open(root);
                Progress progress = new Progress(console, "Scanning the folder ...", System::nanoTime)) {
            interrupts.onFirst(() -> {
                console.say("Stopping. Files already read are recorded.");
                stopped.set(true);
            });
            progress.start();
            var setting = new CaptureTimeResolver.Setting(
                    folder.id().name(), ZoneId.systemDefault(), clock.instant(), DateSource.PHOTOS);
            var told = new PhoneLibrary(places, console);
            result = new Adoption(
                            folder,
                            (listing, all) -> told.read(folder, listing, stopped::get),
                            opened,
                            setting,
                            clock,
                            stopped::get,
                            listener(progress))
                    .run();
        }
        return conclude(result, root).number();
    }

    private Adoption.Listener listener(Progress progress) {
        return new Adoption.Listener() {
            @Override
            public void progress(long files, long ofFiles, long bytes, long ofBytes) {
                progress.set(files, ofFiles, bytes, ofBytes);
            }

            @Override
            public void differs(String path) {
                console.warn(path + " does not match SHA256SUMS: it was changed or is damaged. Check it; it was "
                        + "not adopted.");
                console.event(new JsonEvent("differs").with("path", path));
            }

            @Override
            public void unreadable(String path, String reason) {
                console.warn(path + ": " + reason);
                console.event(new JsonEvent("unreadable").with("path", path).with("message", reason));
            }
        };
    }

    private RunEnding conclude(Adoption.Result result, Path root) {
        RunEnding ending = result.interrupted()
                ? RunEnding.INTERRUPTED
                : result.differing() + result.unreadable() > 0 ? RunEnding.INCOMPLETE : RunEnding.DONE;
        console.outcome(TextFormat.count(result.adopted(), "file") + ", " + TextFormat.bytes(result.bytes()) + ", in "
                + TextFormat.path(root) + (result.adopted() == 1 ? " counts" : " count") + " as backed up now"
                + (result.known() == 0 ? "" : "; " + TextFormat.count(result.known()) + " did before")
                + ". Nothing was moved or copied.");
        if (result.interrupted()) {
            console.warn("Stopped. Run the same command again to continue.");
        } else if (ending == RunEnding.DONE) {
            console.say(TextFormat.command("backup", root) + " copies what the iPhone has beside these.");
        }
        console.event(new JsonEvent("summary")
                .with("exitCode", ending.number())
                .with("adopted", result.adopted())
                .with("bytes", result.bytes())
                .with("known", result.known())
                .with("differing", result.differing())
                .with("unreadable", result.unreadable())
                .with("interrupted", result.interrupted()));
        return ending;
    }
}
