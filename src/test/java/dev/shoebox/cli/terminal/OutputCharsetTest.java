package dev.shoebox.cli.terminal;

import dev.shoebox.system.OperatingSystem;
import org.junit.jupiter.api.Test;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

class OutputCharsetTest {
    private static final Charset WINDOW = Charset.forName("IBM850");

    private final Properties java = new Properties();

    @Test
    void jsonIsUtf8OnEverySystem() {
        java.setProperty("stdout.encoding", "windows-1252");

        assertEquals(
                StandardCharsets.UTF_8,
                OutputCharset.of(OperatingSystem.WINDOWS, true, java, () -> Optional.of(WINDOW)));
    }

    @Test
    void wordsAreInTheEncodingOfTheWindow() {
        assertEquals(WINDOW, OutputCharset.of(OperatingSystem.WINDOWS, false, java, () -> Optional.of(WINDOW)));

        java.setProperty("stdout.encoding", "IBM437");
        assertEquals(
                Charset.forName("IBM437"),
                OutputCharset.of(OperatingSystem.WINDOWS, false, java, () -> Optional.of(WINDOW)));
        assertEquals(
                StandardCharsets.UTF_8,
                OutputCharset.of(OperatingSystem.MACOS, false, java, () -> Optional.of(WINDOW)));
    }

    @Test
    void anEncodingThatJavaDoesNotKnowIsPassedOver() {
        java.setProperty("stdout.encoding", "cp65001!");
        java.setProperty("native.encoding", "windows-1252");

        assertEquals(
                Charset.forName("windows-1252"),
                OutputCharset.of(OperatingSystem.WINDOWS, false, java, Optional::empty));
    }

    @Test
    void inputIsInTheEncodingOfTheWindow() {
        assertEquals(WINDOW, OutputCharset.typed(OperatingSystem.WINDOWS, () -> Optional.of(WINDOW)));
        assertEquals(StandardCharsets.UTF_8, OutputCharset.typed(OperatingSystem.WINDOWS, Optional::empty));
        assertEquals(StandardCharsets.UTF_8, OutputCharset.typed(OperatingSystem.LINUX, () -> Optional.of(WINDOW)));
    }
}
