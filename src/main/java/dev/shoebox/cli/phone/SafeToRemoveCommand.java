package dev.shoebox.cli.phone;

import dev.shoebox.backup.AssetSelection;
import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.option.FilterOptions;
import dev.shoebox.cli.option.SourceOptions;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.coverage.SafeToRemove;
import dev.shoebox.coverage.SafeToRemove.Judged;
import dev.shoebox.coverage.SafeToRemove.Standing;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.run.PhoneLibrary;
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
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code shoebox safe-to-remove DEST}. */
@Command(
        name = "safe-to-remove",
        header = "List photos on an iPhone that are proven to be in the backup, so that you could delete them by hand.",
        description = {
            "",
            "Deletes nothing, here or on the iPhone. Lists a photo if 'shoebox verify' has read each of its files"
                    + " since it was copied and found it intact.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox safe-to-remove ~/Pictures/iPhone",
            "  shoebox safe-to-remove --copies 2 --and /media/me/Photos ~/Pictures/iPhone",
            "      Only photos that are proven in both backups."
        })
public final class SafeToRemoveCommand implements Callable<Integer> {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    @Spec
    private CommandSpec command;

    @Mixin
    private DestinationOption destination;

    @Mixin
    private SourceOptions from;

    @Mixin
    private FilterOptions choosing;

    @Option(
            names = "--copies",
            paramLabel = "COUNT",
            description = "In how many backups a photo must be proven. Default: in all that are given.")
    private Integer copies;

    @Option(names = "--and", paramLabel = "DEST", arity = "1", description = "Another backup. May be repeated.")
    private List<Path> others = List.of();

    @Mixin
    private final Console console;

    private Path root = Path.of("");

    private final AppDirectories places;
    private final InstantSource clock;

    public SafeToRemoveCommand(Console console, AppDirectories places, InstantSource clock) {
        this.console = console;
        this.places = places;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        int needed = Objects.requireNonNullElse(copies, 1 + others.size());
        if (needed < 1 || needed > 1 + others.size()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--copies " + needed + " needs that many backups: give each other one with --and.");
        }
        ZoneId zone = ZoneId.systemDefault();
        AssetFilter choice = choosing.choice(clock.instant(), zone);
        List<Destination> opened = new ArrayList<>();
        root = destination.path();
        try (Destination backup = Destination.view(root, OpenMode.REQUIRE_EXISTING)) {
            for (Path other : others) {
                if (other.toRealPath().equals(root.toRealPath())) {
                    throw new ParameterException(
                            command.commandLine(), other + " is the same backup: give a second, separate one.");
                }
                opened.add(Destination.view(other, OpenMode.REQUIRE_EXISTING));
            }
            warnOfCopiesElsewhere();
            boolean pastCache = warnOfCopiesInMemory();
            try (MediaSource source = from.open(console, choosing.scope())) {
                Listing listing = choosing.scope().of(source.list());
                source.remarks().forEach(console.tellingEvents()::warn);
                Library library = new PhoneLibrary(places, console.tellingEvents()).read(source, listing);
                choosing.check(library);
                List<Asset> all = AssetGrouping.group(listing);
                List<Asset> chosen =
                        new AssetSelection(choice, source, library, choosing.dating(clock.instant(), zone)).of(all);
                List<Judged> judged = new SafeToRemove(backup, source.id(), new SafeToRemove.Seen(all, library), opened)
                        .judge(chosen, needed);
                show(judged, library, needed, pastCache);
                return RunEnding.DONE.number();
            }
        } finally {
            opened.forEach(Destination::close);
        }
    }

    /** Warns that a copy in a cloud or network folder is verified only as far as this computer can see. */
    private void warnOfCopiesElsewhere() throws IOException {
        for (Path each :
                Stream.concat(Stream.of(destination.path()), others.stream()).toList()) {
            DestinationFolder.elsewhere(each).ifPresent(said -> console.warn(each + ": " + said));
        }
    }

    /**
     * Warns that the copies on a disk were verified through the system's cache, which may still hold what was written.
     *
     * @return whether the disks themselves were read
     */
    private boolean warnOfCopiesInMemory() throws IOException {
        boolean pastCache = true;
        for (Path each :
                Stream.concat(Stream.of(destination.path()), others.stream()).toList()) {
            if (!DestinationFolder.readsPastCache(each)) {
                pastCache = false;
                console.warn(each + " cannot be read without the computer's cache. If you did not unplug this disk "
                        + "between the last backup and its verification, unplug it, plug it in again and run "
                        + TextFormat.command("verify", each) + " before you delete anything.");
            }
        }
        return pastCache;
    }

