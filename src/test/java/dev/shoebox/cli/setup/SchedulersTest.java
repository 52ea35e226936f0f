package dev.shoebox.cli.setup;

import dev.shoebox.schedule.CalendarTime;
import dev.shoebox.schedule.Job;
import dev.shoebox.schedule.Launchd;
import dev.shoebox.schedule.ScheduleFile;
import dev.shoebox.system.OperatingSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The job that a scheduler gets starts what the user started. */
class SchedulersTest {
    @TempDir
    private Path folder;

    @Test
    void javaIsNamedWhereASchedulerWouldNotFindIt() throws Exception {
        Path java = Path.of("/home/anna/.sdkman/candidates/java/current");
        assertTrue(Schedulers.isToBeNamed(OperatingSystem.LINUX, java, List.of(folder)));
        assertTrue(Schedulers.isToBeNamed(OperatingSystem.MACOS, java, List.of(folder)));

        assertTrue(Files.createFile(folder.resolve("java")).toFile().setExecutable(true));
        assertFalse(Schedulers.isToBeNamed(OperatingSystem.LINUX, java, List.of(folder)));
        assertTrue(Schedulers.isToBeNamed(OperatingSystem.MACOS, java, List.of(folder)), "a stub");
        assertFalse(
                Schedulers.isToBeNamed(
                        OperatingSystem.MACOS,
                        Path.of("/opt/homebrew/Cellar/openjdk/25/libexec/openjdk.jdk/Contents/Home"),
                        List.of()),
                "gone with the next version");
    }

    @Test
    void aJavaOfHomebrewIsNamedByTheLinkThatStays() throws Exception {
        Path cellar = folder.resolve("Cellar/openjdk@21/21.0.2/libexec/openjdk.jdk/Contents/Home");
        assertEquals(Optional.empty(), Schedulers.lasting(cellar));

        Path stays = folder.resolve("opt/openjdk@21/libexec/openjdk.jdk/Contents/Home");
        assertTrue(
                Files.createFile(Files.createDirectories(stays.resolve("bin")).resolve("java"))
                        .toFile()
                        .setExecutable(true));
        assertEquals(Optional.of(stays), Schedulers.lasting(cellar));
        Path temurin = Path.of("/Library/Java/JavaVirtualMachines/temurin-21.jdk/Contents/Home");
        assertEquals(Optional.of(temurin), Schedulers.lasting(temurin));
    }

    /**
     * macOS never asks for permissions of a program that a shell started, so launchd starts Java, with the flags of the
     * launcher.
     */
    @Test
    void launchdStartsJavaAsTheLauncherDoes() throws Exception {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        Files.copy(Path.of("scripts/launch.flags"), lib.resolve("launch.flags"));
        Path launcher = folder.resolve("bin/shoebox");
        Path java = Path.of("/Library/Java/Home");
        Job job = new Job(
                Optional.of("anna"),
                Optional.of(CalendarTime.WEEKLY),
                true,
                Schedulers.directly(java, launcher, lib.resolve("shoebox.jar")),
                Map.of());

        List<ScheduleFile> agents = new Launchd(Path.of("/Users/anna")).files(job);

        String backup = agents.get(0).text();
        assertTrue(backup.contains("<array>\n    <string>/Library/Java/Home/bin/java</string>"), backup);
        assertTrue(backup.contains("<string>-Xmx800m</string>"), backup);
        assertTrue(
                backup.contains("<string>-Dshoebox.command=" + launcher + "</string>\n    <string>-jar</string>\n"
                        + "    <string>" + lib.resolve("shoebox.jar") + "</string>\n    <string>backup</string>"),
                backup);
        assertTrue(
                agents.get(1).text().contains("<string>-Xmx40m</string>"),
                agents.get(1).text());
        assertFalse(agents.get(1).text().contains("-Xmx800m"), agents.get(1).text());
    }

    /** macOS asks for permission to show notices only when the first one is shown. */
    @Test
    void onMacosANoticeIsShownDuringInstallation() {
        List<String> shown = new ArrayList<>();
        List<String> said = new ArrayList<>();
        Schedulers.introduce(OperatingSystem.LINUX, (title, text) -> shown.add(title), said::add);
        assertEquals(List.of(), shown);

        Schedulers.introduce(OperatingSystem.MACOS, (title, text) -> shown.add(title), said::add);
        assertEquals(1, shown.size());
        assertTrue(said.get(0).contains("Script Editor"));
    }

    @Test
    void aTaskBelongsToTheUserWhoIsLoggedOn() {
        assertEquals("PC\\Anna", Schedulers.user(Map.of("USERDOMAIN", "PC", "USERNAME", "Anna")));
        assertEquals("Anna", Schedulers.user(Map.of("USERNAME", "Anna")));
        assertEquals("", Schedulers.user(Map.of("USERDOMAIN", "PC")));
    }

    @Test
    void aTaskOpensNoWindowIfTheLauncherHasAVariantForThat() throws Exception {
        Path launcher = folder.resolve("shoebox.exe");
        assertEquals(launcher, Schedulers.withoutWindow(launcher));

        Path twin = Files.createFile(folder.resolve("shoeboxw.exe"));
        assertEquals(twin, Schedulers.withoutWindow(launcher));
    }
}
