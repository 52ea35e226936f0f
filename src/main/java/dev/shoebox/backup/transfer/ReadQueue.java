package dev.shoebox.backup.transfer;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.photos.source.MediaSource.Request;
import dev.shoebox.photos.source.MediaStream.Bytes;
import dev.shoebox.photos.source.MediaStream.Piece;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of one pass that remain to be read, in order, and what the current stream still has to deliver. A stream
 * delivers what it was asked for: if the order changes, it may have to be replaced.
 */
final class ReadQueue {
    /** By path. */
    private final Map<String, PendingFile> files = new LinkedHashMap<>();

    /** Files that the current stream delivers a second time although that is no longer needed. */
    private final Set<String> unwanted = new HashSet<>();

    /** How many files, or second reads, the current stream still has to deliver. */
    private int due;

    private boolean rearranged;
    private boolean alone;

    /** Adds a file at the end, unless it is in the queue. */
    void add(PendingFile file) {
        files.put(file.path(), file);
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    Collection<PendingFile> files() {
        return files.values();
    }

    /** Returns the next file. The queue must not be empty. */
    PendingFile first() {
        return files.values().iterator().next();
    }

    /** @throws IllegalStateException if the file was not requested, which is a defect of the source */
    PendingFile file(String path) {
        PendingFile file = files.get(path);
        if (file == null) {
            throw new IllegalStateException("The source sent part of a file that was not requested: " + path);
        }
        return file;
    }

    /**
     * Returns the requests to make now; earlier requests are dropped.
     *
     * @param partials the partial files of an earlier stream or run, which are resumed
     * @param rereadResumed whether to read resumed files twice
     */
    List<Request> requests(PartialFiles partials, boolean rereadResumed) throws DestinationException {
        unwanted.clear();
        rearranged = false;
        List<Request> requests = new ArrayList<>();
        for (PendingFile file : files.values()) {
            if (file.staged().isEmpty()) {
                partials.takeUp(file);
            }
            file.asked(requests, rereadResumed);
            if (alone) {
                break;
            }
        }
        due = requests.size();
        return requests;
    }

    /** Counts a piece of the current stream. Returns whether it is still needed; if not, its buffer is released. */
    boolean accepts(Piece piece) {
        due -= piece instanceof Bytes ? 0 : 1;
        if (!unwanted.contains(piece.path())) {
            return true;
        }
        if (piece instanceof Bytes bytes) {
            bytes.release().run();
        } else {
            unwanted.remove(piece.path());
        }
        return false;
    }

    /** Returns whether new requests are needed, for example because all were answered. */
    boolean isRearranged() {
        return rearranged || (due == 0 && !files.isEmpty());
    }

    /** Marks the current stream as no longer useful. */
    void rearrange() {
        rearranged = true;
    }

    /** Requests only the first file in the next stream, so that no file is blamed for another. */
    void askForOne() {
        alone = true;
    }

    /** Moves a file to the end. The current stream continues: breaking it off would transfer data twice. */
    void putLast(PendingFile file) {
        remove(file);
        add(file);
    }

    /** Moves files that did not match their claims to the front, and requests them at once. */
    void putContradictedFirst() {
        List<PendingFile> all = List.copyOf(files.values());
        files.clear();
        all.stream().filter(file -> file.contradicted).forEach(this::add);
        all.forEach(file -> files.putIfAbsent(file.path(), file));
        rearranged = true;
    }

    /** Removes a file for now. */
    void remove(PendingFile file) {
        rearranged |= alone;
        alone = false;
        files.remove(file.path());
    }

    /** Ignores the second read of a file in the current stream. */
    void ignoreSecondReading(PendingFile file) {
        if (file.promised) {
            unwanted.add(file.path());
        }
    }
}
