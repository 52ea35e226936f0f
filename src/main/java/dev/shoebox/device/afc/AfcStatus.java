package dev.shoebox.device.afc;

import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;

/** The status of a request that the phone did not fulfil (libimobiledevice, {@code include/libimobiledevice/afc.h}). */
enum AfcStatus {
    SUCCESS(0, Reason.READ_ERROR, "answered without the data"),
    UNKNOWN_ERROR(1, Reason.READ_ERROR, "could not read it"),
    HEADER_INVALID(2, Reason.READ_ERROR, "did not understand the request"),
    NO_RESOURCES(3, Reason.READ_ERROR, "cannot open another file"),
    READ_ERROR(4, Reason.READ_ERROR, "met an error while reading it"),
    WRITE_ERROR(5, Reason.READ_ERROR, "reports a write error for a read request"),
    UNKNOWN_PACKET(6, Reason.READ_ERROR, "does not know the request"),
    INVALID_ARGUMENT(7, Reason.READ_ERROR, "reports that the request is invalid"),
    NOT_FOUND(8, Reason.GONE, "no longer has it"),
    IS_DIRECTORY(9, Reason.READ_ERROR, "says it is a folder now"),
    PERMISSION_DENIED(10, Reason.DENIED, "does not permit reading it"),
    NOT_CONNECTED(11, Reason.READ_ERROR, "says its file service is not connected"),
    TIMEOUT(12, Reason.READ_ERROR, "took too long to fetch it"),
    TOO_MUCH_DATA(13, Reason.READ_ERROR, "reports that the request is too large"),
    END_OF_DATA(14, Reason.WRONG_SIZE, "has less of it than listed"),
    NOT_SUPPORTED(15, Reason.READ_ERROR, "does not support the request"),
    EXISTS(16, Reason.READ_ERROR, "says it exists already"),
    BUSY(17, Reason.READ_ERROR, "is using it"),
    NO_SPACE(18, Reason.READ_ERROR, "has no free space, which it needs to read it"),
    WOULD_BLOCK(19, Reason.READ_ERROR, "is not ready to read it"),
    IO_ERROR(20, Reason.READ_ERROR, "met an error on its own storage"),
    INTERRUPTED(21, Reason.READ_ERROR, "was interrupted while reading it"),
    IN_PROGRESS(22, Reason.READ_ERROR, "is still busy with an earlier request for it"),
    INTERNAL_ERROR(23, Reason.READ_ERROR, "met an error of its own"),
    MUX_ERROR(30, Reason.READ_ERROR, "lost its own connection to it"),
    NO_MEMORY(31, Reason.READ_ERROR, "has not enough memory to read it"),
    NOT_ENOUGH_DATA(32, Reason.READ_ERROR, "got too little data"),
    DIRECTORY_NOT_EMPTY(33, Reason.READ_ERROR, "says its folder is not empty"),
    UNLISTED(-1, Reason.READ_ERROR, "reports an error without a name");

    private final long code;
    private final Reason reason;
    private final String says;

    AfcStatus(long code, Reason reason, String says) {
        this.code = code;
        this.reason = reason;
        this.says = says;
    }

    static AfcStatus of(long code) {
        for (AfcStatus status : values()) {
            if (status.code == code && status != UNLISTED) {
                return status;
            }
        }
        return UNLISTED;
    }

    /** Returns whether a new connection may help: it resets the count of open files and errors of the service. */
    boolean asksForNewConnection() {
        return switch (this) {
            case NO_RESOURCES, TIMEOUT, HEADER_INVALID, NOT_CONNECTED, MUX_ERROR, NOT_ENOUGH_DATA -> true;
            default -> false;
        };
    }

    /**
     * Returns the failure of a file or folder to be read.
     *
     * @param seen the number from the phone, which also identifies {@link #UNLISTED}
     */
    Unreadable unreadable(String path, long seen) {
        return new Unreadable(path, reason, "The iPhone " + says + " (AFC " + seen + ").");
    }

    /** Returns the failure of a file to be opened: iOS responds with 1 if it never releases a file. */
    Unreadable refused(String path, long seen) {
        if (this != UNKNOWN_ERROR) {
            return unreadable(path, seen);
        }
        return new Unreadable(
                path,
                Reason.REFUSED,
                "The iPhone lists it but will not open it (AFC 1): its original is probably only in iCloud. On the"
                        + " iPhone choose Settings > Photos > Download and Keep Originals, wait, and run again. iOS"
                        + " also refuses files with additional hard links; those can be shared from the Photos app.");
    }
}
