package dev.shoebox.cli.keep;

import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.AlbumLinks;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.naming.AlbumPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.Callable;

/** {@code shoebox albums DEST}. */
@Command(
        name = "albums",
        header = "Show which of the iPhone's albums are in the backup, and make a folder of links for each.",
        description = {
            "",
            "Shows the albums of the iPhone's Photos library as a backup last read it. Moves and copies"
                    + " no photo: links point to each photo, or a list names it if the disk has no links.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox albums ~/Pictures/iPhone",
            "  shoebox albums ~/Pictures/iPhone --links",
            "      Makes ~/Pictures/iPhone/albums with a folder for each album."
        })
public final class AlbumsCommand implements Callable<Integer> {
    private static final String DEFAULT = "";

    private final InstantSource clock;

    @Mixin
    private DestinationOption destination;

    @Option(
            names = "--links",
            arity = "0..1",
            paramLabel = "DIR",
            fallbackValue = DEFAULT,
            description = "Make a folder of links for each album, in this folder. Default: albums in the backup.")
    private String links;

    @Mixin
    private final Console console;

    public AlbumsCommand(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Path root = destination.path();
        // Links are created under the lock, so that no other run moves their targets meanwhile.
        try (Destination opened = links != null
                ? Destination.open(root, OpenMode.REQUIRE_EXISTING, clock, console::say)
                : Destination.view(root, OpenMode.REQUIRE_EXISTING)) {
            tell(root, opened);
        }
        return RunEnding.DONE.number();
    }

    private void tell(Path root, Destination opened) throws IOException {
        SortedMap<AlbumPath, SortedSet<String>> albums = opened.memory().albums();
        if (albums.isEmpty()) {
            console.result("No albums are known in " + TextFormat.path(root) + ". " + TextFormat.command("backup", root)
                    + " reads them from the iPhone when it copies photos.");
        }
        Path folder = Optional.ofNullable(links)
                .filter(named -> !named.equals(DEFAULT))
                .map(named -> Path.of(named))
                .orElse(root.resolve(Destination.ALBUMS));
        Optional<AlbumLinks> made = links == null || albums.isEmpty()
                ? Optional.empty()
                : Optional.of(links.equals(DEFAULT) ? AlbumLinks.in(opened) : AlbumLinks.in(opened, root, folder));
        for (Map.Entry<AlbumPath, SortedSet<String>> album : albums.entrySet()) {
            Optional<AlbumLinks.Kind> kind = made.isPresent()
                    ? Optional.of(made.get().make(album.getKey(), album.getValue()))
                    : Optional.empty();
            int files = album.getValue().size();
            console.result(album.getKey().shown() + "  " + TextFormat.count(files, "file")
                    + kind.map(how -> ", " + TextFormat.hyphenated(how).replace('-', ' '))
                            .orElse(""));
            console.event(new JsonEvent("album")
                    .with("name", album.getKey().shown())
                    .with("titles", album.getKey().titles())
                    .with("files", files)
                    .with("links", kind.map(TextFormat::hyphenated)));
        }
        if (made.isPresent()) {
            console.outcome("The albums are in " + TextFormat.path(folder) + ".");
        }
    }
}
