package dev.shoebox.library;

import dev.shoebox.library.PhotosDatabase.Ios;
import dev.shoebox.library.PhotosDatabase.Row;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A phone, with files and a library of any number, in which the location of each photo is known. */
public final class KnownPhone {
    private static final String ON_PHONE = "only-on-phone";
    private static final String WAITING = "waiting-for-icloud";
    private static final String BOTH = "in-icloud-and-on-phone";
    private static final String IN_ICLOUD = "only-in-icloud";
    private static final String PART = "part-missing";
    private static final String UNKNOWN = "unknown";

    private static final int BYTES = 120;

    private final Path media;
    private final Random random;
    private final Map<String, String> truth = new TreeMap<>();
    private final List<Row> rows = new ArrayList<>();
    private int next;

    private KnownPhone(Path media, long seed) {
        this.media = media;
        this.random = new Random(seed);
    }

    /** @return the expected coverage class of each photo, by path */
    public static Map<String, String> lay(Path media, Ios ios, int photos, long seed) throws IOException, SQLException {
        KnownPhone phone = new KnownPhone(media, seed);
        while (phone.next < photos) {
            phone.photo();
        }
        try (PhotosDatabase database = PhotosDatabase.create(media, ios)) {
            database.add(phone.rows);
        }
        Files.createFile(media.resolve("PhotoData/cpl_enabled_marker"));
        return phone.truth;
    }

    private void photo() throws IOException {
        int number = next++;
        boolean cloud = random.nextInt(3) == 0;
        String stem = (cloud ? "PhotoData/CPLAssets/group%03d/ID-%06d" : "DCIM/%03dAPPLE/IMG_%06d")
                .formatted(cloud ? number % 256 : 100 + number / 999, number);
        boolean film = random.nextInt(5) == 0;
        String path = stem + (film ? ".MOV" : random.nextBoolean() ? ".HEIC" : ".JPG");
        Row row = PhotosDatabase.asset(path).created(Instant.ofEpochSecond(1_400_000_000L + number * 9000L), 3600);
        boolean hasRow = random.nextInt(20) > 0;
        switch (random.nextInt(film ? 8 : 12)) {
            case 0 -> {
                file(path);
                put(row, path, ON_PHONE, hasRow ? 1 : null, 0);
            }
            case 1 -> {
                file(path);
                put(row.master(0), path, ON_PHONE, random.nextBoolean() ? -1 : 1, 0);
            }
            case 2 -> {
                file(path);
                put(row.master(1).with("ZHIDDEN", 1), path, WAITING, hasRow ? 1 : null, 0);
            }
            case 3 -> {
                file(path);
                Integer local = hasRow ? Integer.valueOf(random.nextInt(4) == 0 ? -1 : 1) : null;
                put(row.master(3), path, BOTH, local, 1);
            }
            case 4, 5 -> put(row.master(3), path, IN_ICLOUD, -1, 1);
            case 6 -> {
                // In Recently Deleted: the file still exists, and the photo does not count.
                file(path);
                rows.add(row.master(3).with("ZTRASHEDSTATE", 1).resource(1, 1, 1, 100));
            }
            case 7 -> {
                file(path);
                truth.put(path, UNKNOWN);
            }
            case 8 -> {
                file(path);
                boolean whole = random.nextBoolean();
                if (whole) {
                    file(stem + ".MOV");
                }
                put(
                        row.master(3).with("ZKINDSUBTYPE", 2).resource(18, whole ? 1 : -1, 1, 50),
                        path,
                        whole ? BOTH : PART,
                        1,
                        1);
            }
            case 9 -> {
                file(path);
                file("PhotoData/Mutations/" + stem + "/Adjustments/FullSizeRender.jpg");
                file("PhotoData/Mutations/" + stem + "/Adjustments/Adjustments.plist");
                put(row.master(3).with("ZHASADJUSTMENTS", 1), path, BOTH, 1, 1);
            }
            case 10 -> {
                // A small version and the edit are present, the original is not.
                file("PhotoData/Metadata/" + path);
                file("PhotoData/Mutations/" + stem + "/Adjustments/FullSizeRender.jpg");
                put(row.master(3), path, IN_ICLOUD, -1, 1);
            }
            default -> {
                // Neither present nor recorded elsewhere.
                put(row.master(0), path, UNKNOWN, -1, 0);
            }
        }
    }

    private void put(Row row, String path, String where, Integer local, int remote) {
        if (local != null) {
            row.resource(1, local, remote, 100);
        }
        rows.add(row);
        truth.put(path, where);
    }

    private void file(String path) throws IOException {
        Path file = media.resolve(path);
        Files.createDirectories(file.getParent());
        // Of the length that the library has for each of them.
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).putInt(next).put((byte) path.length());
        Files.write(file, bytes.array());
    }
}
