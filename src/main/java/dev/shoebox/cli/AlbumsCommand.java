package dev.shoebox.cli;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.LibraryNote;
import dev.shoebox.destination.LibraryNotes;
import dev.shoebox.destination.Opening;
import dev.shoebox.destination.Status;
import dev.shoebox.destination.Stored;
import dev.shoebox.photos.AlbumPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code shoebox albums DEST}. */
@Command(
        name = "albums",
        header = "Show the iPhone's albums as they are in the backup, and make a folder of links for each.",
        description = {
            "",
            "Albums are those of the iPhone's Photos library when a backup last read it. No photo is moved or copied: links"
                    + " lead to where it lies, or a list names it where the disk knows no links.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox albums ~/Pictures/iPhone",
            "  shoebox albums ~/Pictures/iPhone --links",
            "      Makes ~/Pictures/iPhone/albums with a folder for each album."
        })
final class AlbumsCommand implements Callable<Integer> {
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
    private Optional<String> links = Optional.empty();

    @Mixin
    private final Console console;

    AlbumsCommand(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Path root = destination.path();
        Map<AlbumPath, Set<String>> albums;
        // Links are made under the lock: another run must not move what they lead to meanwhile.
        try (Destination opened = links.isPresent()
                ? Destination.open(root, Opening.REQUIRE_EXISTING, clock, console::say)
                : Destination.view(root, Opening.REQUIRE_EXISTING)) {
            albums = albums(opened);
            tell(root, albums);
        }
        return ExitCode.DONE.number();
    }

    private void tell(Path root, Map<AlbumPath, Set<String>> albums) throws IOException {
        if (albums.isEmpty()) {
            console.result("No albums are known of in " + Words.path(root) + ". " + Words.command("backup", root)
                    + " reads them from the iPhone when it copies something.");
        }
        Optional<AlbumLinks> folder = links.map(named ->
                new AlbumLinks(root, named.equals(DEFAULT) ? root.resolve(Destination.ALBUMS) : Path.of(named)));
        for (Map.Entry<AlbumPath, Set<String>> album : albums.entrySet()) {
            List<String> files = List.copyOf(album.getValue());
            Optional<AlbumLinks.Kind> made =
                    folder.isPresent() ? Optional.of(folder.get().make(album.getKey(), files)) : Optional.empty();
            console.result(album.getKey().shown() + "  " + Words.count(files.size(), "file")
                    + made.map(kind -> ", " + Words.hyphenated(kind).replace('-', ' '))
                            .orElse(""));
            console.event(new Event("album")
                    .with("name", album.getKey().shown())
                    .with("titles", album.getKey().titles())
                    .with("files", files.size())
                    .with("links", made.map(Words::hyphenated)));
        }
        folder.ifPresent(made -> console.outcome("The albums lie in " + Words.path(made.folder()) + "."));
    }

    /** The files of each album, as paths in the backup. */
    private static Map<AlbumPath, Set<String>> albums(Destination opened) throws IOException {
        Map<AlbumPath, Set<String>> albums = new TreeMap<>();
        for (Status status : opened.status()) {
            Optional<LibraryNotes> notes = opened.memory().libraryNotes(status.source());
            if (notes.isEmpty()) {
                continue;
            }
            Map<String, List<AlbumPath>> byAsset = new HashMap<>();
            for (LibraryNote note : notes.get().notes()) {
                byAsset.put(note.asset(), note.albums());
            }
            try (Stream<Stored> rows = opened.stored(status.source())) {
                for (Iterator<Stored> each = rows.iterator(); each.hasNext(); ) {
                    Stored row = each.next();
                    for (AlbumPath album : byAsset.getOrDefault(row.asset(), List.of())) {
                        albums.computeIfAbsent(album, name -> new TreeSet<>()).add(row.path());
                    }
                }
            }
        }
        return albums;
    }
}
