package dev.shoebox.destination.ingest;

import dev.shoebox.destination.naming.FileNames;
import dev.shoebox.destination.naming.PathAllocator;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.Evidence;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns batches of staged assets into photos: places, publishes, catalogues and reports them. Used by one thread. */
public final class BatchCommitter implements Closeable {
    private final Publisher publisher;
    private final PathAllocator placer;
    private final SourceId source;
    private final String run;
    private final IngestListener listener;

    /** Reports of published files, sent once they are catalogued. */
    private final List<Runnable> untold = new ArrayList<>();

    BatchCommitter(Publisher publisher, PathAllocator placer, SourceId source, String run, IngestListener listener) {
        this.publisher = publisher;
        this.placer = placer;
        this.source = source;
        this.run = run;
        this.listener = listener;
    }

    /**
     * Publishes a batch. On return every file that the disk returned as written is durable and listed, and
     * {@link #catalogue} must still be called; if this throws, none is.
     *
     * @return the number of files
     */
    int publish(List<Arrival> batch) throws IOException {
        var items = new ArrayList<Publisher.Item>();
        var told = new ArrayList<Runnable>();
        Set<String> unproven = new HashSet<>();
        List<Journal.Event> news = new ArrayList<>();
        for (Arrival arrival : batch) {
            place(wanted(arrival, news, told), items, told, unproven);
        }
        news.addAll(placer.news());
        unproven.addAll(publisher.publish(items, news));
        unproven.forEach(placer::takeBack);
        untold.addAll(told);
        return batch.stream().mapToInt(arrival -> arrival.files().size()).sum();
    }

    /** Catalogues every batch published since the last call, and reports its files. */
    void catalogue() throws IOException {
        publisher.catalogue();
        placer.forget();
        untold.forEach(Runnable::run);
        untold.clear();
    }

    /** Removes files that the user forgot on purpose, which shows only by their content. */
    private Arrival wanted(Arrival arrival, List<Journal.Event> news, List<Runnable> told) throws IOException {
        Map<String, String> forgotten = placer.forgotten();
        if (forgotten.isEmpty()) {
            return arrival;
        }
        List<StagedResource> left = new ArrayList<>();
        for (StagedResource file : arrival.files()) {
            String path = forgotten.get(file.staged().sha256());
            // Equal edits and empty files belong to many photos.
            boolean isFile = file.resource().role() == Role.FILE;
            boolean tellsOnePhoto = file.resource().role() != Role.ADJUSTMENT_DATA
                    && file.staged().length() > 0
                    && (path == null || isFile == FileNames.isPlaced(path));
            if (path == null || !tellsOnePhoto) {
                left.add(file);
            } else {
                MediaFile of = file.resource().file();
                news.add(new Journal.Forgotten(
                        placer.now(),
                        path,
                        file.staged().sha256(),
                        file.staged().length(),
                        List.of(new Journal.Origin(source, of))));
                file.staged().discard();
                told.add(() -> listener.forgotten(file.resource()));
            }
        }
        return new Arrival(arrival.asset(), arrival.captured(), arrival.facts(), left);
    }

    /** @param unproven receives paths at which nothing could be stored; complete once the files are reported */
    private void place(Arrival arrival, List<Publisher.Item> items, List<Runnable> told, Set<String> unproven)
            throws IOException {
        Map<Resource, Staged> bytes = new HashMap<>();
        Map<Resource, StagedResource> arrived = new HashMap<>();
        arrival.files().forEach(file -> {
            bytes.put(file.resource(), file.staged());
            arrived.put(file.resource(), file);
        });
        Resource primary = arrival.asset().primary();
        // The primary decides for the others, so it comes first, whatever the order of arrival.
        List<PathAllocator.Content> contents = arrival.files().stream()
                .sorted(Comparator.comparing(file -> !file.resource().equals(primary)))
                .map(file -> new PathAllocator.Content(
                        file.resource(),
                        file.staged().sha256(),
                        file.staged().length(),
                        file.plausibility().isBroken()))
                .toList();
        var given = new PathAllocator.Given(arrival.asset(), arrival.captured(), arrival.facts(), contents);
        List<IngestListener.StoredPart> parts = new ArrayList<>();
        for (PathAllocator.Place place : placer.place(given)) {
            Resource resource = place.resource();
            Staged file = bytes.get(resource);
            var entry = new Journal.Entry(
                    place.fresh(),
                    run,
                    new Journal.Stored(place.path(), place.stem(), file.sha256(), file.length()),
                    new Journal.Origin(source, resource.file()),
                    new Journal.Part(arrival.asset().key(), resource.role()),
                    arrival.captured(),
                    new Journal.Bytes(
                            Optional.of(arrived.get(resource).plausibility()),
                            new Evidence(
                                    file.fingerprint(),
                                    Optional.of(arrived.get(resource).proof()))));
            if (place.fresh()) {
                items.add(new Publisher.Item(entry, Optional.of(file), entry.modified(), place.listed()));
            } else {
                file.discard();
                items.add(new Publisher.Item(entry, Optional.empty(), Instant.EPOCH, true));
            }
            parts.add(new IngestListener.StoredPart(
                    resource,
                    place.path(),
                    file.sha256(),
                    arrived.get(resource).plausibility(),
                    arrived.get(resource).proof()));
            told.add(() -> tell(resource, place, unproven.contains(place.path())));
        }
        told.add(() -> {
            parts.removeIf(part -> unproven.contains(part.path()));
            listener.stored(
                    new IngestListener.StoredAsset(arrival.asset(), arrival.captured(), arrival.facts(), parts));
        });
    }

    private void tell(Resource resource, PathAllocator.Place place, boolean isUnproven) {
        if (isUnproven) {
            listener.unproven(resource, place.path());
        } else if (place.fresh()) {
            listener.copied(resource, place.path());
        } else {
            listener.duplicate(resource, place.path());
        }
    }

    @Override
    public void close() {
        publisher.close();
    }
}
