package dev.shoebox.web;

import dev.shoebox.destination.Backups;
import dev.shoebox.destination.DelegatingDisk;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.web.saving.PageWork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import static dev.shoebox.destination.Backups.part;
import static dev.shoebox.destination.Backups.photo;
import static dev.shoebox.destination.Backups.shot;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the page finds out about second copies. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ShownCopiesTest {
    private static final Backups.Shot ONE = photo("DCIM/100APPLE/IMG_1.JPG", "one");
    private static final Backups.Shot TWO = photo("DCIM/100APPLE/IMG_2.JPG", "two");

    @TempDir
    private Path folder;

    private Backups first;
    private Backups second;
    private final PageModel model = new PageModel();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @BeforeEach
    void twoBackups() throws IOException {
        first = new Backups(folder.resolve("first"));
        second = new Backups(Files.createDirectory(folder.resolve("second")));
        first.run(ONE);
        second.run(ONE);
    }

    /** Keeps its first reader until told to go on. */
    private Disk slow(Path root) {
        return new DelegatingDisk(new PathDisk(root)) {
            @Override
            public void letGo() {
                reached.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                super.letGo();
            }
        };
    }

    /** Returns the state of the model once every reader has ended. */
    private String read(ShownCopies copies, Path backup) throws InterruptedException {
        copies.refresh(backup);
        return ended();
    }

    private String ended() throws InterruptedException {
        goOn.countDown();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("shoebox-page-copy")) {
                thread.join();
            }
        }
        return model.json();
    }

    private ShownCopies copies() {
        return new ShownCopies(model, new Copied(second.root), this::slow);
    }

    private static void assertShown(String state, int photos, int files, String json) {
        for (String field : List.of("\"state\":\"" + state + "\"", "\"photos\":" + photos, "\"files\":" + files)) {
            assertTrue(json.contains(field), () -> field + " in " + json);
        }
    }

    @Test
    void aReaderThatBeganBeforeASaveDoesNotCallTheCopyComplete() throws Exception {
        ShownCopies copies = copies();
        copies.refresh(first.root);
        reached.await();
        first.run(ONE, TWO);
        assertShown("behind", 1, 0, read(copies, first.root));
    }

    @Test
    void aReaderThatComparedWithAnotherBackupIsIgnored() throws Exception {
        Backups other = new Backups(folder.resolve("other"));
        other.run(ONE, TWO);
        ShownCopies copies = copies();
        copies.refresh(first.root);
        reached.await();
        assertShown("behind", 1, 0, read(copies, other.root));
    }

    @Test
    void aReaderThatBeganBeforeASaveDoesNotHideWhatItFills() throws Exception {
        ShownCopies copies = copies();
        copies.refresh(first.root);
        reached.await();
        copies.filled(second.root, 12);
        assertShown("filling", 0, 0, ended());
        assertTrue(model.json().contains("\"arrived\":12"), model.json());
        assertShown("complete", 0, 0, read(copies, first.root));
    }

    @Test
    void aCopyThatIsFilledByTheFirstSaveIsShown() {
        copies().filled(second.root, 1);
        assertShown("filling", 0, 0, model.json());
    }

    @Test
    void anEmptyFolderIsNoDefectOfTheDisk() throws Exception {
        second = new Backups(Files.createDirectory(folder.resolve("empty")));
        assertShown("empty", 0, 0, read(copies(), first.root));
    }

    @Test
    void aFolderWithOtherFilesIsNamedThat() throws Exception {
        second = new Backups(Files.createDirectory(folder.resolve("other")));
        Files.writeString(second.root.resolve("letter.txt"), "Dear Ada");
        assertShown("other-files", 0, 0, read(copies(), first.root));
    }

    @Test
    void aBackupOfANewerVersionIsNotCalledOtherFiles() throws Exception {
        Path id = second.root.resolve(".shoebox/id");
        Files.writeString(id, Files.readString(id).replace("\"format\":1", "\"format\":99"));
        assertShown("newer", 0, 0, read(copies(), first.root));
    }

    @Test
    void aLinkToTheBackupItselfIsNoCompleteCopy() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), first.root);
        first.run(ONE);
        ShownCopies shown = new ShownCopies(model, new Copied(link), this::slow);
        assertShown("same-folder", 0, 0, read(shown, first.root));
    }

    @Test
    void aPhotoFromTwoSourcesCountsOnce() throws Exception {
        first.run(TWO);
        first.source = Backups.OTHER_PHONE;
        first.run(TWO);
        assertShown("behind", 1, 0, read(copies(), first.root));
    }

    /** No run repairs it, so it is not promised. */
    @Test
    void damageIsNotLacking() throws Exception {
        first.run(ONE, TWO);
        second.run(ONE, TWO);
        try (Destination to = second.open()) {
            to.proofs()
                    .recordFound(
                            List.of(),
                            List.of(second.photos().keySet().iterator().next()));
        }
        String json = read(copies(), first.root);
        assertShown("behind", 0, 0, json);
        assertTrue(json.contains("\"damaged\":1"), json);
    }

    /** No run brings them, so they are not promised. */
    @Test
    void reducedCopiesAndWhatWasForgottenThereAreNotLacking() throws Exception {
        first.run(ONE, TWO, shot(part("PhotoData/Metadata/DCIM/3.JPG", Role.PREVIEW, "reduced")));
        second.run(ONE, TWO);
        String path = second.photos().entrySet().stream()
                .filter(photo -> photo.getValue().equals("two"))
                .findFirst()
                .orElseThrow()
                .getKey();
        Files.delete(second.root.resolve(path));
        try (Destination to = second.open()) {
            to.ownerChanges().forget(List.of(path));
        }
        assertShown("complete", 0, 0, read(copies(), first.root));
    }

    /** Knows of one second copy, and does no work. */
    private record Copied(Path second) implements PageWork {
        @Override
        public List<SecondCopy> copies(Path root) {
            return List.of(new SecondCopy(second, true, Optional.empty(), Optional.empty()));
        }

        @Override
        public List<Place> places() {
            return List.of();
        }

        @Override
        public Saved save(
                Path root, SourceId source, Set<String> paths, SaveListener listener, Consumer<Runnable> stopping) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> report(Path root) {
            return Optional.empty();
        }

        @Override
        public boolean canBeWeekly(Path root) {
            return false;
        }

        @Override
        public String weekly(Path root, SourceId phone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void show(Path folder) {}
    }
}
