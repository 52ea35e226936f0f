package dev.shoebox.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.DateTimeException;
import java.time.ZoneId;

/** Parses a time zone: Europe/Berlin, +02:00. */
public final class ZoneConverter implements ITypeConverter<ZoneId> {
    @Override
    public ZoneId convert(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw new TypeConversionException(
                    "there is no time zone '" + text + "'; use a name such as Europe/Berlin, or +02:00");
        }
    }
}
