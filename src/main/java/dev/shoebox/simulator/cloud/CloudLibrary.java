package dev.shoebox.simulator.cloud;

import dev.shoebox.simulator.library.GeneratedTree;
import dev.shoebox.simulator.library.GeneratedTree.Entry;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The Photos library of a simulated phone: a row for each photo and video on it, and for some that are missing. */
public final class CloudLibrary {
    private static final int USERS_ALBUM = 2;
    private static final int ROOT_ALBUM = 3999;
    private static final long MISSING_SIZE = 3_800_000;

    /** The number of newest items that wait for upload. */
    int waiting;

    Duration waitingSince = Duration.ofDays(2);
    int rejected;
    int placeholders;

    /** As after switching on: no item is known to be in iCloud. */
    boolean allUnsynced;

    boolean isDamaged;

    /** The reason why iCloud rejected an item, in its own words. */
    String reason = "Resource does not exist at the expected path";

    String ios = "17";

    /**
     * What differs between versions: the name of the table of assets, and Core Data's entity numbers of albums and
     * assets.
     */
    private record Shape(String assets, int album, int asset) {}

    private Shape shape() {
        return switch (ios) {
            case "13" -> new Shape("ZGENERICASSET", 26, 34);
            case "15" -> new Shape("ZASSET", 27, 3);
            case "27" -> new Shape("ZASSET", 33, 3);
            default -> new Shape("ZASSET", 29, 3);
        };
    }

    public static String stem(String path) {
        return path.substring(0, path.lastIndexOf('.'));
    }

    public static boolean isFilm(String path) {
        return path.endsWith(".MOV") || path.endsWith(".MP4");
    }

    void fill(CloudSide side, GeneratedTree tree) throws IOException {
        List<Entry> all = new ArrayList<>(tree.entries("DCIM/"));
        all.addAll(tree.entries("PhotoData/CPLAssets/"));
        Set<String> stills = new HashSet<>();
        all.stream()
                .map(Entry::path)
                .filter(path -> !isFilm(path))
                .map(CloudLibrary::stem)
                .forEach(stills::add);
        List<Entry> assets = all.stream()
                .filter(entry -> !entry.path().endsWith(".AAE"))
                .filter(entry -> !isFilm(entry.path()) || !stills.contains(stem(entry.path())))
                .sorted(Comparator.comparing(Entry::taken))
                .toList();
        Map<String, Long> films = new HashMap<>();
        all.stream().filter(entry -> isFilm(entry.path())).forEach(film -> films.put(stem(film.path()), film.size()));
        try (LiveDatabase tables = new LiveDatabase()) {
            make(tables);
            int key = 0;
            for (Entry asset : assets) {
                key++;
                if (key == assets.size()) {
                    tables.checkpoint();
                }
                State state = state(assets.size() - key);
                long film = isFilm(asset.path()) ? 0 : films.getOrDefault(stem(asset.path()), 0L);
                add(tables, side, key, asset, state, film);
            }
            for (int i = 0; i < placeholders; i++) {
                Entry away = new Entry(
                        "DCIM/%dAPPLE/IMG_%04d.HEIC".formatted(150 + i / 999, 1 + i % 999),
                        MISSING_SIZE,
                        Instant.parse("2021-07-01T10:00:00Z").plusSeconds(3600L * i));
                add(tables, side, ++key, away, State.AWAY, 0);
            }
            LiveDatabase.Bytes bytes = tables.bytes();
            side.file(
                    "PhotoData/Photos.sqlite",
                    isDamaged ? new byte[bytes.database().length] : bytes.database(),
                    Duration.ofHours(2));
            side.file("PhotoData/Photos.sqlite-wal", bytes.log(), Duration.ofMinutes(9));
        }
    }

    private enum State {
        SENT,
        WAITING,
        REJECTED,
        AWAY
    }

    private State state(int fromNewest) {
        if (fromNewest < rejected) {
            return State.REJECTED;
        }
        return allUnsynced || fromNewest < rejected + waiting ? State.WAITING : State.SENT;
    }

    private void make(LiveDatabase tables) throws IOException {
        Shape shape = shape();
        tables.table(
                shape.assets(),
                "Z_PK INTEGER PRIMARY KEY, ZUUID VARCHAR, ZDIRECTORY VARCHAR, ZFILENAME VARCHAR, ZKIND INTEGER,"
                        + " ZKINDSUBTYPE INTEGER, ZFAVORITE INTEGER, ZHIDDEN INTEGER, ZTRASHEDSTATE INTEGER,"
                        + " ZSAVEDASSETTYPE INTEGER, ZDATECREATED TIMESTAMP, ZADDEDDATE TIMESTAMP, ZMASTER INTEGER,"
                        + " ZCLOUDLOCALSTATE INTEGER, ZADDITIONALATTRIBUTES INTEGER"
                        + (ios.equals("13") ? "" : ", ZBUNDLESCOPE INTEGER DEFAULT 0"));
        tables.table(
                "ZADDITIONALASSETATTRIBUTES",
                "Z_PK INTEGER PRIMARY KEY, ZASSET INTEGER, ZORIGINALFILENAME VARCHAR, ZORIGINALFILESIZE INTEGER,"
                        + " ZUPLOADATTEMPTS INTEGER");
        tables.table("ZCLOUDMASTER", "Z_PK INTEGER PRIMARY KEY, ZCLOUDLOCALSTATE INTEGER, ZCLOUDMASTERGUID VARCHAR");
        tables.table(
                "ZINTERNALRESOURCE",
                "Z_PK INTEGER PRIMARY KEY, ZASSET INTEGER, ZDATASTORECLASSID INTEGER, ZDATASTORESUBTYPE INTEGER,"
                        + " ZVERSION INTEGER, ZLOCALAVAILABILITY INTEGER, ZREMOTEAVAILABILITY INTEGER,"
                        + " ZDATALENGTH INTEGER");
        tables.table(
                "ZGENERICALBUM",
                "Z_PK INTEGER PRIMARY KEY, ZKIND INTEGER, ZPARENTFOLDER INTEGER, ZTRASHEDSTATE INTEGER, ZTITLE VARCHAR");
        tables.table(
                "Z_" + shape.album() + "ASSETS",
                "Z_" + shape.album() + "ALBUMS INTEGER, Z_" + shape.asset() + "ASSETS INTEGER, Z_FOK_" + shape.asset()
                        + "ASSETS INTEGER");
        album(tables, 1, ROOT_ALBUM, 0, "Root");
        album(tables, 2, USERS_ALBUM, 1, "At the lake");
        album(tables, 3, USERS_ALBUM, 1, "Japan");
    }

