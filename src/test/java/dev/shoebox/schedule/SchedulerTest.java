package dev.shoebox.schedule;

import com.dd.plist.NSArray;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.PropertyListParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The job for each system's scheduler, compared with golden files and read by the systems' own tools. */
class SchedulerTest {
    private static final Path GOLDEN = Path.of("src/test/resources/schedule");
    private static final String HOSTILE = "/opt/50% \"off\" $HOME <é&'> \\n/scripts/shoebox";

    @TempDir
    private Path folder;

    private static Job job(String shoebox) {
        return new Job(
                Optional.of("anna"),
                Optional.of(new CalendarTime(Optional.of(DayOfWeek.SATURDAY), LocalTime.of(9, 5))),
                true,
                StartCommand.of(shoebox),
                Map.of("JAVA_HOME", "/opt/java 17"));
    }

    private static Scheduler systemd(Path folder) {
        return new Systemd(folder, Path.of("/etc/udev/rules.d"));
    }

    private static void assertGolden(List<ScheduleFile> files) throws Exception {
        for (ScheduleFile file : files) {
            Path golden = GOLDEN.resolve(file.path().getFileName().toString());
            assertEquals(Files.readString(golden), file.text(), golden.toString());
        }
    }

    @Test
    void systemdGetsTheGoldenFiles() throws Exception {
        List<ScheduleFile> files =
                systemd(Path.of("/home/ada/.config/systemd/user")).files(job("/opt/shoebox/scripts/shoebox"));

        assertEquals(
                List.of(
                        "/home/ada/.config/systemd/user/shoebox-anna.service",
                        "/home/ada/.config/systemd/user/shoebox-anna.timer",
                        "/etc/udev/rules.d/90-shoebox-anna.rules"),
                files.stream().map(file -> file.path().toString()).toList());
        assertEquals(
                List.of(false, false, true),
                files.stream().map(ScheduleFile::isForRoot).toList());
        assertGolden(files);
    }

    @Test
    void launchdGetsTheGoldenFiles() throws Exception {
        assertGolden(new Launchd(Path.of("/Users/ada")).files(job("/opt/shoebox/scripts/shoebox")));
    }

    @Test
    void theTaskSchedulerGetsTheGoldenFiles() throws Exception {
        assertGolden(
                new TaskScheduler(Path.of("/tasks"), "PC\\Anna Müller").files(job("/opt/shoebox/scripts/shoebox")));
    }

    @Test
    void otherSchedulersGetTheGoldenFile() throws Exception {
        assertEquals(Files.readString(GOLDEN.resolve("crontab")), Cron.lines(job("/opt/50% off/shoebox")));
    }

    @Test
    void systemdItselfFindsNothingWrong() throws Exception {
        Path analyze = Path.of("/usr/bin/systemd-analyze");
        assumeTrue(Files.isExecutable(analyze), "systemd-analyze is not installed");
        Path program = Files.createDirectories(folder.resolve("50% \"off\" $HOME é \\n"))
                .resolve("shoe'box");
        Files.writeString(program, "#!/bin/sh\n");
        assertTrue(program.toFile().setExecutable(true));
        for (Path shoebox : List.of(program, Files.copy(program, folder.resolve("$5 at 50% é")))) {
            assertTrue(shoebox.toFile().setExecutable(true));
            for (Optional<DayOfWeek> day : List.of(Optional.<DayOfWeek>empty(), Optional.of(DayOfWeek.SUNDAY))) {
                Job job = new Job(
                        Optional.of("anna"),
                        Optional.of(new CalendarTime(day, CalendarTime.EVENING)),
                        false,
                        StartCommand.of(shoebox.toString()),
                        Map.of("JAVA_HOME", "/opt/50% \"java\" $17\\"));
                Path units = Files.createDirectories(folder.resolve("units"));
                ProcessBuilder verify = new ProcessBuilder(analyze.toString(), "--user", "--man=no", "verify")
                        .redirectErrorStream(true);
                for (ScheduleFile file : systemd(units).files(job)) {
                    Files.writeString(file.path(), file.text());
                    verify.command().add(file.path().toString());
                }
                verify.environment().put("XDG_RUNTIME_DIR", folder.toString());
                Process process = verify.start();
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(process.waitFor(60, TimeUnit.SECONDS));
                assertEquals("", said);
                assertEquals(0, process.exitValue(), said);
            }
        }
    }

