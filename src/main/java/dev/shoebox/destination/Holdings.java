package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.records.BackupStatus;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.CaptureTime;
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

/** What lies in a backup and what is recorded of it, for another one that takes it over. */
public final class Holdings {
    private static final int PAGE = 2000;

    private final Disk disk;
    private final Catalogue catalogue;

    Holdings(DestinationOpener.Opened opened) {
        this.disk = opened.disk();
        this.catalogue = opened.catalogue();
    }

    /** What is recorded of the content of a file: its SHA-256, and when it was taken, where that is known. */
    public record Recorded(String sha256, Optional<CaptureTime> captured) {}

    /** Every source that ever brought something. */
    public List<SourceId> sources() throws DestinationException {
        return catalogue.status().stream().map(BackupStatus::source).toList();
    }

    /** Empty where nothing is recorded of the file. */
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
     * @param gone how many are listed and do not lie there
     */
    public record Unattributed(List<MediaFile> files, int gone) {}

    /**
     * What no source is known of, as {@code SHA256SUMS} alone lists it, with those of it that lie there.
     *
     * @param attributed paths of the others
     */
    public Unattributed unattributed(Set<String> attributed) throws DestinationException {
        List<MediaFile> files = new ArrayList<>();
        int gone = 0;
        long after = 0;
        for (List<Kept> page = catalogue.files(after, PAGE); !page.isEmpty(); page = catalogue.files(after, PAGE)) {
            for (Kept kept : page) {
                if (!attributed.contains(kept.path())) {
                    Optional<MediaFile> file = look(kept.path());
                    file.ifPresent(files::add);
                    gone += file.isPresent() ? 0 : 1;
                }
                after = kept.id();
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
     * A file that is recorded here, whether or not it is there.
     *
     * @param size in bytes; -1 where it is not known
     */
    public record Listed(String path, String sha256, long size) {}

    /** Every file that is recorded here. */
    public List<Listed> listed() throws DestinationException {
        List<Listed> listed = new ArrayList<>();
        long after = 0;
        for (List<Kept> page = catalogue.files(after, PAGE); !page.isEmpty(); page = catalogue.files(after, PAGE)) {
            for (Kept kept : page) {
                listed.add(new Listed(kept.path(), kept.sha256(), kept.size()));
                after = kept.id();
            }
        }
        return listed;
    }

    /** The size and the date of the file that lies at a path, as a source lists them; empty if none does. */
    public Optional<MediaFile> lying(String path) throws DestinationException {
        return look(path);
    }

    /**
     * Opens a file by its path; no link is followed.
     *
     * @throws IOException if it is not there, or may not be read
     */
    public SeekableByteChannel open(String path) throws IOException {
        return disk.read(path);
    }

    /** SHA-256 of everything that is recorded here. */
    public Set<String> contents() throws DestinationException {
        Set<String> contents = new HashSet<>();
        long after = 0;
        for (List<Kept> page = catalogue.files(after, PAGE); !page.isEmpty(); page = catalogue.files(after, PAGE)) {
            for (Kept kept : page) {
                contents.add(kept.sha256());
                after = kept.id();
            }
        }
        return contents;
    }
}
