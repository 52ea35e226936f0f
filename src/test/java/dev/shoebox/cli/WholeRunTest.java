package dev.shoebox.cli;

import dev.shoebox.library.KnownPhone;
import dev.shoebox.library.PhotosDatabase;
import dev.shoebox.library.PhotosDatabase.Ios;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static dev.shoebox.library.PhotosDatabase.asset;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Whole runs over everything that a phone holds, with a Photos library in which the location of each photo is known.
 */
class WholeRunTest {
    private static final String DCIM = "DCIM/100APPLE/";

    @TempDir
    private Path home;

    @TempDir
    private Path media;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(home);
    }

    private Set<String> paths(String kind) throws IOException {
        return shell.events(kind).stream()
                .map(event -> (String) event.get("path"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, Object> summary() throws IOException {
        return shell.events("summary").get(0);
    }

    private Path backup() {
        return home.resolve("backup");
    }

    private static Set<String> of(Map<String, String> truth, String where) {
        return truth.entrySet().stream()
                .filter(entry -> entry.getValue().equals(where))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @EnumSource(Ios.class)
    void everyOriginalOnThePhoneIsCopiedAndNoPlaceholder(Ios ios) throws Exception {
        Map<String, String> truth = KnownPhone.lay(media, ios, 300, ios.name().hashCode());
        assertEquals(0, shell.shoebox("backup", "--json", "-v", "--from", media, backup()), shell::err);
        Set<String> here = new TreeSet<>();
        for (String path : truth.keySet()) {
            if (Files.exists(media.resolve(path))) {
                here.add(path);
            }
        }
        Set<String> taken = paths("copied");
        taken.addAll(paths("duplicate"));
        assertTrue(taken.containsAll(here), () -> {
            here.removeAll(taken);
            return "not taken: " + here;
        });
        assertFalse(taken.stream().anyMatch(path -> path.startsWith("PhotoData/Metadata/")));
        assertEquals(of(truth, "only-in-icloud"), paths("placeholder"));
        assertTrue(paths("part-missing").containsAll(of(truth, "part-missing")));
        assertEquals(0, summary().get("failed"));
        assertTrue((int) summary().get("recentlyDeleted") > 0);

        assertEquals(0, shell.shoebox("backup", "--json", "--from", media, backup()), shell::err);
        assertEquals(0, summary().get("copied"));
        assertEquals(of(truth, "only-in-icloud"), paths("placeholder"), "an unchanged run tells the same");
    }

    @Test
    void aPreviewIsCopiedOnRequestUnderANameOfItsOwn() throws Exception {
        lay("IMG_0001.JPG");
        Files.createDirectories(media.resolve("PhotoData/Metadata/" + DCIM));
        Files.writeString(media.resolve("PhotoData/Metadata/" + DCIM + "IMG_0002.JPG"), "small");
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_18)) {
            database.add(
                    asset(DCIM + "IMG_0001.JPG").created(Instant.parse("2024-05-01T10:00:00Z"), 7200),
                    asset(DCIM + "IMG_0002.HEIC")
                            .created(Instant.parse("2023-05-01T10:00:00Z"), 7200)
                            .master(3)
                            .resource(1, -1, 1, 2_000_000));
        }
        assertEquals(0, shell.shoebox("backup", "--placeholders", "preview", "--from", media, backup()), shell::err);
        assertEquals("small", Files.readString(backup().resolve("2023/05/IMG_0002_preview.JPG")));
        assertFalse(Files.exists(backup().resolve("2023/05/IMG_0002.JPG")));
        assertTrue(Files.exists(backup().resolve("2024/05/IMG_0001.JPG")));
        assertTrue(shell.err().contains("only in iCloud"), shell.err());
    }

    @Test
    void aSelectionLeavesOutAlikeInListBackupAndDryRun() throws Exception {
        lay("IMG_0001.JPG", "IMG_0002.JPG", "IMG_0003.JPG");
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_17_6)) {
            database.add(
                    asset(DCIM + "IMG_0001.JPG").with("ZFAVORITE", 1),
                    asset(DCIM + "IMG_0002.JPG").with("ZHIDDEN", 1),
                    asset(DCIM + "IMG_0003.JPG").with("ZTRASHEDSTATE", 1));
        }
        assertEquals(0, shell.shoebox("list", "--json", "--favorites", "--from", media), shell::err);
        assertEquals(Set.of(DCIM + "IMG_0001.JPG"), paths("file"));
        assertEquals(2, summary().get("leftOut"));

        assertEquals(0, shell.shoebox("backup", "-n", "--json", "--favorites", "--from", media, backup()), shell::err);
        assertEquals(Set.of(DCIM + "IMG_0001.JPG"), paths("planned-copy"));
        assertEquals(2, summary().get("leftOut"));

        assertEquals(0, shell.shoebox("backup", "--json", "--exclude-hidden", "--from", media, backup()), shell::err);
        assertEquals(1, summary().get("copied"));
        assertEquals(1, summary().get("leftOut"));
        assertEquals(1, summary().get("recentlyDeleted"));

        assertEquals(0, shell.shoebox("backup", "--json", "--include-trashed", "--from", media, backup()), shell::err);
        assertEquals(2, summary().get("copied"));
    }

    @Test
    void anUnknownAlbumEndsTheCommandBeforeAnythingIsCopied() throws Exception {
        lay("IMG_0001.JPG");
        try (PhotosDatabase database = PhotosDatabase.create(media, Ios.IOS_17_6)) {
            database.add(asset(DCIM + "IMG_0001.JPG"));
        }
        for (String command : List.of("backup", "list")) {
            List<Object> words = new ArrayList<>(List.of(command, "--json", "--album", "Olso", "--from", media));
            if (command.equals("backup")) {
                words.add(backup());
            }
            assertEquals(2, shell.shoebox(words.toArray()), shell::err);
            assertTrue(shell.err().contains("No album 'Olso'"), shell.err());
        }
    }

    @Test
    void withoutALibraryFavouritesAreRefusedAndNothingElseIsLeftOut() throws Exception {
        lay("IMG_0001.JPG");
        assertEquals(2, shell.shoebox("backup", "--favorites", "--from", media, backup()));
        assertTrue(shell.err().contains("--favorites needs the Photos library"), shell.err());
        assertEquals(0, shell.shoebox("backup", "--from", media, backup()), shell::err);
    }

    private void lay(String... names) throws IOException {
        Path folder = Files.createDirectories(media.resolve(DCIM));
        for (String name : names) {
            Files.writeString(folder.resolve(name), name);
        }
    }
}
