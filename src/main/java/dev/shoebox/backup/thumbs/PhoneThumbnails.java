package dev.shoebox.backup.thumbs;

import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.NamedFiles;
import dev.shoebox.plist.PropertyList;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds a phone's own thumbnails: {@code PhotoData/Thumbnails/V2/PATH/NUMBER.JPG}, one for each asset, including films
 * and originals that are only in iCloud. The number is that of a format, the same everywhere on a phone. Path lists of
 * phones with iOS 15 and 16 have 5003 or 5005; older ones have several, of which the highest is the largest.
 */
public final class PhoneThumbnails {
    private static final String ROOT = "PhotoData/Thumbnails/V2/";

    /** The most likely first. */
    private static final List<Integer> NUMBERS = List.of(5005, 5003, 5105, 5103, 5007, 4032, 3505, 3507);

    /** A phone without thumbnails of so many photos has none at all; of fewer, it may lack them by chance. */
    static final int TRIES = 24;

    /** A property list that names the format. */
    private static final String CONFIGURATION = "PhotoData/Thumbnails/thumbnailConfiguration";

    private static final String FORMAT_KEY = "PLThumbnailManagerThumbnailFormatKey";
    private static final int LARGEST_CONFIGURATION = 64 << 10;

    private final MediaSource source;
    private final NamedFiles files; // or null
    private boolean configured;

    /** Of the format; 0 until it is known. */
    private volatile int number;

    private final AtomicInteger tried = new AtomicInteger();

    public PhoneThumbnails(MediaSource source) {
        this.source = source;
        this.files = NamedFiles.of(source).orElse(null);
    }

    /**
     * Returns the thumbnails of these originals.
     *
     * @param originals paths of primary originals
     * @return thumbnails by the path of the original
     * @throws IOException if the source is lost
     */
    public Map<String, MediaFile> of(List<String> originals) throws IOException {
        Map<String, MediaFile> found = new HashMap<>();
        if (files == null) {
            return found;
        }
        if (!configured) {
            configured = true;
            number = configuration().orElse(0);
        }
        List<String> left = new ArrayList<>(originals);
        // A photo may have no thumbnail, so only several photos show whether the phone has any. They are requested
        // together, to save round trips.
        if (number == 0) {
            look(left, 1, found);
            look(left, TRIES, found);
        }
        if (number != 0) {
            Map<String, String> originalOf = new HashMap<>();
            left.forEach(original -> originalOf.put(path(original, number), original));
            files.findAll(originalOf.keySet()).forEach((path, file) -> found.put(originalOf.get(path), file));
        }
        return found;
    }

    /** Whether thumbnails were searched and none was found. */
    public boolean areMissing() {
        return number == 0 && tried.get() > 0;
    }

    private Optional<Integer> configuration() throws IOException {
        try {
            Optional<MediaFile> file = files.find(CONFIGURATION).filter(found -> found.size() <= LARGEST_CONFIGURATION);
            return file.isPresent() ? configuration(file.get()) : Optional.empty();
        } catch (MediaSource.UnreadableException closed) {
            return Optional.empty();
        }
    }

    private Optional<Integer> configuration(MediaFile file) throws IOException {
        try (SeekableByteChannel bytes = source.open(file)) {
            ByteBuffer all = ByteBuffer.allocate((int) file.size());
            while (all.hasRemaining() && bytes.read(all) >= 0) {
                // Reads until all bytes are there, or the file ends.
            }
            return PropertyList.dictionary(all.array())
                    .map(fields -> fields.get(FORMAT_KEY))
                    .filter(Number.class::isInstance)
                    .map(value -> ((Number) value).intValue())
                    .filter(value -> value > 0 && value < 100_000);
        }
    }

    /**
     * Searches for the thumbnails of some originals under every number, if none is known.
     *
     * @param left originals; those that were tried are removed
     * @param most the number of originals that may have been tried after this call
     * @param found receives the thumbnails
     */
    private void look(List<String> left, int most, Map<String, MediaFile> found) throws IOException {
        int count = Math.min(left.size(), most - tried.get());
        if (number != 0 || count <= 0) {
            return;
        }
        List<String> some = List.copyOf(left.subList(0, count));
        left.subList(0, count).clear();
        tried.addAndGet(count);
        List<String> paths = some.stream()
                .flatMap(original -> NUMBERS.stream().map(candidate -> path(original, candidate)))
                .toList();
        Map<String, MediaFile> there = files.findAll(paths);
        for (int candidate : NUMBERS) {
            if (number == 0 && some.stream().anyMatch(original -> there.containsKey(path(original, candidate)))) {
                number = candidate;
            }
        }
        if (number == 0) {
            return;
        }
        for (String original : some) {
            MediaFile file = there.get(path(original, number));
            if (file != null) {
                found.put(original, file);
            }
        }
    }

    private static String path(String original, int format) {
        return ROOT + original + "/" + format + ".JPG";
    }
}
