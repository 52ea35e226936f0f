package dev.shoebox.cli.terminal;

import dev.shoebox.system.OperatingSystem;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/** Determines the encodings of output and of typed input. */
public final class OutputCharset {
    private OutputCharset() {}

    /** Returns the encoding for this process. */
    public static Charset of(OperatingSystem system, Map<String, String> environment, String... arguments) {
        if (system != OperatingSystem.WINDOWS) {
            // Java 22 to 24 load a library for line editing when the console is requested.
            return StandardCharsets.UTF_8;
        }
        boolean json = Arrays.asList(arguments).contains("--json") || environment.containsKey("SHOEBOX_JSON");
        return of(system, json, System.getProperties(), OutputCharset::ofConsole);
    }

    private static Optional<Charset> ofConsole() {
        return Optional.ofNullable(System.console()).map(java.io.Console::charset);
    }

    /**
     * JSON is UTF-8 (RFC 8259), and so is everything on systems other than Windows. A Windows console has its own
     * encoding, which Java 19 and newer report, and Java 17 reports for a console only.
     *
     * @param json whether the output is for programs
     * @param console supplies the encoding of the console for typed input
     */
    static Charset of(OperatingSystem system, boolean json, Properties java, Supplier<Optional<Charset>> console) {
        if (json || system != OperatingSystem.WINDOWS) {
            return StandardCharsets.UTF_8;
        }
        return named(java, "stdout.encoding")
                .or(console)
                .or(() -> named(java, "native.encoding"))
                .orElseGet(Charset::defaultCharset);
    }

    /** Returns the encoding of typed input. */
    public static Charset typed(OperatingSystem system) {
        return typed(system, OutputCharset::ofConsole);
    }

    static Charset typed(OperatingSystem system, Supplier<Optional<Charset>> console) {
        return system == OperatingSystem.WINDOWS
                ? console.get().orElse(StandardCharsets.UTF_8)
                : StandardCharsets.UTF_8;
    }

    private static Optional<Charset> named(Properties java, String property) {
        try {
            return Optional.ofNullable(java.getProperty(property)).map(Charset::forName);
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }
}
