package dev.shoebox.backup.transfer;

import dev.shoebox.photos.source.MediaFile;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The complete files of one pass with wrong content, until the phone shows which ranges differ. */
final class DifferingFiles {
    /** So many may wait; a crash would lose them all. */
    private static final int MOST = 16;

    private final EndToEnd proofs;
    private final Map<String, PendingFile> files = new LinkedHashMap<>();

    /** Whether so many differ from their claims that it is time to find out which side is wrong. */
    private boolean urgent;

    DifferingFiles(EndToEnd proofs) {
        this.proofs = proofs;
    }

    /** Whether the phone may be able to show where a file differs. Asked once for each file. */
    boolean accepts(PendingFile file) {
        MediaFile media = file.resource.file();
        return !file.compared
                && (file.claim().isPresent() || media.size() >= PartialReread.WORTHWHILE)
                && proofs.hashing().hashesRanges(media);
    }

    void add(PendingFile file) {
        file.compared = true;
        files.put(file.path(), file);
        urgent |= file.claim().isPresent() && proofs.differs();
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    Collection<PendingFile> files() {
        return files.values();
    }

    /**
     * Whether to process the files now. Data in transit is then transferred twice.
     *
     * @param last whether nothing is in transit
     */
    boolean areDue(boolean last) {
        return !files.isEmpty() && (last || urgent || files.size() >= MOST);
    }

    /** Removes and returns the files, to be processed now. */
    List<PendingFile> take() {
        List<PendingFile> all = List.copyOf(files.values());
        files.clear();
        urgent = false;
        return all;
    }
}
