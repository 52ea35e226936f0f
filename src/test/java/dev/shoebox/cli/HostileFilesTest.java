package dev.shoebox.cli;

import dev.shoebox.simulator.apps.SimulatedApp;
import dev.shoebox.simulator.library.Libraries;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** Hostile apps, names, phones and cables cost no file, and no file lands outside its folder. */
class HostileFilesTest extends FilesCase {
    @Test
    void anAppThatRefusesCostsNoOtherAndIsNamed() throws Exception {
        put(sketches, "a.txt", "a");
        for (String error : new String[] {"ApplicationLookupFailed", "InstallationLookupFailed", "\u001b[31mNo"}) {
            String id = "org.example." + Integer.toUnsignedString(error.hashCode());
            phone.apps().install(SimulatedApp.sharing(id, error, Libraries.folder(sketches)));
            phone.apps().refuse(id, error);
        }
        backUp(3);
        assertEquals(1, summary().get("copied"));
        assertEquals(3, summary().get("failed"));
        assertFalse((shell.out() + shell.err()).contains("\u001b"), "nothing moves the cursor");
        phone.apps().awaitNone();
        assertEquals(3, shell.shoebox("files", "--json"), shell::err);
        assertEquals(3, shell.events("unreadable").size());
    }

    @Test
    void hostileNamesOfAppsAndFilesLandBelowFilesAlone() throws Exception {
        Path evil = Files.createDirectories(phoneFolder.resolve("evil"));
        put(evil, "same", "file");
        put(evil, "SAME/inner.txt", "inner");
        put(evil, "a.TXT", "upper");
        put(evil, "a.txt", "lower");
        put(evil, "CON", "device");
        put(evil, "PhotoData/Metadata/DCIM/100APPLE/IMG_1.JPG", "p");
        put(evil, "deep/" + "abcdefghij/".repeat(40) + "end.txt", "deep");
        put(evil, "x/x/x/x.txt", "nested alike");
        Files.createSymbolicLink(evil.resolve("link"), Path.of("/etc/passwd"));
        phone.apps()
                .install(
                        SimulatedApp.sharing("../../../org/evil", "../../\u001b[2J\u202eEvil", Libraries.folder(evil)));
        phone.apps().install(SimulatedApp.sharing("org/evil", "evil/../..", Libraries.folder(evil)));
        phone.apps()
                .install(new SimulatedApp(
                        "org.old", "Old", Map.of("UIFileSharingEnabled", "YES"), Libraries.folder(sketches)));
        backUp(0);
        assertEquals(16, summary().get("copied"));
        assertEquals(2, summary().get("links"));
        assertEquals(
                Set.of("file", "inner", "upper", "lower", "device", "p", "deep", "nested alike"),
                Set.copyOf(stored().values()));
        assertEquals(16, stored().size());
        try (Stream<Path> outside = Files.list(home)) {
            assertEquals(
                    Set.of("backup", "mux", "state"),
                    outside.map(each -> each.getFileName().toString())
                            .filter(name -> !name.equals("config"))
                            .collect(Collectors.toSet()));
        }
        assertFalse((shell.out() + shell.err()).contains("\u001b"), "nothing moves the cursor");
        assertEquals(0, shell.shoebox("verify", backup), shell::err);
        backUp(0);
        assertEquals(0, summary().get("copied"));
    }

    @Test
    void withoutRecordsNothingIsStoredTwice() throws Exception {
        put(sketches, "Plans/house.pdf", "house");
        put(sketches, "Plans/house.txt", "house");
        put(sketches, "empty.JPG", "");
        Files.createDirectories(media.resolve(PHOTO).getParent());
        Files.write(media.resolve(PHOTO), Pictures.jpeg("1"));
        Files.write(sketches.resolve("same.JPG"), Pictures.jpeg("1"));
        backUp(0);
        try (Stream<Path> all = Files.walk(backup.resolve(".shoebox"))) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
        assertEquals(0, shell.shoebox("rebuild", backup), () -> shell.out() + shell.err());
        backUp(0);
        assertEquals(0, summary().get("copied"));
        assertEquals(0, shell.shoebox("backup", "--json", backup), shell::err);
        assertEquals(1, summary().get("copied"), "a document is no photo, whoever remembers that");
        assertEquals(0, shell.shoebox("status", "--json", backup), shell::err);
        for (Map<String, Object> source : shell.events("source")) {
            assertEquals(0, source.get("implausible"), "what is no photo need not look like one");
        }
    }

    @Test
    void aPhoneThatLiesAboutSizesIsAddedUpAllTheSame() throws Exception {
        put(sketches, "a.txt", "a");
        put(sketches, "b.txt", "b");
        phone.faults().reportSize("Documents/a.txt", Long.MAX_VALUE);
        phone.faults().reportSize("Documents/b.txt", Long.MAX_VALUE);
        assertEquals(0, shell.shoebox("files", "--json"), () -> shell.out() + shell.err());
        assertEquals(Long.MAX_VALUE, summary().get("bytes"));
    }

    @Test
    void aFileThatBecameAFolderStopsNothing() throws Exception {
        put(sketches, "thing", "file");
        backUp(0);
        Files.delete(sketches.resolve("thing"));
        put(sketches, "thing/inner.txt", "inner");
        backUp(0);
        assertEquals(Map.of("Apps/Sketches/thing", "file", "Apps/Sketches/thing_/inner.txt", "inner"), stored());
    }

    @Test
    void aCableThatIsPulledCostsNothingButTime() throws Exception {
        for (int i = 0; i < 6; i++) {
            put(sketches, "big" + i + ".bin", ("" + i).repeat(300_000));
        }
        phone.faults().unplugAfter(700_000, Duration.ofMillis(50));
        backUp(0);
        assertEquals(6, summary().get("copied"));
        for (int i = 0; i < 6; i++) {
            assertArrayEquals(
                    Files.readAllBytes(sketches.resolve("big" + i + ".bin")),
                    Files.readAllBytes(backup.resolve("Files/Apps/Sketches/big" + i + ".bin")));
        }
    }

    @Test
    void aPhoneThatKeepsItsAppsToItselfGivesTheRest() throws Exception {
        put(media, "Books/b.pdf", "book");
        phone.apps().install(SimulatedApp.sharing("huge", "x".repeat(3 << 20), Libraries.folder(sketches)));
        backUp(3);
        assertEquals(Map.of("Books/b.pdf", "book"), stored());
        assertEquals(0, shell.shoebox("files", "--kind", "books", backup), shell::err);
    }
}
