package dev.shoebox.library;

import dev.shoebox.library.PhotosDatabase.Ios;
import dev.shoebox.library.database.LibraryResult;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Upload;
import dev.shoebox.photos.source.Unreadable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static dev.shoebox.library.PhotosDatabase.asset;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A library is copied whole or not at all, read again only if it changed, and never costs more than itself. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LibraryReaderTest {
    private static final String DATABASE = "PhotoData/Photos.sqlite";
    private static final String LOG = "PhotoData/Photos.sqlite-wal";

    @TempDir
    private Path media;

    @TempDir
    private Path home;

    private Path cache;
    private WatchedPhone phone;

    @BeforeEach
    void open() throws IOException {
        phone = new WatchedPhone(media);
        cache = home.resolve("cache/shoebox");
    }

    @AfterEach
    void close() {
        phone.close();
    }

    private LibraryResult read() {
        return new LibraryReader(cache).read(phone, bytes -> {}, () -> false);
    }

    private int sizeRead() {
        LibraryResult reading = read();
        assertEquals(Optional.empty(), reading.note());
        return reading.library().orElseThrow().size();
    }

    private void assertNone(String because) {
        LibraryResult reading = read();
        assertEquals(Optional.empty(), reading.library());
        String note = reading.note().orElseThrow();
        assertTrue(note.contains(because), note);
        assertEquals(1, note.lines().count());
    }

    private PhotosDatabase database() throws IOException, SQLException {
        return PhotosDatabase.create(media, Ios.IOS_18);
    }

    @Test
    void whatOnlyTheLogHasIsReadToo() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG")).checkpoint();
            database.add(asset("DCIM/100APPLE/IMG_0002.JPG"));
            assertTrue(Files.size(media.resolve(LOG)) > 0);
            assertEquals(2, sizeRead());
        }
    }

    @Test
    void aLibraryThatWasLeftCleanlyHasNoLogAndIsRead() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG"));
        }
        assertFalse(Files.exists(media.resolve(LOG)));
        assertEquals(1, sizeRead());
    }

    @Test
    void anUnchangedLibraryIsNotReadFromThePhoneAgain() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG"));
            assertEquals(1, sizeRead());
            assertEquals(List.of(DATABASE, LOG), phone.read);
            phone.opened.clear();
            assertEquals(1, sizeRead());
            assertEquals(List.of(DATABASE, LOG), phone.read);
            assertEquals(List.of(), phone.opened, "its sizes and times tell");

            database.add(asset("DCIM/100APPLE/IMG_0002.JPG"));
            assertEquals(2, sizeRead());
            assertEquals(List.of(DATABASE, LOG, LOG), phone.read, "only the log has grown");

            database.checkpoint();
            assertEquals(2, sizeRead());
            assertEquals(List.of(DATABASE, LOG, LOG, DATABASE), phone.read);
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)));
    }

    @Test
    void aCopyThatWasDamagedSinceIsMadeAnew() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG"));
            assertEquals(1, sizeRead());
            Path copy;
            try (var files = Files.walk(cache)) {
                copy = files.filter(file -> file.endsWith("Photos.sqlite"))
                        .findFirst()
                        .orElseThrow();
            }
            Files.write(copy, new byte[(int) Files.size(copy)]);
            read();
            assertEquals(1, sizeRead());
        }
    }

    @Test
    void aCheckpointBetweenDatabaseAndLogIsNoticed() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG")).checkpoint();
            database.add(asset("DCIM/100APPLE/IMG_0002.JPG"));
            AtomicBoolean once = new AtomicBoolean();
            phone.afterRead = path -> {
                if (path.equals(DATABASE) && !once.getAndSet(true)) {
                    run(() -> database.checkpoint().add(asset("DCIM/100APPLE/IMG_0003.JPG")));
                }
            };
            assertEquals(3, sizeRead());
            assertEquals(List.of(DATABASE, LOG, DATABASE, LOG), phone.read);
        }
    }

    @Test
    void aDatabaseThatNeverHoldsStillIsGivenUp() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG"));
            AtomicBoolean enough = new AtomicBoolean();
            int[] photos = {1};
            phone.afterRead = path -> {
                run(() -> database.add(asset("DCIM/100APPLE/X" + photos[0]++ + ".JPG"))
                        .checkpoint());
                enough.set(photos[0] > 20);
            };
            LibraryResult reading = new LibraryReader(cache).read(phone, bytes -> {}, enough::get);
            assertEquals(Optional.empty(), reading.library());
            assertTrue(reading.note().orElseThrow().contains("changed it again and again"), reading.toString());
        }
    }

    private interface Statement {
        void run() throws SQLException;
    }

    private static void run(Statement statement) {
        try {
            statement.run();
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /**
     * Each transaction adds a photo in which all tables must agree; none of them may be seen by halves. A checkpoint makes a
     * copy begin again, so that there are only some for each.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.7})
    void whatIsWrittenMeanwhileIsNeverSeenByHalves(double busy) throws Exception {
        Random random = new Random(1);
        AtomicInteger photos = new AtomicInteger();
        AtomicInteger checkpoints = new AtomicInteger();
        try (PhotosDatabase database = database()) {
            // More than is read ahead, so that the end of the database is written while its beginning is here already.
            database.add(IntStream.range(0, MANY)
                            .mapToObj(LibraryReaderTest::consistent)
                            .toList())
                    .checkpoint();
            photos.set(MANY);
            phone.afterPiece = path -> {
                if (random.nextDouble() < busy) {
                    run(() -> database.add(consistent(photos.getAndIncrement())));
                    if (random.nextInt(4) == 0 && checkpoints.getAndDecrement() > 0) {
                        run(database::checkpoint);
                    }
                }
            };
            int before = 0;
            for (int tries = 0; tries < 6; tries++) {
                checkpoints.set(2);
                Library library = read().library().orElseThrow();
                assertConsistent(library);
                assertTrue(library.size() >= before);
                before = library.size();
            }
            assertTrue(photos.get() > MANY, "something was written meanwhile");
            phone.afterPiece = path -> {};
            assertEquals(photos.get(), sizeRead());
        }
        assertConsistent(read().library().orElseThrow());
    }

    private static final int MANY = 2000;

    private static PhotosDatabase.Row consistent(int number) {
        return asset("DCIM/100APPLE/IMG_%06d.JPG".formatted(number))
                .attribute("ZORIGINALFILENAME", "IMG_%06d.JPG".formatted(number))
                .attribute("ZREVERSELOCATIONDATA", new byte[3000])
                .caption("Caption " + number)
                .resource(1, 1, 1, 1000 + number)
                .master(3);
    }

    private static void assertConsistent(Library library) {
        assertEquals(
                library.size(),
                library.assets().stream().map(LibraryAsset::path).distinct().count());
        for (int number = 0; number < library.size(); number++) {
            String name = "IMG_%06d.JPG".formatted(number);
            LibraryAsset asset = library.at("DCIM/100APPLE/" + name).orElseThrow();
            assertEquals(Optional.of(name), asset.originalName());
            assertEquals(Optional.of("Caption " + number), asset.caption());
            assertEquals(1000 + number, asset.originals().get(0).bytes().orElseThrow());
            assertEquals(Upload.UPLOADED, asset.upload());
        }
    }

    @Test
    void aPhoneWithoutALibraryIsSaidToHaveNone() {
        assertNone("the iPhone shows none");
    }

    @Test
    void whatIsNoDatabaseIsNotEvenCopied() throws Exception {
        write(DATABASE, "GIF89a and so on".repeat(1000).getBytes(UTF_8));
        assertNone("it is not a database");
        assertEquals(List.of(), phone.read);

        phone.opened.clear();
        assertNone("it is not a database");
        assertEquals(List.of(), phone.opened, "once is enough");

        try (PhotosDatabase database = PhotosDatabase.create(Files.createDirectory(media.resolve("new")), Ios.IOS_18)) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG"));
        }
        Files.copy(
                media.resolve("new").resolve(DATABASE), media.resolve(DATABASE), StandardCopyOption.REPLACE_EXISTING);
        assertEquals(1, sizeRead());
    }

    @Test
    void unknownTablesAreNoLibrary() throws Exception {
        try (PhotosDatabase database = database()) {
            database.execute("ALTER TABLE ZASSET RENAME TO ZPICTURE");
            assertNone("its tables are not those of any iOS");
        }
    }

    @Test
    void aViewInPlaceOfATableIsNotAsked() throws Exception {
        try (PhotosDatabase database = database()) {
            database.execute("ALTER TABLE ZASSET RENAME TO Z_REAL");
            database.execute("CREATE VIEW ZASSET AS WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x)"
                    + " SELECT n AS Z_PK, 'DCIM' AS ZDIRECTORY, 'A.JPG' AS ZFILENAME FROM x");
            assertNone("its tables are not those of any iOS");
        }
    }

    @Test
    void aRefusalIsToldAsThePhoneSaidIt() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG"));
        }
        phone.afterRead = path -> {
            throw new dev.shoebox.photos.source.MediaSource.UnreadableException(
                    new Unreadable(path, Unreadable.Reason.DENIED, "The iPhone does not permit reading it (AFC 10)."));
        };
        assertNone("The iPhone does not permit reading it (AFC 10). Photos are found");
    }

    @Test
    void aLogThatIsGarbageCostsWhatItHadAndIsSaid() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG")).checkpoint();
        }
        // A log that says it is whole and puts nonsense in place of the first page of a table.
        write(LOG, WalForger.logThatReplacesEveryPage(media.resolve(DATABASE)));
        LibraryResult reading = read();
        assertEquals(1, reading.library().orElseThrow().size());
        assertTrue(reading.note().orElseThrow().contains("newest changes"), reading.toString());
    }

    @Test
    void pathsThatCannotBeFilesAreLeftOut() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(
                    asset("DCIM/../../etc/passwd"),
                    asset("DCIM/100APPLE/./A.JPG"),
                    asset("DCIM//A.JPG"),
                    asset("DCIM/100APPLE/" + "x".repeat(5000)),
                    asset("DCIM/100APPLE/A.JPG").with("ZFILENAME", null),
                    asset("/DCIM/100APPLE/IMG_0001.JPG"),
                    asset("DCIM/100APPLE/..IMG_0002.JPG"));
            assertEquals(
                    List.of("DCIM/100APPLE/IMG_0001.JPG", "DCIM/100APPLE/..IMG_0002.JPG"),
                    read().library().orElseThrow().assets().stream()
                            .map(LibraryAsset::path)
                            .toList());
        }
    }

    @Test
    void endlessTextsAreCutOff() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG")
                    .caption("x".repeat(3_000_000))
                    .attribute("ZTITLE", "t"));
            LibraryAsset read = read().library().orElseThrow().assets().get(0);
            assertTrue(read.caption().orElse("").length() <= 8000);
            assertEquals(Optional.of("t"), read.title());
        }
    }

    /** Whatever a byte is changed to, the answer is a library or a reason. */
    @Test
    void aDamagedDatabaseIsNeverMoreThanAReason() throws Exception {
        try (PhotosDatabase database = database()) {
            database.album(2, 2, 1, "Album");
            for (int photo = 0; photo < 50; photo++) {
                database.add(consistent(photo).in(2).keyword("word" + photo));
            }
        }
        byte[] sound = Files.readAllBytes(media.resolve(DATABASE));
        Random random = new Random(5);
        int libraries = 0;
        for (int tries = 0; tries < 60; tries++) {
            byte[] damaged = sound.clone();
            for (int changes = 0; changes < 1 + tries; changes++) {
                damaged[random.nextInt(20, damaged.length)] = (byte) random.nextInt();
            }
            write(DATABASE, damaged);
            LibraryResult reading = read();
            assertTrue(reading.library().isPresent() || reading.note().isPresent());
            assertFalse(reading.note().orElse("").contains("unexpected"), reading.toString());
            libraries += reading.library().isPresent() ? 1 : 0;
        }
        assertTrue(libraries < 60, "no damage was noticed at all");
    }

    @Test
    void aDatabaseOfAGigabyteIsReadInLittleMemory() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG")).checkpoint();
        }
        try (FileChannel channel = FileChannel.open(media.resolve(DATABASE), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), (1L << 30) - 1);
        }
        List<Long> told = new ArrayList<>();
        LibraryResult reading = new LibraryReader(cache).read(phone, told::add, () -> false);
        assertEquals(1, reading.library().orElseThrow().size());
        assertEquals(List.of(1L << 30), told);
    }

    @Test
    void whoeverStopsIsObeyed() throws Exception {
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG"));
            LibraryResult reading = new LibraryReader(cache).read(phone, bytes -> {}, () -> true);
            assertEquals(Optional.empty(), reading.library());
        }
    }

    @Test
    void aFolderWithoutAPlaceForCopiesIsNoReasonToDoWithout() throws Exception {
        Path file = Files.createFile(home.resolve("file"));
        try (PhotosDatabase database = database()) {
            database.add(asset("DCIM/100APPLE/IMG_0001.JPG"));
            LibraryResult reading = new LibraryReader(file.resolve("shoebox")).read(phone, bytes -> {}, () -> false);
            assertEquals(1, reading.library().orElseThrow().size());
        }
    }

    private void write(String path, byte[] content) throws IOException {
        Files.createDirectories(media.resolve(path).getParent());
        Files.write(media.resolve(path), content);
    }
}
