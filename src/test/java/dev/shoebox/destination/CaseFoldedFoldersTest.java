package dev.shoebox.destination;

import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.SourceId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import static dev.shoebox.destination.Backups.part;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Folders of an iPhone that differ only in case, on a destination that does not distinguish them. */
class CaseFoldedFoldersTest {
    @TempDir
    private Path folder;

    private Backups backups;

    @BeforeEach
    void begin() throws IOException {
        Files.createDirectories(folder.resolve(Identity.SET_ASIDE));
        backups = new Backups(folder);
        backups.source = new SourceId(SourceId.Kind.PHONE_FILES, "00008110-0001", "Anna's iPhone");
        backups.layout = Layout.OF_FILES;
        backups.opening = OpenMode.INITIALISE;
    }

    private static Backups.Shot document(String path, String content) {
        Backups.Part part = part("Apps/org.example.A/" + path, Role.FILE, content);
        String name = Names.withoutExtension("Files/Apps/A/" + path);
        return new Backups.Shot(
                new Asset(part.resource().file().path(), name, List.of(part.resource())),
                Optional.empty(),
                List.of(part));
    }

    private Medium on(DiskProfile profile) {
        var medium = new Medium(profile);
        backups.disks = root -> new CrashDisk(medium, Faults.none(), new PathDisk(root));
        return medium;
    }

    private static Map<String, String> documents(Medium medium) {
        return medium.names().values().stream()
                .filter(name -> name.path().endsWith(".json") && name.path().startsWith("Files/"))
                .collect(Collectors.toMap(
                        name -> Names.last(name.path()),
                        name -> new String(name.node().bytes(), StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @EnumSource(
            value = DiskProfile.class,
            names = {"EXFAT", "FOLDING", "NO_FOLDER_FORCE"})
    void filesInFoldersThatDifferOnlyInCaseAreBothStored(DiskProfile profile) throws Exception {
        Medium medium = on(profile);

        backups.run(document("Backup/data.json", "upper"), document("backup/data.json", "lower"));

        assertEquals(
                Map.of("data.json", "upper", "data-" + StoringTest.digits("lower") + ".json", "lower"),
                documents(medium));
        assertEquals(2, backups.told.size());
        assertEquals(
                List.of(),
                backups.told.stream()
                        .filter(told -> !told.startsWith("copied "))
                        .toList());
    }

    @Test
    void theSameBytesAreStoredOnceIfTheirFoldersAreOne() throws Exception {
        Medium medium = on(DiskProfile.FOLDING);
        try (Destination destination = backups.open();
                var ingest = destination.ingest(backups.source, backups.layout, backups.listener())) {
            ingest.store(backups.arrival(ingest, document("Backup/data.json", "same")));
            ingest.store(backups.arrival(ingest, document("backup/data.json", "same")));
            ingest.flush();
        }

        assertEquals(Map.of("data.json", "same"), documents(medium));
    }
}
