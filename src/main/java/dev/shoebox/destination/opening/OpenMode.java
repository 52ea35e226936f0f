package dev.shoebox.destination.opening;

/** What may be done to a path that is not yet a shoebox. */
public enum OpenMode {
    /** An absent or empty folder becomes a shoebox; one with other things in it does not. */
    CREATE_IF_EMPTY,
    /** A folder with other things in it becomes a shoebox too; nothing in it is touched. */
    INITIALISE,
    /** Nothing is ever created: an unmounted drive must not fill its mount point. */
    REQUIRE_EXISTING
}
