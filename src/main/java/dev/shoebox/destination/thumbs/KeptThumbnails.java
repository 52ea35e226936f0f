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
 * The thumbnails of a backup at the time they were read. Torn, changed or missing ones are absent; nothing else in the
 * backup depends on them.
 */
public final class KeptThumbnails {
    private final Disk disk;
    private final Map<ThumbnailKey, Place> places;
    private final Last last; // or null

    /** The place of a thumbnail. */
    private record Place(int pack, int offset, int length) {}

    /** The pack with the highest number; the next thumbnail is appended to it if it is complete. */
    record Last(ThumbnailPack pack, ThumbnailPack.Contents contents) {}

    private KeptThumbnails(Disk disk, Map<ThumbnailKey, Place> places, Last last) {
        this.disk = disk;
        this.places = places;
        this.last = last;
    }

    /** @throws IOException if the disk fails */
    public static KeptThumbnails read(Disk disk) throws IOException {
        Map<ThumbnailKey, Place> places = new HashMap<>();
        Last last = null;
        for (int number : numbers(disk)) {
            ThumbnailPack pack = new ThumbnailPack(number);
            ThumbnailPack.Contents contents = pack.read(disk);
            // The later of two counts.
            contents.entries()
                    .forEach(entry -> places.put(entry.key(), new Place(number, entry.offset(), entry.length())));
            last = new Last(pack, contents);
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
        return Optional.ofNullable(last);
    }

    /** Returns whether a file has a thumbnail, or is known to have none on its source. */
    public boolean knows(StoredFile stored) {
        return places.containsKey(ThumbnailKey.of(stored));
    }

    /**
     * Returns the thumbnail of a file, at most some hundred kilobytes. The bytes are unchecked: the caller must verify
     * that they are a picture.
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
