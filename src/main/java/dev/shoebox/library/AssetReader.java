package dev.shoebox.library;

import dev.shoebox.library.column.StringPool;
import dev.shoebox.library.database.Keys;
import dev.shoebox.library.database.NoLibraryException;
import dev.shoebox.library.database.Row;
import dev.shoebox.library.database.Tables;
import dev.shoebox.library.database.Tables.Flag;
import dev.shoebox.library.database.Tables.Table;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset.Place;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.LibraryAsset.Upload;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.Uploads;
import dev.shoebox.photos.naming.EscapedName;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the assets from the tables of a library. The meaning of tables and columns comes from the queries of iLEAPP and
 * osxphotos for iOS 11 to 26; their existence is tested, not derived from a version: upgraded phones keep older shapes.
 */
final class AssetReader {
    /** Since iOS 14, and before. */
    private static final List<String> TABLES = List.of("ZASSET", "ZGENERICASSET");

    private static final List<String> COLUMNS = List.of(
            "Z_PK",
            "ZDIRECTORY",
            "ZFILENAME",
            "ZKINDSUBTYPE",
            "ZAVALANCHEUUID",
            "ZDATECREATED",
            "ZDURATION",
            "ZLATITUDE",
            "ZLONGITUDE",
            "ZADDITIONALATTRIBUTES",
            "ZMASTER",
            "ZUUID",
            "ZADDEDDATE");

    private static final Flag FILM = new Flag(0, "ZKIND", "= 1");
    private static final Flag PLAYS_LIVE = new Flag(1, "ZPLAYBACKSTYLE", "= 3");
    private static final Flag SPATIAL = new Flag(2, "ZSPATIALTYPE", "> 0");
    private static final Flag SCREENSHOT = new Flag(3, "ZISDETECTEDSCREENSHOT", "= 1");
    private static final Flag FAVOURITE = new Flag(4, "ZFAVORITE", "= 1");
    private static final Flag HIDDEN = new Flag(5, "ZHIDDEN", "= 1");
    private static final Flag TRASHED = new Flag(6, "ZTRASHEDSTATE", "= 1");
    /** Up to iOS 17, and since 18: 2 by the user, 3 by the camera. */
    private static final Flag EDITED = new Flag(7, "ZHASADJUSTMENTS", "> 0");

    private static final Flag EDIT_STATE = new Flag(8, "ZADJUSTMENTSSTATE", "> 0");
    private static final Flag FAMILYS = new Flag(9, "ZACTIVELIBRARYSCOPEPARTICIPATIONSTATE", "= 1");
    /** Since iOS 15: 2 for a shared album, 3 for Shared with You; before, the type shows it. */
    private static final Flag SHARED_SCOPE = new Flag(10, "ZBUNDLESCOPE", "IN (2, 3)");

    private static final Flag SHARED_TYPE = new Flag(11, "ZSAVEDASSETTYPE", "IN (4, 12)");
    private static final Flag SYNCED = new Flag(12, "ZCLOUDLOCALSTATE", "= 1");
    private static final Flag REJECTED = new Flag(13, "ZCLOUDLOCALSTATE", "= 4");
    private static final Flag UNSYNCED = new Flag(14, "ZCLOUDLOCALSTATE", "= 0");
    /** Neither from this phone nor from iCloud, but a link or copy of somebody else's photo. */
    private static final Flag OTHERS = new Flag(15, "ZSAVEDASSETTYPE", "NOT IN (3, 6)");

    private static final List<Flag> FLAGS = List.of(
            FILM,
            PLAYS_LIVE,
            SPATIAL,
            SCREENSHOT,
            FAVOURITE,
            HIDDEN,
            TRASHED,
            EDITED,
            EDIT_STATE,
            FAMILYS,
            SHARED_SCOPE,
            SHARED_TYPE,
            SYNCED,
            REJECTED,
            UNSYNCED,
            OTHERS);

    private static final String SHARED_ALBUMS = "PhotoData/PhotoCloudSharingData/";
    private static final long EPOCH_2001 = 978_307_200;
    /** In seconds: farther from 2001 than any photo. */
    private static final double FARTHEST = 250 * 366 * 86_400.0;

    private static final double LONGEST_FILM = 1e7;
    private static final int LONGEST_PATH = 1000;

    /** If iCloud Photos is off, or was just switched on, all assets seem to wait, and the times do not matter. */
    private static final int MOST_ON_THEIR_WAY = 100_000;

    /** The number of assets whose persons are read. */
    private static final int MOST_WITH_PERSONS = 200_000;

    /** The memory per asset, in bytes, which leaves room for everything else in the process. */
    private static final int MEMORY_OF_ONE_ASSET = 200;

    private final Tables tables;
    private final boolean marked;
    private final String place;
    private final int most;
    private final StringPool texts;
    private final Map<String, Optional<Instant>> waiting = new HashMap<>();
    private final Map<String, Set<String>> rejected = new HashMap<>();
    private final Map<String, List<String>> named = new HashMap<>();
    private boolean synced;

