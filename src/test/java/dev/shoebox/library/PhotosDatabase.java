package dev.shoebox.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A {@code Photos.sqlite} of some iOS version, as far as people outside Apple have documented it, with chosen rows. In
 * WAL mode, with triggers that no other SQLite can run, as on a phone.
 */
public final class PhotosDatabase implements AutoCloseable {
    private static final long EPOCH_2001 = 978_307_200;

    private final Connection connection;
    private final Ios ios;
    private final List<String> assetColumns;
    private long next = 1;

    /** The shapes that differ; the numbers of the entities change even within a version. */
    public enum Ios {
        IOS_11(20, 27, 36),
        IOS_12(23, 30, 37),
        IOS_13(26, 34, 39),
        IOS_14(26, 3, 36),
        IOS_15(27, 3, 40),
        IOS_16(28, 3, 42),
        IOS_17_0(28, 3, 43),
        IOS_17_6(29, 3, 46),
        IOS_18(30, 3, 47),
        IOS_26(33, 3, 52);

        final int album;
        final int asset;
        final int keyword;

        Ios(int album, int asset, int keyword) {
            this.album = album;
            this.asset = asset;
            this.keyword = keyword;
        }

        boolean from(Ios other) {
            return compareTo(other) >= 0;
        }

        public String assetTable() {
            return from(IOS_14) ? "ZASSET" : "ZGENERICASSET";
        }

        public String albumJoin() {
            return "Z_" + album + "ASSETS";
        }
    }

    private PhotosDatabase(Connection connection, Ios ios) {
        this.connection = connection;
        this.ios = ios;
        this.assetColumns = columnsOfAsset(ios);
    }

    /** @param media the folder that stands for {@code /var/mobile/Media} */
    public static PhotosDatabase create(Path media, Ios ios) throws IOException, SQLException {
        Path file = media.resolve("PhotoData/Photos.sqlite");
        Files.createDirectories(file.getParent());
        PhotosDatabase database = new PhotosDatabase(DriverManager.getConnection("jdbc:sqlite:" + file), ios);
        database.execute("PRAGMA journal_mode = WAL");
        database.execute("PRAGMA wal_autocheckpoint = 0");
        database.execute("PRAGMA synchronous = OFF");
        database.makeTables();
        return database;
    }

    private static List<String> columnsOfAsset(Ios ios) {
        List<String> columns = new ArrayList<>(List.of(
                "Z_ENT INTEGER",
                "Z_OPT INTEGER",
                "ZUUID VARCHAR",
                "ZDIRECTORY VARCHAR",
                "ZFILENAME VARCHAR",
                "ZKIND INTEGER",
                "ZKINDSUBTYPE INTEGER",
                "ZFAVORITE INTEGER",
                "ZHIDDEN INTEGER",
                "ZTRASHEDSTATE INTEGER",
                "ZTRASHEDDATE TIMESTAMP",
                "ZVISIBILITYSTATE INTEGER",
                "ZSAVEDASSETTYPE INTEGER",
                "ZAVALANCHEUUID VARCHAR",
                "ZAVALANCHEPICKTYPE INTEGER",
                "ZDATECREATED TIMESTAMP",
                "ZDURATION FLOAT",
                "ZLATITUDE FLOAT",
                "ZLONGITUDE FLOAT",
                "ZMASTER INTEGER",
                "ZCLOUDLOCALSTATE INTEGER",
                "ZADDITIONALATTRIBUTES INTEGER"));
        columns.add(ios.from(Ios.IOS_18) ? "ZADJUSTMENTSSTATE INTEGER" : "ZHASADJUSTMENTS INTEGER");
        if (ios.from(Ios.IOS_12)) {
            columns.add("ZPLAYBACKSTYLE INTEGER");
        }
        if (ios.from(Ios.IOS_15)) {
            columns.addAll(List.of("ZBUNDLESCOPE INTEGER", "ZDATECREATEDSOURCE INTEGER", "ZHDRTYPE INTEGER"));
        }
        if (ios.from(Ios.IOS_16)) {
            columns.add("ZACTIVELIBRARYSCOPEPARTICIPATIONSTATE INTEGER");
        }
        if (ios.from(Ios.IOS_17_0)) {
            columns.add("ZSPATIALTYPE INTEGER");
        }
        if (ios.from(Ios.IOS_18)) {
            columns.addAll(List.of("ZISDETECTEDSCREENSHOT INTEGER", "ZAVALANCHEKIND INTEGER"));
        }
        return columns;
    }

