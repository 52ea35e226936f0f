package dev.shoebox.web.phone;

import dev.shoebox.coverage.icloud.Diagnosis;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.util.Optional;

/** The phone or folder on view. */
public interface PageSource {
    /** Returns whether the source is a phone on a cable, which may be unplugged and return. */
    boolean isPhone();

    /**
     * Opens the source without waiting for anybody.
     *
     * @throws IOException a {@code DeviceException} if a person has to do something first
     */
    MediaSource open() throws IOException;

    /** Returns whether the opened source is still there, without disturbing it. */
    boolean isThere(SourceId opened);

    /** Reads its Photos library; {@link Library#NONE} if it cannot be read. */
    Library library(MediaSource source, Listing listing);

    /** Diagnoses why iCloud Photos has stopped on it; empty if it does not tell. */
    Optional<Diagnosis> icloud(MediaSource source, Library library);
}
