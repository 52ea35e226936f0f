package dev.shoebox.library;

import dev.shoebox.library.database.LibraryCopy;
import dev.shoebox.library.database.NoLibraryException;
import dev.shoebox.library.database.PhoneDatabase;
import dev.shoebox.library.database.Tables;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.NamedFiles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The places of songs, audiobooks and films that have names of four letters on a phone: artist, album and title. They
 * are in linked tables of the phone's music library ({@code MediaLibrary.sqlitedb}); the names of these come from
 * queries of forensic tools (iLEAPP, {@code mediaLibrary.py}). A missing table costs only its own fact.
 */
public final class SongPlaces {
    private static final List<String> TABLES = List.of("item", "item_extra", "base_location", "item_artist", "album");

    /** More than a phone holds. */
    private static final int MOST = 500_000;

    private static final int LONGEST = 300;

    private final Map<Long, String> folders = new HashMap<>();
    private final Map<Long, String> artists = new HashMap<>();
    private final Map<Long, String> albums = new HashMap<>();
    private final Map<Long, Item> items = new HashMap<>();
    private final Map<String, String> places = new HashMap<>();

    private record Item(long folder, long artist, long album, long track) {}

    private SongPlaces() {}

    /**
     * Reads the library; not while a stream of the source is open.
     *
     * @return folders and name, without extension, by path; empty if the phone has no such library
     * @throws IOException if it exists and cannot be read, or the source is lost
     */
    public static Map<String, String> of(MediaSource source, NamedFiles files) throws IOException {
        if (files.find(PhoneDatabase.MUSIC.path()).isEmpty()) {
            return Map.of();
        }
        var songs = new SongPlaces();
        Path cache = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        try (LibraryCopy copy = new LibraryCopy(PhoneDatabase.MUSIC, cache, source, files, bytes -> {}, () -> false);
                Tables tables = Tables.open(copy.complete().database(), () -> false, TABLES::contains)) {
            songs.read(tables);
        }
        return Map.copyOf(songs.places);
    }

    private void read(Tables tables) throws NoLibraryException {
        names(tables, "base_location", "base_location_id", "path", folders);
        names(tables, "item_artist", "item_artist_pid", "item_artist", artists);
        names(tables, "album", "album_pid", "album", albums);
        Optional<Tables.Table> item = tables.find("item");
        if (item.isPresent()) {
            List<String> wanted =
                    List.of("item_pid", "base_location_id", "item_artist_pid", "album_pid", "track_number");
            item.get().scan(wanted, row -> {
                OptionalLong id = row.number(wanted.get(0));
                if (id.isPresent() && items.size() < MOST) {
                    items.put(
                            id.getAsLong(),
                            new Item(
                                    row.numberOrZero(wanted.get(1)),
                                    row.numberOrZero(wanted.get(2)),
                                    row.numberOrZero(wanted.get(3)),
                                    row.numberOrZero(wanted.get(4))));
                }
            });
        }
        Optional<Tables.Table> extra = tables.find("item_extra");
        if (extra.isPresent()) {
            extra.get().scan(List.of("item_pid", "title", "location"), row -> {
                Item known = items.get(row.numberOrZero("item_pid"));
                Optional<String> title = row.text("title").flatMap(SongPlaces::name);
                Optional<String> file = row.text("location");
                if (known != null && title.isPresent() && file.isPresent()) {
                    String folder = folders.getOrDefault(known.folder(), "");
                    places.put(folder.isEmpty() ? file.get() : folder + "/" + file.get(), place(known, title.get()));
                }
            });
        }
    }

    private static void names(Tables tables, String table, String id, String name, Map<Long, String> into)
            throws NoLibraryException {
        Optional<Tables.Table> there = tables.find(table);
        if (there.isPresent()) {
            there.get().scan(List.of(id, name), row -> {
                OptionalLong number = row.number(id);
                Optional<String> text = row.text(name);
                if (number.isPresent() && text.isPresent() && into.size() < MOST) {
                    into.put(number.getAsLong(), text.get());
                }
            });
        }
    }

    private String place(Item item, String title) {
        String name = item.track() > 0 && item.track() < 1000 ? "%02d %s".formatted(item.track(), title) : title;
        List<String> parts = new ArrayList<>();
        Stream.of(artists.get(item.artist()), albums.get(item.album()))
                .flatMap(Stream::ofNullable)
                .flatMap(part -> name(part).stream())
                .forEach(parts::add);
        parts.add(name);
        return String.join("/", parts);
    }

    /** Returns the name of a folder or file, from untrusted text. */
    private static Optional<String> name(String said) {
        return said.isBlank() || said.length() > LONGEST
                ? Optional.empty()
                : Optional.of(said.strip().replace('/', '_'));
    }
}