    private void makeTables() throws SQLException {
        String asset = ios.assetTable();
        execute(
                "CREATE TABLE Z_PRIMARYKEY (Z_ENT INTEGER PRIMARY KEY, Z_NAME VARCHAR, Z_SUPER INTEGER, Z_MAX INTEGER)");
        execute("CREATE TABLE " + asset + " (Z_PK INTEGER PRIMARY KEY, " + String.join(", ", assetColumns) + ")");
        execute("CREATE TABLE ZADDITIONALASSETATTRIBUTES (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, ZASSET INTEGER,"
                + " ZASSETDESCRIPTION INTEGER, ZORIGINALFILENAME VARCHAR, ZORIGINALFILESIZE INTEGER, ZTITLE VARCHAR,"
                + " ZTIMEZONEOFFSET INTEGER, ZINFERREDTIMEZONEOFFSET INTEGER, ZTIMEZONENAME VARCHAR,"
                + " ZREVERSELOCATIONDATA BLOB)");
        execute("CREATE TABLE ZASSETDESCRIPTION (Z_PK INTEGER PRIMARY KEY, ZASSETATTRIBUTES INTEGER,"
                + " ZLONGDESCRIPTION VARCHAR)");
        execute("CREATE TABLE ZGENERICALBUM (Z_PK INTEGER PRIMARY KEY, ZKIND INTEGER, ZPARENTFOLDER INTEGER,"
                + " ZTRASHEDSTATE INTEGER, ZTITLE VARCHAR)");
        execute("CREATE TABLE " + ios.albumJoin() + " (Z_" + ios.album + "ALBUMS INTEGER, Z_" + ios.asset
                + "ASSETS INTEGER, Z_FOK_" + ios.asset + "ASSETS INTEGER, PRIMARY KEY (Z_" + ios.album + "ALBUMS, Z_"
                + ios.asset + "ASSETS))");
        execute("CREATE TABLE ZKEYWORD (Z_PK INTEGER PRIMARY KEY, ZTITLE VARCHAR)");
        execute("CREATE TABLE Z_1KEYWORDS (Z_1ASSETATTRIBUTES INTEGER, Z_" + ios.keyword + "KEYWORDS INTEGER)");
        execute("CREATE TABLE ZCLOUDMASTER (Z_PK INTEGER PRIMARY KEY, ZCLOUDLOCALSTATE INTEGER, ZMASTERGUID VARCHAR)");
        if (ios.from(Ios.IOS_12)) {
            execute("CREATE TABLE ZINTERNALRESOURCE (Z_PK INTEGER PRIMARY KEY, ZASSET INTEGER,"
                    + " ZDATASTORECLASSID INTEGER, ZDATASTORESUBTYPE INTEGER, ZVERSION INTEGER, ZRESOURCETYPE INTEGER,"
                    + " ZLOCALAVAILABILITY INTEGER, ZREMOTEAVAILABILITY INTEGER, ZDATALENGTH INTEGER)");
            execute("CREATE INDEX Z_ByAsset ON ZINTERNALRESOURCE (ZASSET)");
        }
        execute("CREATE TRIGGER Z_DA AFTER DELETE ON " + asset
                + " BEGIN SELECT NSCoreDataTriggerUpdateAffectedObjectValue('x', OLD.Z_PK); END");
        album(1, 3999, 0, null);
    }

