package dev.shoebox.backup.event;

/** Whose date counts where a photo's own and the one that its owner sees contradict each other. */
public enum DateSource {
    /** The date in the Photos library or in the export: the owner corrected it there. */
    PHOTOS,
    /** The date in the file, as the camera wrote it. */
    CAMERA
}