    private void show(List<Judged> judged, Library library, int needed, boolean pastCache) {
        long safe = 0;
        long bytes = 0;
        for (Judged each : judged.stream()
                .sorted(Comparator.comparing(
                        one -> taken(one).map(Object::toString).orElse("")))
                .toList()) {
            if (each.standing() == Standing.SAFE) {
                safe++;
                bytes += each.bytes();
                console.result(line(each));
            }
            console.event(new JsonEvent(each.standing() == Standing.SAFE ? "safe" : "not-safe")
                    .with("path", each.asset().primary().file().path())
                    .with("name", name(each))
                    .with("title", each.known().flatMap(LibraryAsset::title))
                    .with("albums", albums(each))
                    .with("captured", taken(each).map(Object::toString))
                    .with("proven", each.proven().map(Object::toString))
                    .with("copies", each.standing() == Standing.SAFE ? Optional.of(each.copies()) : Optional.empty())
                    .with("files", each.asset().resources().size())
                    .with("bytes", each.bytes())
                    .with(
                            "reason",
                            each.standing() == Standing.SAFE
                                    ? Optional.empty()
                                    : Optional.of(TextFormat.hyphenated(each.standing()))));
        }
        console.outcome(TextFormat.photos(safe) + ", " + TextFormat.bytes(bytes) + ", "
                + (safe == 1 ? "is" : "are") + " proven in " + TextFormat.count(needed, "backup")
                + " and could be deleted on the iPhone by hand. Nothing was deleted.");
        reasons(judged);
        String effect = effect(library);
        console.outcome(effect);
        console.event(new JsonEvent("summary")
                .with("exitCode", RunEnding.DONE.number())
                .with("photosAndVideos", safe)
                .with("bytes", bytes)
                .with("notSafe", judged.size() - safe)
                .with("copies", needed)
                .with("pastCache", pastCache)
                .with("effect", effect));
    }

    /** Returns the capture time, as far as it is known without reading the file. */
    private Optional<LocalDateTime> taken(Judged judged) {
        ZoneId zone = ZoneId.systemDefault();
        return judged.known()
                .flatMap(known -> CaptureTime.of(known, zone))
                .or(() -> CaptureTime.of(judged.asset().primary().file(), clock.instant())
                        .map(time -> time.placedIn(zone)))
                .map(CaptureTime::local);
    }

    /** Returns a recognisable name: the one in the camera roll, or the original file name. */
    private static String name(Judged judged) {
        return judged.known()
                .flatMap(LibraryAsset::originalName)
                .orElseGet(() -> judged.asset().primary().file().name());
    }

    private static List<String> albums(Judged judged) {
        return judged.known().map(LibraryAsset::albums).orElse(List.of()).stream()
                .map(AlbumPath::shown)
                .toList();
    }

    private String line(Judged judged) {
        String path = judged.asset().primary().file().path();
        String title = judged.known()
                .flatMap(LibraryAsset::title)
                .map(text -> "  \u201c" + text + "\u201d")
                .orElse("");
        List<String> albums = albums(judged);
        return taken(judged).map(MINUTE::format).orElse("undated         ") + "  " + name(judged) + title
                + (albums.isEmpty() ? "" : "  in " + String.join(", ", albums))
                + "  " + TextFormat.bytes(judged.bytes())
                + "  proven " + judged.proven().map(this::ago).orElse("") + ", "
                + (judged.copies() == 1 ? "1 copy" : TextFormat.count(judged.copies()) + " copies")
                + (path.endsWith("/" + name(judged)) ? "  " + path.substring(0, path.lastIndexOf('/')) : "  " + path);
    }

    private String ago(Instant proven) {
        long days = Duration.between(proven, clock.instant()).toDays();
        return days < 1 ? "today" : TextFormat.count(days, "day") + " ago";
    }

    private void reasons(List<Judged> judged) {
        for (Standing standing : Standing.values()) {
            long count =
                    judged.stream().filter(each -> each.standing() == standing).count();
            if (count > 0 && standing != Standing.SAFE) {
                console.outcome("Not listed: " + TextFormat.photos(count) + ": "
                        + switch (standing) {
                            case NOT_BACKED_UP ->
                                "not (or not wholly) in the backup; " + command("backup") + " copies them.";
                            case FORGOTTEN ->
                                "you deleted them from the backup and forgot them; the iPhone may have the "
                                        + "last copy.";
                            case DAMAGED -> "damaged in the backup; " + command("repair") + " restores them.";
                            case IMPLAUSIBLE ->
                                "a file of them is empty, cut short, of no known format or not the one that Photos"
                                        + " imported; look at them before you delete anything.";
                            case NOT_VERIFIED ->
                                "in the backup, but not verified since; " + command("verify") + " verifies them.";
                            case TOO_FEW_COPIES -> "not proven in enough backups; verify the others, too.";
                            case PART_IN_ICLOUD -> "a part of them is only in iCloud and would be deleted there, too.";
                            case SAFE -> "";
                        });
            }
        }
    }

    private String command(String name) {
        return TextFormat.command(name, root);
    }

    private static String effect(Library library) {
        Optional<Boolean> icloud = library.icloud();
        String removed = "Photos deleted on the iPhone stay in Recently Deleted for 30 days.";
        if (icloud.isEmpty()) {
            return "If iCloud Photos is on, deleting a photo on the iPhone deletes it in iCloud and on all "
                    + "other devices of"
                    + " this account, too. " + removed;
        }
        return icloud.get()
                ? "iCloud Photos is on: deleting a photo on the iPhone deletes it in iCloud and on all "
                        + "other devices of this"
                        + " account, too. " + removed
                : "iCloud Photos is off: deleting a photo on the iPhone deletes it there alone. " + removed;
    }
}
