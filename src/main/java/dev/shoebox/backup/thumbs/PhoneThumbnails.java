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
 * Where a phone keeps its own thumbnails: {@code PhotoData/Thumbnails/V2/PATH/NUMBER.JPG}, one for each asset, also for
 * originals that are only in iCloud and for films. The number is that of a format, the same for all of a phone; path lists of
 * phones with iOS 15 and 16 have 5003 or 5005, older ones several, of which the highest is the largest.
 */
public final class PhoneThumbnails {
    private static final String ROOT = "PhotoData/Thumbnails/V2/";

    /** The likelier first. */
    private static final List<Integer> NUMBERS = List.of(5005, 5003, 5105, 5103, 5007, 4032, 3505, 3507);

    /** A phone that has no small picture of so many photos has none; of fewer, it may lack them by chance. */
    static final int TRIES = 24;

    /** A property list that names the format. */
    private static final String CONFIGURATION = "PhotoData/Thumbnails/thumbnailConfiguration";

    private static final String FORMAT_KEY = "PLThumbnailManagerThumbnailFormatKey";
    private static final int LARGEST_CONFIGURATION = 64 << 10;

    private final MediaSource source;
    private final Optional<NamedFiles> files;
    private boolean configured;
    private volatile Optional<Integer> number = Optional.empty();
    private final AtomicInteger tried = new AtomicInteger();

    public PhoneThumbnails(MediaSource source) {
        this.source = source;
        this.files = NamedFiles.of(source);
    }

    /**
     * The thumbnails that there are.
     *
     * @param originals paths of primary originals
     * @return by the path of the original
     * @throws IOException if the source is lost
     */
    public Map<String, MediaFile> of(List<String> originals) throws IOException {
        Map<String, MediaFile> found = new HashMap<>();
        if (files.isEmpty()) {
            return found;
        }
        if (!configured) {
            configured = true;
            number = configuration();
        }
        List<String> left = new ArrayList<>(originals);
        // A photo may have none: whether a phone has any shows only after some. These are asked for together, since
        // each
        // question by itself takes the time of the way there and back.
        if (number.isEmpty()) {
            look(left, 1, found);
            look(left, TRIES, found);
        }
        if (number.isPresent()) {
            Map<String, String> originalOf = new HashMap<>();
            left.forEach(original -> originalOf.put(path(original, number.orElseThrow()), original));
            files.orElseThrow()
                    .findAll(originalOf.keySet())
                    .forEach((path, file) -> found.put(originalOf.get(path), file));
        }
        return found;
    }

    /** Whether none was found of photos of which one was looked for. */
    public boolean areMissing() {
        return number.isEmpty() && tried.get() > 0;
    }

    private Optional<Integer> configuration() throws IOException {
        try {
            return configuration(files.orElseThrow().find(CONFIGURATION));
        } catch (MediaSource.UnreadableException closed) {
            return Optional.empty();
        }
    }

    private Optional<Integer> configuration(Optional<MediaFile> file) throws IOException {
        if (file.isEmpty() || file.get().size() > LARGEST_CONFIGURATION) {
            return Optional.empty();
        }
        try (SeekableByteChannel bytes = source.open(file.get())) {
            ByteBuffer all = ByteBuffer.allocate((int) file.get().size());
            while (all.hasRemaining() && bytes.read(all) >= 0) {
                // Until all is there, or the file ends.
            }
            return PropertyList.dictionary(all.array())
                    .map(fields -> fields.get(FORMAT_KEY))
                    .filter(Number.class::isInstance)
                    .map(value -> ((Number) value).intValue())
                    .filter(value -> value > 0 && value < 100_000);
        }
    }

    /**
     * Looks for the pictures of some originals under every number, where none is known.
     *
     * @param left originals, from which those that were looked for are taken
     * @param most that may have been tried after that
     * @param found receives those that there are
     */
    private void look(List<String> left, int most, Map<String, MediaFile> found) throws IOException {
        int count = Math.min(left.size(), most - tried.get());
        if (number.isPresent() || count <= 0) {
            return;
        }
        List<String> some = List.copyOf(left.subList(0, count));
        left.subList(0, count).clear();
        tried.addAndGet(count);
        List<String> paths = some.stream()
                .flatMap(original -> NUMBERS.stream().map(candidate -> path(original, candidate)))
                .toList();
        Map<String, MediaFile> there = files.orElseThrow().findAll(paths);
        for (int candidate : NUMBERS) {
            if (number.isEmpty() && some.stream().anyMatch(original -> there.containsKey(path(original, candidate)))) {
                number = Optional.of(candidate);
            }
        }
        number.ifPresent(known -> some.forEach(original -> {
            MediaFile file = there.get(path(original, known));
            if (file != null) {
                found.put(original, file);
            }
        }));
    }

    private static String path(String original, int format) {
        return ROOT + original + "/" + format + ".JPG";
    }
}
