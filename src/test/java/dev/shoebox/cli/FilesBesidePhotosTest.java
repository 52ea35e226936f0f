package dev.shoebox.cli;

import com.sun.net.httpserver.HttpServer;
import dev.shoebox.LoopbackServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Other files get what photos get: a dry run, second copies, hooks, a configuration and a schedule. */
class FilesBesidePhotosTest extends FilesCase {
    private static final Map<String, String> ALL = Map.of("Apps/Sketches/Plans/house.pdf", "house");

    @BeforeEach
    void fill() throws IOException {
        put(sketches, "Plans/house.pdf", "house");
        Files.createDirectories(media.resolve(PHOTO).getParent());
        Files.write(media.resolve(PHOTO), Pictures.jpeg("photo"));
    }

    private Object copied(String event) throws IOException {
        return shell.events(event).get(0).get("copied");
    }

    @Test
    void aDryRunListsTheFilesAndWritesNothing() throws IOException {
        backUp(0, "--dry-run");
        assertEquals(
                List.of("Files/Apps/Sketches/Plans/house.pdf"),
                shell.events("planned-copy").stream()
                        .map(event -> event.get("storedAs"))
                        .toList());
        assertEquals(1, summary().get("plannedFiles"));
        assertEquals(0, summary().get("copied"));
        assertFalse(Files.exists(backup));
        shoebox(2, "files", "--dry-run");
        backUp(0);
        backUp(0, "-n");
        assertEquals(0, summary().get("plannedFiles"));
        assertEquals(1, summary().get("alreadyBackedUp"));
    }

    @Test
    void secondCopiesGetThemDuringTheRun() throws IOException {
        Path second = Files.createDirectory(home.resolve("second"));
        backUp(0, "--copy-to", second);
        assertEquals(1, shell.events("secondCopy").get(0).get("copiedDuringRun"));
        assertEquals(true, shell.events("secondCopy").get(0).get("complete"));
        assertEquals("house", Files.readString(second.resolve("Files/Apps/Sketches/Plans/house.pdf")));
        shoebox(0, "verify", second);
        Files.writeString(Files.createDirectory(home.resolve("third")).resolve("other"), "no backup");
        backUp(17, "--copy-to", home.resolve("third"));
    }

    @Test
    void commandsRunAroundThem() throws IOException {
        backUp(0, "--run-after", "echo $SHOEBOX_DEST > '" + home.resolve("after") + "'");
        assertEquals(backup + "\n", Files.readString(home.resolve("after")));
        backUp(16, "--run-before", "exit 1");
        backUp(17, "--run-after", "exit 1");
    }

    @Test
    void aBackupOfThePhotosTakesThemToo() throws IOException {
        Path second = Files.createDirectory(home.resolve("second"));
        shoebox(0, "backup", "--json", "--files", "-n", backup);
        assertEquals(2, shell.events("planned-copy").size());
        assertFalse(Files.exists(backup));

        shoebox(0, "backup", "--json", "--files", "--copy-to", second, backup);
        assertEquals(1, copied("summary"), "the photo");
        assertEquals(1, copied("other-files"));
        assertEquals(ALL, stored());
        assertTrue(Files.exists(second.resolve("Files/Apps/Sketches/Plans/house.pdf")));

        shoebox(0, "backup", "--json", "--files", backup);
        assertEquals(0, copied("summary"));
        assertEquals(0, copied("other-files"));
        shoebox(0, "history", "--json", backup);
        assertEquals(
                List.of("backup", "backup", "files", "files"),
                shell.events("run").stream()
                        .map(run -> run.get("kind").toString())
                        .sorted()
                        .toList());
    }

    @Test
    void theyAreCopiedEvenIfTheSecondCopyOfThePhotosFails() throws IOException {
        Files.createDirectories(home.resolve("second"));
        Files.writeString(home.resolve("second/other"), "no backup");
        shoebox(17, "backup", "--json", "--files", "--copy-to", home.resolve("second"), backup);
        assertEquals(1, shell.events("other-files").size());
        assertEquals(17, summary().get("exitCode"));
        phone.apps().refuse(SKETCHES, "InstallationLookupFailed");
        shoebox(3, "backup", "--json", "--files", "--copy-to", home.resolve("second"), backup);
    }

    @Test
    void anAbsentSecondCopyIsReportedOnce() {
        Path absent = home.resolve("absent");
        shoebox(0, "backup", "--files", "--copy-to", absent, backup);
        assertEquals(
                1,
                shell.err()
                        .lines()
                        .filter(line -> line.contains(absent.toString()))
                        .count(),
                shell.err());
    }

    @Test
    void aScheduledBackupCopiesThemIfConfigured() throws IOException {
        configure("files = true\non-battery = true\n[destination.home]\npath = \"" + backup + "\"\n[phone.ana]\n");
        shoebox(0, "backup", "--json");
        put(sketches, "Plans/later.txt", "later");
        shoebox(0, "backup", "--json", "--scheduled", "ana");
        assertEquals(0, copied("summary"));
        assertEquals(1, copied("other-files"));
        put(sketches, "Plans/too soon.txt", "too soon");
        shoebox(75, "backup", "--json", "--scheduled", "ana", "--cooldown", "1d");
        assertEquals(2, stored().size());
    }

    /** A monitoring service that receives a start and no end raises an alarm. */
    @Test
    void aScheduledBackupThatTakesThemPingsOnce() throws IOException {
        List<String> pings = Collections.synchronizedList(new ArrayList<>());
        HttpServer web = LoopbackServer.create();
        web.createContext("/", exchange -> {
            pings.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        web.start();
        try {
            Path ping = Files.writeString(
                    home.resolve("ping"),
                    "url = http://127.0.0.1:" + web.getAddress().getPort() + "/uuid\n");
            Files.setPosixFilePermissions(ping, PosixFilePermissions.fromString("rw-------"));
            configure("files = true\non-battery = true\nnotify = [\"ping:" + ping + "\"]\n[destination.home]\npath = \""
                    + backup + "\"\n[phone.ana]\n");
            shoebox(0, "backup", "--json");
            pings.clear();
            shoebox(0, "backup", "--json", "--scheduled", "ana");
            assertEquals(1, shell.events("other-files").size());
            assertEquals(List.of("/uuid/start", "/uuid"), pings);
        } finally {
            web.stop(0);
        }
    }

    @Test
    void aMemoryCardHasNone() throws IOException {
        configure("files = true\n");
        Path card = new Shell(home).card("card", "IMG_1.JPG");
        shoebox(0, "backup", "--json", "--from", card, backup);
        assertEquals(0, shell.events("other-files").size());
        assertEquals(Map.of(), stored());
    }
}
