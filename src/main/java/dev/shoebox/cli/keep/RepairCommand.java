package dev.shoebox.cli.keep;

import dev.shoebox.backup.SourceRepair;
import dev.shoebox.backup.plan.LibrarySource;
import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.Progress;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.Repair;
import dev.shoebox.destination.Repair.Damage;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.proof.Finding;
import dev.shoebox.destination.proof.Verification;
import dev.shoebox.device.Phone;
import dev.shoebox.device.Phones;
import dev.shoebox.device.WaitForPerson;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.history.RunEnding;
import dev.shoebox.phonefiles.FileChoice;
import dev.shoebox.phonefiles.PhoneFiles;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.PhoneLibrary;
import dev.shoebox.system.AppDirectories;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code shoebox repair DEST}. */
@Command(
        name = "repair",
        header = "Restore photos of a backup that are damaged or missing.",
        description = {
            "",
            "Reads the whole backup. Restores each damaged or missing file from another place in the"
                    + " backup, from a connected iPhone that still has it under any name, or from a second backup;"
                    + " only bytes with the recorded SHA-256 are used. Damaged files are moved to"
                    + " .shoebox/set-aside. Nothing is deleted.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox repair ~/Pictures/iPhone",
            "  shoebox repair --from /media/me/Copy ~/Pictures/iPhone"
        })
public final class RepairCommand implements Callable<Integer> {
    private final InstantSource clock;
    private final AppDirectories places;
    private int denied;

    @Mixin
    private DestinationOption destination;

    @Option(names = "--from", paramLabel = "DEST2", description = "Another backup that may hold the same photos.")
    private Path second;

    @Mixin
    private final Console console;

    public RepairCommand(Console console, AppDirectories places, InstantSource clock) {
        this.console = console;
        this.places = places;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Path root = destination.path();
        try (Repair repair = Repair.open(root, clock, console::say)) {
            List<Damage> damages = examine(repair);
            List<Damage> left = new ArrayList<>(damages);
            for (Damage damage : List.copyOf(left)) {
                if (repair.mend(damage)) {
                    mended(damage, TextFormat.path(root), left);
                }
            }
            if (!left.isEmpty()) {
                fromPhones(repair, left);
            }
            if (second != null && !left.isEmpty()) {
                fromBackup(repair, second, left);
            }
            repair.reconcile().forEach(this::reconciled);
            return conclude(damages.size(), left, TextFormat.path(root)).number();
        }
    }

    private List<Damage> examine(Repair repair) throws IOException {
        try (Progress progress = new Progress(console, "Checking for damage ...", System::nanoTime)) {
            progress.start();
            return repair.examine(new Verification.Listener() {
                @Override
                public void found(Finding finding) {
                    if (finding instanceof Finding.Denied kept) {
                        denied++;
                        console.warn(kept.path() + ": " + kept.reason());
                        console.event(new JsonEvent("denied")
                                .with("path", kept.path())
                                .with("message", kept.reason()));
                    }
                }

                @Override
                public void progress(Verification.Progress now) {
                    progress.set(now.files(), now.ofFiles(), now.bytes(), now.ofBytes());
                }
            });
        }
    }

    private void fromBackup(Repair repair, Path other, List<Damage> left) throws IOException {
        try (Destination opened = Destination.view(other, OpenMode.REQUIRE_EXISTING)) {
            for (Damage damage : List.copyOf(left)) {
                if (repair.mend(damage, opened)) {
                    mended(damage, TextFormat.path(other), left);
                }
            }
        }
    }

    /** Without a phone, or without libimobiledevice, a second backup may still have helped. */
    private void fromPhones(Repair repair, List<Damage> left) throws IOException {
        List<Phone> phones;
        try {
            phones = Phones.load().list();
        } catch (DeviceException none) {
            return;
        }
        for (Phone phone : phones) {
            try (MediaSource source = phone.photos(WaitForPerson.NONE)) {
                var library = new PhoneLibrary(places, console);
                LibrarySource known = (listing, effort) -> library.read(source, listing);
                for (Damage damage : new SourceRepair(repair, source, known).mend(left)) {
                    mended(damage, source.id().name(), left);
                }
                if (left.stream().anyMatch(damage -> isFileOf(phone, damage))) {
                    filesFrom(phone, repair, left);
                }
            } catch (DeviceException lost) {
                console.warn(lost.getMessage());
            }
        }
    }

    private static boolean isFileOf(Phone phone, Damage damage) {
        return damage.origins().stream()
                .map(Repair.Origin::source)
                .anyMatch(source -> source.kind() == SourceId.Kind.PHONE_FILES
                        && source.id().equals(SourceId.ofFiles(phone.udid())));
    }

    private void filesFrom(Phone phone, Repair repair, List<Damage> left) throws IOException {
        try (PhoneFiles files = PhoneFiles.open(phone, FileChoice.EVERYTHING, WaitForPerson.NONE)) {
            for (Damage damage : new SourceRepair(repair, files, LibrarySource.NONE).mend(left)) {
                mended(damage, files.id().name(), left);
            }
        }
    }

    private void reconciled(String path, String first) {
        console.say(path + " was stored because " + first + " was damaged. That file is repaired, so this "
                + "one was moved to .shoebox/set-aside.");
        console.event(new JsonEvent("reconciled").with("path", path).with("as", first));
    }

    private void mended(Damage damage, String from, List<Damage> left) {
        left.remove(damage);
        console.say(damage.path() + " was restored from " + from);
        console.event(new JsonEvent("mended").with("path", damage.path()).with("from", from));
    }

    private RunEnding conclude(int damaged, List<Damage> left, String place) {
        for (Damage damage : left) {
            String from = damage.origins().stream()
                    .map(origin -> origin.source().kind() == SourceId.Kind.PHONE
                            ? origin.file().path() + " of " + origin.source().name()
                            : origin.file().path())
                    .findFirst()
                    .map(origin -> "; it was " + origin)
                    .orElse("");
            console.warn(damage.path() + " could not be restored" + from);
            console.event(new JsonEvent("unmended").with("path", damage.path()));
        }
        RunEnding code = !left.isEmpty() ? RunEnding.DAMAGED : denied > 0 ? RunEnding.INCOMPLETE : RunEnding.DONE;
        if (damaged == 0 && denied > 0) {
            console.warn("Nothing that you can read in " + place + " is damaged or missing.");
        } else if (damaged == 0) {
            console.outcome("Nothing in " + place + " is damaged or missing.");
        } else if (left.isEmpty()) {
            console.outcome(
                    (damaged == 1 ? "The " : "All ") + TextFormat.count(damaged, "damaged or missing file") + " in "
                            + place + (damaged == 1 ? " is" : " are")
                            + " restored. Damaged files were moved to .shoebox/set-aside.");
        } else {
            console.warn(TextFormat.count(left.size()) + " of " + TextFormat.count(damaged, "damaged or missing file")
                    + " in "
                    + place + " could not be restored; see above. Connect and unlock the iPhone they came "
                    + "from and run this command again, or give a second backup with --from.");
        }
        console.event(new JsonEvent("summary")
                .with("exitCode", code.number())
                .with("damaged", damaged)
                .with("mended", damaged - left.size())
                .with("unmended", left.size()));
        return code;
    }
}
