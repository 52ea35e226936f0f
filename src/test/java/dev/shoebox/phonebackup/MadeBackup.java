package dev.shoebox.phonebackup;

import com.dd.plist.BinaryPropertyListWriter;
import com.dd.plist.NSArray;
import com.dd.plist.NSData;
import com.dd.plist.NSDate;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.NSObject;
import com.dd.plist.NSString;
import com.dd.plist.UID;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes local backups as an iPhone does: property lists, {@code Manifest.db}, and files in folders of two digits. Its
 * structure is that of the iOS 14.3 backup in the tests of mvt, and of public descriptions for iOS 10 to 26.
 */
public final class MadeBackup {
    public static final String UDID = "00008110-000A1B2C3D4E5F60";

    /** A line of its list; unset values are those of an iPhone. */
    public static final class Line {
        private final String domain;
        private final String path;
        private final Optional<byte[]> content;
        private Optional<String> fileId = Optional.empty();
        private Optional<Long> size = Optional.empty();
        private Optional<byte[]> archive = Optional.empty();
        private boolean keyless;
        private boolean digest;
        private boolean absent;
        private boolean damaged;
        private int flags = 1;
        private Instant modified = Instant.parse("2024-05-06T10:11:12Z");

        private Line(String domain, String path, Optional<byte[]> content) {
            this.domain = domain;
            this.path = path;
            this.content = content;
        }

        /** The name of its content in the list. */
        public Line called(String id) {
            fileId = Optional.of(id);
            return this;
        }

        /** The size in the list. */
        public Line saying(long bytes) {
            size = Optional.of(bytes);
            return this;
        }

        /** The bytes in the list in place of the archived object. */
        public Line archived(byte[] bytes) {
            archive = Optional.of(bytes);
            return this;
        }

        /** Encrypted, with no key in the list. */
        Line withoutKey() {
            keyless = true;
            return this;
        }

        public Line withDigest() {
            digest = true;
            return this;
        }

        /** In the list alone. */
        public Line absent() {
            absent = true;
            return this;
        }

        /** With a flipped bit in its last stored byte. */
        public Line damaged() {
            damaged = true;
            return this;
        }

        public Line flags(int value) {
            flags = value;
            return this;
        }

        public Line modified(Instant time) {
            modified = time;
            return this;
        }

        String id() {
            return fileId.orElseGet(() -> sha1((domain + "-" + path).getBytes(StandardCharsets.UTF_8)));
        }
    }

    private final Path root;
    private final List<Line> lines = new ArrayList<>();
    private Optional<Encryption> encryption = Optional.empty();
    private String state = "finished";
    private boolean log;
    private boolean isPlainList;
    private boolean claimsPlain;

    public MadeBackup(Path root) {
        this.root = root;
    }

    /** A file of the camera roll, by its path over the cable. */
    public Line photo(String path, byte[] content) {
        return file("CameraRollDomain", "Media/" + path, content);
    }

    public Line file(String domain, String path, byte[] content) {
        Line line = new Line(domain, path, Optional.of(content));
        lines.add(line);
        return line;
    }

    /** A folder or a link. */
    public Line other(String domain, String path, int flags) {
        Line line = new Line(domain, path, Optional.empty()).flags(flags);
        lines.add(line);
        return line;
    }

    /** Everything below a folder that stands for the phone's media; times are those of the files. */
    public MadeBackup media(Path media) throws IOException {
        try (Stream<Path> files = Files.walk(media)) {
            for (Path file : files.sorted().toList()) {
                String path = media.relativize(file).toString();
                if (Files.isRegularFile(file)) {
                    photo(path, Files.readAllBytes(file))
                            .modified(Files.getLastModifiedTime(file).toInstant());
                } else if (!path.isEmpty()) {
                    other("CameraRollDomain", "Media/" + path, 2);
                }
            }
        }
        return this;
    }

    MadeBackup encrypted(Encryption how) {
        encryption = Optional.of(how);
        return this;
    }

    /** @param password with few rounds, to keep the test fast */
    public MadeBackup encryptedWith(String password) {
        return encrypted(new Encryption(password, 1000, 100));
    }

    /** Its files are encrypted and its list is not. */
    MadeBackup withPlainList() {
        isPlainList = true;
        return this;
    }

    /** It claims to be unencrypted. */
    MadeBackup claimingPlain() {
        claimsPlain = true;
        return this;
    }

    /** The claimed state of completion. */
    public MadeBackup state(String snapshotState) {
        state = snapshotState;
        return this;
    }

    /** With its newest lines in a log beside the list. */
    public MadeBackup withLog() {
        log = true;
        return this;
    }

    /** Writes it, and returns its folder. */
    public Path write() throws IOException {
        try {
            Files.createDirectories(root);
            NSDictionary manifest = new NSDictionary();
            NSDictionary lockdown = new NSDictionary();
            lockdown.put("UniqueDeviceID", UDID);
            lockdown.put("DeviceName", "Anna's iPhone");
            lockdown.put("ProductVersion", "17.5");
            manifest.put("Lockdown", lockdown);
            manifest.put("IsEncrypted", encryption.isPresent() && !claimsPlain);
            manifest.put("Version", "10.0");
            if (encryption.isPresent()) {
                manifest.put("BackupKeyBag", new NSData(encryption.get().keybag()));
                manifest.put("ManifestKey", new NSData(encryption.get().manifestKey()));
            }
            write("Manifest.plist", manifest);
            NSDictionary info = new NSDictionary();
            info.put("Device Name", "Anna's iPhone");
            info.put("Unique Identifier", UDID);
            info.put("Product Version", "17.5");
            write("Info.plist", info);
            NSDictionary status = new NSDictionary();
            status.put("SnapshotState", state);
            status.put("IsFullBackup", false);
            status.put("Date", new NSDate(Date.from(Instant.parse("2026-11-02T03:04:05Z"))));
            write("Status.plist", status);
            for (Line line : lines) {
                content(line);
            }
            list();
            return root;
        } catch (SQLException | GeneralSecurityException failed) {
            throw new IOException(failed);
        }
    }

