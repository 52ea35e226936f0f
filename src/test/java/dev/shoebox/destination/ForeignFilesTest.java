package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.lock.Computer;
import dev.shoebox.destination.lock.LockRecord;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.proof.Finding;
import dev.shoebox.destination.proof.Verification;
import dev.shoebox.destination.records.Identity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A file that somebody puts where a photo is about to be stored keeps its place, whenever it appears. */
class ForeignFilesTest {
    private static final String PLACE = "2024/05/IMG_0001.HEIC";

    @TempDir
    Path folder;

    private Backups backups;

    @BeforeEach
    void begin() throws IOException {
        backups = new Backups(folder.toRealPath().resolve("backup"));
    }

    private static Backups.Shot shot() {
        return photo("DCIM/100APPLE/IMG_0001.HEIC", "photo 1");
    }

    /** A disk on which another program is a moment faster; with hard links or without. */
    private class Race extends DelegatingDisk {
        private final boolean links;
        private final String theirs;

        Race(Disk disk, boolean links, String theirs) {
            super(disk);
            this.links = links;
            this.theirs = theirs;
        }

        private void race(String fresh) throws IOException {
            if (fresh.equals(PLACE)) {
                Files.writeString(backups.root.resolve(PLACE), theirs);
            }
        }

        @Override
        public void link(String existing, String fresh) throws IOException {
            if (!links) {
                throw new FileSystemException(fresh, existing, "Operation not permitted");
            }
            race(fresh);
            super.link(existing, fresh);
        }

        @Override
        public void move(String from, String fresh) throws IOException {
            race(fresh);
            super.move(from, fresh);
        }
    }

    private List<String> setAside() throws IOException {
        try (var files = Files.list(backups.root.resolve(Identity.SET_ASIDE))) {
            return files.map(Path::toString).toList();
        }
    }

