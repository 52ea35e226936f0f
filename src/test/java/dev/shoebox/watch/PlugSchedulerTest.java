package dev.shoebox.watch;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** When a backup is started, and when it is not. */
class PlugSchedulerTest {
    private static final String ANNA = "00008101-000000000000000A";
    private static final String BEN = "00008101-000000000000000B";

    private final List<String> started = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private PlugScheduler watching;
    private Instant wall = Instant.parse("2026-03-01T12:00:00Z");
    private Duration monotonic = Duration.ofHours(1);
    private List<Path> drives = List.of(Path.of("/"));

    @BeforeEach
    void begin() {
        watching = new PlugScheduler(
                List.of(
                        new PlugScheduler.Job("anna", Optional.of(ANNA)),
                        new PlugScheduler.Job("ben", Optional.of("00000000-0000000B".substring(9)))),
                job -> started.add(job.name()),
                said::add);
        pass(Duration.ZERO);
    }

    private void pass(Duration time) {
        wall = wall.plus(time);
        monotonic = monotonic.plus(time);
        watching.tick(wall, monotonic, drives);
    }

    private void ended(int code) {
        watching.ended(code, code == 75);
    }

    @Test
    void aPlugStartsOneBackup() {
        watching.plugged(ANNA);
        watching.plugged(ANNA);
        ended(0);
        pass(Duration.ofDays(3));

        assertEquals(List.of("anna"), started);
        watching.pulled(ANNA);
        watching.plugged(ANNA);
        assertEquals(List.of("anna", "anna"), started);
    }

    @Test
    void aHundredPlugsStartAHundredBackups() {
        for (int plug = 0; plug < 100; plug++) {
            watching.plugged(ANNA);
            ended(0);
            watching.nobodyAnswers();
        }
        assertEquals(100, started.size());
    }

    @Test
    void twoPhonesAreBackedUpOneAfterTheOther() {
        watching.plugged(BEN);
        watching.plugged(ANNA);
        assertEquals(List.of("ben"), started);
        ended(0);
        assertEquals(List.of("ben", "anna"), started);
    }

    @Test
    void anUnconfiguredPhoneStartsNothing() {
        watching.plugged("00008101-00000000000000FF");
        assertEquals(List.of(), started);
    }

    @Test
    void aRunWithNothingToDoIsRetriedEverMoreRarely() {
        watching.plugged(ANNA);
        List<Integer> startedAfterMinutes = new ArrayList<>();
        ended(75);
        for (int minute = 1; minute <= 400; minute++) {
            pass(Duration.ofMinutes(1));
            if (started.size() > startedAfterMinutes.size() + 1) {
                startedAfterMinutes.add(minute);
                ended(75);
            }
        }
        assertEquals(List.of(15, 45, 105, 225, 345), startedAfterMinutes);
    }

    @Test
    void aDriveThatComesIsTriedAtOnce() {
        watching.plugged(ANNA);
        ended(75);
        pass(Duration.ofSeconds(3));
        assertEquals(1, started.size());
        drives = List.of(Path.of("/"), Path.of("/media/me/Photos"));
        pass(Duration.ofSeconds(3));
        assertEquals(2, started.size());
    }

    @Test
    void aComputerThatWakesRetriesAtOnceAndRepeatsNothingDone() {
        watching.plugged(ANNA);
        ended(75);
        wall = wall.plus(Duration.ofHours(9));
        pass(Duration.ofSeconds(3));
        assertEquals(2, started.size());
        ended(0);
        wall = wall.minus(Duration.ofDays(400));
        pass(Duration.ofSeconds(3));
        assertEquals(2, started.size());
        assertTrue(said.contains("The computer slept, or its clock was set"), said.toString());
    }

    @Test
    void aPhonePluggedAgainWhileItsBackupEndsIsANewPlug() {
        watching.plugged(ANNA);
        watching.pulled(ANNA);
        watching.plugged(ANNA);
        assertEquals(1, started.size());
        ended(14);
        assertEquals(2, started.size());
    }

    @Test
    void noWholeUdidIsPrinted() {
        watching.plugged(ANNA);
        assertTrue(said.stream().noneMatch(line -> line.contains(ANNA)), said.toString());
    }
}
