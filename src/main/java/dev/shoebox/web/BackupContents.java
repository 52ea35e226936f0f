package dev.shoebox.web;

import dev.shoebox.coverage.AssetCoverage;
import dev.shoebox.coverage.BackedUpFiles;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.LibraryNote;
import dev.shoebox.destination.LibraryNotes;
import dev.shoebox.destination.Provenance;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.Contents;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.BackupStatus;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.destination.records.run.FailedFile;
import dev.shoebox.destination.thumbs.KeptThumbnails;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The contents of a backup as the page needs them: read once, and kept open for reading pictures until closed. */
final class BackupContents implements Closeable {
    private final Instant now;
    private final Destination destination; // or null
    private final BackedUpFiles holdings; // or null
    private final List<Held> files = new ArrayList<>();
    private final Map<MediaFile, StoredFile> ofPhone = new HashMap<>();
    private final Map<String, List<StoredFile>> ofAsset = new HashMap<>();
    private final Set<String> absent = new HashSet<>();
    private final Map<String, List<String>> albums = new HashMap<>();
    private final Map<String, Set<Trait>> marks = new HashMap<>();
    private final Set<String> failed = new HashSet<>();
    private KeptThumbnails thumbnails; // or null
    private Set<String> verified = Set.of();
    private Set<String> damaged = Set.of();
    private Contents looks = Contents.UNKNOWN;
    private Map<String, LocalDateTime> taken = Map.of();

    /**
     * A file in the backup.
     *
     * @param source the source that it came from
     */
    record Held(SourceId source, StoredFile file) {}

    private BackupContents(Instant now, Destination destination, BackedUpFiles holdings) {
        this.now = now;
        this.destination = destination;
        this.holdings = holdings;
    }

    /** Returns the contents of a backup that does not exist yet. */
    static BackupContents none(Instant now) {
        return new BackupContents(now, null, null);
    }

    /**
     * Reads the contents of a backup without locking it, while no source is on view. During a run, this returns the
     * state before the run.
     */
    static BackupContents of(Path root, Instant now) throws DestinationException {
        return of(root, opened -> new BackupContents(now, opened, null), source -> false);
    }

    /**
     * Reads the contents of a backup as {@link #of(Path, Instant)} does.
     *
     * @param phone the source on view
     */
    static BackupContents of(Path root, SourceId phone, Instant now) throws DestinationException {
        return of(
                root,
                opened -> new BackupContents(now, opened, BackedUpFiles.of(opened, phone)),
                source -> source.kind() == phone.kind() && source.id().equals(phone.id()));
    }

    private interface Empty {
        BackupContents in(Destination opened) throws DestinationException;
    }

    private static BackupContents of(Path root, Empty empty, Predicate<SourceId> isPhone) throws DestinationException {
        Destination opened = Destination.view(root, OpenMode.REQUIRE_EXISTING);
        try {
            BackupContents contents = empty.in(opened);
            contents.read(opened, isPhone);
            return contents;
        } catch (DestinationException | RuntimeException unreadable) {
            opened.close();
            throw unreadable;
        }
    }

