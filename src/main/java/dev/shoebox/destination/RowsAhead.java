package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.Contents;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.PackedFiles;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The first rows of a source in the catalogue, which a run reads, and looks up on the disk, while the source is still
 * being listed. What the listing does not leave time for is read afterwards, as without this.
 *
 * @param well files whose copies are on the disk and not in doubt
 * @param others rows of the other files, which are looked up again
 * @param last the last row; null if none was read
 */
public record RowsAhead(List<MediaFile> well, List<StoredFile> others, StoredFile last) {
    public static final RowsAhead NONE = new RowsAhead(List.of(), List.of(), null);

    /** Bounds the memory to some ten megabytes. */
    private static final int MOST = 200_000;

    /** Where many copies are gone, there is nothing to gain. */
    private static final int MOST_OTHERS = 1000;

    /**
     * @param contents of the destination
     * @param hasTime asked before each row
     */
    public static RowsAhead read(Destination destination, SourceId source, Contents contents, BooleanSupplier hasTime)
            throws IOException {
        if (!hasTime.getAsBoolean()) {
            return NONE;
        }
        Predicate<StoredFile> doubt = doubt(destination, contents);
        PackedFiles.Builder well = new PackedFiles.Builder();
        List<StoredFile> others = new ArrayList<>();
        StoredFile last = null;
        try (Stream<StoredFile> rows = destination.stored(source)) {
            Iterator<StoredFile> next = rows.iterator();
            while (well.size() < MOST && others.size() < MOST_OTHERS && hasTime.getAsBoolean() && next.hasNext()) {
                last = next.next();
                if (destination.isPresent(last) && !doubt.test(last)) {
                    well.add(last.file());
                } else {
                    others.add(last);
                }
            }
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
        return new RowsAhead(well.build(), others, last);
    }

    /** Returns the rows that still have to be looked up. The stream must be closed. */
    public Stream<StoredFile> left(Destination destination, SourceId source) throws DestinationException {
        return last == null
                ? destination.stored(source)
                : Stream.concat(others.stream(), destination.storedAfter(last, source));
    }

    /** Returns what finds files that are known not to be safe. */
    public static Predicate<StoredFile> doubt(Destination destination, Contents contents) throws DestinationException {
        Set<String> perhapsDamaged = destination.recognition().perhapsDamaged();
        return stored -> contents.at(stored.path()).isPresent()
                || perhapsDamaged.contains(stored.path())
                || isInDoubt(destination, stored);
    }

    private static boolean isInDoubt(Destination destination, StoredFile stored) {
        try {
            return destination.memory().isInDoubt(stored);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
