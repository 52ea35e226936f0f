package dev.shoebox.destination;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.proof.Finding;
import dev.shoebox.destination.proof.Verification;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.database.Database;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Disks that list other forms of names than those by which the files were created: decomposed, as Java 20 and newer do
 * on HFS+ (JDK-8289689), or in lower case, as some mount options for FAT and NTFS do.
 */
class OtherFormsOfNamesTest {
    @TempDir
    private Path folder;

    private Path root;

    /** Finds a file under either form of its name, and lists the decomposed one. */
    private static final class Decomposing extends DelegatingDisk {
        Decomposing(Disk disk) {
            super(disk);
        }

        private static String composed(String path) {
            return Normalizer.normalize(path, Normalizer.Form.NFC);
        }

        @Override
        public List<String> names(String path) throws IOException {
            return super.names(composed(path)).stream()
                    .map(name -> Normalizer.normalize(name, Normalizer.Form.NFD))
                    .toList();
        }

        @Override
        public Optional<Entry> look(String path) throws IOException {
            return super.look(composed(path));
        }

        @Override
        public Optional<Object> key(String path) throws IOException {
            return super.key(composed(path));
        }
    }

    /** Finds a file whatever the case of its name, and lists it in lower case. */
    private static final class LowerCasing extends DelegatingDisk {
        LowerCasing(Disk disk) {
            super(disk);
        }

        private String created(String path) throws IOException {
            String created = "";
            for (String name : path.split("/", -1)) {
                String folder = created;
                String there = super.names(folder).stream()
                        .filter(name::equalsIgnoreCase)
                        .findFirst()
                        .orElse(name);
                created = folder.isEmpty() ? there : folder + "/" + there;
            }
            return created;
        }

        @Override
        public List<String> names(String path) throws IOException {
            return super.names(path.isEmpty() ? path : created(path)).stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList();
        }

        @Override
        public Optional<Entry> look(String path) throws IOException {
            return super.look(created(path));
        }

        @Override
        public Optional<Object> key(String path) throws IOException {
            return super.key(created(path));
        }
    }

    @BeforeEach
    void backUp() throws IOException {
        root = folder.resolve("backup");
        new Backups(root).run(photo("DCIM/100APPLE/Ä.JPG", "a photo").taken("2025-02-03T04:05:06"));
    }

    private List<Finding> verify(Disk disk) throws Exception {
        var findings = new ArrayList<Finding>();
        try (var catalogue = new Catalogue(Database.shared(root.resolve(Catalogue.FILE), false))) {
            var opened = new DestinationOpener.Opened(disk, catalogue, false, Optional.empty(), Optional.empty());
            new Verification(
                            opened,
                            (well, damaged, fingerprints) -> {},
                            Verification.Scope.of(Verification.Sample.EVERYTHING),
                            new Verification.Listener() {
                                @Override
                                public void found(Finding finding) {
                                    findings.add(finding);
                                }

                                @Override
                                public void progress(Verification.Progress progress) {}
                            })
                    .run();
        }
        return findings;
    }

    @Test
    void aPhotoThatIsListedUnderTheOtherFormOfItsNameIsNotUnlisted() throws Exception {
        assertEquals(List.of(), verify(new PathDisk(root)));
        assertEquals(List.of(), verify(new Decomposing(new PathDisk(root))));
    }

    @Test
    void aPhotoIsNotUnlistedOnADiskThatListsNamesInLowerCase() throws Exception {
        assertEquals(List.of(), verify(new LowerCasing(new PathDisk(root))));
    }

    @Test
    void aFileOfAnotherCaseIsUnlistedOnADiskThatDistinguishesCase() throws Exception {
        Files.writeString(root.resolve("2025/02/ä.jpg"), "somebody's");
        Files.writeString(root.resolve("sha256sums"), "somebody's");

        assertEquals(
                List.of(new Finding.Unlisted("2025/02/ä.jpg"), new Finding.Unlisted("sha256sums")),
                verify(new PathDisk(root)));
    }

    @Test
    void anotherFileOfTheOtherFormIs() throws Exception {
        String path = "2025/02/" + Normalizer.normalize("Ä.JPG", Normalizer.Form.NFD);
        Files.writeString(root.resolve(path), "somebody's");

        assertEquals(List.of(new Finding.Unlisted(path)), verify(new PathDisk(root)));
    }
}