    private void read(Destination opened, Predicate<SourceId> onView) throws DestinationException {
        verified = opened.verified();
        damaged = opened.damaged();
        looks = opened.memory().contents(Duration.ZERO);
        if (holdings != null) {
            absent.addAll(holdings.absent());
        }
        taken = opened.memory().captureTimes();
        for (BackupStatus status : opened.status()) {
            SourceId source = status.source();
            if (source.isOfFiles()) {
                continue;
            }
            Map<String, List<String>> named = new HashMap<>();
            Map<String, Set<Trait>> marked = new HashMap<>();
            for (LibraryNote note : opened.memory()
                    .libraryNotes(source)
                    .map(LibraryNotes::notes)
                    .orElse(List.of())) {
                if (!note.albums().isEmpty()) {
                    named.put(
                            note.asset(),
                            note.albums().stream().map(AlbumPath::shown).toList());
                }
                if (!note.marks().isEmpty()) {
                    marked.put(note.asset(), note.marks());
                }
            }
            boolean isPhone = onView.test(source);
            try (Stream<StoredFile> rows = opened.stored(source)) {
                rows.forEach(row -> {
                    files.add(new Held(source, row));
                    if (named.containsKey(row.asset())) {
                        albums.put(row.path(), named.get(row.asset()));
                    }
                    if (marked.containsKey(row.asset())) {
                        marks.put(row.path(), marked.get(row.asset()));
                    }
                    if (isPhone) {
                        ofPhone.put(row.file(), row);
                        ofAsset.computeIfAbsent(row.asset(), key -> new ArrayList<>())
                                .add(row);
                    } else if (!opened.isPresent(row)) {
                        absent.add(row.path());
                    }
                });
            } catch (UncheckedIOException unreadable) {
                throw (DestinationException) unreadable.getCause();
            }
            if (isPhone) {
                opened.runs().troubles(source).stream().map(FailedFile::path).forEach(failed::add);
            }
        }
    }

    Instant now() {
        return now;
    }

    /** Returns the files of every source. */
    List<Held> files() {
        return files;
    }

    /** Returns the copy of exactly this file of the phone, not of an earlier file at the same path. */
    Optional<StoredFile> of(MediaFile file) {
        return Optional.ofNullable(ofPhone.get(file));
    }

    /** Returns everything that the phone ever had under the key of a photo. Later photos may have reused the key. */
    List<StoredFile> under(String asset) {
        return ofAsset.getOrDefault(asset, List.of());
    }

    boolean holds(AssetCoverage covered) {
        return holdings != null && holdings.hold(covered);
    }

    /**
     * Returns whether the backup has every file of the asset as the phone has it, and one of them is not a whole photo
     * or film.
     */
    boolean holdsAsItIs(AssetCoverage covered) {
        return holdings != null && holdings.holdAsItIs(covered);
    }

    /** Returns whether the file is known to have arrived as something other than a whole photo or film. */
    boolean isBroken(String path) {
        return looks.isBroken(path);
    }

    boolean isVerified(String path) {
        return verified.contains(path);
    }

    /** Returns whether the file was damaged or missing at the last check. */
    boolean isDamaged(String path) {
        return damaged.contains(path) || absent.contains(path);
    }

    Optional<LocalDateTime> taken(String path) {
        return Optional.ofNullable(taken.get(path));
    }

    /** Returns whether the last run failed to back up the file at this path of the phone. */
    boolean failed(String path) {
        return failed.contains(path);
    }

    /** Returns how the owner of the phone marked the photo, according to the last library that was read. */
    Set<Trait> marks(StoredFile stored) {
        return marks.getOrDefault(stored.path(), Set.of());
    }

    List<String> albums(StoredFile stored) {
        return albums.getOrDefault(stored.path(), List.of());
    }

    Optional<BackedUpFiles> holdings() {
        return Optional.ofNullable(holdings);
    }

    /** Opens a file for reading. */
    SeekableByteChannel open(StoredFile stored) throws IOException {
        return Optional.ofNullable(destination)
                .orElseThrow(() -> new IOException("the backup was not found"))
                .memory()
                .open(stored);
    }

    /** Returns the thumbnail that a run kept of a file. Read from records that come from the phone. */
    synchronized Optional<byte[]> thumbnail(StoredFile stored) throws IOException {
        if (destination == null) {
            return Optional.empty();
        }
        if (thumbnails == null) {
            thumbnails = destination.memory().thumbnails();
        }
        return thumbnails.find(stored);
    }

    Optional<Provenance> provenance(StoredFile stored) throws IOException {
        return destination == null ? Optional.empty() : destination.memory().provenance(stored.path());
    }

    @Override
    public void close() {
        if (destination != null) {
            destination.close();
        }
    }
}
