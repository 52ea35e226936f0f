package dev.shoebox.backup.transfer;

import dev.shoebox.photos.source.MediaFile;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of one pass that came whole and otherwise than they should, until the phone tells range by range where. */
final class DifferingFiles {
    /** So many may wait: a crash would cost them all. */
    private static final int MOST = 16;

    private final EndToEnd proofs;
    private final Map<String, PendingFile> files = new LinkedHashMap<>();

    /** Whether so many are not what is claimed of them that it is time to find out who is wrong. */
    private boolean urgent;

    DifferingFiles(EndToEnd proofs) {
        this.proofs = proofs;
    }

    /** Whether the phone can tell where a file differs, or that it does not. It is asked once for each. */
    boolean accepts(PendingFile file) {
        MediaFile media = file.resource.file();
        return !file.compared
                && (file.claim.isPresent() || media.size() >= PartialReread.WORTHWHILE)
                && proofs.hashing().hashesRanges(media);
    }

    void add(PendingFile file) {
        file.compared = true;
        files.put(file.path(), file);
        urgent |= file.claim.isPresent() && proofs.differs();
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    Collection<PendingFile> files() {
        return files.values();
    }

    /**
     * Whether they are to be seen to now: what is on its way by then is carried twice.
     *
     * @param last whether nothing is
     */
    boolean areDue(boolean last) {
        return !files.isEmpty() && (last || urgent || files.size() >= MOST);
    }

    /** They are seen to now. */
    List<PendingFile> take() {
        List<PendingFile> all = List.copyOf(files.values());
        files.clear();
        urgent = false;
        return all;
    }
}
