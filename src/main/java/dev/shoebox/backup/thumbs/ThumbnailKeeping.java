package dev.shoebox.backup.thumbs;

import dev.shoebox.backup.event.StopSignal;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.destination.thumbs.KeptThumbnails;
import dev.shoebox.destination.thumbs.ThumbnailWriter;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.NamedFiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps the phone's small pictures beside the photos, once these are safe: a HEIC or a film can be seen by them where nothing
 * decodes it. A run has some time for it; what is left over comes with a later run, the newest first.
 */
public final class ThumbnailKeeping {
    private static final int TOGETHER = 64;

    /** Of an answer that is larger no picture is kept, in bytes. */
    private static final int LARGEST = 1 << 20;

    private final MediaSource source;
    private final Destination destination;
    private final StopSignal stop;

    public ThumbnailKeeping(MediaSource source, Destination destination, StopSignal stop) {
        this.source = source;
        this.destination = destination;
        this.stop = stop;
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
        List<StoredFile> wanted = wanted(listing, kept, phone);
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
     * Photos and films that are as the source has them now, of which nothing is known; the highest numbers first. An unchanged
     * phone, and one without small pictures, costs no look at its listing.
     */
    private List<StoredFile> wanted(Listing listing, KeptThumbnails kept, PhoneThumbnails phone) throws IOException {
        List<StoredFile> unknown = new ArrayList<>();
        try (Stream<StoredFile> rows = destination.stored(source.id())) {
            rows.filter(row -> row.role() == Role.PHOTO || row.role() == Role.VIDEO)
                    .filter(row -> !kept.knows(row))
                    .forEach(unknown::add);
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
        if (unknown.isEmpty() || hasNone(phone, unknown.subList(0, Math.min(TOGETHER, unknown.size())))) {
            return List.of();
        }
        Set<MediaFile> there = new HashSet<>(listing.files());
        unknown.removeIf(row -> !there.contains(row.file()));
        unknown.sort((one, other) -> other.file().path().compareTo(one.file().path()));
        return unknown;
    }

    private static boolean hasNone(PhoneThumbnails phone, List<StoredFile> some) throws IOException {
        phone.of(some.stream().map(row -> row.file().path()).distinct().toList());
        return phone.areMissing();
    }

    private int keep(List<StoredFile> some, PhoneThumbnails phone, ThumbnailWriter writer) throws IOException {
        Map<String, MediaFile> files =
                phone.of(some.stream().map(row -> row.file().path()).distinct().toList());
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
        for (StoredFile row : some) {
            Optional<byte[]> picture = Optional.ofNullable(files.get(row.file().path()))
                    .map(file -> read.get(file.path()))
                    .filter(ThumbnailKeeping::isJpeg);
            if (picture.isPresent()) {
                writer.keep(row, picture.get());
                count++;
            } else if (!files.containsKey(row.file().path())) {
                writer.keepNone(row);
            }
        }
        return count;
    }

    private static boolean isJpeg(byte[] bytes) {
        return bytes.length > 3 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xd8 && bytes[2] == (byte) 0xff;
    }
}
