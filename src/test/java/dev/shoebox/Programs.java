package dev.shoebox;

import org.junit.jupiter.api.Assumptions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs that tests start, which {@code scripts/setup test} installs. */
public final class Programs {
    private Programs() {}

    public static boolean isInstalled(String name) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** Skips the test if the program is missing; fails it where {@code scripts/test} runs it. */
    public static void require(String name) {
        boolean there = isInstalled(name);
        if (!there && "1".equals(System.getenv("SHOEBOX_REQUIRE_DEVICE_TESTS"))) {
            throw new AssertionError("SHOEBOX_REQUIRE_DEVICE_TESTS=1, but " + name + " is not installed");
        }
        Assumptions.assumeTrue(there, name + " is not installed");
    }
}
