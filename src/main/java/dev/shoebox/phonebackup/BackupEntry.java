package dev.shoebox.phonebackup;

import java.util.Optional;

/**
 * An entry in the manifest of a backup.
 *
 * @param fileId the name of its content in the backup
 * @param path the path that the phone shows over the cable; empty if the recorded path is invalid
 * @param shown the recorded path in printable form
 * @param kind the kind of entry
 * @param archived its metadata
 */
record BackupEntry(String fileId, Optional<String> path, String shown, Kind kind, ArchivedFile archived) {
    enum Kind {
        FILE,
        FOLDER,
        LINK;

        /** Converts the value in the manifest. */
        static Kind of(long flags) {
            return flags == 2 ? FOLDER : flags == 4 ? LINK : FILE;
        }
    }
}
