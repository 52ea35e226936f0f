package dev.shoebox.cli.terminal;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.device.transport.DeviceException;
import org.junit.jupiter.api.Test;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ExitCodeTest {
    @Test
    void everyFailureOfAPhoneOrADestinationHasAnExitCode() {
        List<Class<?>> forgotten = Stream.of(DeviceException.class, DestinationException.class)
                .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                .filter(failure -> !ExitCode.isExpected(failure))
                .collect(Collectors.toList());

        assertEquals(List.of(), forgotten);
    }

    @Test
    void aMissingFolderToReadFromIsNothingToDoNow() {
        assertEquals(75, ExitCode.of(new NoSuchFileException("/media/card")).number());
    }

    @Test
    void aFolderOrArchiveThatCannotBeReadIsALostSource() {
        assertEquals(14, ExitCode.of(new FileNotFoundException("torn")).number());
    }

    @Test
    void whateverNobodyThoughtOfIsABug() {
        assertEquals(1, ExitCode.of(new IllegalStateException()).number());
        assertEquals(1, ExitCode.of(new StackOverflowError()).number());
    }

    @Test
    void everyExitCodeIsDocumented() throws IOException {
        String documented = Files.readString(Path.of("docs/exit-codes.md"));

        for (ExitCode code : ExitCode.values()) {
            assertTrue(documented.contains("\n| " + code.number() + " | "), code.name());
        }
    }

    @Test
    void noTwoEndingsShareANumber() {
        assertTrue(Arrays.stream(ExitCode.values())
                        .map(ExitCode::number)
                        .distinct()
                        .count()
                == ExitCode.values().length);
    }
}