    /**
     * @param marked whether a file beside the library shows that iCloud Photos is on
     * @param place the prefix of the library's paths; then only files in a folder named by one digit belong to it, as
     *     in the library of a Mac, which also lists files elsewhere
     */
    AssetReader(Tables tables, boolean marked, String place) {
        this.tables = tables;
        this.marked = marked;
        this.place = place;
        long memory = Runtime.getRuntime().maxMemory();
        this.most = (int) Math.min(3_000_000, memory / MEMORY_OF_ONE_ASSET);
        this.texts = new StringPool(memory / 6);
    }

    Library read() throws NoLibraryException {
        Table table = table();
        Keys keys = keys(table);
        Albums albums = new Albums(tables, keys, most);
        Attributes attributes = new Attributes(tables, keys, texts, most);
        Persons persons = new Persons(tables, keys, most);
        Cloud cloud = new Cloud(tables, keys, most);
        FingerprintReader fingerprints = new FingerprintReader(tables, most);
        StoredAssets assets = new StoredAssets(texts, attributes, cloud.originals(), albums.lists());
        table.scan(COLUMNS, FLAGS, row -> {
            Optional<String> path = path(row).filter(this::isInside).map(place::concat);
            int key = keys.place(row.numberOrZero("Z_PK"));
            if (path.isPresent() && key >= 0) {
                assets.add(key, attributes.row(key, row.numberOrZero("ZADDITIONALATTRIBUTES")));
                assets.path(path.get());
                take(row, key, path.get(), table, albums, cloud, assets);
                List<String> on = persons.of(key);
                if (!on.isEmpty() && named.size() < MOST_WITH_PERSONS) {
                    named.put(path.get(), on);
                }
                fingerprints.note(
                        row.numberOrZero("Z_PK"),
                        row.numberOrZero("ZADDITIONALATTRIBUTES"),
                        path.get(),
                        TRASHED.in(row.flags()));
            }
        });
        boolean told = cloud.tellsOfUploads() || table.has(SYNCED.column());
        Library library = new Library(assets, new Uploads(told, waiting, rejected))
                .withClaims(fingerprints.claims())
                .withPersons(named);
        return icloud(cloud).map(library::withICloud).orElse(library);
    }

    private Table table() throws NoLibraryException {
        for (String name : TABLES) {
            Optional<Table> table = tables.find(name)
                    .filter(found -> found.has("Z_PK") && found.has("ZDIRECTORY") && found.has("ZFILENAME"));
            if (table.isPresent()) {
                return table.get();
            }
        }
        throw new NoLibraryException("its tables do not match any known iOS version");
    }

    private Keys keys(Table table) throws NoLibraryException {
        Keys keys = new Keys();
        table.scan(List.of("Z_PK"), row -> {
            if (keys.size() >= most) {
                throw new NoLibraryException("its assets need more memory than is available");
            }
            keys.add(row.numberOrZero("Z_PK"));
        });
        return keys.sorted();
    }

    /**
     * Returns whether iCloud Photos is on: off only if there is no evidence for it, and the library could have shown
     * some.
     */
    private Optional<Boolean> icloud(Cloud cloud) {
        if (marked || cloud.uploads() || synced) {
            return Optional.of(true);
        }
        return cloud.tellsOfUploads() ? Optional.of(false) : Optional.empty();
    }

    private void take(Row row, int key, String path, Table table, Albums albums, Cloud cloud, StoredAssets assets)
            throws SQLException {
        long flags = row.flags();
        synced |= SYNCED.in(flags);
        Optional<String> burst = row.text("ZAVALANCHEUUID");
        Set<Trait> traits = traits(row, path);
        add(traits, Trait.BURST, burst.isPresent());
        long master = row.numberOrZero("ZMASTER");
        Upload upload = REJECTED.in(flags) ? Upload.REJECTED : cloud.upload(table.has("ZMASTER"), master);
        note(path, upload, traits, row, cloud);
        assets.kind(kind(flags, table, path), upload, traits);
        assets.albums(albums.of(key, traits.contains(Trait.SHARED_COPY)));
        burst.ifPresent(assets::burst);
        date(row, "ZDATECREATED").ifPresent(assets::created);
        place(row).ifPresent(assets::place);
        row.real("ZDURATION").stream()
                .filter(seconds -> seconds > 0 && seconds < LONGEST_FILM)
                .mapToObj(seconds -> Duration.ofMillis(Math.round(seconds * 1000)))
                .forEach(assets::duration);
    }

    private static Optional<Instant> date(Row row, String column) throws SQLException {
        return row.real(column).stream()
                .filter(seconds -> Math.abs(seconds) < FARTHEST)
                .mapToObj(AssetReader::instant)
                .findFirst();
    }

