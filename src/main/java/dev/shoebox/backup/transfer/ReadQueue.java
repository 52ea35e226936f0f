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
 * The files of one pass that are still to be read, in order, and what the current stream still owes of them. A stream
 * delivers what it was asked for: when the order changes, it may have to be replaced.
 */
final class ReadQueue {
    /** By path. */
    private final Map<String, PendingFile> files = new LinkedHashMap<>();

    /** Files that the current stream brings a second time although nobody needs it any more. */
    private final Set<String> unwanted = new HashSet<>();

    /** How many files, or second readings of one, the current stream is still to bring. */
    private int due;

    private boolean rearranged;
    private boolean alone;

    /** Adds a file behind all others, unless it has its place already. */
    void add(PendingFile file) {
        files.put(file.path(), file);
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    Collection<PendingFile> files() {
        return files.values();
    }

    /** The file that is read next. Not of an empty queue. */
    PendingFile first() {
        return files.values().iterator().next();
    }

    /** @throws IllegalStateException if it was not requested: the source has a defect */
    PendingFile file(String path) {
        PendingFile file = files.get(path);
        if (file == null) {
            throw new IllegalStateException("The source sent part of a file that was not requested: " + path);
        }
        return file;
    }

    /**
     * What to ask the source for now; whatever was asked for before is no longer expected.
     *
     * @param partials where files are resumed that an earlier stream, or an earlier run, left
     * @param rereadResumed whether also a resumed file is read twice
     */
    List<Request> requests(PartialFiles partials, boolean rereadResumed) throws DestinationException {
        unwanted.clear();
        rearranged = false;
        List<Request> requests = new ArrayList<>();
        for (PendingFile file : files.values()) {
            if (file.staged.isEmpty()) {
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

    /** Counts a piece of the current stream. Answers whether it is still of use; if not, its buffer is given back. */
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

    /** Whether other requests than those that were made last are needed now: for one, because all of those are answered. */
    boolean isRearranged() {
        return rearranged || (due == 0 && !files.isEmpty());
    }

    /** The current stream no longer brings what is needed next. */
    void rearrange() {
        rearranged = true;
    }

    /** The next stream is asked for the first file only: if that is at fault, no other is blamed, and the other way round. */
    void askForOne() {
        alone = true;
    }

    /** The current stream goes on: breaking it off would carry twice what is on its way. */
    void putLast(PendingFile file) {
        remove(file);
        add(file);
    }

    /** What was not as its library claims comes first, and at once. */
    void putContradictedFirst() {
        List<PendingFile> all = List.copyOf(files.values());
        files.clear();
        all.stream().filter(file -> file.contradicted).forEach(this::add);
        all.forEach(file -> files.putIfAbsent(file.path(), file));
        rearranged = true;
    }

    /** It is not to be read any more, for now. */
    void remove(PendingFile file) {
        rearranged |= alone;
        alone = false;
        files.remove(file.path());
    }

    /** What the current stream still brings of it is passed over. */
    void ignoreSecondReading(PendingFile file) {
        if (file.promised) {
            unwanted.add(file.path());
        }
    }
}