    /** One asset to add; unset values are those of a plain local photo. */
    public static final class Row {
        private final Map<String, Object> asset = new LinkedHashMap<>();
        private final Map<String, Object> attributes = new LinkedHashMap<>();
        private final List<long[]> resources = new ArrayList<>();
        private final List<Long> albums = new ArrayList<>();
        private final List<String> keywords = new ArrayList<>();
        private String caption;
        private Integer master;
        private boolean hasMaster;

        private Row(String path) {
            int slash = path.lastIndexOf('/');
            asset.put("ZDIRECTORY", path.substring(0, slash));
            asset.put("ZFILENAME", path.substring(slash + 1));
            boolean film = path.endsWith(".MOV") || path.endsWith(".MP4");
            Map.of(
                            "ZKIND",
                            film ? 1 : 0,
                            "ZKINDSUBTYPE",
                            film ? 100 : 0,
                            "ZFAVORITE",
                            0,
                            "ZHIDDEN",
                            0,
                            "ZTRASHEDSTATE",
                            0,
                            "ZSAVEDASSETTYPE",
                            3,
                            "ZCLOUDLOCALSTATE",
                            0)
                    .forEach(asset::put);
            asset.put("ZLATITUDE", -180.0);
            asset.put("ZLONGITUDE", -180.0);
            asset.put("ZDATECREATED", 700_000_000.0);
            attributes.put("ZORIGINALFILENAME", path.substring(slash + 1));
        }

        /** Any column of the table of assets; omitted in versions without it. */
        public Row with(String column, Object value) {
            asset.put(column, value);
            return this;
        }

        public Row attribute(String column, Object value) {
            attributes.put(column, value);
            return this;
        }

        public Row created(Instant at, Integer offsetSeconds) {
            attributes.put("ZTIMEZONEOFFSET", offsetSeconds);
            return with("ZDATECREATED", at.getEpochSecond() - EPOCH_2001 + at.getNano() / 1e9);
        }

        /** Its resource: kind 1 the original, 17 RAW, 18 the film of a Live Photo. */
        public Row resource(int kind, Integer local, Integer remote, long bytes) {
            return resource(0, kind, 0, local, remote, bytes);
        }

        public Row resource(int store, int kind, int version, Integer local, Integer remote, long bytes) {
            resources.add(new long[] {
                store,
                kind,
                version,
                local == null ? Long.MIN_VALUE : local,
                remote == null ? Long.MIN_VALUE : remote,
                bytes
            });
            return this;
        }

        /** The state of its cloud master: 0 not uploaded, 1 waiting, 3 uploaded. */
        public Row master(Integer state) {
            this.master = state;
            this.hasMaster = true;
            return with("ZCLOUDLOCALSTATE", 1);
        }

        public Row in(long album) {
            albums.add(album);
            return this;
        }

        public Row keyword(String word) {
            keywords.add(word);
            return this;
        }

        public Row caption(String text) {
            this.caption = text;
            return this;
        }
    }

    /** A photo or video, by its path over AFC. */
    public static Row asset(String path) {
        return new Row(path);
    }

    public PhotosDatabase add(Row... rows) throws SQLException {
        return add(Arrays.asList(rows));
    }

    /** In one transaction. */
    public PhotosDatabase add(List<Row> rows) throws SQLException {
        connection.setAutoCommit(false);
        for (Row row : rows) {
            insert(row);
        }
        connection.commit();
        connection.setAutoCommit(true);
        return this;
    }

