package dev.shoebox.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** A backup that is stopped while the user's command runs before it. */
class StoppedRunTest {
    @TempDir
    private Path home;

    private Path card;
    private Path backup;
    private Shell shell;

    /** Presses Ctrl-C once the command has written a line. */
    @BeforeEach
    void prepare() throws IOException {
        AtomicReference<Runnable> ctrlC = new AtomicReference<>();
        shell = new Shell(home).interruptible(ctrlC::set).read(text -> {
            if (text.contains("run-before: working")) {
                ctrlC.get().run();
            }
        });
        card = shell.card("card", "IMG_0001.JPG");
        backup = home.resolve("backup");
    }

    private void assertInterrupted(String command) throws IOException {
        assertEquals(130, shell.shoebox("backup", "--json", "--from", card, "--run-before", command, backup));
        assertEquals(130, shell.events("summary").get(0).get("exitCode"), shell.out());
        assertFalse(Files.exists(backup));
    }

    /** The terminal sends Ctrl-C to the command, too. */
    @Test
    void aCommandThatTheSameSignalEndedHasNotFailed() throws IOException {
        assertInterrupted("echo working&& exit 130");
    }

    @Test
    void aCommandThatTheSignalDidNotReachIsFollowedByNothing() throws IOException {
        assertInterrupted("echo working");
    }
}
