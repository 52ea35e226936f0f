package dev.shoebox.backup.event;

import dev.shoebox.history.Omitted;
import dev.shoebox.photos.source.Inventory;

/**
 * Files of a source that were neither in the backup nor selected.
 *
 * @param assets excluded as a whole
 * @param files of these, and of assets that were selected in part
 * @param trashed assets in Recently Deleted that were otherwise selected
 * @param trashedFiles of these
 * @param forgotten of {@code files}, those that the user deleted from the backup on purpose
 */
public record Skipped(int assets, int files, int trashed, int trashedFiles, int forgotten) {
    public static final Skipped NOTHING = new Skipped(0, 0, 0, 0, 0);

    public boolean isNothing() {
        return assets == 0 && files == 0 && trashed == 0 && trashedFiles == 0 && forgotten == 0;
    }

    /** Returns the sum of both. */
    public Skipped plus(Skipped other) {
        return new Skipped(
                assets + other.assets,
                files + other.files,
                trashed + other.trashed,
                trashedFiles + other.trashedFiles,
                forgotten + other.forgotten);
    }

    /**
     * Returns this plus the files of one asset that the user deleted from the backup on purpose.
     *
     * @param photo whether the photo or film itself is one of them, so that the asset is not in the backup
     */
    public Skipped plusForgotten(boolean photo, int itsFiles) {
        return new Skipped(assets + (photo ? 1 : 0), files + itsFiles, trashed, trashedFiles, forgotten + itsFiles);
    }

    public Skipped plusAsset(int itsFiles) {
        return new Skipped(assets + 1, files + itsFiles, trashed, trashedFiles, forgotten);
    }

    public Skipped plusParts(int parts) {
        return parts == 0 ? this : new Skipped(assets, files + parts, trashed, trashedFiles, forgotten);
    }

    public Skipped plusTrashed(int itsFiles) {
        return new Skipped(assets, files, trashed + 1, trashedFiles + itsFiles, forgotten);
    }

    /** Returns everything that was not taken from a source with this inventory. */
    public Omitted omitted(Inventory all) {
        return new Omitted(all.found(), all.counts(), all.named(), assets, files, trashed, trashedFiles);
    }
}
