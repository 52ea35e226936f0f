package dev.shoebox.library;

import dev.shoebox.library.column.Distinct;
import dev.shoebox.library.column.LongIntMap;
import dev.shoebox.library.database.JoinTable;
import dev.shoebox.library.database.Keys;
import dev.shoebox.library.database.NoLibraryException;
import dev.shoebox.library.database.Tables;
import dev.shoebox.library.database.Tables.Table;
import dev.shoebox.photos.naming.AlbumPath;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The albums of each asset: those of the user, and shared ones for the copies that belong to them. */
final class Albums {
    private static final long USERS = 2;
    private static final long SHARED = 1505;
    private static final long FOLDER = 4000;
    private static final int DEEPEST = 32;
    private static final int MOST_ALBUMS = 100_000;
    private static final int MOST_OF_ONE_ASSET = 500;
    /** The maximum average number of albums per asset. */
    private static final int MOST_ON_AVERAGE = 4;

    private final Map<Long, Album> albums = new HashMap<>();
    /** The keys of relevant albums, in the order in which they were found. */
    private final List<Long> known = new ArrayList<>();

    private final LongIntMap numbers = new LongIntMap();

    /** The index of an asset's key in the upper half, the number of its album in the lower. */
    private final Keys pairs = new Keys();

    private final Map<Long, Optional<AlbumPath>> paths = new HashMap<>();
    private final Distinct<List<AlbumPath>> lists = new Distinct<>(List.of());

    /**
     * @param assets the primary keys of all assets
     * @param most the maximum number of assets
     */
    Albums(Tables tables, Keys assets, int most) throws NoLibraryException {
        Optional<Table> table = tables.find("ZGENERICALBUM");
        if (table.isEmpty()) {
            return;
        }
        table.get().scan(List.of("Z_PK", "ZKIND", "ZTITLE", "ZPARENTFOLDER", "ZTRASHEDSTATE"), row -> {
            if (albums.size() < MOST_ALBUMS) {
                albums.put(
                        row.numberOrZero("Z_PK"),
                        new Album(
                                row.numberOrZero("ZKIND"),
                                row.text("ZTITLE"),
                                row.numberOrZero("ZPARENTFOLDER"),
                                row.numberOrZero("ZTRASHEDSTATE") == 1));
            }
        });
        Optional<JoinTable> join = join(tables, assets);
        if (join.isPresent()) {
            join.get().scan((album, asset) -> {
                Album found = albums.get(album);
                int place = assets.place(asset);
                if (found != null && (found.kind == USERS || found.kind == SHARED) && place >= 0) {
                    if (pairs.size() >= (long) most * MOST_ON_AVERAGE) {
                        throw new NoLibraryException("its albums need more memory than is available");
                    }
                    pairs.add((long) place << Integer.SIZE | number(album));
                }
            });
        }
        pairs.sorted();
    }

    private int number(long album) {
        if (numbers.get(album) < 0) {
            numbers.put(album, known.size());
            known.add(album);
        }
        return numbers.get(album);
    }

    private record Album(long kind, Optional<String> title, long parent, boolean trashed) {}

    /**
     * Returns the join of assets and albums. An upgraded library may still have the one of an older iOS: the one with
     * most joins counts.
     */
    private Optional<JoinTable> join(Tables tables, Keys assets) throws NoLibraryException {
        Optional<JoinTable> best = Optional.empty();
        long most = 0;
        for (JoinTable join : JoinTable.candidates(tables, "Z_\\d+ASSETS", "Z_\\d+ALBUMS", "Z_\\d+ASSETS")) {
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
     * Returns the number of an asset's list of albums, which is sorted by name.
     *
     * @param place the index of its primary key
     * @param sharedCopy whether it is a copy in a shared album
     */
    int of(int place, boolean sharedCopy) {
        int at = pairs.from((long) place << Integer.SIZE);
        if (at == pairs.size() || pairs.at(at) >>> Integer.SIZE != place) {
            return 0;
        }
        Set<AlbumPath> names = new TreeSet<>();
        int end = Math.min(pairs.size(), at + MOST_OF_ONE_ASSET);
        for (; at < end && pairs.at(at) >>> Integer.SIZE == place; at++) {
            long album = known.get((int) pairs.at(at));
            if (sharedCopy || albums.get(album).kind == USERS) {
                paths.computeIfAbsent(album, this::path).ifPresent(names::add);
            }
        }
        return lists.keep(List.copyOf(names));
    }

    /** Returns the lists by number. */
    Distinct<List<AlbumPath>> lists() {
        return lists;
    }

    /** Returns the titles of its folders and its own; empty if it or one of its folders is deleted or has no name. */
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
