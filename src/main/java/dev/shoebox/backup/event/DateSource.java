package dev.shoebox.backup.event;

/** Which date counts if the photo's own date and the one in the library contradict each other. */
public enum DateSource {
    /** The date in the Photos library or the export, where the user corrected it. */
    PHOTOS,
    /** The date in the file, as the camera wrote it. */
    CAMERA
}
