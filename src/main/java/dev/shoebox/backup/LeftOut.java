package dev.shoebox.backup;

/**
 * What of a source was neither in the backup nor wanted in it.
 *
 * @param assets left out by choice, as a whole
 * @param files of these, and of others of which only a part was wanted
 * @param trashed assets in Recently Deleted that were chosen otherwise
 * @param trashedFiles of these
 */
public record LeftOut(int assets, int files, int trashed, int trashedFiles) {
    public static final LeftOut NOTHING = new LeftOut(0, 0, 0, 0);

    LeftOut plusAsset(int itsFiles) {
        return new LeftOut(assets + 1, files + itsFiles, trashed, trashedFiles);
    }

    LeftOut plusParts(int parts) {
        return parts == 0 ? this : new LeftOut(assets, files + parts, trashed, trashedFiles);
    }

    LeftOut plusTrashed(int itsFiles) {
        return new LeftOut(assets, files, trashed + 1, trashedFiles + itsFiles);
    }

    /** Every file that is meant. */
    public int allFiles() {
        return files + trashedFiles;
    }
}
