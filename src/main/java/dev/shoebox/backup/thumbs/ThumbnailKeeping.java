package dev.shoebox.backup.thumbs;

import dev.shoebox.backup.event.StopSignal;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.destination.thumbs.KeptThumbnails;
import dev.shoebox.destination.thumbs.ThumbnailWriter;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.format.FileKind;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.NamedFiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Keeps the phone's small pictures beside the photos, once these are safe: a HEIC or a film can be seen by them where nothing
 * decodes it. A run has some time for it; what is left over comes with a later run, the newest first.
 */
public final class ThumbnailKeeping {
    private static final int TOGETHER = 64;

    /** So many rows tell whether a phone without small pictures is to be asked for them. */
    private static final int LOOKED_AT = 256;

    /** Of an answer that is larger no picture is kept, in bytes. */
    private static final int LARGEST = 1 << 20;

    /** What the transfer took divided by this is what may go to small pictures. */
    private static final int SHARE = 25;

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final MediaSource source;
    private final Destination destination;
    private final StopSignal stop;

    public ThumbnailKeeping(MediaSource source, Destination destination, StopSignal stop) {
        this.source = source;
        this.destination = destination;
        this.stop = stop;
    }

    /** {@link #keep} for a small part of the time that a transfer took. */
    public void keepAfter(Duration transfer, Listing listing) throws IOException {
        Duration share = transfer.dividedBy(SHARE);
        keep(listing, share.compareTo(SHORTEST) > 0 ? share : SHORTEST);
    }

    /**
     * Keeps what is not kept yet.
     *
     * @param listing of the source, now
     * @param longest time that may go by
     * @return how many pictures were kept
     * @throws IOException if the source is lost, or the disk is full or fails; what was kept before stays
     */
    public int keep(Listing listing, Duration longest) throws IOException {
        long until = System.nanoTime() + longest.toNanos();
        if (NamedFiles.of(source).isEmpty()) {
            return 0;
        }
        KeptThumbnails kept = destination.memory().thumbnails();
        PhoneThumbnails phone = new PhoneThumbnails(source);
        List<Seen> wanted = wanted(listing, kept, phone);
        int count = 0;
        if (wanted.isEmpty()) {
            return count;
        }
        try (ThumbnailWriter writer = destination.memory().keepThumbnails(kept)) {
            for (int from = 0;
                    from < wanted.size() && !stop.isAsked() && System.nanoTime() < until && writer.hasRoom();
                    from += TOGETHER) {
                count += keep(wanted.subList(from, Math.min(wanted.size(), from + TOGETHER)), phone, writer);
                if (phone.areMissing()) {
                    break;
                }
            }
        }
        return count;
    }

    /**
     * What a picture is to be kept of.
     *
     * @param row the photo or film as a person sees it: the edit, where there is one
     * @param original its path on the source, by which the phone keeps its small pictures
     */
    private record Seen(StoredFile row, String original) {}

    /**
     * Photos and films that are as the source has them now, of which nothing is known; the highest numbers first. An unchanged
     * phone costs no look at its listing, and one without small pictures no look at the whole backup either.
     */
    private List<Seen> wanted(Listing listing, KeptThumbnails kept, PhoneThumbnails phone) throws IOException {
        boolean asked = hasUnknownAtFirst(kept);
        if (asked && hasNone(phone, sample(listing))) {
            return List.of();
        }
        Map<String, StoredFile> edits = new HashMap<>();
        Map<StoredFile, String> unknown = new LinkedHashMap<>();
        each(row -> {
            if (isEdit(row)) {
                edits.merge(row.asset(), row, ThumbnailKeeping::later);
            } else if (isOriginal(row) && !kept.knows(row)) {
                unknown.put(row, row.file().path());
            }
        });
        unknown.keySet().removeIf(row -> edits.containsKey(row.asset()));
        edits.values().removeIf(kept::knows);
        if (!edits.isEmpty()) {
            each(row -> {
                if (isOriginal(row) && edits.containsKey(row.asset())) {
                    unknown.put(edits.get(row.asset()), row.file().path());
                }
            });
        }
        if (unknown.isEmpty() || (!asked && hasNone(phone, sample(listing)))) {
            return List.of();
        }
        Set<MediaFile> there = new HashSet<>(listing.files());
        unknown.keySet().removeIf(row -> !there.contains(row.file()));
        return unknown.entrySet().stream()
                .map(each -> new Seen(each.getKey(), each.getValue()))
                .sorted(Comparator.comparing(Seen::original).reversed())
                .toList();
    }

    /** Whether one of the first rows is of an original of which nothing is known. */
    private boolean hasUnknownAtFirst(KeptThumbnails kept) throws IOException {
        try (Stream<StoredFile> rows = destination.stored(source.id())) {
            return rows.limit(LOOKED_AT).anyMatch(row -> isOriginal(row) && !kept.knows(row));
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    /** Photos and films from all over the source, the last first: the oldest of a phone may lack what newer ones have. */
    private static List<String> sample(Listing listing) {
        List<MediaFile> files = listing.files();
        Set<String> sample = new LinkedHashSet<>();
        for (int number = 0; number < PhoneThumbnails.TRIES; number++) {
            int at = files.size() - 1 - (int) ((long) files.size() * number / PhoneThumbnails.TRIES);
            while (at >= 0 && !isShot(files.get(at).path())) {
                at--;
            }
            if (at >= 0) {
                sample.add(files.get(at).path());
            }
        }
        return List.copyOf(sample);
    }

    private static boolean isShot(String path) {
        return FileKind.of(path).isShot() && !AssetGrouping.isEdit(path);
    }

    /** A backup has many, of which all but a few are known: none is held in memory for it. */
    private void each(Consumer<StoredFile> look) throws IOException {
        try (Stream<StoredFile> rows = destination.stored(source.id())) {
            rows.forEach(look);
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static StoredFile later(StoredFile one, StoredFile other) {
        return one.file().modified().isBefore(other.file().modified()) ? other : one;
    }

    private static boolean isOriginal(StoredFile row) {
        return row.role() == Role.PHOTO || row.role() == Role.VIDEO;
    }

    private static boolean isEdit(StoredFile row) {
        return row.role() == Role.FULL_SIZE_PHOTO || row.role() == Role.FULL_SIZE_VIDEO;
    }

    private static boolean hasNone(PhoneThumbnails phone, List<String> originals) throws IOException {
        phone.of(originals.stream().distinct().toList());
        return phone.areMissing();
    }

    private int keep(List<Seen> some, PhoneThumbnails phone, ThumbnailWriter writer) throws IOException {
        Map<String, MediaFile> files =
                phone.of(some.stream().map(Seen::original).distinct().toList());
        if (phone.areMissing()) {
            return 0;
        }
        Map<String, byte[]> read = SmallFiles.read(
                source,
                files.values().stream()
                        .filter(file -> file.size() > 0 && file.size() <= LARGEST)
                        .distinct()
                        .toList());
        int count = 0;
        for (Seen each : some) {
            Optional<byte[]> picture = Optional.ofNullable(files.get(each.original()))
                    .map(file -> read.get(file.path()))
                    .filter(ThumbnailKeeping::isJpeg);
            if (picture.isPresent()) {
                writer.keep(each.row(), picture.get());
                count++;
            } else if (!files.containsKey(each.original())) {
                writer.keepNone(each.row());
            }
        }
        return count;
    }

    private static boolean isJpeg(byte[] bytes) {
        return bytes.length > 3 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xd8 && bytes[2] == (byte) 0xff;
    }
}
