package dev.shoebox.cli.setup;

import dev.shoebox.system.OperatingSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a scheduler is told, so that it starts what the person starts. */
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
    void aTaskIsOfWhoeverIsLoggedOn() {
        assertEquals("PC\\Anna", Schedulers.user(Map.of("USERDOMAIN", "PC", "USERNAME", "Anna")));
        assertEquals("Anna", Schedulers.user(Map.of("USERNAME", "Anna")));
        assertEquals("", Schedulers.user(Map.of("USERDOMAIN", "PC")));
    }

    @Test
    void aTaskOpensNoWindowWhereTheLauncherHasATwinForThat() throws Exception {
        Path launcher = folder.resolve("shoebox.exe");
        assertEquals(launcher, Schedulers.withoutWindow(launcher));

        Path twin = Files.createFile(folder.resolve("shoeboxw.exe"));
        assertEquals(twin, Schedulers.withoutWindow(launcher));
    }
}
