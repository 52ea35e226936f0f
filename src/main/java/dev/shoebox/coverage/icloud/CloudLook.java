package dev.shoebox.coverage.icloud;

import dev.shoebox.coverage.icloud.CloudFacts.Live;
import dev.shoebox.library.cloud.CloudNotes;
import dev.shoebox.library.cloud.CloudNotesReader;
import dev.shoebox.library.cloud.CloudQueueReader;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.NamedFiles;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/** Reads once what a phone records about iCloud Photos, and diagnoses it. Copies no photo. */
public final class CloudLook {
    private final Path cache;
    private final CloudNotesReader.Pauses pauses;
    private ZoneId zone = ZoneId.systemDefault();
    private Live live = new Live(OptionalLong.empty(), OptionalInt.empty());
    private long largestQueue = CloudQueueReader.SMALL;
    private LongConsumer copying = bytes -> {};

    /**
     * Creates a look.
     *
     * @param cache a folder for copies of the phones' databases; created for the current user only
     * @param pauses the pauses between two readings of a file that the phone is writing
     */
    public CloudLook(Path cache, CloudNotesReader.Pauses pauses) {
        this.cache = cache;
        this.pauses = pauses;
    }

    /** Sets the time zone of the phone, whose markers record local time. */
    public CloudLook zone(ZoneId value) {
        zone = value;
        return this;
    }

    /** Sets the present state of the phone. The free space that its file service reports takes precedence. */
    public CloudLook live(Live told) {
        live = told;
        return this;
    }

    /**
     * Also reads the upload queue, even if that takes minutes.
     *
     * @param tell receives the number of bytes to copy before the copying starts
     */
    public CloudLook deep(LongConsumer tell) {
        largestQueue = CloudQueueReader.LARGE;
        copying = tell;
        return this;
    }

    /**
     * The outcome of a look.
     *
     * @param note why an existing queue was not read
     */
    public record Seen(Diagnosis diagnosis, Optional<String> note) {}

    /**
     * Looks at a phone. Must not be called while a stream of the source is open.
     *
     * @param library the library of the same source, if it could be read
     * @return empty if the source cannot find files by name
     * @throws IOException if the connection to the source is lost
     */
    public Optional<Seen> at(MediaSource source, Library library, Instant now) throws IOException {
        Optional<NamedFiles> files = NamedFiles.of(source);
        Optional<CloudNotes> notes = CloudNotesReader.read(source, now, zone, pauses);
        if (files.isEmpty() || notes.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong free = files.get().freeBytes();
        var queue = new CloudQueueReader(cache, now).read(source, largestQueue, copying, () -> false);
        Diagnosis diagnosis = Diagnosis.of(new CloudFacts(
                notes.get(),
                Optional.of(library).filter(Library::isThere).map(LibraryCounts::of),
                queue.queue(),
                new Live(free.isPresent() ? free : live.freeBytes(), live.battery()),
                now));
        return Optional.of(new Seen(diagnosis, queue.note()));
    }
}
