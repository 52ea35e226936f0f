package dev.shoebox.backup.plan;

import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.choice.ResourceFilter;
import dev.shoebox.photos.source.Scope;

import java.util.Optional;

/**
 * What of a source a run is to bring, and in which order.
 *
 * @param scope of what is listed; with previews, these are taken of originals that are only in iCloud
 * @param sidecars to be written beside photos, with what the library knows of them
 */
public record BackupSelection(
        AssetFilter choice, ResourceFilter parts, Order order, Scope scope, Optional<Sidecar> sidecars) {
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