    /**
     * Notes whether an asset waits for iCloud, or was rejected. Its own state and that of its master decide together:
     * an asset without a master whose state is synced is neither.
     */
    private void note(String path, Upload upload, Set<Trait> traits, Row row, Cloud cloud) throws SQLException {
        long flags = row.flags();
        if (traits.contains(Trait.TRASHED) || traits.contains(Trait.SHARED_COPY) || OTHERS.in(flags)) {
            return;
        }
        if (rejected.size() + waiting.size() >= MOST_ON_THEIR_WAY) {
            return;
        }
        if (upload == Upload.REJECTED) {
            Set<String> ids = new HashSet<>();
            row.text("ZUUID").ifPresent(ids::add);
            cloud.rejected(row.numberOrZero("ZMASTER")).ifPresent(ids::add);
            rejected.put(path, ids);
        } else if (upload == Upload.PENDING
                || UNSYNCED.in(flags)
                || (upload == Upload.NOT_UPLOADED && (row.numberOrZero("ZMASTER") != 0 || !SYNCED.in(flags)))) {
            waiting.put(path, date(row, "ZADDEDDATE"));
        }
    }

    private boolean isInside(String path) {
        return place.isEmpty() || (path.indexOf('/') == 1 && path.indexOf('/', 2) < 0);
    }

    /** Returns folder and name as the phone lists them; absent if they cannot be those of a file. */
    private static Optional<String> path(Row row) throws SQLException {
        Optional<String> name = row.text("ZFILENAME");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String folder = row.text("ZDIRECTORY").orElse("");
        String path = folder.isEmpty() ? name.get() : folder + "/" + name.get();
        path = path.startsWith("/") ? path.substring(1) : path;
        if (path.length() > LONGEST_PATH || path.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        if (path.startsWith(".") || path.contains("/.") || path.contains("//")) {
            for (String part : path.split("/", -1)) {
                if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(path.indexOf('\\') < 0 ? path : EscapedName.text(path.getBytes(StandardCharsets.UTF_8)));
    }

    private static Role kind(long flags, Table table, String path) {
        if (table.has("ZKIND")) {
            return FILM.in(flags) ? Role.VIDEO : Role.PHOTO;
        }
        String name = path.toLowerCase(Locale.ROOT);
        return name.endsWith(".mov") || name.endsWith(".mp4") || name.endsWith(".m4v") ? Role.VIDEO : Role.PHOTO;
    }

    private static Set<Trait> traits(Row row, String path) throws SQLException {
        long flags = row.flags();
        OptionalLong subtype = row.number("ZKINDSUBTYPE");
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        switch ((int) subtype.orElse(0)) {
            case 1 -> traits.add(Trait.PANORAMA);
            case 2 -> traits.add(Trait.LIVE);
            case 10 -> traits.add(Trait.SCREENSHOT);
            case 101 -> traits.add(Trait.SLO_MO);
            case 102 -> traits.add(Trait.TIME_LAPSE);
            case 103 -> traits.add(Trait.SCREEN_RECORDING);
            default -> {
                // A plain photo or video, or a newer kind.
            }
        }
        add(traits, Trait.LIVE, subtype.isEmpty() && PLAYS_LIVE.in(flags));
        add(traits, Trait.SCREENSHOT, SCREENSHOT.in(flags));
        add(traits, Trait.SPATIAL, SPATIAL.in(flags));
        add(traits, Trait.FAVOURITE, FAVOURITE.in(flags));
        add(traits, Trait.HIDDEN, HIDDEN.in(flags));
        add(traits, Trait.TRASHED, TRASHED.in(flags));
        add(traits, Trait.ADJUSTED, EDITED.in(flags) || EDIT_STATE.in(flags));
        add(traits, Trait.SHARED_LIBRARY, FAMILYS.in(flags));
        add(
                traits,
                Trait.SHARED_COPY,
                SHARED_SCOPE.in(flags) || SHARED_TYPE.in(flags) || path.startsWith(SHARED_ALBUMS));
        return traits;
    }

    private static void add(Set<Trait> traits, Trait trait, boolean is) {
        if (is) {
            traits.add(trait);
        }
    }

    private static Instant instant(double since2001) {
        long seconds = (long) Math.floor(since2001);
        return Instant.ofEpochSecond(EPOCH_2001 + seconds, Math.round((since2001 - seconds) * 1000) * 1_000_000);
    }

    /** Returns the place; the phone stores -180 for both values if it is unknown. */
    private static Optional<Place> place(Row row) throws SQLException {
        OptionalDouble latitude = row.real("ZLATITUDE");
        OptionalDouble longitude = row.real("ZLONGITUDE");
        if (latitude.isEmpty()
                || longitude.isEmpty()
                || Math.abs(latitude.getAsDouble()) > 90
                || Math.abs(longitude.getAsDouble()) > 180) {
            return Optional.empty();
        }
        return Optional.of(new Place(latitude.getAsDouble(), longitude.getAsDouble()));
    }
}
