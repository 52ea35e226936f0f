package dev.shoebox.destination.ingest;

import dev.shoebox.destination.naming.Layout;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;

import java.util.List;
import java.util.Optional;

/**
 * An asset, or those of its files that are new.
 *
 * @param asset the whole asset as the source has it, even if only some of its files arrive
 * @param captured the capture time, already placed in a time zone; empty for {@code undated}
 */
public record Arrival(Asset asset, Optional<CaptureTime> captured, Layout.Facts facts, List<StagedResource> files) {
    public Arrival {
        files = List.copyOf(files);
    }
}
