package dev.shoebox.cli.choice;

import dev.shoebox.cli.terminal.TextFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a number of bytes: 500K, 10M, 1.5G, optionally followed by B, or 250000. */
public final class SizeConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        return TextFormat.byteCount(text.replaceFirst("(?i)B$", ""))
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is not a size; use 500K, 10M, 1.5G or a number of bytes"));
    }
}
