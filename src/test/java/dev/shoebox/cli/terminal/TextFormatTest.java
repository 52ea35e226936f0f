package dev.shoebox.cli.terminal;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;

class TextFormatTest {
    @Test
    void sizesAreCountedInThousandsAsPhonesAndDisksDo() {
        assertEquals("0 bytes", TextFormat.bytes(0));
        assertEquals("1 byte", TextFormat.bytes(1));
        assertEquals("999 bytes", TextFormat.bytes(999));
        assertEquals("1.0 kB", TextFormat.bytes(1000));
        assertEquals("1.0 MB", TextFormat.bytes(999_960));
        assertEquals("63.9 GB", TextFormat.bytes(63_900_000_000L));
        assertEquals("9.2 EB", TextFormat.bytes(Long.MAX_VALUE));
    }

    @Test
    void aFigureOfBytesIsReadAsPeopleWriteIt() {
        assertEquals(Optional.of(250_000L), TextFormat.byteCount("250000"));
        assertEquals(Optional.of(500_000L), TextFormat.byteCount("500K"));
        assertEquals(Optional.of(10_000_000L), TextFormat.byteCount("10m"));
        assertEquals(Optional.of(1_500_000_000L), TextFormat.byteCount("1.5G"));
        assertEquals(Optional.of(Long.MAX_VALUE), TextFormat.byteCount("999999999999999999G"));
        for (String nonsense : new String[] {"", "M", "10 M", "-1", "+1", "1e6", "10MB", ".5M", "0x10", "\u0661"}) {
            assertEquals(Optional.empty(), TextFormat.byteCount(nonsense), nonsense);
        }
    }

    @Test
    void aCommandCanBeTypedAsItIsAdvised() {
        assertEquals("'shoebox repair /media/usb/iPhone'", TextFormat.command("repair", Path.of("/media/usb/iPhone")));
        assertEquals(
                "'shoebox repair \"/media/My \\$1 disk\"'", TextFormat.command("repair", Path.of("/media/My $1 disk")));
    }

    /** Neither cmd nor Explorer knows "~", and a backslash stands for itself there. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            C:\\Users\\Müller\\Pictures\\iPhone | C:\\Users\\Müller\\Pictures\\iPhone
            D:\\                            | D:\\
            D:\\my photos & films          | "D:\\my photos & films"
            \\\\nas\\photos\\iPhone         | \\\\nas\\photos\\iPhone
            \\\\nas\\my photos\\            | "\\\\nas\\my photos\\\\"
            """)
    void aCommandForWindowsHasTheWholePathAsItsShellsTakeIt(String path, String typed) throws IOException {
        Configuration windows = Configuration.windows().toBuilder()
                .setRoots("C:\\", "D:\\", "\\\\nas\\photos\\", "\\\\nas\\my photos\\")
                .setWorkingDirectory("C:\\")
                .build();
        try (FileSystem disk = Jimfs.newFileSystem(windows)) {
            Path root = disk.getPath(path);
            assertEquals("'shoebox verify " + typed + "'", TextFormat.command("verify", root));
            assertEquals(path, TextFormat.path(root));
        }
    }

    @Test
    void oneIsNotMany() {
        assertEquals("0 files", TextFormat.count(0, "file"));
        assertEquals("1 file", TextFormat.count(1, "file"));
        assertEquals("1,204 files", TextFormat.count(1204, "file"));
    }

    @Test
    void timesAreAsFineAsAnybodyWaitsFor() {
        assertEquals("0 s", TextFormat.duration(Duration.ofMillis(-5)));
        assertEquals("8 s", TextFormat.duration(Duration.ofMillis(7600)));
        assertEquals("89 s", TextFormat.duration(Duration.ofSeconds(89)));
        assertEquals("2 min", TextFormat.duration(Duration.ofSeconds(90)));
        assertEquals("1 h", TextFormat.duration(Duration.ofMinutes(60)));
        assertEquals("26 h 5 min", TextFormat.duration(Duration.ofMinutes(26 * 60 + 5)));
    }

    @Test
    void aTimeToWaitIsReadAsPeopleWriteIt() {
        assertEquals(Optional.of(Duration.ZERO), TextFormat.timeSpan("0"));
        assertEquals(Optional.of(Duration.ofSeconds(90)), TextFormat.timeSpan("90"));
        assertEquals(Optional.of(Duration.ofSeconds(90)), TextFormat.timeSpan("90s"));
        assertEquals(Optional.of(Duration.ofMinutes(10)), TextFormat.timeSpan("10m"));
        assertEquals(Optional.of(Duration.ofHours(2)), TextFormat.timeSpan("2h"));
        assertEquals(Optional.of(Duration.ofDays(8)), TextFormat.timeSpan("8d"));
        for (String nonsense : new String[] {"", "m", "-1", "1.5m", "10 m", "10min", "1234567", "\u0661"}) {
            assertEquals(Optional.empty(), TextFormat.timeSpan(nonsense), nonsense);
        }
    }

    @Test
    void aFolderInTheHomeFolderIsNamedAsPeopleTypeIt() {
        Path home = Path.of(System.getProperty("user.home"));

        assertEquals("~/Pictures/iPhone", TextFormat.path(home.resolve("Pictures/iPhone")));
        assertEquals("~", TextFormat.path(home));
        assertEquals("/media/Photos", TextFormat.path(Path.of("/media/x/../Photos")));
    }

    @Test
    void aNameFromAPhoneCannotMoveTheCursorOrTurnTheReadingDirection() {
        assertEquals("a\\u001b[2Jb\\u000ac", TextFormat.printable("a\u001b[2Jb\nc"));
        assertEquals("photo\\u202egpj.exe", TextFormat.printable("photo\u202egpj.exe"));
        assertEquals("\\u009b31m", TextFormat.printable("\u009b31m"));
    }

    @Test
    void aFailureWithOnlyAFileNameExplainsWhatHappened() {
        assertEquals("/a/b: access denied", TextFormat.failure(new AccessDeniedException("/a/b")));
        assertEquals(
                "/a/b: Input/output error",
                TextFormat.failure(new FileSystemException("/a/b", null, "Input/output error")));
        assertEquals("torn", TextFormat.failure(new IOException("torn")));
        assertEquals("java.io.IOException", TextFormat.failure(new IOException()));
    }

    @Test
    void namesInAnyScriptStayReadable() {
        String name = "Été 日本 👨‍👩‍👧.heic";

        assertEquals(name, TextFormat.printable(name));
    }
}
