package dev.shoebox.cli.option;

import dev.shoebox.device.Phones;
import dev.shoebox.device.TransportChoice;
import dev.shoebox.device.transport.DeviceException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.util.function.Consumer;

/** The way to reach iPhones. */
public final class TransportOption {
    @Option(
            names = "--transport",
            paramLabel = "WAY",
            converter = TransportConverter.class,
            description = "How to reach the iPhone: native (the installed libimobiledevice), java (no library needed),"
                    + " or auto: native where it is installed. Default: auto.")
    private TransportChoice transport;

    private Phones phones; // or null

    /** @param detail receives one line if the transport is not the usual one */
    public Phones phones(Consumer<String> detail) throws DeviceException {
        if (phones == null) {
            Phones found = transport != null ? Phones.load(transport) : Phones.load();
            found.withoutLibrary()
                    .ifPresent(why -> detail.accept("iPhones are reached by Java, without libimobiledevice: " + why));
            phones = found;
        }
        return phones;
    }

    private static final class TransportConverter implements ITypeConverter<TransportChoice> {
        @Override
        public TransportChoice convert(String text) {
            return TransportChoice.named(text)
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of auto, native, java"));
        }
    }
}
