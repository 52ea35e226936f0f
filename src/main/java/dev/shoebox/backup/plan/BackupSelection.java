package dev.shoebox.backup.plan;

import dev.shoebox.backup.sidecar.Sidecar;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.choice.ResourceFilter;
import dev.shoebox.photos.source.Scope;

import java.util.Optional;
import java.util.Set;

/**
 * What of a source a run is to bring, and in which order.
 *
 * @param scope of what is listed; with previews, these are taken of originals that are only in iCloud
 * @param sidecars to be written beside photos, with what the library knows of them
 * @param thumbnails whether the small pictures that a phone has are kept with the photos
 * @param named of the choice, only the assets of which a file has one of these paths; empty: whatever the choice takes
 */
public record BackupSelection(
        AssetFilter choice,
        ResourceFilter parts,
        Order order,
        Scope scope,
        Optional<Sidecar> sidecars,
        boolean thumbnails,
        Optional<Set<String>> named) {
    public BackupSelection {
        named = named.map(Set::copyOf);
    }

    /** By rules alone. */
    public BackupSelection(
            AssetFilter choice, ResourceFilter parts, Order order, Scope scope, Optional<Sidecar> sidecars) {
        this(choice, parts, order, scope, sidecars, true, Optional.empty());
    }

    /** The assets that a person picked one by one, those in Recently Deleted and hidden ones included. */
    public static BackupSelection picked(Set<String> paths) {
        return new BackupSelection(
                AssetFilter.EVERYTHING.withTrashed(),
                ResourceFilter.ALL,
                Order.AS_NEEDED,
                Scope.USUAL,
                Optional.empty(),
                true,
                Optional.of(paths));
    }

    /** The same without the phone's small pictures. */
    public BackupSelection withoutThumbnails() {
        return new BackupSelection(choice, parts, order, scope, sidecars, false, named);
    }

    boolean names(String path) {
        return named.isEmpty() || named.get().contains(path);
    }

    boolean names(Asset asset) {
        return named.isEmpty()
                || asset.resources().stream()
                        .anyMatch(resource -> names(resource.file().path()));
    }

    /** Without sidecars. */
    public BackupSelection(AssetFilter choice, ResourceFilter parts, Order order, Scope scope) {
        this(choice, parts, order, scope, Optional.empty());
    }

    /** What is wanted where nobody says anything. */
    public static final BackupSelection EVERYTHING =
            new BackupSelection(AssetFilter.EVERYTHING, ResourceFilter.ALL, Order.AS_NEEDED, Scope.USUAL);

    /** What comes first. */
    public enum Order {
        /** {@link #RESCUE} where iCloud is behind, else {@link #PHONE}. */
        AS_NEEDED,
        /** What is only on the phone, then favourites, then what is newest. */
        RESCUE,
        /** As the phone reads best. */
        PHONE
    }
}
