package dev.shoebox.backup.event;

/**
 * What of a source was neither in the backup nor wanted in it.
 *
 * @param assets left out by choice, as a whole
 * @param files of these, and of others of which only a part was wanted
 * @param trashed assets in Recently Deleted that were chosen otherwise
 * @param trashedFiles of these
 */
public record Skipped(int assets, int files, int trashed, int trashedFiles) {
    public static final Skipped NOTHING = new Skipped(0, 0, 0, 0);

    public Skipped plusAsset(int itsFiles) {
        return new Skipped(assets + 1, files + itsFiles, trashed, trashedFiles);
    }

    public Skipped plusParts(int parts) {
        return parts == 0 ? this : new Skipped(assets, files + parts, trashed, trashedFiles);
    }

    public Skipped plusTrashed(int itsFiles) {
        return new Skipped(assets, files, trashed + 1, trashedFiles + itsFiles);
    }

    /** Every file that is meant. */
    public int allFiles() {
        return files + trashedFiles;
    }
}
