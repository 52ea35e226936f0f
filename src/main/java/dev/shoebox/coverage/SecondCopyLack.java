package dev.shoebox.coverage;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.Holdings;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.source.SourceId;

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a second copy of a backup lacks, and what is damaged there.
 *
 * @param photos photos and videos of which it lacks a file; the next backup brings them
 * @param files other files that it lacks, the same content counted once; the next backup brings them
 * @param damaged files there that were damaged or missing at the last check; only a repair restores all of them
 */
public record SecondCopyLack(int photos, int files, int damaged) {
    public static final SecondCopyLack NOTHING = new SecondCopyLack(0, 0, 0);

    /** What is known in a second copy. It is read on its own, since its drive may be slow or hang. */
    public record There(Set<String> settled, int damaged) {
        public static There of(Destination second) throws DestinationException {
            return new There(second.holdings().settled(), second.damaged().size());
        }
    }

    /** @param there from a second copy of the first backup */
    public static SecondCopyLack of(Destination first, There there) throws DestinationException {
        Map<String, String> lacked = new HashMap<>();
        for (Holdings.Listed listed : first.holdings().except(there.settled())) {
            lacked.put(listed.path(), listed.sha256());
        }
        int photos = 0;
        for (SourceId source : first.holdings().sources()) {
            if (lacked.isEmpty()) {
                break;
            }
            photos += source.isOfFiles() ? 0 : photos(first, source, lacked);
        }
        return new SecondCopyLack(photos, new HashSet<>(lacked.values()).size(), there.damaged());
    }

    /** Counts the assets of a source with a lacked file, and removes their files: each counts for its first asset. */
    private static int photos(Destination first, SourceId source, Map<String, String> lacked)
            throws DestinationException {
        Set<String> assets = new HashSet<>();
        try (Stream<StoredFile> rows = first.stored(source)) {
            rows.takeWhile(row -> !lacked.isEmpty())
                    .filter(row -> lacked.remove(row.path()) != null)
                    .forEach(row -> assets.add(row.asset()));
        } catch (UncheckedIOException unreadable) {
            throw (DestinationException) unreadable.getCause();
        }
        return assets.size();
    }

    /** Returns the number of photos and files that the next backup brings. */
    public int missing() {
        return photos + files;
    }
}