    @Test
    void launchdsPropertyListHoldsAHostilePathAsItIs() throws Exception {
        List<ScheduleFile> files = new Launchd(Path.of("/Users/ada")).files(job(HOSTILE));
        NSDictionary backup =
                (NSDictionary) PropertyListParser.parse(files.get(0).text().getBytes(StandardCharsets.UTF_8));
        NSDictionary watch =
                (NSDictionary) PropertyListParser.parse(files.get(1).text().getBytes(StandardCharsets.UTF_8));

        assertEquals(
                List.of(HOSTILE, "backup", "--scheduled", "anna"),
                Arrays.stream(((NSArray) backup.get("ProgramArguments")).getArray())
                        .map(Object::toString)
                        .toList());
        NSDictionary when = (NSDictionary) backup.get("StartCalendarInterval");
        assertEquals(
                List.of(6, 9, 5),
                List.of("Weekday", "Hour", "Minute").stream()
                        .map(key -> ((NSNumber) when.get(key)).intValue())
                        .toList());
        assertTrue(((NSNumber) watch.get("KeepAlive")).boolValue());
        assertEquals(
                "en_US.UTF-8",
                ((NSDictionary) backup.get("EnvironmentVariables")).get("LANG").toString());
    }

    @Test
    void theTaskIsWellFormedAndHoldsAHostilePathAsItIs() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        List<ScheduleFile> files = new TaskScheduler(Path.of("/tasks"), "PC\\Anna Müller").files(job(HOSTILE));
        Document task = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(files.get(0).bytes()));

        assertEquals(HOSTILE, text(task, "Command"));
        assertEquals(
                "\"JAVA_HOME=/opt/java 17\" SHOEBOX_UNATTENDED=1 backup --scheduled anna", text(task, "Arguments"));
        assertEquals("true", text(task, "StartWhenAvailable"));
        assertEquals("IgnoreNew", text(task, "MultipleInstancesPolicy"));
        assertEquals("false", text(task, "DisallowStartIfOnBatteries"), "the backup itself asks");
        assertEquals("2026-01-10T09:05:00", text(task, "StartBoundary"), "a Saturday");
    }

    @Test
    void tasksAreValidByMicrosoftsSchemaAndOfThePersonAlone() throws Exception {
        var schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(GOLDEN.resolve("task.xsd").toFile());
        for (Optional<DayOfWeek> day : List.of(Optional.<DayOfWeek>empty(), Optional.of(DayOfWeek.SUNDAY))) {
            Job job = new Job(
                    Optional.of("anna"),
                    Optional.of(new CalendarTime(day, CalendarTime.EVENING)),
                    true,
                    StartCommand.of("C:\\Users\\Anna Müller\\shoebox\\bin\\shoeboxw.exe"),
                    Map.of());
            for (ScheduleFile file : new TaskScheduler(folder, "PC\\Anna Müller").files(job)) {
                byte[] bytes = file.bytes();
                assertEquals(0xff, bytes[0] & 0xff);
                assertEquals(0xfe, bytes[1] & 0xff);
                schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(bytes)));
                assertTrue(file.text().contains("<UserId>PC\\Anna Müller</UserId>"), file.text());
                assertFalse(file.text().contains("PT12H"), "a first backup may take longer");
            }
        }
    }

    /** A phone may be called "watch"; it must not replace the job that waits for every phone. */
    @Test
    void noPhonesJobReplacesTheOneForAllPhones() {
        for (Scheduler scheduler :
                List.of(new Launchd(Path.of("/Users/ada")), new TaskScheduler(Path.of("/tasks"), "PC\\Ada"))) {
            var places = new HashSet<Path>();
            for (Optional<String> phone :
                    List.of(Optional.<String>empty(), Optional.of("watch"), Optional.of("a"), Optional.of("a-watch"))) {
                Job job = new Job(
                        phone, Optional.of(CalendarTime.DAILY), true, StartCommand.of("/opt/shoebox"), Map.of());
                scheduler
                        .files(job)
                        .forEach(file ->
                                assertTrue(places.add(file.path()), file.path().toString()));
            }
        }
    }

    private static String text(Document document, String element) {
        return document.getElementsByTagName(element).item(0).getTextContent();
    }

    @Test
    void argumentsForWindowsAreQuotedAsItsProgramsReadThem() {
        assertEquals("plain\\path", CommandQuoting.windows("plain\\path"));
        assertEquals("\"C:\\My Photos\\\\\"", CommandQuoting.windows("C:\\My Photos\\"));
        assertEquals("\"a \\\"b\\\\\\\" c\"", CommandQuoting.windows("a \"b\\\" c"));
        assertEquals("\"\"", CommandQuoting.windows(""));
    }

    @Test
    void timesAreReadAsPeopleWriteThem() {
        assertEquals(Optional.of(new CalendarTime(Optional.empty(), LocalTime.of(9, 30))), CalendarTime.parse("9:30"));
        assertEquals(
                Optional.of(new CalendarTime(Optional.of(DayOfWeek.SUNDAY), LocalTime.of(20, 0))),
                CalendarTime.parse("sun 20:00"));
        assertEquals(
                Optional.of(new CalendarTime(Optional.of(DayOfWeek.FRIDAY), LocalTime.of(7, 0))),
                CalendarTime.parse("Friday 07:00"));
        for (String none : List.of("", "25:00", "noon", "Sonntag 20:00", "20", "20:00 Sun", "20:60")) {
            assertFalse(CalendarTime.parse(none).isPresent(), none);
        }
    }
}
