package dev.shoebox.backup.event;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.Contents;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.history.UnsafeFiles;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.text.PrintableText;

import java.util.Optional;

/**
 * A file that is in the backup and not safe.
 *
 * @param path on the source
 * @param storedAs relative to the destination
 * @param reason the word that docs/json.md lists
 * @param words what is wrong with it, for the user, without a full stop
 * @param isBroken whether it cannot be seen as a photo
 */
public record ImplausibleFile(String path, String storedAs, String reason, String words, boolean isBroken) {
    private static final String PERHAPS_DAMAGED = "perhaps-damaged";

    public static ImplausibleFile of(String path, String storedAs, Plausibility plausibility) {
        return new ImplausibleFile(
                path, storedAs, PrintableText.hyphenated(plausibility), plausibility.words(), plausibility.isBroken());
    }

    /** Returns a file that an earlier run stored, and what is known to be wrong with it. */
    public static ImplausibleFile of(StoredFile stored, Contents contents, Destination destination)
            throws DestinationException {
        String path = stored.file().path();
        Optional<Plausibility> looks = contents.at(stored.path());
        if (looks.isPresent()) {
            return of(path, stored.path(), looks.get());
        }
        Optional<String> denied = destination.memory().denied(stored);
        if (denied.isPresent()) {
            return denied(path, stored.path(), denied.get());
        }
        return destination.memory().isContradicted(stored)
                ? contradicted(path, stored.path())
                : perhapsDamaged(path, stored.path());
    }

    /** Whether only its name is that of a photo or video. */
    public boolean isUnrecognised() {
        return reason.equals(PrintableText.hyphenated(Plausibility.UNRECOGNISED));
    }

    /** Whether its bytes are not those that the source's library imported. */
    public boolean isPerhapsDamaged() {
        return reason.equals(PERHAPS_DAMAGED);
    }

    /** Returns a file whose bytes are not those that the source's library imported. */
    static ImplausibleFile perhapsDamaged(String path, String storedAs) {
        return new ImplausibleFile(
                path,
                storedAs,
                PERHAPS_DAMAGED,
                "its bytes are not those that Photos imported; compare it with the copy in iCloud or in an older backup",
                false);
    }

    private static ImplausibleFile contradicted(String path, String storedAs) {
        return new ImplausibleFile(
                path,
                storedAs,
                "contradicted",
                "SHA256SUMS lists another checksum for its copy than the one recorded; run 'shoebox repair' "
                        + "to read the copy and correct what is wrong",
                true);
    }

    /** @param why the file may not be read */
    private static ImplausibleFile denied(String path, String storedAs, String why) {
        return new ImplausibleFile(path, storedAs, UnsafeFiles.DENIED, why, true);
    }
}
