package dev.shoebox.cli.option;

import dev.shoebox.destination.naming.Layout;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a folder layout with {@link Layout#parse}. */
public final class LayoutConverter implements ITypeConverter<Layout> {
    @Override
    public Layout convert(String text) {
        try {
            return Layout.parse(text);
        } catch (IllegalArgumentException unknown) {
            throw new TypeConversionException(unknown.getMessage());
        }
    }
}
