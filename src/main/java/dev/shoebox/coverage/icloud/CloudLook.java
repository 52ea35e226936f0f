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
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Looks at what a phone knows of iCloud Photos, once, and decides what that means. Copies no photo. */
public final class CloudLook {
    private final Path cache;
    private final CloudNotesReader.Pauses pauses;
    private ZoneId zone = ZoneId.systemDefault();
    private Live live = new Live(OptionalLong.empty(), OptionalInt.empty());
    private long largestQueue = CloudQueueReader.SMALL;
    private LongConsumer copying = bytes -> {};
    private BooleanSupplier stopped = () -> false;

    /**
     * @param cache a folder for copies of phones' databases; made if need be, for its owner alone
     * @param pauses between two readings of a file that the phone was writing
     */
    public CloudLook(Path cache, CloudNotesReader.Pauses pauses) {
        this.cache = cache;
        this.pauses = pauses;
    }

    /** Where the phone is, whose markers tell local time. */
    public CloudLook zone(ZoneId value) {
        zone = value;
        return this;
    }

    /** What the phone says of itself; what its file service says of its room outranks that. */
    public CloudLook live(Live told) {
        live = told;
        return this;
    }

    /**
     * Reads the queue of iCloud Photos even if that takes minutes.
     *
     * @param tell how many bytes are copied, before the cable is kept busy for them
     */
    public CloudLook deep(LongConsumer tell) {
        largestQueue = CloudQueueReader.LARGE;
        copying = tell;
        return this;
    }

    /** @param asked now and then whether to give up */
    public CloudLook until(BooleanSupplier asked) {
        stopped = asked;
        return this;
    }

    /**
     * What was seen.
     *
     * @param note why the queue was not read, where it was there
     */
    public record Seen(Diagnosis diagnosis, Optional<String> note) {}

    /**
     * Not while a stream of the source is open.
     *
     * @param library of the same source, if it could be read
     * @return empty if the source is one in which no file can be found by its name
     * @throws IOException if the source is lost
     */
    public Optional<Seen> at(MediaSource source, Optional<Library> library, Instant now) throws IOException {
        Optional<NamedFiles> files = NamedFiles.of(source);
        Optional<CloudNotes> notes = CloudNotesReader.read(source, now, zone, pauses);
        if (files.isEmpty() || notes.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong free = files.get().freeBytes();
        var queue = new CloudQueueReader(cache, now).read(source, largestQueue, copying, stopped);
        Diagnosis diagnosis = Diagnosis.of(new CloudFacts(
                notes.get(),
                library.map(LibraryCounts::of),
                queue.queue(),
                new Live(free.isPresent() ? free : live.freeBytes(), live.battery()),
                now));
        return Optional.of(new Seen(diagnosis, queue.note()));
    }
}
