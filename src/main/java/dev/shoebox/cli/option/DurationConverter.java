package dev.shoebox.cli.option;

import dev.shoebox.cli.terminal.TextFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;

/** Parses a duration: 0, 30 (seconds), 30s, 2m, 1h, 8d. */
public final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return TextFormat.timeSpan(text)
                .orElseThrow(
                        () -> new TypeConversionException("'" + text + "' is not a duration; use 30s, 2m, 1h or 8d"));
    }
}
