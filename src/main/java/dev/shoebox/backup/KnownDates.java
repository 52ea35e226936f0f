package dev.shoebox.backup;

import dev.shoebox.backup.plan.CaptureTimeResolver;
import dev.shoebox.destination.Destination;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.metadata.field.MediaFacts;
import dev.shoebox.photos.source.MediaSource;

import java.io.IOException;
import java.util.Optional;

/** The dates that the destination knows, and also the source if it is a backup itself. */
record KnownDates(MediaSource source, Destination destination) implements CaptureTimeResolver.Memory {
    @Override
    public Optional<CaptureTime> captured(Asset asset) throws IOException {
        return destination.memory().captured(source.id(), asset);
    }

    @Override
    public MediaFacts facts(Asset asset, Resource resource) throws IOException {
        return destination.memory().facts(source.id(), asset, resource);
    }

    @Override
    public Optional<CaptureTimeResolver.Filed> filed() {
        return source instanceof CaptureTimeResolver.Filed filed ? Optional.of(filed) : Optional.empty();
    }
}
