package dev.shoebox.cli;

import dev.shoebox.ReportedCases;
import dev.shoebox.TransportUnderTest;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** In a process with the rights of any user: every file that it calls safe exists, is complete, and can be read. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "setpriv, and permissions as on Linux")
class SafeClaimsTest {
    private static final String DCIM = "DCIM/100APPLE/";
    private static final Set<String> EMPTY = Set.of(
            DCIM + "IMG_0002.HEIC empty",
            DCIM + "IMG_0003.MOV empty",
            DCIM + "IMG_0004.HEIC empty",
            DCIM + "IMG_0005.HEIC uniform");

    @TempDir
    private Path home;

    @AutoClose
    private AsAnyUser user;

    private Path backup;
    private String mux = "";
    private String out = "";
    private String err = "";

    @BeforeEach
    void start() throws IOException {
        backup = home.resolve("backup");
        user = new AsAnyUser(home);
    }

    private int shoebox(Object... arguments) throws IOException {
        AsAnyUser.Ended ended = user.shoebox(mux, arguments);
        out = ended.out();
        err = ended.err();
        return ended.code();
    }

    private List<Map<String, Object>> events(String kind) throws IOException {
        return AsAnyUser.events(out, kind);
    }

    private Set<Object> implausible() throws IOException {
        return events("implausible").stream()
                .map(event -> event.get("path") + " " + event.get("reason"))
                .collect(Collectors.toSet());
    }

    private Set<Object> paths(String kind) throws IOException {
        return events(kind).stream().map(event -> event.get("path")).collect(Collectors.toSet());
    }

    @Test
    @Tag(TransportUnderTest.TAG)
    void theEmptyOriginalsOfAPhoneAreNeverCalledSafe() throws Exception {
        Path root = ReportedCases.unpack("S1-empty-originals", home.resolve("case"));
        try (SimulatedUsb usb = SimulatedUsb.start("UNIX:" + home.resolve("mux"))) {
            usb.plug(new SimulatedPhone(PhoneSettings.of(Libraries.folder(root))));
            mux = usb.address();
            assertEquals(3, shoebox("backup", "-n", "--json", backup), () -> out + err);
            assertEquals(3, implausible().size(), "a rehearsal reads no bytes");
            for (int run = 1; run <= 2; run++) {
                assertEquals(3, shoebox("backup", "--json", backup), () -> out + err);
                assertEquals(EMPTY, implausible());
                assertEquals(0, events("summary").get(0).get("duplicates"));
                assertEquals(4, events("summary").get(0).get("implausible"));
                assertTrue(err.contains("1 of 5 photos and videos"), err);
            }
            assertEquals(0, shoebox("verify", backup), () -> out + err);
            assertEquals(0, shoebox("safe-to-remove", "--json", backup), () -> out + err);
            assertEquals(Set.of(DCIM + "IMG_0001.JPG"), paths("safe"));
            assertEquals(0, shoebox("coverage", "--json", backup), () -> out + err);
            assertEquals(
                    Set.of(DCIM + "IMG_0001.JPG"),
                    events("asset").stream()
                            .filter(event -> Boolean.TRUE.equals(event.get("backedUp")))
                            .map(event -> event.get("path"))
                            .collect(Collectors.toSet()));
            assertEquals(3, shoebox("backup", "--json", backup), () -> out + err);
            assertEquals(EMPTY, implausible());
            assertEquals(0, shoebox("status", backup), () -> out + err);
            assertFalse(out.contains("Every photo here") || out.contains("Every photo and video on"), out);
        }
    }

    private static void photo(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, Pictures.jpeg(file.getFileName().toString()));
        Files.setLastModifiedTime(
                file,
                java.nio.file.attribute.FileTime.from(java.time.Instant.parse(
                        "2024-0" + file.getFileName().toString().charAt(7) + "-05T12:00:00Z")));
    }

    /** Leaves a file as a run of another user does. */
    private static void close(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
        if (AsAnyUser.IS_ROOT) {
            Files.setOwner(
                    path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        }
    }

    private Path card() throws IOException {
        Path card = home.resolve("card");
        for (int i = 1; i <= 4; i++) {
            photo(card.resolve("IMG_000" + i + ".JPG"));
        }
        return card;
    }

    @Test
    void unreadableFilesAreNeitherSafeNorDamagedNorMissing() throws Exception {
        Path card = card();
        assertEquals(0, shoebox("backup", "--from", card, backup), () -> out + err);
        assertEquals(0, shoebox("verify", backup), () -> out + err);
        close(backup.resolve("2024/01/IMG_0001.JPG"));
        close(backup.resolve("2024/02"));
        Set<Object> denied = Set.of("IMG_0001.JPG denied", "IMG_0002.JPG denied");

        for (int run = 1; run <= 2; run++) {
            assertEquals(3, shoebox("backup", "--json", "--from", card, backup), () -> out + err);
            assertEquals(denied, implausible(), err);
            assertEquals(0, events("summary").get(0).get("copied"), out);
            assertTrue(err.contains("2 of 4 photos and videos"), err);
            assertFalse(err.contains("was changed or removed in the backup"), err);
        }
        assertEquals(3, shoebox("backup", "-n", "--json", "--from", card, backup), () -> out + err);
        assertEquals(denied, implausible());
        assertEquals(0, events("summary").get(0).get("plannedFiles"));

        assertEquals(0, shoebox("status", "--json", "--max-age", "8d", backup), () -> out + err);
        assertEquals(2, events("denied").get(0).get("files"));
        assertFalse(
                events("source")
                        .get(0)
                        .get("lastRun")
                        .equals(events("source").get(0).get("lastCompleteRun")),
                out);
        assertEquals(3, shoebox("verify", "--json", backup), () -> out + err);
        assertEquals(2, events("summary").get(0).get("denied"), out);
        assertEquals(2, events("summary").get(0).get("read"), out);
        assertEquals(3, shoebox("repair", "--json", backup), () -> out + err);
        assertEquals(0, shoebox("safe-to-remove", "--json", "--from", card, backup), () -> out + err);
        assertEquals(Set.of("IMG_0003.JPG", "IMG_0004.JPG"), paths("safe"));
        assertEquals(0, shoebox("history", backup), () -> out + err);
        assertFalse(out.contains("damaged"), out);
        assertEquals(0, shoebox("report", "--format", "json", backup), () -> out + err);
        assertTrue(out.contains("IMG_0001.JPG"), out);
        assertEquals(0, shoebox("doctor", "--json", backup), () -> out + err);
        assertTrue(events("check").stream().anyMatch(check -> "denied".equals(check.get("about"))), out);
    }

    @Test
    void unreadableRecordsAreNotDamageOfTheDisk() throws Exception {
        Path card = card();
        assertEquals(0, shoebox("backup", "--from", card, backup), () -> out + err);
        for (String record : List.of("SHA256SUMS", ".shoebox/catalogue.sqlite", ".shoebox/journal.ndjson")) {
            Path file = backup.resolve(record);
            close(file);
            assertEquals(15, shoebox("backup", "--from", card, backup), () -> out + err);
            assertTrue(err.contains("cannot be used") && err.contains(record), err);
            assertFalse(err.contains("safe") || err.contains("check the disk"), err);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            if (AsAnyUser.IS_ROOT) {
                Files.setOwner(
                        file,
                        file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("root"));
            }
        }
        assertEquals(0, shoebox("backup", "--from", card, backup), () -> out + err);
    }
}
