package dev.shoebox.run;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpServer;
import dev.shoebox.LoopbackServer;
import dev.shoebox.TransportUnderTest;
import dev.shoebox.cli.Shell;
import dev.shoebox.run.alert.MailServer;
import dev.shoebox.simulator.apps.SimulatedApp;
import dev.shoebox.simulator.cloud.CloudPhone;
import dev.shoebox.simulator.cloud.CloudSituation;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.GeneratedRoll;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * More than a month of a server that backs up two iPhones into one folder every day, of one also its other files, with a
 * second copy and an off-site copy, and alerts by mail, ntfy and ping: which alerts its owner gets, and when.
 */
@Tag(TransportUnderTest.TAG)
@Tag(TransportUnderTest.ONCE)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MonthOfANasTest {
    /** Not a whole second: a database with a time in whole seconds counts as unchanged only after two seconds. */
    private static final Instant FIRST_DAY = Instant.parse("2026-03-01T12:00:00.5Z");

    private static final int DAYS = 42;
    private static final String APP = "org.example.Sketches";
    private static final String ANNA = "00008120-001A24D10E38201E";
    private static final String BEN = "00008120-001A24D10E38202F";

    @TempDir
    private Path home;

    private Shell shell;
    private Path disk;
    private Path second;
    private Path offsite;
    private Path documents;
    private final List<String> pings = Collections.synchronizedList(new ArrayList<>());
    private final List<String> shown = Collections.synchronizedList(new ArrayList<>());

    private SimulatedPhone phone(String name, String udid, String situation, int day) throws IOException {
        return CloudPhone.of(
                GeneratedRoll.develop(GeneratedLibrary.empty(3).with(GeneratedLibrary.Part.PHOTO, 6, 2000)),
                CloudSituation.named(situation).orElseThrow(),
                FIRST_DAY.plus(Duration.ofDays(day)),
                settings -> settings.withPaired(true)
                        .with(new PhoneSettings.Encryption(false, false))
                        .withName(name)
                        .withUdid(udid));
    }

    /** Anna's iPhone has an app that shares documents. */
    private SimulatedPhone anna(String situation, int day) throws IOException {
        SimulatedPhone anna = phone("Anna's iPhone", ANNA, situation, day);
        anna.apps().install(SimulatedApp.sharing(APP, "Sketches", Libraries.folder(documents)));
        if (day >= 30 && day < 40) {
            anna.apps().refuse(APP, "InstallationLookupFailed");
        }
        return anna;
    }

    private HttpServer web() throws IOException {
        HttpServer web = LoopbackServer.create();
        web.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/ping")) {
                pings.add(path);
            } else {
                shown.add(String.valueOf(JSON.std.mapFrom(body).get("title")));
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        web.start();
        return web;
    }

    private Path secret(String name, String... lines) throws IOException {
        Path file = Files.write(home.resolve(name), List.of(lines));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private void configure(MailServer mail, HttpServer web) throws IOException {
        String address = "http://127.0.0.1:" + web.getAddress().getPort();
        Path smtp = secret("smtp", "host = 127.0.0.1", "port = " + mail.port(), "from = nas@a.org", "to = anna@a.org");
        Path ntfy = secret("ntfy", "url = " + address + "/topic");
        Path ping = secret("ping", "url = " + address + "/ping");
        Files.writeString(
                Files.createDirectories(home.resolve("config/shoebox")).resolve("config.toml"),
                "copy-to = ['" + second + "']\nwait = '0'\nrun-after = 'test -e " + offsite + "'\n"
                        + "notify = ['smtp:" + smtp + "', 'ntfy:" + ntfy + "', 'ping:" + ping + "']\n"
                        + "[destination.disk]\npath = '" + disk + "'\n"
                        + "[phone.anna]\nudid = '" + ANNA + "'\nfiles = true\n[phone.ben]\nname = \"Ben's iPhone\"\n");
    }

    private int on(int day, Object... words) {
        shell.now = FIRST_DAY.plus(Duration.ofDays(day));
        return shell.shoebox(words);
    }

    private int backup(int day, String profile) {
        int code = on(day, "backup", "--scheduled", "-q", profile);
        shell.now = FIRST_DAY.plus(Duration.ofDays(day)).plusSeconds(600);
        return code;
    }

    private Path photo() throws IOException {
        try (Stream<Path> all = Files.walk(disk)) {
            return all.filter(path -> path.toString().endsWith(".JPG"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void eachTroubleIsReportedOnceThenWeeklyAndWhenItIsOver(@TempDir Path sockets) throws IOException {
        disk = Files.createDirectory(home.resolve("disk"));
        second = Files.createDirectory(home.resolve("second"));
        documents = Files.createDirectory(home.resolve("documents"));
        Files.writeString(documents.resolve("plan.txt"), "plan");
        offsite = Files.createFile(home.resolve("offsite"));
        shell = new Shell(home);
        shell.environment.put("PATH", "");
        shell.environment.put("SHOEBOX_TRANSPORT", "java");
        HttpServer web = web();
        Map<Integer, List<String>> mailed = new TreeMap<>();
        try (MailServer mail = new MailServer();
                SimulatedUsb usb = SimulatedUsb.start("UNIX:" + sockets.resolve("mux"))) {
            Shell.connectTo(usb.address());
            configure(mail, web);
            SimulatedPhone anna = anna("none", 0);
            SimulatedPhone ben = phone("Ben's iPhone", BEN, "none", 0);
            usb.plug(anna);
            usb.plug(ben);
            assertEquals(0, on(0, "backup", "anna"), shell.err());
            assertEquals(0, on(0, "backup", "ben"), shell.err());
            assertEquals(0, on(0, "verify", disk), shell.err());
            shell.now = shell.now.plusSeconds(60);
            assertEquals(0, shell.shoebox("backup", "anna"), shell.err());
            requireReportOfWhatCouldBeDeleted();
            shell.environment.put("SHOEBOX_UNATTENDED", "1");
            byte[] whole = Files.readAllBytes(photo());
            Path damaged = photo();
            for (int day = 1; day <= DAYS; day++) {
                switch (day) {
                    case 4 -> Files.delete(offsite);
                    case 5 -> Files.move(second, home.resolve("unplugged"));
                    case 8 -> usb.unplug(ben);
                    case 13 -> Files.createFile(offsite);
                    case 14 -> flip(damaged);
                    case 22 -> Files.move(home.resolve("unplugged"), second);
                    case 26 -> usb.plug(ben);
                    case 29 -> Files.write(damaged, whole);
                    case 33 -> {
                        Files.move(second, home.resolve("unplugged"));
                        Files.createFile(Files.createDirectory(second).resolve("holiday.txt"));
                    }
                    case 35 -> {
                        Files.delete(second.resolve("holiday.txt"));
                        Files.delete(second);
                        Files.move(home.resolve("unplugged"), second);
                    }
                    default -> {}
                }
                Optional<String> situation =
                        Optional.ofNullable(Map.of(17, "rejected-items", 28, "none", 30, "deleting", 40, "none")
                                .get(day));
                if (situation.isPresent()) {
                    usb.unplug(anna);
                    anna = anna(situation.get(), day);
                    usb.plug(anna);
                }
                int heard = mail.subjects().size();
                int code = backup(day, "anna");
                String words = "day " + day + ": " + shell.out() + shell.err();
                boolean isOffsite = (day < 4 || day >= 13) && day != 33 && day != 34;
                boolean areFilesRefused = day >= 30 && day < 40;
                boolean isDamageKnown = day > 14 && day < 30;
                assertEquals(areFilesRefused ? 3 : isOffsite ? 0 : 17, code, words);
                assertEquals(
                        isOffsite && !isDamageKnown && !areFilesRefused,
                        shell.err().isEmpty(),
                        words);
                boolean isBenThere = day < 8 || day >= 26;
                assertEquals(isBenThere ? isOffsite ? 0 : 17 : 75, backup(day, "ben"), words);
                if (day == 14 || day == 29) {
                    assertEquals(day == 14 ? 4 : 0, on(day, "verify", "-q", disk), shell.err());
                }
                List<String> all = mail.subjects();
                if (all.size() > heard) {
                    mailed.put(day, all.subList(heard, all.size()));
                }
            }
            assertEquals(mail.subjects(), shown, "each way is told the same");
        } finally {
            web.stop(0);
        }
        Map<Integer, List<String>> expected = new TreeMap<>();
        expected.put(4, List.of("The command after the backup of Anna's iPhone failed"));
        expected.put(11, List.of("The command after the backup of Anna's iPhone failed"));
        expected.put(
                13,
                List.of(
                        "The command after the backup of Anna's iPhone works again",
                        "The second copy of Anna's iPhone is 9 days behind"));
        expected.put(14, List.of("Photos in the backup are damaged"));
        expected.put(16, List.of("No backup of Ben's iPhone for 9 days"));
        expected.put(17, List.of("iCloud could not take photos of Anna's iPhone"));
        expected.put(20, List.of("The second copy of Anna's iPhone is 16 days behind"));
        expected.put(21, List.of("Photos in the backup are damaged"));
        expected.put(22, List.of("The second copy of Anna's iPhone is complete again"));
        expected.put(23, List.of("No backup of Ben's iPhone for 16 days"));
        expected.put(24, List.of("iCloud could not take photos of Anna's iPhone"));
        expected.put(26, List.of("Backups of Ben's iPhone complete again"));
        expected.put(
                28, List.of("Photos in the backup are damaged", "iCloud no longer refuses any photo of Anna's iPhone"));
        expected.put(29, List.of("The photos in the backup are intact again"));
        expected.put(30, List.of("iCloud is about to delete its photos of Anna's iPhone"));
        expected.put(33, List.of("The second copy of Anna's iPhone is not complete"));
        expected.put(35, List.of("The second copy of Anna's iPhone is complete again"));
        expected.put(37, List.of("iCloud is about to delete its photos of Anna's iPhone"));
        expected.put(38, List.of("No backup of the other files of Anna's iPhone for 9 days"));
        expected.put(
                40,
                List.of(
                        "Backups of the other files of Anna's iPhone complete again",
                        "iCloud will no longer delete its photos of Anna's iPhone"));
        assertEquals(lines(expected), lines(mailed));
        int runs = DAYS * 2 - 18;
        assertEquals(runs, pings.stream().filter("/ping/start"::equals).count(), "one start for each run that began");
        int refused = 10;
        assertEquals(runs - refused, pings.stream().filter("/ping"::equals).count(), "and one end");
        long failed = pings.stream().filter("/ping/fail"::equals).count();
        assertEquals(1 + refused, failed, "and of the verifications, the one that found damage");
    }

    /** The report of the run answers a user's first question, too. */
    private void requireReportOfWhatCouldBeDeleted() throws IOException {
        assertEquals(0, shell.shoebox("history", "--json"));
        List<Object> runs = shell.json().stream()
                .filter(run -> Integer.valueOf(6).equals(run.get("removable")))
                .map(run -> run.get("id"))
                .toList();
        assertFalse(runs.isEmpty(), shell.out());
        Path page = home.resolve("page.html");
        assertEquals(0, shell.shoebox("report", runs.get(0), "-o", page), shell.err());
        String text = Files.readString(page);
        assertTrue(text.contains("6 photos and videos (") && text.contains("shoebox safe-to-remove"), text);
    }

    private static String lines(Map<Integer, List<String>> byDay) {
        StringBuilder text = new StringBuilder();
        byDay.forEach((day, titles) -> titles.stream()
                .sorted()
                .forEach(title -> text.append(day).append(' ').append(title).append('\n')));
        return text.toString();
    }
}
