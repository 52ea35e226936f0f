package dev.shoebox.backup.plan;

import dev.shoebox.backup.sidecar.Sidecar;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.choice.ResourceFilter;
import dev.shoebox.photos.source.Scope;

import java.util.Optional;
import java.util.Set;

/**
 * What to copy from a source, and in which order.
 *
 * @param scope what is listed; if it includes previews, these are copied for originals that are only in iCloud
 * @param sidecars the sidecars to write beside photos, with the library's facts
 * @param thumbnails whether to keep the phone's thumbnails with the photos
 * @param named restricts the choice to assets with a file of one of these paths; empty for no restriction
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

    /** A selection by rules only. */
    public BackupSelection(
            AssetFilter choice, ResourceFilter parts, Order order, Scope scope, Optional<Sidecar> sidecars) {
        this(choice, parts, order, scope, sidecars, true, Optional.empty());
    }

    /**
     * Returns a selection of the assets that the user picked one by one, including hidden ones and those in Recently
     * Deleted.
     */
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

    /** Returns this selection without the phone's thumbnails. */
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

    /** A selection without sidecars. */
    public BackupSelection(AssetFilter choice, ResourceFilter parts, Order order, Scope scope) {
        this(choice, parts, order, scope, Optional.empty());
    }

    /** The default selection. */
    public static final BackupSelection EVERYTHING =
            new BackupSelection(AssetFilter.EVERYTHING, ResourceFilter.ALL, Order.AS_NEEDED, Scope.USUAL);

    /** Whether this equals {@link #EVERYTHING}. The equals of a record costs a short run tens of generated classes. */
    boolean isEverything() {
        return choice.isEverything()
                && parts.isAll()
                && order == Order.AS_NEEDED
                && scope.isUsual()
                && sidecars.isEmpty()
                && thumbnails
                && named.isEmpty();
    }

    /** The order of copying. */
    public enum Order {
        /** {@link #RESCUE} if iCloud is behind, else {@link #PHONE}. */
        AS_NEEDED,
        /** Photos that are only on the phone, then favourites, then the newest. */
        RESCUE,
        /** The order that the phone reads fastest. */
        PHONE
    }
}
