package dev.shoebox.run;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.shoebox.TransportUnderTest;
import dev.shoebox.cli.Shell;
import dev.shoebox.coverage.icloud.Diagnosis;
import dev.shoebox.folder.FolderSource;
import dev.shoebox.history.Alarm;
import dev.shoebox.library.LibraryReader;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.record.Alarms;
import dev.shoebox.simulator.LaidOut;
import dev.shoebox.simulator.cloud.CloudPhone;
import dev.shoebox.simulator.cloud.CloudSituation;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Other commands give the same answer as {@code shoebox icloud}. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag(TransportUnderTest.TAG)
class CloudAnswerTest {
    private static final SourceId ADA = new SourceId(SourceId.Kind.PHONE, "0001", "Ada's iPhone");

    @TempDir
    private Path home;

    @TempDir
    private Path media;

    private Diagnosis diagnosis(String situation) throws IOException {
        LaidOut.in(media, CloudPhone.small(CloudSituation.named(situation).orElseThrow(), Instant.now()));
        try (MediaSource source = FolderSource.open(media)) {
            Library library = new LibraryReader(home)
                    .read(source, bytes -> {}, () -> false)
                    .library();
            return CloudAnswer.of(source, library, home, Instant.now()).orElseThrow();
        }
    }

    @Test
    void coverageNamesTheCauseAndKnowsOffFromTheMarkersAlone() throws IOException {
        diagnosis("off");
        Shell.Ended run = Shell.once(home, "coverage", "--json", "--from", media);
        List<String> lines =
                run.words().lines().filter(line -> line.startsWith("{")).toList();
        Map<String, Object> summary = JSON.std.mapFrom(lines.get(lines.size() - 1));
        assertEquals("off", summary.get("icloudPhotos"));
        assertEquals("off", summary.get("cause"));
        assertEquals(44, ((Map<?, ?>) ((Map<?, ?>) summary.get("classes")).get("only-on-phone")).get("assets"));
        assertTrue(lines.stream().anyMatch(line -> line.contains("\"about\":\"icloud\"")), run.words());
    }

    @Test
    void onlyAThreatOfLossRaisesAnAlarm() throws IOException {
        assertTrue(CloudAnswer.alarm(diagnosis("deleting"), ADA)
                .orElseThrow()
                .title()
                .contains("Ada's iPhone"));
        assertEquals(Optional.empty(), CloudAnswer.alarm(diagnosis("icloud-full"), ADA));
        assertEquals(Optional.empty(), CloudAnswer.alarm(diagnosis("none"), ADA));
        assertTrue(CloudAnswer.alarm(diagnosis("rejected-items"), ADA).isPresent());
    }

    /** Whole runs over the cable, each by itself: the second says nothing new. */
    @ParameterizedTest
    @CsvSource({
        "deleting, about to delete, 1",
        "rejected-items, could not take, 1",
        "rejected-and-refused, could not take, 1",
        "none, , 0",
        "icloud-full, , 0"
    })
    void aScheduledRunRaisesTheAlarmOnce(String situation, String title, int times, @TempDir Path sockets)
            throws IOException {
        CloudSituation named = CloudSituation.named(
                        situation.equals("rejected-and-refused") ? "rejected-items" : situation)
                .orElseThrow();
        List<String> told = new ArrayList<>();
        try (SimulatedUsb usb = SimulatedUsb.start("UNIX:" + sockets.resolve("mux"))) {
            Shell.connectTo(usb.address());
            SimulatedPhone phone = CloudPhone.small(named, Instant.now());
            if (situation.equals("rejected-and-refused")) {
                phone.faults().deny("PhotoData/CPL");
            }
            usb.plug(phone);
            Path backup = home.resolve("backup");
            assertEquals(0, Shell.once(home, "backup", backup).code());
            for (int run = 0; run < 2; run++) {
                Shell shell =
                        Shell.besideStarted(home).meeting((heading, text) -> told.add(heading + ": " + text), home);
                assertEquals(0, shell.shoebox("backup", "--scheduled", backup), shell.err());
            }
        }
        assertEquals(times, told.size(), told.toString());
        assertTrue(told.stream().allMatch(notice -> notice.contains(title)), told.toString());
    }

    @Test
    void anAlarmIsNotRepeatedTooSoon() throws IOException {
        List<String> told = new ArrayList<>();
        Instant[] now = {Instant.parse("2026-11-20T10:00:00Z")};
        Alarms alarms = new Alarms(home, () -> now[0], (title, text) -> told.add(title));
        Alarm.Notice notice = new Alarm.Notice("key", "title", "text");
        alarms.tell(notice);
        now[0] = now[0].plus(Duration.ofDays(6));
        alarms.tell(notice);
        assertEquals(1, told.size());
        now[0] = now[0].plus(Duration.ofDays(1));
        alarms.tell(notice);
        assertEquals(2, told.size());
    }

    /** An invisible trouble is not over, nor are rejected items that could not be counted. */
    @Test
    void onlyAVisibleRecoveryEndsAnAlarm() throws IOException {
        assertEquals(2, CloudAnswer.over(diagnosis("none"), ADA).size());
        assertEquals(1, CloudAnswer.over(diagnosis("rejected-items"), ADA).size());
        assertEquals(List.of(), CloudAnswer.over(diagnosis("deleting"), ADA));
    }

    @Test
    void doctorStatusAndTheReportOfARunGiveTheSameAnswerOverTheCable(@TempDir Path sockets) throws IOException {
        try (SimulatedUsb usb = SimulatedUsb.start("UNIX:" + sockets.resolve("mux"))) {
            Shell.connectTo(usb.address());
            usb.plug(CloudPhone.small(CloudSituation.named("icloud-full").orElseThrow(), Instant.now()));
            String verdict = "Your iCloud storage is full";
            Path backup = home.resolve("backup");
            Shell.Ended run = Shell.once(home, "backup", backup);
            assertEquals(0, run.code(), run.words());
            assertTrue(Shell.once(home, "doctor").words().contains(verdict));
            assertTrue(Shell.once(home, "status", backup).words().contains(verdict));
            Path page = home.resolve("page.html");
            assertEquals(0, Shell.once(home, "report", "-o", page).code());
            assertTrue(Files.readString(page).contains(verdict));
            Shell.Ended answer = Shell.once(home, "icloud", "--json");
            assertTrue(answer.words().contains("\"backup\":\"whole\""), answer.words());
        }
    }

    /** Two lines that the owner of this phone would not want to publish. */
    @Test
    void factsOfAPhoneAreNamesAndSizesAndNoContents(@TempDir Path sockets) throws IOException {
        try (SimulatedUsb usb = SimulatedUsb.start("UNIX:" + sockets.resolve("mux"))) {
            Shell.connectTo(usb.address());
            usb.plug(CloudPhone.small(CloudSituation.named("stuck-reset").orElseThrow(), Instant.now()));
            Shell.Ended facts = Shell.once(home, "doctor", "--phone-facts");
            assertEquals(0, facts.code(), facts.words());
            assertTrue(facts.words().contains("connectedToNetwork: boolean"), facts.words());
            assertTrue(facts.words().contains("5 times {"), facts.words());
            assertTrue(facts.words().contains("SQLite"), facts.words());
            assertFalse(facts.words().contains("0B1D7C1E"), facts.words());
            assertFalse(facts.words().contains("11873"), facts.words());
            assertFalse(facts.words().contains("client asked"), facts.words());
            assertFalse(facts.words().contains("00008120"), facts.words());
        }
    }
}
