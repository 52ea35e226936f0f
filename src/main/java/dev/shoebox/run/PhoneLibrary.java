package dev.shoebox.run;

import dev.shoebox.export.Export;
import dev.shoebox.library.LibraryReader;
import dev.shoebox.library.database.LibraryResult;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.run.record.RunListener;
import dev.shoebox.system.AppDirectories;
import dev.shoebox.text.Amounts;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Reads the Photos library of a source for a command, and prints each remark about it once. */
public final class PhoneLibrary {
    /** Bytes that take a second or more over most cables. */
    private static final long WORTH_SAYING = 40_000_000;

    private final AppDirectories places;
    private final RunListener listener;

    public PhoneLibrary(AppDirectories places, RunListener listener) {
        this.places = places;
        this.listener = listener;
    }

    public Library read(MediaSource source, Listing listing) {
        return read(source, listing, () -> false);
    }

    /**
     * Reads the library of a source. That of an export is in its JSON and CSV files.
     *
     * @param stopped polled; returns whether to give up
     */
    public Library read(MediaSource source, Listing listing, BooleanSupplier stopped) {
        LibraryResult reading = new LibraryReader(places.cache()).read(source, this::copying, stopped);
        reading.note().ifPresent(listener::warn);
        return reading.library().isThere() || source.id().isOfPhone() ? reading.library() : export(source, listing);
    }

    private Library export(MediaSource source, Listing listing) {
        try {
            return Export.of(source, listing).orElse(Library.NONE);
        } catch (IOException lost) {
            listener.warn("The metadata files of the export were not read: " + lost.getMessage());
            return Library.NONE;
        }
    }

    /** Reads the library only if that takes next to no time. Prints nothing. */
    public Library readIfQuick(MediaSource source, BooleanSupplier stopped) {
        AtomicBoolean slow = new AtomicBoolean();
        return new LibraryReader(places.cache())
                .read(source, bytes -> slow.set(bytes >= WORTH_SAYING), () -> slow.get() || stopped.getAsBoolean())
                .library();
    }

    private void copying(long bytes) {
        if (bytes >= WORTH_SAYING) {
            listener.say("Reading the Photos library (" + Amounts.bytes(bytes) + ").");
        }
    }
}
