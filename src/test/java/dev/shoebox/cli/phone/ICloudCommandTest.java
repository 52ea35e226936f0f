package dev.shoebox.cli.phone;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.shoebox.TransportUnderTest;
import dev.shoebox.cli.Shell;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.TerminalInfo;
import dev.shoebox.simulator.LaidOut;
import dev.shoebox.simulator.cloud.CloudPhone;
import dev.shoebox.simulator.cloud.CloudSituation;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import dev.shoebox.system.AppDirectories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code shoebox icloud} with every kind of phone, through the real libimobiledevice. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ICloudCommandTest {
    /** Statements that are allowed only if a proven backup has everything. */
    private static final Pattern DANGEROUS =
            Pattern.compile("(?i)sign out|log out|delete (it|them|photos|each)|remove photos|"
                    + "(turn|switch) (off )?(icloud|settings[^.]*photos)[^.]* off|optimi[sz]e iphone storage");

    @TempDir
    private Path home;

    @TempDir
    private Path sockets;

    @TempDir
    private Path media;

    private SimulatedUsb usb;

    @BeforeEach
    void open() throws IOException {
        usb = SimulatedUsb.start("UNIX:" + sockets.resolve("mux"));
        Shell.connectTo(usb.address());
    }

    @AfterEach
    void close() {
        usb.close();
    }

    private SimulatedPhone plugIn(CloudSituation situation) throws IOException {
        SimulatedPhone phone = CloudPhone.small(situation, Instant.now());
        usb.plug(phone);
        return phone;
    }

    /** Cases that need a cable or a phone that reports its storage, and a few others, with all real parts. */
    private static final Set<String> OVER_THE_CABLE = Set.of(
            "unreadable",
            "status-refused",
            "status-absent",
            "status-torn-once",
            "queue-enormous",
            "phone-full",
            "phone-full-once");

    private static final Set<String> ALSO_OVER_THE_CABLE =
            Set.of("none", "off", "icloud-full", "stuck-reset", "hostile-reasons", "ios-13", "just-switched-on");

    static List<CloudSituation> overTheCable() {
        return CloudSituation.all().stream()
                .filter(each -> OVER_THE_CABLE.contains(each.name()) || ALSO_OVER_THE_CABLE.contains(each.name()))
                .toList();
    }

    static List<CloudSituation> inFolders() {
        return CloudSituation.all().stream()
                .filter(each -> !OVER_THE_CABLE.contains(each.name()))
                .toList();
    }

    private static Map<String, Object> answer(String words) throws IOException {
        List<String> objects =
                words.lines().filter(line -> line.startsWith("{")).toList();
        assertEquals(1, objects.size(), words);
        return JSON.std.mapFrom(objects.get(0));
    }

    private static int exitCode(String cause) {
        return switch (cause) {
            case "none" -> 0;
            case "unreadable" -> 6;
            default -> 3;
        };
    }

    private static void assertIsOneScreen(String words) {
        List<String> lines = words.lines().toList();
        assertTrue(lines.size() <= 24, words);
        assertTrue(lines.stream().allMatch(line -> line.length() <= 80), words);
        assertTrue(words.codePoints().noneMatch(each -> each != '\n' && Character.isISOControl(each)), words);
    }

    private static void assertIsRight(CloudSituation situation, String words) throws IOException {
        Map<String, Object> answer = answer(words);
        assertEquals(situation.cause(), answer.get("cause"), words);
        assertEquals(exitCode(situation.cause()), answer.get("exitCode"));
        assertFalse(DANGEROUS.matcher(words).find(), words);
        List<?> steps = (List<?>) answer.get("steps");
        assertTrue(steps.size() <= 3);
        assertEquals(
                situation.cause().equals("none") && answer.get("onlyOnPhone").equals(0), steps.isEmpty(), words);
        assertTrue(steps.isEmpty() || steps.get(0).toString().contains("shoebox backup"), steps.toString());
    }

    @ParameterizedTest
    @MethodSource("overTheCable")
    @Tag(TransportUnderTest.TAG)
    void overTheCableEachPhoneGetsItsCauseAndIsNotChanged(CloudSituation situation) throws IOException {
        SimulatedPhone phone = plugIn(situation);
        Shell.Ended programs = Shell.once(home, "icloud", "--json");
        assertIsRight(situation, programs.words());
        assertEquals(exitCode(situation.cause()), programs.code());
        assertEquals(0, phone.observed().writeOperations());
    }

    @ParameterizedTest
    @MethodSource("inFolders")
    void everyPhoneGetsItsCauseOnOneScreenAndNoDangerousAdvice(CloudSituation situation) throws IOException {
        LaidOut.in(media, CloudPhone.small(situation, Instant.now()));
        Shell.Ended people = Shell.once(home, "icloud", "--from", media);
        assertIsOneScreen(people.words());
        assertEquals(exitCode(situation.cause()), people.code(), people.words());
        assertIsRight(
                situation, Shell.once(home, "icloud", "--json", "--from", media).words());
    }

    private static CloudSituation named(String name) {
        return CloudSituation.named(name).orElseThrow();
    }

    private static String steps(Shell.Ended run) throws IOException {
        return answer(run.words()).get("steps").toString();
    }

    @Test
    void onlyAProvenBackupOfEverythingLetsSwitchingOffBeAdvised() throws IOException {
        LaidOut.in(media, CloudPhone.small(named("stuck-reset"), Instant.now()));
        Path backup = home.resolve("backup");
        assertEquals(0, Shell.once(home, "backup", "--from", media, backup).code());
        Shell.Ended unproven = Shell.once(home, "icloud", "--json", "--from", media, backup);
        assertEquals("whole", answer(unproven.words()).get("backup"));
        assertFalse(steps(unproven).contains("off and on"), unproven.words());
        assertTrue(steps(unproven).contains("shoebox verify"), unproven.words());
        assertEquals(0, Shell.once(home, "verify", backup).code());
        Shell.Ended proven = Shell.once(home, "icloud", "--json", "--from", media, backup);
        assertEquals("proven", answer(proven.words()).get("backup"));
        assertTrue(steps(proven).contains("off and on"), proven.words());
    }

    @Test
    void aProvenBackupIsNotEnoughWhileAnOriginalIsOnlyInICloud() throws IOException {
        SimulatedPhone phone = CloudPhone.small(named("optimised"), Instant.now());
        LaidOut.in(media, phone);
        LaidOut.in(media, CloudPhone.small(named("stuck-reset"), Instant.now()), "PhotoData/CPL");
        Path backup = home.resolve("backup");
        Shell.once(home, "backup", "--from", media, backup);
        Shell.once(home, "verify", backup);
        Shell.Ended run = Shell.once(home, "icloud", "--json", "--from", media, backup);
        assertEquals("stuck-reset", answer(run.words()).get("cause"));
        assertEquals(900, answer(run.words()).get("onlyInICloud"));
        assertFalse(steps(run).contains("off and on"), run.words());
    }

    @Test
    void waitingAndRejectedPhotosAreCounted() throws IOException {
        LaidOut.in(media, CloudPhone.small(named("icloud-full"), Instant.now()));
        Map<String, Object> full =
                answer(Shell.once(home, "icloud", "--json", "--from", media).words());
        Map<?, ?> waiting = (Map<?, ?>) full.get("waiting");
        assertEquals(12, (int) waiting.get("photos") + (int) waiting.get("videos"));
        assertEquals(12 * 9_100_000, waiting.get("bytes"));
        assertTrue(waiting.containsKey("since"));
        assertEquals(12, full.get("onlyOnPhone"));
        assertEquals(11_873, ((Map<?, ?>) full.get("inICloud")).get("photos"));
    }

    @Test
    void rejectedPhotosAreNamedWithTheirReasonAndNoTerminalSequences() throws IOException {
        LaidOut.in(media, CloudPhone.small(named("hostile-reasons"), Instant.now()));
        Map<String, Object> answer =
                answer(Shell.once(home, "icloud", "--json", "--from", media).words());
        List<?> rejected = (List<?>) answer.get("rejected");
        assertEquals(2, rejected.size(), rejected.toString());
        for (Object each : rejected) {
            Map<?, ?> item = (Map<?, ?>) each;
            assertTrue(item.get("path").toString().startsWith("DCIM/"), item.toString());
            assertTrue(item.get("reason").toString().startsWith("[2J ]0;owned first second third"), item.toString());
            assertTrue(item.get("reason").toString().length() <= 200);
        }
    }

    @Test
    void afterSwitchingOnItSaysMatchingAndNotUploading() throws IOException {
        for (String name : List.of("just-switched-on", "first-sync-begun")) {
            Path folder = media.resolve(name);
            LaidOut.in(folder, CloudPhone.small(named(name), Instant.now()));
            Map<String, Object> answer = answer(
                    Shell.once(home, "icloud", "--json", "--from", folder).words());
            assertTrue(answer.get("message").toString().contains("matching"), answer.toString());
            assertEquals(true, answer.get("matching"));
        }
    }

    /** The next look is ten minutes later, and the phone has changed. */
    @Test
    void watchDistinguishesProgressFromAStandstill() throws IOException {
        Instant now = Instant.parse("2026-11-20T10:00:00Z");
        Iterator<String> phones = List.of("", "none").iterator();
        LaidOut.in(media, CloudPhone.small(named("waiting"), now));
        StringWriter words = new StringWriter();
        Console console = new Console(new PrintWriter(words), new PrintWriter(words), TerminalInfo.none());
        Instant[] clock = {now};
        int code = new CommandLine(new ICloudCommand(
                        console, AppDirectories.of(Map.of("HOME", home.toString())), () -> clock[0], time -> {
                            if (!phones.hasNext()) {
                                return false;
                            }
                            clock[0] = clock[0].plus(time);
                            String next = phones.next();
                            try {
                                if (!next.isEmpty()) {
                                    LaidOut.in(media, CloudPhone.small(named(next), clock[0]));
                                }
                            } catch (IOException failed) {
                                throw new UncheckedIOException(failed);
                            }
                            return true;
                        }))
                .execute("--watch", "--json", "--from", media.toString());
        List<Map<String, Object>> moved = new ArrayList<>();
        for (String line :
                words.toString().lines().filter(each -> each.startsWith("{")).toList()) {
            moved.add(JSON.std.mapFrom(line));
        }
        assertEquals(
                List.of("icloud", "icloud-moved", "icloud-moved"),
                moved.stream().map(each -> each.get("event")).toList(),
                words.toString());
        assertEquals(false, moved.get(1).get("moving"), words.toString());
        assertEquals(true, moved.get(2).get("moving"), words.toString());
        assertEquals(600, moved.get(1).get("seconds"));
        assertEquals(0, code);
    }
}
