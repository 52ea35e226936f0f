package dev.shoebox;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Exceptions from the rules of {@link ArchitectureTest}. The numbers only ever fall; nothing is added. */
final class Leftovers {
    /** By room, how often {@code Optional} is used other than as a return type. */
    static final Map<String, Integer> OPTIONALS = numbers("""
            cli parameters = 29
            run parameters = 8
            """);

    private Leftovers() {}

    private static Map<String, Integer> numbers(String lines) {
        Function<String, Integer> number =
                line -> Integer.valueOf(line.substring(line.indexOf('=') + 1).strip());
        return lines.lines()
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')).strip(), number));
    }
}
