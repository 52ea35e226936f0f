package dev.shoebox.run.record;

import dev.shoebox.archive.ArchiveException;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.source.SourceException;
import org.junit.jupiter.api.Test;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

class FailuresTest {
    @Test
    void everyFailureOfAPhoneOrADestinationHasAnExitCode() {
        List<Class<?>> forgotten = Stream.of(
                        DeviceException.class,
                        DestinationException.class,
                        SourceException.class,
                        ArchiveException.class)
                .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                .filter(failure -> !Failures.isExpected(failure))
                .collect(Collectors.toList());

        assertEquals(List.of(), forgotten);
    }

    @Test
    void anUnwrappedFailureOfTheJdkIsADefect() {
        for (IOException bare : List.of(
                new NoSuchFileException("/media/card"),
                new FileNotFoundException("torn"),
                new AccessDeniedException("state"),
                new IOException("anything"))) {
            assertEquals(RunEnding.BUG, Failures.ending(bare));
        }
    }

    @Test
    void anUnexpectedFailureIsADefect() {
        assertEquals(RunEnding.BUG, Failures.ending(new IllegalStateException()));
        assertEquals(RunEnding.BUG, Failures.ending(new StackOverflowError()));
    }
}
