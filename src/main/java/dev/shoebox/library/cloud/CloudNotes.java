package dev.shoebox.library.cloud;

import dev.shoebox.library.database.CloudFile;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The contents of the small files of iCloud Photos on a phone, as far as each could be read.
 *
 * @param access the state of each file
 * @param switching whether iCloud Photos is on, and since when
 * @param status absent if its file does not exist or cannot be read
 * @param pause absent if nothing is paused
 * @param resets of the sync, the oldest first
 * @param launched when the sync service last showed activity
 */
public record CloudNotes(
        Map<CloudFile, Access> access,
        Switching switching,
        Optional<SyncStatus> status,
        Optional<Pause> pause,
        List<Reset> resets,
        Downloads downloads,
        Optional<Instant> launched) {
    /** The state of a file. */
    public enum Access {
        READ,
        ABSENT,
        /** The phone denies access. */
        DENIED,
        /** It was read several times and is invalid: torn, or of another form. */
        UNREADABLE
    }

    /**
     * @param enabled whether the marker for "on" exists; absent if unknown
     * @param firstSynced whether the marker for a finished first sync exists; absent if unknown
     * @param enabling whether switching on was requested and is not done yet
     * @param marked when it was switched on, by the marker
     * @param last the newest entry in the history of switching
     */
    public record Switching(
            Optional<Boolean> enabled,
            Optional<Boolean> firstSynced,
            boolean enabling,
            Optional<Instant> marked,
            Optional<Switch> last) {}

    /** One entry in the history of switching iCloud Photos on and off. */
    public record Switch(boolean on, Instant at) {}

    /**
     * @param until absent if not recorded, or not a date
     * @param byPerson whether the user paused it
     */
    public record Pause(Optional<Instant> until, boolean byPerson) {}

    /**
     * One attempt to restart the sync.
     *
     * @param pending whether it has not ended
     */
    public record Reset(Optional<Instant> at, boolean pending) {}

    /**
     * What remains to be downloaded from iCloud.
     *
     * @param keepsOriginals false with Optimise Storage; absent if unknown
     */
    public record Downloads(OptionalLong photos, OptionalLong videos, Optional<Boolean> keepsOriginals) {}

    public CloudNotes {
        access = Map.copyOf(access);
        resets = List.copyOf(resets);
    }

    public Access access(CloudFile file) {
        return access.getOrDefault(file, Access.ABSENT);
    }
}