    private void write(String name, NSObject list) throws IOException {
        Files.write(root.resolve(name), BinaryPropertyListWriter.writeToArray(list));
    }

    private void content(Line line) throws IOException, GeneralSecurityException {
        if (line.content.isEmpty() || line.absent || line.id().length() < 3) {
            return;
        }
        byte[] stored = stored(line);
        if (line.damaged) {
            stored = stored.clone();
            stored[stored.length - 1] ^= 1;
        }
        Path folder = Files.createDirectories(root.resolve(line.id().substring(0, 2)));
        Files.write(folder.resolve(line.id()), stored);
    }

    private byte[] stored(Line line) throws GeneralSecurityException {
        byte[] content = line.content.orElse(new byte[0]);
        return encryption.isEmpty() ? content : encryption.get().file(line.id(), content);
    }

    private void list() throws SQLException, IOException, GeneralSecurityException {
        Path database = root.resolve("Manifest.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            statement.execute("CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT,"
                    + " flags INTEGER, file BLOB)");
            statement.execute("CREATE INDEX FilesDomainIdx ON Files(domain)");
            statement.execute("CREATE TABLE Properties (key TEXT PRIMARY KEY, value BLOB)");
            if (log) {
                checkpoint(connection);
            }
            insert(connection);
            if (log) {
                for (String suffix : List.of("", "-wal")) {
                    Files.copy(root.resolve("Manifest.db" + suffix), root.resolve("kept" + suffix));
                }
            } else {
                checkpoint(connection);
            }
        }
        for (String suffix : log ? List.of("", "-wal") : List.<String>of()) {
            Files.deleteIfExists(root.resolve("Manifest.db" + suffix));
            Files.move(root.resolve("kept" + suffix), root.resolve("Manifest.db" + suffix));
        }
        if (encryption.isPresent() && !isPlainList) {
            Files.write(database, encryption.get().manifest(Files.readAllBytes(database)));
        }
    }

    private static void checkpoint(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    private void insert(Connection connection) throws SQLException, IOException, GeneralSecurityException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT OR REPLACE INTO Files VALUES (?, ?, ?, ?, ?)")) {
            for (Line line : lines) {
                insert.setString(1, line.id());
                insert.setString(2, line.domain);
                insert.setString(3, line.path);
                insert.setInt(4, line.flags);
                insert.setBytes(5, line.archive.isPresent() ? line.archive.get() : archive(line));
                insert.executeUpdate();
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    byte[] archive(Line line) throws IOException, GeneralSecurityException {
        List<NSObject> objects = new ArrayList<>();
        NSDictionary file = new NSDictionary();
        objects.add(new NSString("$null"));
        objects.add(file);
        file.put("Size", new NSNumber(line.size.orElse((long)
                line.content.map(bytes -> bytes.length).orElse(0))));
        file.put("LastModified", new NSNumber(line.modified.getEpochSecond()));
        file.put("LastStatusChange", new NSNumber(line.modified.getEpochSecond()));
        file.put("Birth", new NSNumber(line.modified.getEpochSecond()));
        file.put("Mode", new NSNumber(0100644));
        file.put("InodeNumber", new NSNumber(4711));
        file.put("UserID", new NSNumber(501));
        file.put("GroupID", new NSNumber(501));
        file.put("Flags", new NSNumber(0));
        file.put("ProtectionClass", new NSNumber(3));
        file.put("RelativePath", reference(objects, new NSString(line.path)));
        if (encryption.isPresent() && line.content.isPresent() && !line.keyless) {
            NSDictionary key = new NSDictionary();
            key.put("NS.data", new NSData(encryption.get().keyOf(line.id())));
            file.put("EncryptionKey", reference(objects, key));
        }
        if (line.digest) {
            NSDictionary digest = new NSDictionary();
            digest.put("NS.data", new NSData(HexFormat.of().parseHex(sha1(stored(line)))));
            file.put("Digest", reference(objects, digest));
        }
        NSDictionary archive = new NSDictionary();
        NSDictionary top = new NSDictionary();
        top.put("root", uid(1));
        archive.put("$top", top);
        archive.put("$objects", new NSArray(objects.toArray(new NSObject[0])));
        archive.put("$archiver", "NSKeyedArchiver");
        archive.put("$version", 100000);
        return BinaryPropertyListWriter.writeToArray(archive);
    }

    private static NSObject reference(List<NSObject> objects, NSObject object) {
        objects.add(object);
        return uid(objects.size() - 1);
    }

    private static UID uid(int place) {
        return new UID("", new byte[] {(byte) place});
    }

    static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new UncheckedIOException(new IOException(impossible));
        }
    }
}
