package dev.shoebox.cli.find;

import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.naming.AlbumPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.Callable;

/** {@code shoebox find DEST}. */
@Command(
        name = "find",
        header = "Find photos in the backup by date, place, person, title, album, name or camera.",
        description = {
            "",
            "Searches the backup alone and needs no iPhone. A photo must match every option. Persons are the named"
                    + " faces on the iPhone, and those named in the photo or its sidecar. Titles come"
                    + " from the photo or its sidecar ('backup --sidecar xmp' writes them from the iPhone's library).",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox find --taken 2024-05 ~/Pictures/iPhone",
            "  shoebox find --taken 2023..2024-02 --album Oslo ~/Pictures/iPhone",
            "  shoebox find --place 59.91,10.75,20 ~/Pictures/iPhone      within 20 km"
        })
public final class FindCommand implements Callable<Integer> {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    @Mixin
    private DestinationOption destination;

    @Mixin
    private SearchOptions search;

    @Option(
            names = "--album",
            paramLabel = "NAME",
            description = "In this album of the iPhone, or in this folder of albums.")
    private String album;

    @Mixin
    private final Console console;

    private int found;
    private Map<String, List<String>> albums = Map.of();
    private Map<String, SortedSet<String>> persons = Map.of();

    public FindCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path root = destination.path();
        try (Destination opened = Destination.view(root, OpenMode.REQUIRE_EXISTING)) {
            albums = albums(opened);
            persons = opened.memory().persons();
            Map<String, List<Journal.Entry>> photos = new LinkedHashMap<>();
            for (Journal.Entry entry : opened.memory().entries()) {
                if (entry.role() == Role.PHOTO || entry.role() == Role.VIDEO || photos.containsKey(entry.path())) {
                    photos.computeIfAbsent(entry.path(), path -> new ArrayList<>())
                            .add(entry);
                }
            }
            photos.values().stream()
                    .sorted(Comparator.comparing(FindCommand::order))
                    .forEach(entries -> look(root, entries));
        }
        console.outcome(found == 0 ? "Nothing was found." : TextFormat.photos(found) + ".");
        console.event(new JsonEvent("summary")
                .with("exitCode", RunEnding.DONE.number())
                .with("photosAndVideos", found));
        return RunEnding.DONE.number();
    }

    private static String order(List<Journal.Entry> entries) {
        return FoundPhoto.captured(entries).map(Object::toString).orElse("") + " "
                + entries.get(0).path();
    }

    private static Map<String, List<String>> albums(Destination opened) throws IOException {
        Map<String, List<String>> albums = new LinkedHashMap<>();
        for (Map.Entry<AlbumPath, SortedSet<String>> each :
                opened.memory().albums().entrySet()) {
            for (String path : each.getValue()) {
                albums.computeIfAbsent(path, key -> new ArrayList<>())
                        .add(each.getKey().shown());
            }
        }
        return albums;
    }

    private void look(Path root, List<Journal.Entry> entries) {
        String path = entries.get(0).path();
        List<String> in = albums.getOrDefault(path, List.of());
        boolean isInAlbum = album == null
                || in.stream().anyMatch(each -> SearchOptions.contains("/" + each + "/", "/" + album + "/"));
        Optional<FoundPhoto> fitting =
                isInAlbum ? search.look(root.resolve(path), entries, on(path), console.isJson()) : Optional.empty();
        fitting.ifPresent(photo -> tell(photo, entries.get(0), in));
    }

    private List<String> on(String path) {
        return List.copyOf(persons.getOrDefault(path, Collections.emptySortedSet()));
    }

    private void tell(FoundPhoto photo, Journal.Entry stored, List<String> in) {
        found++;
        console.result(photo.captured().map(MINUTE::format).orElse("undated         ") + "  " + stored.path()
                + (in.isEmpty() ? "" : "  in " + String.join(", ", in)));
        console.event(new JsonEvent("photo")
                .with("path", stored.path())
                .with("captured", photo.captured().map(Object::toString))
                .with("names", photo.names())
                .with("albums", in)
                .with("persons", on(stored.path()))
                .with("title", photo.title())
                .with("keywords", photo.keywords())
                .with("camera", photo.camera())
                .with("latitude", photo.place().map(LibraryAsset.Place::latitude))
                .with("longitude", photo.place().map(LibraryAsset.Place::longitude))
                .with("sha256", stored.sha256())
                .with("bytes", stored.size()));
    }
}