    private void insert(Row row) throws SQLException {
        long key = next++;
        if (row.hasMaster) {
            row.asset.put("ZMASTER", key + 5_000_000);
            insert("ZCLOUDMASTER", pairs("Z_PK", key + 5_000_000, "ZCLOUDLOCALSTATE", row.master));
        }
        Map<String, Object> asset = new LinkedHashMap<>();
        asset.put("Z_PK", key);
        row.asset.forEach((column, value) -> {
            if (assetColumns.stream().anyMatch(known -> known.startsWith(column + " "))) {
                asset.put(column, value);
            }
        });
        asset.put("ZADDITIONALATTRIBUTES", key + 1_000_000);
        insert(ios.assetTable(), asset);
        if (row.caption != null) {
            row.attributes.put("ZASSETDESCRIPTION", key + 2_000_000);
            insert(
                    "ZASSETDESCRIPTION",
                    pairs(
                            "Z_PK",
                            key + 2_000_000,
                            "ZASSETATTRIBUTES",
                            key + 1_000_000,
                            "ZLONGDESCRIPTION",
                            row.caption));
        }
        Map<String, Object> attributes = pairs("Z_PK", key + 1_000_000, "ZASSET", key);
        attributes.putAll(row.attributes);
        insert("ZADDITIONALASSETATTRIBUTES", attributes);
        for (long[] resource : ios.from(Ios.IOS_12) ? row.resources : List.<long[]>of()) {
            insert(
                    "ZINTERNALRESOURCE",
                    pairs(
                            "ZASSET",
                            key,
                            "ZDATASTORECLASSID",
                            resource[0],
                            "ZDATASTORESUBTYPE",
                            resource[1],
                            "ZVERSION",
                            resource[2],
                            "ZLOCALAVAILABILITY",
                            orNull(resource[3]),
                            "ZREMOTEAVAILABILITY",
                            orNull(resource[4]),
                            "ZDATALENGTH",
                            resource[5]));
        }
        for (long album : row.albums) {
            insert(
                    ios.albumJoin(),
                    pairs(
                            "Z_" + ios.album + "ALBUMS",
                            album,
                            "Z_" + ios.asset + "ASSETS",
                            key,
                            "Z_FOK_" + ios.asset + "ASSETS",
                            key * 1024));
        }
        for (String word : row.keywords) {
            long id = next++ + 3_000_000;
            insert("ZKEYWORD", pairs("Z_PK", id, "ZTITLE", word));
            insert("Z_1KEYWORDS", pairs("Z_1ASSETATTRIBUTES", key + 1_000_000, "Z_" + ios.keyword + "KEYWORDS", id));
        }
    }

    private static Long orNull(long value) {
        return value == Long.MIN_VALUE ? null : value;
    }

    private static Map<String, Object> pairs(Object... keysAndValues) {
        Map<String, Object> pairs = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            pairs.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return pairs;
    }

    /** @param kind 2 the user's, 1505 shared, 4000 a folder, 3999 the root (which has key 1) */
    public PhotosDatabase album(long key, int kind, long parent, String title) throws SQLException {
        insert(
                "ZGENERICALBUM",
                pairs("Z_PK", key, "ZKIND", kind, "ZPARENTFOLDER", parent, "ZTRASHEDSTATE", 0, "ZTITLE", title));
        return this;
    }

    private final Map<String, PreparedStatement> inserts = new LinkedHashMap<>();

    private void insert(String table, Map<String, Object> values) throws SQLException {
        String columns = String.join(", ", values.keySet());
        String marks = values.keySet().stream().map(column -> "?").collect(Collectors.joining(", "));
        String text = "INSERT INTO " + table + "(" + columns + ") VALUES(" + marks + ")";
        PreparedStatement insert = inserts.get(text);
        if (insert == null) {
            insert = connection.prepareStatement(text);
            inserts.put(text, insert);
        }
        int place = 1;
        for (Object value : values.values()) {
            insert.setObject(place++, value);
        }
        insert.executeUpdate();
    }

    /** Any other change. */
    public PhotosDatabase execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return this;
    }

    /** Writes the content of the log into the database itself. */
    public PhotosDatabase checkpoint() throws SQLException {
        return execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
