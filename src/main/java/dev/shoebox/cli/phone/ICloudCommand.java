package dev.shoebox.cli.phone;

import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.option.SourceOptions;
import dev.shoebox.cli.phone.ICloudOutput.Look;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.coverage.AssetCoverage;
import dev.shoebox.coverage.AtStake;
import dev.shoebox.coverage.BackedUpFiles;
import dev.shoebox.coverage.Coverage;
import dev.shoebox.coverage.icloud.Cause;
import dev.shoebox.coverage.icloud.CloudFacts.Live;
import dev.shoebox.coverage.icloud.CloudLook;
import dev.shoebox.coverage.icloud.Diagnosis;
import dev.shoebox.coverage.icloud.Movement;
import dev.shoebox.coverage.icloud.Stake;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.library.LibraryReader;
import dev.shoebox.library.cloud.CloudNotesReader;
import dev.shoebox.library.database.LibraryResult;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.record.RecordedRuns;
import dev.shoebox.system.AppDirectories;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code shoebox icloud [DEST]}. */
@Command(
        name = "icloud",
        header = "Explain why iCloud Photos has stopped, what is at stake, and what to do.",
        description = {
            "",
            "Reads the iPhone's own records of iCloud Photos, and its Photos library. Copies and changes"
                    + " nothing. docs/icloud.md explains these records and how reliable they are.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox icloud",
            "  shoebox icloud ~/Pictures/iPhone",
            "      Also show whether that backup has the photos at stake.",
            "  shoebox icloud --watch",
            "      Check every ten minutes whether it makes progress."
        })
public final class ICloudCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);

    @Spec
    private CommandSpec command;

    @Mixin
    private SourceOptions from;

    @Mixin
    private DestinationOption destination;

    @Option(
            names = "--deep",
            description = "Also read the queue of iCloud Photos if it is large, which may take minutes.")
    private boolean deep;

    @Option(
            names = "--watch",
            description = "Keep running, check again every ten minutes, and report what changed. Ctrl-C ends it.")
    private boolean watch;

    @Mixin
    private final Console console;

    private final AppDirectories places;
    private final InstantSource clock;
    private final Waits waits;

    /** Lets time pass. */
    public interface Waits {
        /** @return whether to continue; false after an interrupt */
        boolean pass(Duration time);
    }

    public ICloudCommand(Console console, AppDirectories places, InstantSource clock, Waits waits) {
        this.console = console;
        this.places = places;
        this.clock = clock;
        this.waits = waits;
    }

    @Override
    public Integer call() throws IOException {
        Optional<Path> named = destination.pathIfThere();
        if (named.isPresent()) {
            // Checked before waiting for the phone: a wrong folder should not cost two minutes.
            DestinationFolder.requireSuitable(named.get(), OpenMode.REQUIRE_EXISTING);
        }
        Holder holder = named.isPresent() ? source -> Optional.of(held(named.get(), source)) : this::remembered;
        try (SourceOptions.Opened opened = from.openWithPhone(console, Scope.USUAL)) {
            Look look = look(opened, holder);
            String name = opened.source().id().name();
            RunEnding code = code(look.diagnosis().cause());
            ICloudOutput output = new ICloudOutput(console, name, ZoneId.systemDefault());
            output.show(look, code);
            while (watch && waits.pass(BETWEEN_LOOKS)) {
                Look next = look(opened, holder);
                code = code(next.diagnosis().cause());
                output.moved(Movement.between(look.diagnosis(), next.diagnosis()), next.diagnosis(), code);
                look = next;
            }
            return code.number();
        }
    }

    private static RunEnding code(Cause cause) {
        return switch (cause) {
            case NONE -> RunEnding.DONE;
            case UNREADABLE -> RunEnding.UNTOLD;
            default -> RunEnding.INCOMPLETE;
        };
    }

    /** What a backup has of a phone. */
    private record Held(Path root, BackedUpFiles files) {}

    /** Finds the backup of a phone. */
    private interface Holder {
        Optional<Held> of(SourceId phone) throws IOException;
    }

    private Look look(SourceOptions.Opened opened, Holder holder) throws IOException {
        MediaSource source = opened.source();
        Instant now = clock.instant();
        List<String> remarks = new ArrayList<>();
        LibraryResult reading = new LibraryReader(places.cache()).read(source, this::copying, () -> false);
        reading.note().ifPresent(remarks::add);
        CloudLook look = new CloudLook(places.cache(), CloudNotesReader.SECOND);
        opened.zone().ifPresent(look::zone);
        opened.info().ifPresent(info -> look.live(new Live(info.space().freeBytes(), info.battery())));
        if (deep) {
            look.deep(this::copying);
        }
        Library read = reading.library();
        CloudLook.Seen seen = look.at(source, read, now)
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(), "--from must be a folder that is a copy of an iPhone."));
        seen.note().filter(note -> deep).ifPresent(remarks::add);
        Diagnosis diagnosis = seen.diagnosis();
        Library library = diagnosis.on().map(read::withICloud).orElse(read);
        Listing listing = Scope.USUAL.of(source.list());
        List<AssetCoverage> covered = Coverage.of(listing, library);
        Optional<Held> held = holder.of(source.id());
        boolean complete = listing.unreadable().isEmpty() && library.isThere();
        Stake stake = held.map(backup -> AtStake.of(covered, complete, backup.files(), diagnosis.cause()))
                .orElseGet(() -> AtStake.of(covered, diagnosis.cause()));
        return new Look(diagnosis, stake, held.map(Held::root), remarks);
    }

    /** Returns the last backup of this phone that this computer knows of; empty if it cannot be opened. */
    private Optional<Held> remembered(SourceId source) throws IOException {
        Optional<Path> last = new RecordedRuns(places.state(), clock, line -> {})
                .here().stream()
                        .filter(run -> run.kind() == RunRecord.Kind.BACKUP)
                        .filter(run -> run.source()
                                .filter(known -> known.id().equals(source.id()))
                                .isPresent())
                        .map(run -> Path.of(run.destination()))
                        .filter(root -> DestinationFolder.identity(root).isPresent())
                        .findFirst();
        try {
            return last.isPresent() ? Optional.of(held(last.get(), source)) : Optional.empty();
        } catch (DestinationException unusable) {
            return Optional.empty();
        }
    }

    private static Held held(Path root, SourceId source) throws IOException {
        try (Destination opened = Destination.view(root, OpenMode.REQUIRE_EXISTING)) {
            return new Held(root, BackedUpFiles.of(opened, source));
        }
    }

    private void copying(long bytes) {
        if (bytes >= 40_000_000) {
            console.say("Reading the iPhone's records of iCloud Photos (" + TextFormat.bytes(bytes) + ").");
        }
    }
}
