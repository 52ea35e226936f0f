package dev.shoebox.library;

import dev.shoebox.library.Tables.Table;
import dev.shoebox.photos.AlbumPath;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which albums each asset is in: those that the person made, and shared ones for the copies that belong to them. */
final class Albums {
    private static final long USERS = 2;
    private static final long SHARED = 1505;
    private static final long FOLDER = 4000;
    private static final int DEEPEST = 32;
    private static final int MOST_ALBUMS = 100_000;
    private static final int MOST_OF_ONE_ASSET = 500;

    private final Map<Long, Album> albums = new HashMap<>();
    private final Map<Long, List<Long>> byAsset = new HashMap<>();
    private final Map<Long, Optional<AlbumPath>> paths = new HashMap<>();
    private final Map<List<AlbumPath>, List<AlbumPath>> shared = new HashMap<>();

    /** @param assets the primary keys of all assets */
    Albums(Tables tables, Keys assets, Texts texts) throws NoLibraryException {
        Optional<Table> table = tables.find("ZGENERICALBUM");
        if (table.isEmpty()) {
            return;
        }
        table.get()
                .scan(List.of("Z_PK", "ZKIND", "ZTITLE", "ZPARENTFOLDER", "ZTRASHEDSTATE"), Optional.empty(), row -> {
                    if (albums.size() < MOST_ALBUMS) {
                        albums.put(
                                row.numberOrZero("Z_PK"),
                                new Album(
                                        row.numberOrZero("ZKIND"),
                                        texts.keep(row.text("ZTITLE")),
                                        row.numberOrZero("ZPARENTFOLDER"),
                                        row.numberOrZero("ZTRASHEDSTATE") == 1));
                    }
                });
        Optional<Join> join = join(tables, assets);
        if (join.isPresent()) {
            join.get().scan((album, asset) -> {
                Album known = albums.get(album);
                if (known != null && (known.kind == USERS || known.kind == SHARED) && assets.contains(asset)) {
                    List<Long> all = byAsset.computeIfAbsent(asset, key -> new ArrayList<>(1));
                    if (all.size() < MOST_OF_ONE_ASSET) {
                        all.add(album);
                    }
                }
            });
        }
    }

    private record Album(long kind, Optional<String> title, long parent, boolean trashed) {}

    /** A library that was upgraded may still have the join of an older iOS: the one counts that joins most. */
    private Optional<Join> join(Tables tables, Keys assets) throws NoLibraryException {
        Optional<Join> best = Optional.empty();
        long most = 0;
        for (Join join : Join.candidates(tables, "Z_\\d+ASSETS", "Z_\\d+ALBUMS", "Z_\\d+ASSETS")) {
            long[] joined = {0};
            join.scan((album, asset) -> joined[0] += albums.containsKey(album) && assets.contains(asset) ? 1 : 0);
            if (joined[0] > most) {
                most = joined[0];
                best = Optional.of(join);
            }
        }
        return best;
    }

    /**
     * The albums an asset is in, by name.
     *
     * @param sharedCopy whether it is a copy that belongs to a shared album
     */
    List<AlbumPath> of(long asset, boolean sharedCopy) {
        List<Long> in = byAsset.getOrDefault(asset, List.of());
        if (in.isEmpty()) {
            return List.of();
        }
        Set<AlbumPath> names = new TreeSet<>();
        for (long album : in) {
            if (sharedCopy || albums.get(album).kind == USERS) {
                paths.computeIfAbsent(album, this::path).ifPresent(names::add);
            }
        }
        return shared.computeIfAbsent(List.copyOf(names), list -> list);
    }

    /** The titles of its folders and its own; empty if it, or a folder around it, is in the trash or has no name. */
    private Optional<AlbumPath> path(long key) {
        List<String> titles = new ArrayList<>();
        Album album = albums.get(key);
        for (int depth = 0; album != null && depth < DEEPEST; depth++) {
            boolean counts = depth == 0 || album.kind == FOLDER;
            if (album.trashed || (depth == 0 && album.title.isEmpty())) {
                return Optional.empty();
            }
            if (counts) {
                album.title.ifPresent(titles::add);
            }
            album = albums.get(album.parent);
        }
        Collections.reverse(titles);
        return Optional.of(new AlbumPath(titles));
    }
}
