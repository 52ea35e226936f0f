package dev.shoebox.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many bytes in a second: 10M, 500K, 250000. */
final class RateConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        return Words.byteCount(text)
                .filter(count -> count > 0)
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is no rate above 0; write it as 10M, 500K or 250000 (bytes in a second)"));
    }
}
