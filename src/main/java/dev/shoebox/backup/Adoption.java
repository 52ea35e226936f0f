package dev.shoebox.backup;

import dev.shoebox.backup.plan.CaptureTimeResolver;
import dev.shoebox.backup.plan.LibrarySource;
import dev.shoebox.backup.plan.LiveHalves;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.tidy.Adopter;
import dev.shoebox.destination.tidy.Adopter.Adopted;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.metadata.Metadata;
import dev.shoebox.photos.metadata.field.MediaFacts;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Adds photos that are already in a folder to the records of the backup there: reads each once in place, dates it, and
 * recognises it by content from then on. If it ends early, the files since the last batch are lost; the next run
 * continues.
 */
public final class Adoption {
    private static final int BATCH_FILES = 500;
    private static final long BATCH_BYTES = 4L << 30;

    /** Other files are read while one is hashed: for each of many small files, a thread waits for the disk. */
    private static final int READERS = 4;

    private final MediaSource folder;
    private final LibrarySource library;
    private final Destination destination;
    private final CaptureTimeResolver.Setting setting;
    private final InstantSource clock;
    private final BooleanSupplier stop;
    private final Listener listener;
    private final List<Adopted> batch = new ArrayList<>();
    private long batchBytes;
    private int adopted;
    private int differing;
    private int unreadable;
    private long filesDone;
    private long files;
    private long bytesDone;
    private long bytes;

    /**
     * @param folder the contents of the destination's folder
     * @param library facts about the photos in the folder: from the JSON and CSV of an export, or the library of a
     *     phone
     * @param stop polled often; once it returns true, the files read so far are recorded and the adoption ends
     */
    public Adoption(
            MediaSource folder,
            LibrarySource library,
            Destination destination,
            CaptureTimeResolver.Setting setting,
            InstantSource clock,
            BooleanSupplier stop,
            Listener listener) {
        this.folder = folder;
        this.library = library;
        this.destination = destination;
        this.setting = setting;
        this.clock = clock;
        this.stop = stop;
        this.listener = listener;
    }

    /** Receives progress on the calling thread. */
    public interface Listener {
        /** Counts only files that are read; known files are skipped. */
        void progress(long files, long ofFiles, long bytes, long ofBytes);

        /** The file does not match {@code SHA256SUMS} or its earlier record: it may be damaged, or was changed. */
        void differs(String path);

        void unreadable(String path, String reason);
    }

    /**
     * @param adopted the number of adopted files
     * @param bytes of the adopted files
     * @param known files that were recorded before
     * @param differing files that do not match their claims and are not adopted
     */
    public record Result(int adopted, long bytes, int known, int differing, int unreadable, boolean interrupted) {}

    public Result run() throws IOException {
        Adopter adopter = destination.ownerChanges().adopter(setting.device());
        Listing listing = folder.list();
        listing.unreadable().forEach(each -> {
            unreadable++;
            listener.unreadable(each.path(), each.message());
        });
        Set<String> wanted = new HashSet<>();
        int known = 0;
        for (MediaFile file : listing.files()) {
            if (!adopter.isFile(file)) {
                continue;
            }
            if (adopter.isKnown(file)) {
                known++;
            } else {
                wanted.add(file.path());
                bytes += file.size();
            }
        }
        files = wanted.size();
        if (!wanted.isEmpty()) {
            adopter.begin();
            adopt(
                    adopter,
                    new LiveHalves(this::contentIdentifier).together(AssetGrouping.group(listing), wanted),
                    wanted,
                    library.read(listing, LibrarySource.Effort.WHATEVER_IT_TAKES));
        }
        if (!stop.getAsBoolean()) {
            adopter.end();
        }
        return new Result(adopted, bytesDone, known, differing, unreadable, stop.getAsBoolean());
    }

    private Optional<String> contentIdentifier(Resource resource) {
        try (SeekableByteChannel content = folder.open(resource.file())) {
            return Metadata.read(content).contentIdentifier();
        } catch (IOException closed) {
            return Optional.empty();
        }
    }

    /** The files of an asset that are being read. */
    private record Reading(Step step, Map<String, Future<Adopter.Content>> contents) {}

    private void adopt(Adopter adopter, List<Asset> assets, Set<String> wanted, Library told) throws IOException {
        ExecutorService readers = Executors.newFixedThreadPool(READERS, work -> {
            Thread thread = new Thread(work, "shoebox-adopt");
            thread.setDaemon(true);
            return thread;
        });
        try {
            var dates = new CaptureTimeResolver(setting, told, CaptureTimeResolver.Memory.NONE);
            Deque<Reading> ahead = new ArrayDeque<>();
            for (Asset asset : assets) {
                List<Resource> missing = asset.resources().stream()
                        .filter(resource -> wanted.contains(resource.file().path()))
                        .toList();
                if (stop.getAsBoolean()) {
                    break;
                }
                if (!missing.isEmpty()) {
                    Map<String, Future<Adopter.Content>> contents = new HashMap<>();
                    for (Resource resource : missing) {
                        String path = resource.file().path();
                        long size = resource.file().size();
                        contents.put(path, readers.submit(() -> adopter.read(path, size)));
                    }
                    ahead.add(new Reading(new Step(asset, missing), contents));
                }
                if (ahead.size() > READERS) {
                    take(adopter, ahead.remove(), dates);
                }
            }
            while (!ahead.isEmpty()) {
                take(adopter, ahead.remove(), dates);
            }
            record(adopter);
        } finally {
            readers.shutdownNow();
        }
    }

    private void take(Adopter adopter, Reading reading, CaptureTimeResolver dates) throws IOException {
        Map<String, Adopter.Content> contents = new HashMap<>();
        for (Resource resource : reading.step().missing()) {
            String path = resource.file().path();
            content(path, reading.contents().get(path)).ifPresent(content -> contents.put(path, content));
        }
        // An unreadable file has no facts.
        CaptureTimeResolver.Reader facts =
                resource -> Optional.ofNullable(contents.get(resource.file().path()))
                        .map(Adopter.Content::facts)
                        .orElse(MediaFacts.NONE);
        for (CaptureTimeResolver.Dated part : dates.dated(reading.step(), facts)) {
            for (Resource resource : part.step().missing()) {
                MediaFile file = resource.file();
                Optional<Adopter.Content> content = Optional.ofNullable(contents.get(file.path()));
                filesDone++;
                bytesDone += file.size();
                listener.progress(filesDone, files, bytesDone, bytes);
                if (content.isEmpty()) {
                    unreadable++;
                } else if (adopter.contradicts(
                        file.path(), content.get().digests().sha256())) {
                    differing++;
                    listener.differs(file.path());
                } else {
                    batch.add(new Adopted(
                            resource, part.step().asset().key(), part.facts().captured(), content.get()));
                    batchBytes += file.size();
                }
            }
        }
        if (batch.size() >= BATCH_FILES || batchBytes >= BATCH_BYTES) {
            record(adopter);
        }
    }

    private Optional<Adopter.Content> content(String path, Future<Adopter.Content> reading) throws IOException {
        try {
            return Optional.of(reading.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof IOException failed)) {
                throw new IllegalStateException(e.getCause());
            }
            destination.requireThere();
            listener.unreadable(path, DestinationException.reason(failed));
            return Optional.empty();
        }
    }

    private void record(Adopter adopter) throws IOException {
        adopter.record(batch, clock.instant());
        adopted += batch.size();
        batch.clear();
        batchBytes = 0;
    }
}
