package dev.shoebox.cli.option;

import dev.shoebox.destination.naming.Layout;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Folders for photos, as {@link Layout#parse} reads them. */
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
