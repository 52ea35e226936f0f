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
 * Copies the phone's thumbnails once the photos are safe: they show HEICs and films where nothing decodes them. A run
 * spends a limited time on it, newest first; a later run copies the rest.
 */
public final class ThumbnailKeeping {
    private static final int TOGETHER = 64;

    /** So many rows show whether a phone without thumbnails needs to be asked for them. */
    private static final int LOOKED_AT = 256;

    /** Larger thumbnails are ignored, in bytes. */
    private static final int LARGEST = 1 << 20;

    /** The transfer time divided by this may be spent on thumbnails. */
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

    /** Calls {@link #keep} for a small part of the transfer time. */
    public void keepAfter(Duration transfer, Listing listing) throws IOException {
        Duration share = transfer.dividedBy(SHARE);
        keep(listing, share.compareTo(SHORTEST) > 0 ? share : SHORTEST);
    }

    /**
     * Copies thumbnails that the backup lacks.
     *
     * @param listing the current listing of the source
     * @param longest how long this may take
     * @return the number of copied thumbnails
     * @throws IOException if the source is lost, or the disk is full or fails; thumbnails copied before remain
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
     * A photo or film whose thumbnail is wanted.
     *
     * @param row its visible version in the backup: the edit, if there is one
     * @param original its path on the source, under which the phone keeps the thumbnail
     */
    private record Seen(StoredFile row, String original) {}

    /**
     * Returns photos and films that are in the backup as the source has them now, and whose thumbnails are unknown; the
     * highest numbers first. For an unchanged phone the listing is not scanned, and for a phone without thumbnails
     * neither is the backup.
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

    /** Returns whether one of the first rows has an original without a known thumbnail. */
    private boolean hasUnknownAtFirst(KeptThumbnails kept) throws IOException {
        try (Stream<StoredFile> rows = destination.stored(source.id())) {
            return rows.limit(LOOKED_AT).anyMatch(row -> isOriginal(row) && !kept.knows(row));
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    /**
     * Returns photos and films from all over the source, the last first: the oldest of a phone may lack thumbnails that
     * newer ones have.
     */
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

    /** Visits all rows without holding them in memory: a backup has many, and nearly all are known. */
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
