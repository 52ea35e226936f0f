package dev.shoebox.phonebackup;

import java.util.Optional;

/**
 * A line of the list of a backup.
 *
 * @param fileId the name of its content in the backup
 * @param path as a phone shows it over the cable; empty where its own makes no sense
 * @param shown its own path, for people
 * @param kind what it is
 * @param archived what else is known of it
 */
record BackupEntry(String fileId, Optional<String> path, String shown, Kind kind, ArchivedFile archived) {
    enum Kind {
        FILE,
        FOLDER,
        LINK;

        /** As the list has it. */
        static Kind of(long flags) {
            return flags == 2 ? FOLDER : flags == 4 ? LINK : FILE;
        }
    }
}
