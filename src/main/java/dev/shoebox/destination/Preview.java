package dev.shoebox.destination;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Resource;

import java.util.List;
import java.util.Optional;

/** Where the photos of a run would go: decides names as {@link Intake} does, as far as that needs no content. */
public final class Preview {
    Preview() {}

    /** @return one placement for each of the asset's resources, in order. Remembers the names it gave */
    public List<Placement> place(Asset asset, Optional<CaptureTime> captured, Layout.Facts facts)
            throws DestinationException {
        throw new UnsupportedOperationException();
    }

    /**
     * @param path relative to the destination
     * @param contentDecides whether a clash of names or a duplicate, which only the bytes can settle, may change it
     */
    public record Placement(Resource resource, String path, boolean contentDecides) {}
}