    private void assertKept(String theirs) throws IOException {
        assertEquals(theirs, Files.readString(backups.root.resolve(PLACE)));
        assertEquals(List.of(), setAside());
        Map<String, String> photos = backups.photos();
        assertEquals(2, photos.size(), photos.toString());
        assertTrue(photos.containsValue("photo 1"), photos.toString());
        assertTrue(backups.said.stream().noneMatch(line -> line.contains("damaged")), backups.said.toString());
        try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
            var found = new Found();
            view.proofs().verify(Verification.Sample.EVERYTHING, found);
            assertEquals(List.of(new Finding.Unlisted(PLACE)), found.findings());
        }
    }

    @ParameterizedTest
    @CsvSource({"true,theirs", "false,theirs", "true,their 7", "false,their 7", "true,''", "false,''"})
    void aFileThatComesAtTheLastMomentStays(boolean links, String theirs) throws Exception {
        backups.disks = root -> new Race(new PathDisk(root), links, theirs);
        assertThrows(DestinationException.Lost.class, () -> backups.run(shot()));
        assertEquals(theirs, Files.readString(backups.root.resolve(PLACE)));
        backups.disks = root -> new Race(new PathDisk(root), links, theirs);
        backups.catchUp(shot());
        assertKept(theirs);
    }

    @ParameterizedTest
    @CsvSource({"true,theirs", "false,theirs", "true,their 7", "false,their 7", "true,''", "false,''"})
    void itStaysIfTheRunWasKilledBeforeItKnew(boolean links, String theirs) throws Exception {
        backups.open().close();
        backups.disks = root -> new Race(new PathDisk(root), links, theirs) {
            private boolean killed;

            @Override
            public Optional<Entry> look(String path) throws IOException {
                live();
                return super.look(path);
            }

            private void live() throws IOException {
                if (killed) {
                    throw new IOException("killed");
                }
            }

            @Override
            public Out append(String path) throws IOException {
                Out out = super.append(path);
                return new DelegatingOut(out) {
                    @Override
                    public void write(java.nio.ByteBuffer bytes) throws IOException {
                        live();
                        super.write(bytes);
                    }

                    @Override
                    public void truncate(long size) throws IOException {
                        live();
                        super.truncate(size);
                    }
                };
            }

            @Override
            public void delete(String path) throws IOException {
                live();
                super.delete(path);
            }

            @Override
            public void link(String existing, String fresh) throws IOException {
                live();
                killed = fresh.equals(PLACE);
                super.link(existing, fresh);
            }

            @Override
            public void move(String from, String fresh) throws IOException {
                live();
                killed = fresh.equals(PLACE);
                super.move(from, fresh);
            }
        };
        assertThrows(IOException.class, () -> backups.run(shot()));
        assertEquals(1, backups.staged().size());
        // The lock record of a killed run.
        var killed = new LockRecord(
                Computer.here(),
                Long.MAX_VALUE,
                Optional.empty(),
                Optional.empty(),
                "killed",
                Optional.of("000000000001"));
        Files.writeString(backups.root.resolve(".shoebox/lock.json"), killed.line());
        backups.disks = root -> new Race(new PathDisk(root), links, theirs);
        backups.catchUp(shot());
        assertKept(theirs);
    }

    @ParameterizedTest
    @Timeout(20)
    @ValueSource(
            strings = {
                "SHA256SUMS",
                ".shoebox/id",
                ".shoebox/lock",
                ".shoebox/lock.json",
                ".shoebox/journal.ndjson",
                ".shoebox/troubled.ndjson",
                ".shoebox/catalogue.sqlite",
                ".shoebox/catalogue.sqlite-journal",
                PLACE
            })
    void aPipeInThePlaceOfAFileIsNotWaitedFor(String path) throws Exception {
        backups.run(shot());
        Path place = backups.root.resolve(path);
        Files.deleteIfExists(place);
        assertEquals(0, new ProcessBuilder("mkfifo", place.toString()).start().waitFor());
        if (path.equals(PLACE)) {
            backups.catchUp(shot());
            assertTrue(backups.photos().containsValue("photo 1"));
            try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
                view.proofs().verify(Verification.Sample.EVERYTHING, new Found());
            }
        } else {
            var told = assertThrows(DestinationException.class, () -> backups.run(shot()));
            assertTrue(told.getMessage().contains(path), told.getMessage());
            try (Destination view = Destination.view(backups.root, OpenMode.REQUIRE_EXISTING)) {
                view.status();
                view.proofs().verify(Verification.Sample.EVERYTHING, new Found());
            } catch (DestinationException refused) {
                assertTrue(refused.getMessage().contains(path), refused.getMessage());
            }
            DestinationFolder.isInUse(backups.root);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHA256SUMS",
                ".shoebox/id",
                ".shoebox/lock",
                ".shoebox/lock.json",
                ".shoebox/journal.ndjson",
                ".shoebox/troubled.ndjson",
                ".shoebox/catalogue.sqlite",
                ".shoebox/catalogue.sqlite-journal"
            })
    void aFolderInThePlaceOfAFileIsNamed(String path) throws Exception {
        backups.run(shot());
        Path place = backups.root.resolve(path);
        Files.deleteIfExists(place);
        Files.createDirectory(place);
        Files.writeString(place.resolve("theirs"), "theirs");
        var told = assertThrows(DestinationException.class, () -> backups.run(shot()));
        assertTrue(told.getMessage().contains(path), told.getMessage());
        assertEquals("theirs", Files.readString(place.resolve("theirs")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFileInPlaceOfAWithdrawnPhotoStays(boolean links) throws Exception {
        backups.disks = root -> new Race(new PathDisk(root), links, "theirs") {
            @Override
            public boolean keepsForcedBytes() {
                return false;
            }

            @Override
            public void force(String path) throws IOException {
                if (path.equals(PLACE)) {
                    Path other = backups.root.resolve("other");
                    Files.writeString(other, "theirs");
                    Files.move(other, backups.root.resolve(PLACE), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                    throw new IOException("the disk failed");
                }
                super.force(path);
            }

            @Override
            public void link(String existing, String fresh) throws IOException {
                if (!links) {
                    throw new FileSystemException(fresh, existing, "Operation not permitted");
                }
                disk.link(existing, fresh);
            }

            @Override
            public void move(String from, String fresh) throws IOException {
                disk.move(from, fresh);
            }
        };
        assertThrows(DestinationException.class, () -> backups.run(shot()));
        assertEquals("theirs", Files.readString(backups.root.resolve(PLACE)));
    }
}
