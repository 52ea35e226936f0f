package dev.shoebox.backup.plan;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.RunOutcomes;
import dev.shoebox.backup.event.StopSignal;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Reconnecting to a lost source, and what ends the attempts. */
class SourceReconnectTest {
    @TempDir
    private Path folder;

    private final List<BackupEvent> told = new ArrayList<>();
    private final SourceReconnect contact = new SourceReconnect(
            new RunOutcomes(told::add), new StopSignal(), Duration.ofSeconds(1), Duration.ofMillis(5));

    private static final class Limited extends IOException implements MediaSource.Withheld {
        Limited() {
            super("It serves as many connections as it will.");
        }
    }

    @Test
    void aDiskThatFailsIsNotWaitedForAsIfItWereThePhone() {
        contact.lost(new IOException("lost"));
        assertThrows(
                DestinationException.class,
                () -> contact.reach(
                        () -> {
                            DestinationFolder.requireSuitable(folder.resolve("gone"), OpenMode.REQUIRE_EXISTING);
                            return "";
                        },
                        () -> {}));
        assertEquals(List.of(), told);
    }

    @Test
    void aRunThatHasBegunEndsAsOneThatLostItsPhoneWhateverThePhoneSaid() {
        contact.lost(new Limited());
        IOException end = contact.loss();
        // Not the subtype that says that nothing was started.
        assertEquals(SourceException.Lost.class, end.getClass());
        assertTrue(end.getMessage().startsWith(new Limited().getMessage() + " "), end.getMessage());
    }
}
