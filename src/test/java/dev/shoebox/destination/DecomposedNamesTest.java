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
import java.util.Optional;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** A disk that returns decomposed names, as Java 20 and newer do on HFS+ (JDK-8289689). */
class DecomposedNamesTest {
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
    void anotherFileOfTheOtherFormIs() throws Exception {
        String path = "2025/02/" + Normalizer.normalize("Ä.JPG", Normalizer.Form.NFD);
        Files.writeString(root.resolve(path), "somebody's");

        assertEquals(List.of(new Finding.Unlisted(path)), verify(new PathDisk(root)));
    }
}
