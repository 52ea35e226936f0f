package dev.shoebox.cli;

import dev.shoebox.config.Places;
import dev.shoebox.library.LibraryReader;
import dev.shoebox.library.Reading;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.MediaSource;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** The Photos library of whatever photos come from, read for a command; what is to be known of it is said once. */
final class PhoneLibrary {
    /** Takes a second or more at the speed of most cables. */
    private static final long WORTH_SAYING = 40_000_000;

    private final Places places;
    private final Console console;

    PhoneLibrary(Places places, Console console) {
        this.places = places;
        this.console = console;
    }

    Optional<Library> read(MediaSource source) {
        return read(source, () -> false);
    }

    /** @param stopped is asked now and then whether to give up */
    Optional<Library> read(MediaSource source, BooleanSupplier stopped) {
        Reading reading = new LibraryReader(places.cache()).read(source, this::copying, stopped);
        reading.note().ifPresent(note -> {
            console.warn(note);
            console.event(new Event("warning").with("message", note));
        });
        return reading.library();
    }

    /** Reads it only if that takes next to no time, and says nothing where it does not. */
    Optional<Library> readIfQuick(MediaSource source, BooleanSupplier stopped) {
        AtomicBoolean slow = new AtomicBoolean();
        return new LibraryReader(places.cache())
                .read(source, bytes -> slow.set(bytes >= WORTH_SAYING), () -> slow.get() || stopped.getAsBoolean())
                .library();
    }

    private void copying(long bytes) {
        if (bytes >= WORTH_SAYING) {
            console.say("Reading the Photos library of the iPhone first (" + Words.bytes(bytes) + ").");
        }
    }
}