    private static void album(LiveDatabase tables, int key, int kind, int parent, String title) throws IOException {
        tables.insert(
                "ZGENERICALBUM",
                LiveDatabase.row(
                        "Z_PK", key, "ZKIND", kind, "ZPARENTFOLDER", parent, "ZTRASHEDSTATE", 0, "ZTITLE", title));
    }

    /** @param live the size of its Live film, or 0 */
    private void add(LiveDatabase tables, CloudSide side, int key, Entry asset, State state, long live)
            throws IOException {
        String path = asset.path();
        int slash = path.lastIndexOf('/');
        boolean film = isFilm(path);
        // The first rejected item is identified by its asset, the next by its master: both occur in reality.
        boolean byMaster = state == State.REJECTED && key % 2 == 0;
        long assetState = state == State.WAITING ? 0 : state == State.REJECTED && !byMaster ? 4 : 1;
        long masterState = state == State.WAITING ? allUnsynced ? 0 : 1 : byMaster ? 4 : 3;
        if (state == State.REJECTED) {
            side.store.rejected.add(
                    byMaster
                            ? new String[] {master(path), "CPLMasterChange", reason}
                            : new String[] {CloudStore.id(path), "CPLAssetChange", reason});
        }
        Instant added = state == State.WAITING && !allUnsynced
                ? side.now.minus(waitingSince).plusSeconds(key)
                : asset.taken();
        tables.insert(
                shape().assets(),
                LiveDatabase.row(
                        "Z_PK",
                        key,
                        "ZUUID",
                        CloudStore.id(path),
                        "ZDIRECTORY",
                        path.substring(0, slash),
                        "ZFILENAME",
                        path.substring(slash + 1),
                        "ZKIND",
                        film ? 1 : 0,
                        "ZKINDSUBTYPE",
                        film ? 100 : live > 0 ? 2 : 0,
                        "ZFAVORITE",
                        key % 9 == 0 ? 1 : 0,
                        "ZHIDDEN",
                        0,
                        "ZTRASHEDSTATE",
                        0,
                        "ZSAVEDASSETTYPE",
                        path.startsWith("DCIM/") ? 3 : 6,
                        "ZDATECREATED",
                        asset.taken(),
                        "ZADDEDDATE",
                        added,
                        "ZMASTER",
                        5000 + key,
                        "ZCLOUDLOCALSTATE",
                        assetState,
                        "ZADDITIONALATTRIBUTES",
                        900_000 + key));
        tables.insert(
                "ZADDITIONALASSETATTRIBUTES",
                LiveDatabase.row(
                        "Z_PK",
                        900_000 + key,
                        "ZASSET",
                        key,
                        "ZORIGINALFILENAME",
                        path.substring(slash + 1),
                        "ZORIGINALFILESIZE",
                        asset.size(),
                        "ZUPLOADATTEMPTS",
                        state == State.REJECTED ? 7 : 0));
        tables.insert(
                "ZCLOUDMASTER",
                LiveDatabase.row(
                        "Z_PK", 5000 + key, "ZCLOUDLOCALSTATE", masterState, "ZCLOUDMASTERGUID", master(path)));
        resource(tables, key, 1, state, asset.size());
        if (live > 0) {
            resource(tables, key, 18, state, live);
        }
        Map<String, Integer> albums = Map.of("2023-06-18", 2, "2024-04-05", 3);
        Integer album = albums.get(asset.taken().toString().substring(0, 10));
        if (album != null) {
            tables.insert(
                    "Z_" + shape().album() + "ASSETS",
                    LiveDatabase.row(
                            "Z_" + shape().album() + "ALBUMS",
                            album,
                            "Z_" + shape().asset() + "ASSETS",
                            key,
                            "Z_FOK_" + shape().asset() + "ASSETS",
                            key * 1024));
        }
    }

    static String master(String path) {
        return CloudStore.id("master of " + path);
    }

    private static void resource(LiveDatabase tables, int asset, int kind, State state, long size) throws IOException {
        tables.insert(
                "ZINTERNALRESOURCE",
                LiveDatabase.row(
                        "ZASSET",
                        asset,
                        "ZDATASTORECLASSID",
                        0,
                        "ZDATASTORESUBTYPE",
                        kind,
                        "ZVERSION",
                        0,
                        "ZLOCALAVAILABILITY",
                        state == State.AWAY ? -1 : 1,
                        "ZREMOTEAVAILABILITY",
                        state == State.SENT || state == State.AWAY ? 1 : 0,
                        "ZDATALENGTH",
                        size));
    }
}
