package dev.shoebox.destination.opening;

/** What may be done with a folder that is not yet a shoebox. */
public enum OpenMode {
    /** An absent or empty folder becomes a shoebox; a folder with other contents does not. */
    CREATE_IF_EMPTY,
    /** A folder with other contents becomes a shoebox, too; they are not touched. */
    INITIALISE,
    /** Nothing is created: an unmounted drive must not fill its mount point. */
    REQUIRE_EXISTING
}
