package dev.shoebox.library.cloud;

import dev.shoebox.library.database.CloudFile;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the small files of iCloud Photos on a phone say, each as far as it could be read.
 *
 * @param access how each file answered
 * @param switching whether iCloud Photos is on, and since when
 * @param status absent where its file is, or cannot be read
 * @param pause absent where nothing is paused
 * @param resets of the sync, the oldest first
 * @param launched when the sync service last proved that it lives
 */
public record CloudNotes(
        Map<CloudFile, Access> access,
        Switching switching,
        Optional<SyncStatus> status,
        Optional<Pause> pause,
        List<Reset> resets,
        Downloads downloads,
        Optional<Instant> launched) {
    /** How a file answered. */
    public enum Access {
        READ,
        ABSENT,
        /** The phone does not show it. */
        DENIED,
        /** It was read, more than once, and is not what it should be: torn, or of another shape. */
        UNREADABLE
    }

    /**
     * @param enabled whether the marker that stands for "on" is there; absent where that cannot be seen
     * @param firstSynced whether the marker that stands for a finished first sync is there; absent likewise
     * @param enabling whether switching on was asked for and is not done yet
     * @param marked when it was switched on, as the marker says
     * @param last the newest entry in the history of switching, if there is one
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
     * @param until absent where it is not said, or in words that are no date
     * @param byPerson whether somebody pressed Pause
     */
    public record Pause(Optional<Instant> until, boolean byPerson) {}

    /**
     * One attempt to begin the sync anew.
     *
     * @param pending whether it has not ended
     */
    public record Reset(Optional<Instant> at, boolean pending) {}

    /**
     * What is still to be fetched from iCloud.
     *
     * @param keepsOriginals false with Optimise Storage; absent where that is not said
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
