package dev.shoebox.web;

import dev.shoebox.coverage.icloud.Diagnosis;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.util.Optional;

/** The phone or folder that the page looks at. */
public interface PageSource {
    /** Whether it is a phone on a cable, which may be unplugged and come back. */
    boolean isPhone();

    /**
     * Opens it now, and waits for nobody.
     *
     * @throws IOException a {@code DeviceException} where a person must do something first
     */
    MediaSource open() throws IOException;

    /** Whether what was opened is still there, asked without disturbing it. */
    boolean isThere(SourceId opened);

    /** What its Photos library says; empty where it cannot be read. */
    Optional<Library> library(MediaSource source, Listing listing);

    /** Why iCloud Photos has stopped on it; empty where it does not tell. */
    Optional<Diagnosis> icloud(MediaSource source, Optional<Library> library);
}
