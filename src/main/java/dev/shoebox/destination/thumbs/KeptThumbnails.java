package dev.shoebox.destination.thumbs;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.records.StoredFile;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The small pictures that a backup keeps, as they were when this was read. What is torn, changed or missing is not there;
 * nothing else of the backup depends on it.
 */
public final class KeptThumbnails {
    private final Disk disk;
    private final Map<ThumbnailKey, Place> places;
    private final Optional<Last> last;

    /** Where one lies. */
    private record Place(int pack, int offset, int length) {}

    /** The pack with the highest number, to which the next is appended if it is whole. */
    record Last(ThumbnailPack pack, ThumbnailPack.Contents contents) {}

    private KeptThumbnails(Disk disk, Map<ThumbnailKey, Place> places, Optional<Last> last) {
        this.disk = disk;
        this.places = places;
        this.last = last;
    }

    /** @throws IOException if the disk fails */
    public static KeptThumbnails read(Disk disk) throws IOException {
        Map<ThumbnailKey, Place> places = new HashMap<>();
        Optional<Last> last = Optional.empty();
        for (int number : numbers(disk)) {
            ThumbnailPack pack = new ThumbnailPack(number);
            ThumbnailPack.Contents contents = pack.read(disk);
            // Of two the later counts.
            contents.entries()
                    .forEach(entry -> places.put(entry.key(), new Place(number, entry.offset(), entry.length())));
            last = Optional.of(new Last(pack, contents));
        }
        return new KeptThumbnails(disk, places, last);
    }

    private static List<Integer> numbers(Disk disk) throws IOException {
        boolean isThere = disk.look(ThumbnailPack.FOLDER)
                .filter(entry -> entry.kind() == Disk.Entry.Kind.FOLDER)
                .isPresent();
        return isThere
                ? disk.names(ThumbnailPack.FOLDER).stream()
                        .flatMap(name -> ThumbnailPack.number(name).stream().boxed())
                        .sorted()
                        .limit(ThumbnailWriter.MOST_PACKS)
                        .collect(Collectors.toList())
                : List.of();
    }

    Optional<Last> last() {
        return last;
    }

    /** Whether there is one of a file, or it is known that its source had none. */
    public boolean knows(StoredFile stored) {
        return places.containsKey(ThumbnailKey.of(stored));
    }

    /**
     * The small picture of a file, at most some hundred kilobytes. Whatever lies on the disk: it is no picture before somebody
     * looked.
     *
     * @throws IOException if the disk fails
     */
    public Optional<byte[]> find(StoredFile stored) throws IOException {
        ThumbnailKey key = ThumbnailKey.of(stored);
        Place place = places.get(key);
        return place == null || place.length() == 0
                ? Optional.empty()
                : new ThumbnailPack(place.pack())
                        .picture(disk, new ThumbnailPack.Entry(key, place.offset(), place.length()));
    }
}
