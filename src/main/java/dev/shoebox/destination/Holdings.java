package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.records.BackupStatus;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.FileCursor;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files of a backup and the records about them, for another backup that receives them. */
public final class Holdings {
    private final Disk disk;
    private final Catalogue catalogue;

    Holdings(DestinationOpener.Opened opened) {
        this.disk = opened.disk();
        this.catalogue = opened.catalogue();
    }

    /** The SHA-256 of a file, and its capture time if known. */
    public record Recorded(String sha256, Optional<CaptureTime> captured) {}

    /** Returns every source that was ever backed up here. */
    public List<SourceId> sources() throws DestinationException {
        return catalogue.status().stream().map(BackupStatus::source).toList();
    }

    /** Returns what is recorded; empty if nothing is. */
    public Optional<Recorded> recorded(SourceId source, StoredFile stored) throws DestinationException {
        Optional<Kept> kept = catalogue.at(stored.path());
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        Optional<CaptureTime> captured = catalogue.origins(stored.path()).stream()
                .filter(origin ->
                        origin.source().equals(source) && origin.file().equals(stored.file()))
                .findFirst()
                .flatMap(Journal.Entry::captured);
        return Optional.of(new Recorded(kept.get().sha256(), captured));
    }

    /**
     * Files of no known source.
     *
     * @param gone how many are listed but missing
     */
    public record Unattributed(List<MediaFile> files, int gone) {}

    /**
     * Returns the files without a known source, which only {@code SHA256SUMS} lists.
     *
     * @param attributed paths of the others
     */
    public Unattributed unattributed(Set<String> attributed) throws DestinationException {
        List<MediaFile> files = new ArrayList<>();
        int gone = 0;
        for (FileCursor rows = catalogue.files(); rows.next(); ) {
            Kept kept = rows.file();
            if (!attributed.contains(kept.path())) {
                Optional<MediaFile> file = look(kept.path());
                file.ifPresent(files::add);
                gone += file.isPresent() ? 0 : 1;
            }
        }
        return new Unattributed(files, gone);
    }

    private Optional<MediaFile> look(String path) throws DestinationException {
        try {
            Optional<Disk.Entry> entry = disk.look(path).filter(Disk.Entry::isFile);
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            Instant modified = disk.modified(path).orElse(Instant.EPOCH);
            return Optional.of(new MediaFile(path, entry.get().size(), modified, Optional.empty()));
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /**
     * A recorded file, whether or not it exists.
     *
     * @param size in bytes; -1 if unknown
     */
    public record Listed(String path, String sha256, long size) {}

    /** Returns every recorded file. */
    public List<Listed> listed() throws DestinationException {
        List<Listed> listed = new ArrayList<>();
        for (FileCursor rows = catalogue.files(); rows.next(); ) {
            Kept kept = rows.file();
            listed.add(new Listed(kept.path(), kept.sha256(), kept.size()));
        }
        return listed;
    }

    /** Returns the SHA-256 of what no merge brings here: of all recorded files, and of those that were forgotten. */
    public Set<String> settled() throws DestinationException {
        Set<String> settled = contents();
        settled.addAll(catalogue.forgotten().keySet());
        return settled;
    }

    /**
     * Returns the recorded files that a merge would bring to another backup, so without reduced copies.
     *
     * @param settled the SHA-256 of what it does not bring, from {@link #settled} of the other
     */
    public List<Listed> except(Set<String> settled) throws DestinationException {
        List<Listed> lacked = new ArrayList<>();
        for (FileCursor rows = catalogue.files(); rows.next(); ) {
            Kept kept = rows.file();
            if (!settled.contains(kept.sha256()) && !isReduced(kept)) {
                lacked.add(new Listed(kept.path(), kept.sha256(), kept.size()));
            }
        }
        return lacked;
    }

    private boolean isReduced(Kept kept) throws DestinationException {
        return kept.role().filter(Role.PREVIEW::equals).isPresent()
                && catalogue.origins(kept.path()).stream().allMatch(origin -> origin.role() == Role.PREVIEW);
    }

    /** Returns the size and date of the file at a path, as a source lists them; empty if there is none. */
    public Optional<MediaFile> lying(String path) throws DestinationException {
        return look(path);
    }

    /**
     * Opens a file by its path, without following links.
     *
     * @throws IOException if it does not exist or may not be read
     */
    public SeekableByteChannel open(String path) throws IOException {
        return disk.read(path);
    }

    /** Lets the system drop a file from its memory. */
    public void letGo(String path) {
        try {
            disk.forget(path);
        } catch (IOException unreachable) {
            // The system drops it when it needs the memory.
        }
    }

    /** Returns the SHA-256 of all recorded files. */
    public Set<String> contents() throws DestinationException {
        Set<String> contents = new HashSet<>();
        for (FileCursor rows = catalogue.files(); rows.next(); ) {
            Kept kept = rows.file();
            contents.add(kept.sha256());
        }
        return contents;
    }
}
