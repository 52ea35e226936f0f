package dev.shoebox.cli.choice;

import dev.shoebox.cli.terminal.TextFormat;
import picocli.CommandLine.TypeConversionException;

import java.util.List;
import java.util.stream.Collectors;

/** Parses enum constants as people type them. */
public final class Constants {
    private Constants() {}

    /**
     * Returns the constant with that name.
     *
     * @throws TypeConversionException if there is none
     */
    public static <E extends Enum<E>> E named(String text, List<E> among) {
        return among.stream()
                .filter(each -> TextFormat.hyphenated(each).equals(text))
                .findAny()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of "
                        + among.stream().map(TextFormat::hyphenated).collect(Collectors.joining(", "))));
    }
}
