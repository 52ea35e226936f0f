package dev.shoebox.backup.event;

import dev.shoebox.history.Omitted;
import dev.shoebox.photos.source.Inventory;

/**
 * What of a source was neither in the backup nor wanted in it.
 *
 * @param assets left out by choice, as a whole
 * @param files of these, and of others of which only a part was wanted
 * @param trashed assets in Recently Deleted that were chosen otherwise
 * @param trashedFiles of these
 * @param forgotten of {@code files}, those that are left out since their owner deleted them from the backup on purpose
 */
public record Skipped(int assets, int files, int trashed, int trashedFiles, int forgotten) {
    public static final Skipped NOTHING = new Skipped(0, 0, 0, 0, 0);

    /** Where nothing was left out that had been deleted on purpose. */
    public Skipped(int assets, int files, int trashed, int trashedFiles) {
        this(assets, files, trashed, trashedFiles, 0);
    }

    /** What else was left out. */
    public Skipped plus(Skipped other) {
        return new Skipped(
                assets + other.assets,
                files + other.files,
                trashed + other.trashed,
                trashedFiles + other.trashedFiles,
                forgotten + other.forgotten);
    }

    /**
     * Files of one asset that their owner deleted from the backup on purpose.
     *
     * @param photo whether the photo or film itself is one of them, so that the asset is not there
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

    /** What of a source that holds all this was not taken. */
    public Omitted omitted(Inventory all) {
        return new Omitted(all.found(), all.counts(), all.named(), assets, files, trashed, trashedFiles);
    }
}
