package dev.shoebox.cli;

import dev.shoebox.history.RunEnding;
import dev.shoebox.simulator.apps.SimulatedApp;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code backup --files}: one run of two parts, and the steps that follow both of them once. */
class FilesAfterPhotosTest extends FilesCase {
    private static final String STORED = "Files/Apps/Sketches/Plans/house.pdf";

    @BeforeEach
    void fill() throws IOException {
        put(sketches, "Plans/house.pdf", "house");
        Files.createDirectories(media.resolve(PHOTO).getParent());
        Files.write(media.resolve(PHOTO), Pictures.jpeg("photo"));
    }

    private void backUpAll(int code, Object... more) {
        Object[] words = Stream.concat(Stream.of("backup", "--json", "--files", backup), Stream.of(more))
                .toArray();
        assertEquals(code, shell.shoebox(words), () -> shell.err() + shell.out());
    }

    private Map<String, Object> past(String kind) throws IOException {
        Shell asking = new Shell(home);
        assertEquals(0, asking.shoebox("history", "--json"));
        return asking.events("run").stream()
                .filter(run -> run.get("kind").equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static List<?> states(Map<String, Object> run) {
        List<?> steps = (List<?>) run.getOrDefault("followUps", List.of());
        return steps.stream()
                .map(step -> ((Map<?, ?>) step).get("subject") + " " + ((Map<?, ?>) step).get("state"))
                .toList();
    }

    @Test
    void aSecondCopyIsBroughtUpToDateOnce() throws IOException {
        Path second = Files.createDirectory(home.resolve("second"));
        backUpAll(0, "--copy-to", second);
        List<Map<String, Object>> told = shell.events("secondCopy");
        assertEquals(1, told.size(), told.toString());
        assertEquals(true, told.get(0).get("complete"));
        assertEquals(2, told.get(0).get("copied"));
        assertEquals(2, told.get(0).get("copiedDuringRun"));
        assertTrue(Files.exists(second.resolve(STORED)));
        assertEquals(List.of(second + " done"), states(past("backup")));
        assertEquals(List.of(), states(past("files")));
    }

    @Test
    void aSecondCopyThatWasAwayGetsBoth() throws IOException {
        backUpAll(0);
        Path second = Files.createDirectory(home.resolve("second"));
        backUpAll(0, "--copy-to", second);
        assertEquals(2, shell.events("secondCopy").get(0).get("copied"));
        assertTrue(Files.exists(second.resolve(STORED)));
    }

    @Test
    void commandsRunOnceAroundBoth() throws IOException {
        Path said = home.resolve("said");
        String say = " $SHOEBOX_EXIT_CODE $SHOEBOX_COPIED $(ls \"$SHOEBOX_DEST\" | grep -c Files) >> '" + said + "'";
        backUpAll(
                0,
                "--run-before",
                "echo before >> '" + said + "'",
                "--run-after",
                "echo after" + say,
                "--run-after-fail",
                "echo fail" + say);
        assertEquals(List.of("before", "after 0 2 1"), Files.readAllLines(said));
        assertEquals(List.of("run-after done"), states(past("backup")));
        assertEquals(List.of(), states(past("files")));
    }

    /** A copy elsewhere of all photos must not end for ever because one app refuses its documents. */
    @Test
    void commandsHearOfFilesThatCouldNotBeBackedUp() throws IOException {
        phone.apps().refuse(SKETCHES, "InstallationLookupFailed");
        Path said = home.resolve("said");
        String say = " $SHOEBOX_EXIT_CODE $SHOEBOX_FAILED >> '" + said + "'";
        backUpAll(3, "--run-after", "echo after" + say, "--run-after-fail", "echo fail" + say);
        assertEquals(List.of("after 3 1", "fail 3 1"), Files.readAllLines(said));
        assertEquals(3, shell.events("summary").get(0).get("exitCode"));
        assertEquals(0, past("backup").get("exitCode"));
        assertEquals(3, past("files").get("exitCode"));
    }

    @Test
    void aCommandThatFailsAfterBothIsRemembered() throws IOException {
        backUpAll(17, "--run-after", "exit 1");
        assertEquals(1, shell.events("other-files").size());
        assertEquals(17, past("backup").get("exitCode"));
        assertEquals(0, past("files").get("exitCode"));
        phone.apps().refuse(SKETCHES, "InstallationLookupFailed");
        backUpAll(3, "--run-after", "exit 1");
        assertEquals(17, past("backup").get("exitCode"));
    }

    /** Once the photos are recorded, before the iPhone is opened for its other files. */
    private void betweenTheParts(Runnable happening) {
        long before = completeRuns();
        shell.ticking(() -> {
            if (completeRuns() > before) {
                happening.run();
            }
        });
    }

    private long completeRuns() {
        Path records = home.resolve("state/shoebox/runs");
        if (!Files.isDirectory(records)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(records)) {
            return all.filter(record -> record.getFileName().toString().matches(".*-0(\\.json)?"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final String BENS = "00008110-00AAAAAAAAAAAAAA";

    private SimulatedPhone ofBen() throws IOException {
        Path others = Files.createDirectories(home.resolve("others"));
        put(others, "Plans/house.pdf", "of somebody else");
        var other = new SimulatedPhone(PhoneSettings.of(Libraries.folder(others))
                .withPaired(true)
                .withName("Ben’s iPhone")
                .withUdid(BENS));
        other.apps().install(SimulatedApp.sharing(SKETCHES, "Sketches", Libraries.folder(others)));
        return other;
    }

    @Test
    void anotherIPhoneThatReplacedTheFirstIsNotRead() throws IOException {
        SimulatedPhone other = ofBen();
        betweenTheParts(() -> replaceBy(other));
        backUpAll(14, "--wait", "0");
        assertEquals(List.of(), shell.events("other-files"));
        assertFalse(Files.exists(backup.resolve("Files")));
        assertEquals(0, past("backup").get("exitCode"));
        assertEquals(14, past("files").get("exitCode"));
        assertEquals(1, shell.events("error").size());
        assertEquals(14, shell.events("error").get(0).get("exitCode"));
    }

    @Test
    void otherFilesOfAnIPhoneAreMissedThoughThoseOfAnotherAreBackedUp() throws IOException {
        plugBeside(ofBen());
        Path heard = home.resolve("heard");
        shell.environment.put("SHOEBOX_UNATTENDED", "1");
        shell.environment.put("SHOEBOX_NOTIFY", "command:echo \"$SHOEBOX_TITLE\" >> '" + heard + "'");
        String anas = phone.settings().udid();
        backUpAll(0, "--udid", anas);
        shell.at(shell.now.plus(Duration.ofDays(9)));
        // An iPhone without photos may end with another code.
        shell.shoebox("backup", "--json", "--files", "--udid", BENS, backup);
        assertEquals(1, shell.events("other-files").get(0).get("copied"), shell.out());
        betweenTheParts(this::unplugPhone);
        backUpAll(14, "--wait", "0", "--udid", anas);
        assertTrue(
                Files.readAllLines(heard).contains("No backup of the other files of Ana’s iPhone for 9 days"),
                Files.readString(heard));
    }

    @Test
    void noneAreCopiedAfterCtrlC() throws IOException {
        var ctrlC = new AtomicReference<Runnable>();
        shell.interruptible(ctrlC::set);
        Path second = Files.createDirectory(home.resolve("second"));
        Path said = home.resolve("said");
        betweenTheParts(() -> ctrlC.get().run());
        backUpAll(
                RunEnding.INTERRUPTED.number(),
                "--copy-to",
                second,
                "--run-after",
                "echo $SHOEBOX_EXIT_CODE > '" + said + "'");
        assertEquals(List.of(), shell.events("other-files"));
        assertEquals(1, shell.events("summary").get(0).get("copied"));
        assertEquals("130\n", Files.readString(said));
        assertEquals(0, past("backup").get("exitCode"));
        assertEquals(130, past("files").get("exitCode"));
    }

    @Test
    void ctrlCEndsTheFirstWaitForTheIPhoneAlike() throws IOException {
        var ctrlC = new AtomicReference<Runnable>();
        shell.interruptible(ctrlC::set);
        Path said = home.resolve("said");
        unplugPhone();
        shell.read(text -> {
            if (text.contains("iPhone")) {
                shell.read(more -> {});
                new Thread(ctrlC.get()).start();
            }
        });
        backUpAll(
                RunEnding.INTERRUPTED.number(),
                "--wait",
                "5s",
                "--run-after-fail",
                "echo $SHOEBOX_EXIT_CODE > '" + said + "'");
        assertEquals("130\n", Files.readString(said));
        assertEquals(130, past("backup").get("exitCode"));
        assertFalse(Files.exists(backup), "nothing was begun there");
        assertFalse(Thread.currentThread().isInterrupted());
    }

    /** A second Ctrl-C would lose the steps that follow. */
    @Test
    void ctrlCEndsTheWaitForTheIPhone() throws IOException {
        var ctrlC = new AtomicReference<Runnable>();
        shell.interruptible(ctrlC::set);
        Path said = home.resolve("said");
        var unplugged = new AtomicBoolean();
        betweenTheParts(() -> {
            if (unplugged.compareAndSet(false, true)) {
                unplugPhone();
                shell.read(text -> {
                    shell.read(more -> {});
                    new Thread(ctrlC.get()).start();
                });
            }
        });
        backUpAll(
                RunEnding.INTERRUPTED.number(),
                "--wait",
                "5s",
                "--run-after",
                "echo $SHOEBOX_EXIT_CODE > '" + said + "'");
        assertEquals("130\n", Files.readString(said));
        assertEquals(0, past("backup").get("exitCode"));
        assertEquals(130, past("files").get("exitCode"));
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void aScheduledBackupSaysThatItCopiedNone() throws IOException {
        configure("files = true\non-battery = true\n[destination.home]\npath = \"" + backup + "\"\n[phone.ana]\n");
        shoebox(0, "backup", "--files=false");
        betweenTheParts(this::unplugPhone);
        shoebox(14, "backup", "--scheduled", "ana", "--quiet", "--wait", "0");
        assertEquals(2, shell.err().lines().count(), shell.err());
    }

    @Test
    void aScheduledPreviewOfOtherFilesHasNoCooldownOfItsOwn() throws IOException {
        configure("files = true\non-battery = true\n[destination.home]\npath = \"" + backup + "\"\n[phone.ana]\n");
        shoebox(0, "files", backup);
        put(sketches, "Plans/garden.pdf", "garden");
        shoebox(0, "backup", "--scheduled", "ana", "--cooldown", "1d", "--dry-run", "--json");
        assertEquals(1, shell.events("other-files").get(0).get("plannedFiles"));
    }

    @Test
    void aPreviewOfOtherFilesThatFailsKeepsTheExitCodeOfThePhotos() throws IOException {
        Files.createFile(media.resolve("DCIM/100APPLE/IMG_0002.JPG"));
        shell.read(text -> {
            if (text.contains("would be copied")) {
                shell.read(more -> {});
                unplugPhone();
            }
        });
        backUpAll(3, "--dry-run", "--wait", "0");
        assertEquals(List.of(), shell.events("other-files"));
    }

    @Test
    void aDefectAfterOtherFilesWereBackedUpIsReportedWithItsOrigin() throws IOException {
        var thrown = new AtomicBoolean();
        shell.ticking(() -> {
            if (shell.out().contains("other-files") && thrown.compareAndSet(false, true)) {
                throw new IllegalStateException("a defect");
            }
        });
        backUpAll(RunEnding.BUG.number(), "-v");
        assertEquals(1, shell.events("other-files").get(0).get("copied"));
        assertEquals(1, shell.events("error").get(0).get("exitCode"));
        assertTrue(shell.err().contains("at " + FilesAfterPhotosTest.class.getName()), shell.err());
        assertFalse(shell.err().contains("The other files were not backed up"), shell.err());
        assertEquals(1, past("files").get("exitCode"));
    }

    /** A drive that was pulled leaves an empty mount point. */
    @Test
    void nothingIsPutWhereTheDriveOfASecondCopyWas() throws IOException {
        Path second = Files.createDirectory(home.resolve("second"));
        betweenTheParts(() -> {
            try {
                if (!Files.exists(home.resolve("pulled"))) {
                    Files.move(second, home.resolve("pulled"));
                    Files.createDirectory(second);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        backUpAll(17, "--copy-to", second);
        try (Stream<Path> there = Files.list(second)) {
            assertEquals(List.of(), there.toList());
        }
        assertEquals(List.of(second + " failed"), states(past("backup")));
        assertEquals(
                2, shell.events("summary").size() + shell.events("other-files").size());
    }
}
