package dev.shoebox.cli.phone;

import dev.shoebox.backup.AssetSelection;
import dev.shoebox.cli.backup.PassedOverOutput;
import dev.shoebox.cli.option.FilterOptions;
import dev.shoebox.cli.option.SourceOptions;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.run.PhoneLibrary;
import dev.shoebox.system.AppDirectories;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** {@code shoebox list}. */
@Command(
        name = "list",
        header = "Show what photos and videos are on an iPhone, by folder, type and size.",
        footer = {
            "",
            "Examples:",
            "  shoebox list",
            "  shoebox list -v              every file",
            "  shoebox list --json          every file, for other programs",
            "  shoebox list --since 30d --only video",
            "                               films of the last 30 days",
            "  shoebox list --from ~/old    a folder instead of an iPhone"
        })
public final class ListCommand implements Callable<Integer> {
    @Mixin
    private SourceOptions from;

    @Mixin
    private FilterOptions choosing;

    @Mixin
    private final Console console;

    private final InstantSource clock;
    private final AppDirectories places;

    public ListCommand(Console console, AppDirectories places, InstantSource clock) {
        this.places = places;
        this.console = console;
        this.clock = clock;
    }

    private void notListed(int assets, String why) {
        if (assets > 0) {
            console.result(TextFormat.photos(assets) + " not listed" + why);
        }
    }

    @Override
    public Integer call() throws IOException {
        ZoneId zone = ZoneId.systemDefault();
        AssetFilter choice = choosing.choice(clock.instant(), zone);
        try (MediaSource source = from.open(console, choosing.scope())) {
            Listing listing = choosing.scope().of(source.list());
            source.remarks().forEach(console.tellingEvents()::warn);
            Library library = library(source, listing);
            List<Asset> all = AssetGrouping.group(listing);
            Map<AssetFilter.Verdict, List<Asset>> judged =
                    new AssetSelection(choice, source, library, choosing.dating(clock.instant(), zone)).judge(all);
            List<Asset> assets = judged.getOrDefault(AssetFilter.Verdict.CHOSEN, List.of());
            List<MediaFile> files = assets.size() == all.size()
                    ? listing.files()
                    : assets.stream()
                            .flatMap(asset -> asset.resources().stream())
                            .map(Resource::file)
                            .toList();
            if (console.isVerbose()) {
                files.forEach(file -> console.result(file.path() + "  " + TextFormat.bytes(file.size())));
                console.result("");
            }
            table("Folder", files, file -> file.directory().isEmpty() ? "." : file.directory());
            table("Type", files, ListCommand::type);
            long bytes = files.stream().mapToLong(MediaFile::size).sum();
            console.result(
                    TextFormat.photos(assets.size()) + " on " + source.id().name() + ": "
                            + TextFormat.count(files.size(), "file") + ", " + TextFormat.bytes(bytes) + ".");
            notListed(
                    judged.getOrDefault(AssetFilter.Verdict.LEFT_OUT, List.of()).size(), ", as you chose.");
            notListed(
                    judged.getOrDefault(AssetFilter.Verdict.TRASHED, List.of()).size(),
                    ": in Recently Deleted; --include-trashed lists them.");
            assets.forEach(asset -> asset.resources().forEach(resource -> console.event(event(asset, resource))));
            listing.unreadable().forEach(this::unreadable);
            var passedOver = new PassedOverOutput(console);
            passedOver.name(listing.inventory());
            passedOver.tell(listing.inventory());
            RunEnding code = listing.unreadable().isEmpty() ? RunEnding.DONE : RunEnding.INCOMPLETE;
            console.event(new JsonEvent("summary")
                    .with("exitCode", code.number())
                    .with("photosAndVideos", assets.size())
                    .with("files", files.size())
                    .with("bytes", bytes)
                    .with("found", listing.inventory().found())
                    .with("passedOver", listing.inventory().passedOver())
                    .with("passedOverKinds", PassedOverOutput.counts(listing.inventory()))
                    .with("clutter", listing.inventory().clutter())
                    .with("leftOut", all.size() - assets.size()));
            return code.number();
        }
    }

    private Library library(MediaSource source, Listing listing) {
        Library library = new PhoneLibrary(places, console.tellingEvents()).read(source, listing);
        choosing.check(library);
        if (!library.isThere()) {
            choosing.remarkWithout().ifPresent(console::say);
        }
        return library;
    }

    private void table(String heading, List<MediaFile> files, Function<MediaFile, String> key) {
        Map<String, Sum> rows = new TreeMap<>();
        files.forEach(file -> rows.merge(key.apply(file), new Sum(1, file.size()), Sum::plus));
        if (rows.isEmpty()) {
            return;
        }
        int width = rows.keySet().stream()
                .map(TextFormat::printable)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        width = Math.max(width, heading.length());
        console.result(String.format(Locale.ROOT, "%-" + width + "s  %9s  %10s", heading, "Files", "Size"));
        for (Map.Entry<String, Sum> row : rows.entrySet()) {
            console.result(String.format(
                    Locale.ROOT,
                    "%-" + width + "s  %9s  %10s",
                    TextFormat.printable(row.getKey()),
                    TextFormat.count(row.getValue().files),
                    TextFormat.bytes(row.getValue().bytes)));
        }
        console.result("");
    }

    private static String type(MediaFile file) {
        int dot = file.name().lastIndexOf('.');
        return dot <= 0 ? "(none)" : file.name().substring(dot + 1).toUpperCase(Locale.ROOT);
    }

    private static JsonEvent event(Asset asset, Resource resource) {
        MediaFile file = resource.file();
        return new JsonEvent("file")
                .with("path", file.path())
                .with("asset", asset.key())
                .with("role", TextFormat.hyphenated(resource.role()))
                .with("bytes", file.size())
                .with("modified", file.modified().toString())
                .with("created", file.created().map(Object::toString));
    }

    private void unreadable(Unreadable file) {
        console.warn(TextFormat.about(file.path(), file.message()));
        console.event(new JsonEvent("unreadable")
                .with("path", file.path())
                .with("reason", TextFormat.hyphenated(file.reason()))
                .with("message", file.message()));
    }

    private record Sum(long files, long bytes) {
        Sum plus(Sum other) {
            return new Sum(files + other.files, bytes + other.bytes);
        }
    }
}
