package dev.shoebox;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Every test that reaches a phone runs over both transports. */
class TransportMatrixTest {
    private static final Path TESTS = Path.of("src/test/java/dev/shoebox");

    /** These use each transport explicitly, or talk to usbmuxd without one. */
    private static final Set<String> BY_THEMSELVES = Set.of(
            "cli/browse/BrowseCase.java",
            "cli/phone/WayTest.java",
            "device/FingerprintTrial.java",
            "device/Plugged.java",
            "device/usbmux/MuxTransportTest.java",
            "watch/UsbmuxListenerTest.java");

    @Test
    void everyTestThatPlugsAPhoneInHasTheTag() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            List<String> untagged = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().endsWith("Benchmark.java"))
                    .filter(file -> !file.startsWith(TESTS.resolve("simulator")))
                    .filter(TransportMatrixTest::plugsIn)
                    .map(file -> TESTS.relativize(file).toString())
                    .filter(name -> !BY_THEMSELVES.contains(name))
                    .toList();
            assertEquals(List.of(), untagged, "these reach a phone over one transport alone");
        }
    }

    private static boolean plugsIn(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean plugs = text.contains("SimulatedUsb" + ".start(") || text.contains("Plugged" + ".in(");
        boolean tagged = text.contains("@Tag(TransportUnderTest.TAG)") || text.contains("extends PhotosFixture");
        return plugs && !tagged;
    }
}
