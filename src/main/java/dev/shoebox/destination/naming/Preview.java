package dev.shoebox.destination.naming;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Predicts where the photos of a run would go: decides names like {@link Ingest}, as far as possible without their
 * content.
 */
public final class Preview {
    private final Disk disk;
    private final Catalogue catalogue;
    private final PathAllocator placer;
    private final Layout layout;
    private final Set<String> givenStems = new HashSet<>();
    private final Set<Long> givenSizes = new HashSet<>();

    public Preview(Disk disk, Catalogue catalogue, PathAllocator placer, Layout layout) {
        this.disk = disk;
        this.catalogue = catalogue;
        this.placer = placer;
        this.layout = layout;
    }

    /** @return one placement for each of the asset's resources, in order. The names count as used afterwards */
    public List<Placement> place(Asset asset, Layout.Facts facts) throws DestinationException {
        try {
            Optional<String> home = placer.home(asset);
            Layout.Spot spot = layout.spot(facts, asset.name());
            String stem = home.orElseGet(() -> Names.stem(spot.folder(), spot.base(), ""));
            boolean clash = home.isEmpty()
                    && (!givenStems.add(Names.fold(stem)) || !placer.isFreeStem(stem, asset.resources()));
            boolean mayBeDuplicate =
                    home.isEmpty() && isSizeKnown(asset.primary().file().size());
            var placements = new ArrayList<Placement>();
            for (Resource resource : asset.resources()) {
                String path = Names.part(stem, resource.role(), resource.file().name(), "");
                boolean taken = (home.isPresent() && disk.look(path).isPresent())
                        || (resource.role() != Role.ADJUSTMENT_DATA
                                && !resource.equals(asset.primary())
                                && isSizeKnown(resource.file().size()));
                placements.add(new Placement(resource, path, clash || mayBeDuplicate || taken));
                givenSizes.add(resource.file().size());
            }
            return placements;
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    private boolean isSizeKnown(long size) throws DestinationException {
        return givenSizes.contains(size) || catalogue.hasFileOfSize(size);
    }

    /**
     * @param path relative to the destination
     * @param contentDecides whether the content can still change the path, by a clash of names or as a duplicate
     */
    public record Placement(Resource resource, String path, boolean contentDecides) {}
}
