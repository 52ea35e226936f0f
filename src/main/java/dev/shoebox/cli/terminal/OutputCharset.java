package dev.shoebox.cli.terminal;

import dev.shoebox.system.OperatingSystem;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** In which encoding words are printed, and typed. */
public final class OutputCharset {
    private OutputCharset() {}

    /** Of this process. */
    public static Charset of(OperatingSystem system, Map<String, String> environment, String... arguments) {
        if (system != OperatingSystem.WINDOWS) {
            // Java 22 to 24 load a library for line editing when they are asked for the console.
            return StandardCharsets.UTF_8;
        }
        boolean json = Arrays.asList(arguments).contains("--json") || environment.containsKey("SHOEBOX_JSON");
        return of(
                system,
                json,
                System.getProperties(),
                Optional.ofNullable(System.console()).map(java.io.Console::charset));
    }

    /**
     * JSON is UTF-8 (RFC 8259), and so is everything where the system's files are. A window of Windows has an encoding of its own,
     * which Java 19 and newer name, and Java 17 for a console alone.
     *
     * @param json whether programs read it
     * @param console of the window that is typed into
     */
    static Charset of(OperatingSystem system, boolean json, Properties java, Optional<Charset> console) {
        if (json || system != OperatingSystem.WINDOWS) {
            return StandardCharsets.UTF_8;
        }
        return named(java, "stdout.encoding")
                .or(() -> console)
                .or(() -> named(java, "native.encoding"))
                .orElseGet(Charset::defaultCharset);
    }

    /** In which encoding a person types. */
    public static Charset typed(OperatingSystem system) {
        return typed(system, Optional.ofNullable(System.console()).map(java.io.Console::charset));
    }

    static Charset typed(OperatingSystem system, Optional<Charset> console) {
        return console.filter(window -> system == OperatingSystem.WINDOWS).orElse(StandardCharsets.UTF_8);
    }

    private static Optional<Charset> named(Properties java, String property) {
        try {
            return Optional.ofNullable(java.getProperty(property)).map(Charset::forName);
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }
}
