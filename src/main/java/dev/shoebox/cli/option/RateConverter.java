package dev.shoebox.cli.option;

import dev.shoebox.cli.terminal.TextFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a rate in bytes per second: 10M, 500K, 250000. */
public final class RateConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        return TextFormat.byteCount(text)
                .filter(count -> count > 0)
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is not a rate above 0; use 10M, 500K or 250000 (bytes per second)"));
    }
}
