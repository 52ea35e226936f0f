package dev.shoebox.destination.tidy;

import dev.shoebox.destination.disk.ContentHash;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.disk.Permission;
import dev.shoebox.destination.ingest.FileEnds;
import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.naming.ListedPaths;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.fingerprint.ContentDigest;
import dev.shoebox.photos.fingerprint.ContentDigest.Extra;
import dev.shoebox.photos.fingerprint.Evidence;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.metadata.Metadata;
import dev.shoebox.photos.metadata.PlausibilityCheck;
import dev.shoebox.photos.metadata.field.MediaFacts;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Adds existing files that no run stored to the records of a backup, without moving or changing them. Each is read and
 * forced with its folder before it is listed. An earlier line of {@code SHA256SUMS} is a claim, which the bytes must
 * match.
 */
public final class Adopter {
    /** Exists until an adoption is complete; the next run continues it. */
    private static final String UNFINISHED = Identity.FOLDER + "/adopting";

    private static final String ADOPTED = "adopted:";

    private final Disk disk;
    private final Catalogue catalogue;
    private final Publisher.Writing writing;
    private final SourceId source;
    private final ListedPaths listed;

    public Adopter(DestinationOpener.Opened opened, String name) throws IOException {
        this.disk = opened.disk();
        this.catalogue = opened.catalogue();
        this.writing = opened.writing().orElseThrow(() -> new IllegalStateException("opened for looking only"));
        String id = Identity.read(disk).map(Identity::id).orElse("");
        this.source = new SourceId(SourceId.Kind.FOLDER, ADOPTED + id, name);
        this.listed = new ListedPaths(disk);
    }

    /** Returns whether this is the source of adopted files. */
    public static boolean isAdopted(SourceId source) {
        return source.kind() == SourceId.Kind.FOLDER && source.id().startsWith(ADOPTED);
    }

    /** Returns whether an adoption was started and not completed. */
    public static boolean isUnfinished(Disk disk) throws IOException {
        return disk.hasFile(UNFINISHED);
    }

    /** Makes {@link #isUnfinished} true until {@link #end}. */
    public void begin() throws IOException {
        writing.lock().requireHeld();
        if (!isUnfinished(disk)) {
            disk.create(UNFINISHED).close();
        }
    }

    public void end() throws IOException {
        if (isUnfinished(disk)) {
            disk.delete(UNFINISHED);
        }
    }

    /** Returns whether a file needs no work: it is recorded, and exists with its size. */
    public boolean isKnown(MediaFile file) throws IOException {
        return catalogue
                .at(file.path())
                .filter(kept -> kept.role().isPresent() && kept.size() == file.size())
                .isPresent();
    }

    /** Returns whether it is a separate file, unlike the entry of an archive, and has a name that can be listed. */
    public boolean isFile(MediaFile file) throws IOException {
        return MovedFiles.canBeListed(file.path()) && disk.hasFile(file.path());
    }

    /** Returns whether records or claims about the file at that path do not match its content. */
    public boolean contradicts(String path, String sha256) throws IOException {
        Optional<Kept> kept = catalogue.at(path);
        return kept.isPresent() && !kept.get().sha256().equals(sha256);
    }

    /**
     * What one pass over a file found.
     *
     * @param digests its SHA-256 and fingerprint
     * @param looks the result of the content check
     */
    public record Content(ContentDigest.Result digests, MediaFacts facts, Plausibility looks) {}

    /**
     * Reads a file, from the disk itself if possible, and makes it durable. Thread-safe.
     *
     * @param size as it was listed
     * @throws IOException if it cannot be read or made durable, or its size has changed afterwards
     */
    public Content read(String path, long size) throws IOException {
        boolean pastCache = writing.abilities().readsPastCache();
        if (writing.abilities().forces()) {
            try {
                disk.force(path);
            } catch (IOException e) {
                if (!Permission.isDenied(e) || !pastCache) {
                    throw e;
                }
                // It is read-only: then the bytes read from the disk itself are durable.
            }
        }
        Pass pass = new Pass();
        ContentHash.read(disk, path, pastCache, pass::add);
        // Metadata that is not in memory is read here, where other files are read meanwhile.
        Content content = pass.content(path);
        if (disk.look(path).filter(entry -> entry.size() == size).isEmpty()) {
            throw new IOException("it changed while it was read");
        }
        return content;
    }

    /** One pass over a file, which is opened again only for metadata far from its ends. Not thread-safe. */
    private final class Pass {
        private final ContentDigest digest = new ContentDigest(Set.of(Extra.FINGERPRINT));
        private FileEnds ends; // or null before the first bytes
        private long length;

        void add(ByteBuffer bytes) {
            if (ends == null) {
                ends = new FileEnds(bytes);
            } else {
                ends.add(bytes);
            }
            length += bytes.remaining();
            digest.update(bytes);
        }

        Content content(String path) throws IOException {
            MediaFacts facts = FileEnds.read(opened(path), Metadata::read);
            Plausibility looks = FileEnds.read(opened(path), bytes -> PlausibilityCheck.of(bytes, path));
            if (ends != null) {
                ends.release();
            }
            return new Content(digest.complete(), facts, looks);
        }

        private SeekableByteChannel opened(String path) throws IOException {
            return ends == null ? disk.read(path) : ends.ofFile(length, () -> disk.read(path));
        }
    }

    /**
     * A file that was read.
     *
     * @param asset groups the files of a photo
     */
    public record Adopted(Resource resource, String asset, Optional<CaptureTime> captured, Content content) {
        private String sha256() {
            return content.digests().sha256();
        }
    }

    /** Records several files durably, together. */
    public void record(List<Adopted> files, Instant now) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        writing.lock().requireHeld();
        forceFolders(files);
        boolean settled = catalogue.end(Journal.FILE) == writing.journal().length();
        List<Journal.Event> events = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Adopted each : files) {
            String path = each.resource().file().path();
            events.add(entry(each));
            if (!listed.has(path, each.sha256())) {
                lines.addAll(new Manifest(each.sha256(), path).lines(disk));
            }
        }
        events.add(new Journal.Verified(
                now, files.stream().map(each -> each.resource().file().path()).toList()));
        List<String> again = files.stream()
                .map(each -> each.sha256())
                .filter(catalogue.forgotten().keySet()::contains)
                .distinct()
                .toList();
        if (!again.isEmpty()) {
            // A forgotten file that was put back is wanted again.
            events.add(new Journal.Wanted(again));
        }
        writing.journal().append(events.stream().map(Journal::line).toList());
        if (writing.abilities().forces()) {
            writing.journal().force();
        }
        if (!lines.isEmpty()) {
            if (!writing.manifest().isLeftAlone()) {
                throw new DestinationException.Lost(
                        "Another program changed " + Manifest.FILE + " during this run; run the command again.");
            }
            writing.manifest().append(lines);
            if (writing.abilities().forces()) {
                writing.manifest().force();
            }
        }
        catalogue.transaction(() -> {
            for (Adopted each : files) {
                MediaFile file = each.resource().file();
                catalogue.list(new Manifest(each.sha256(), file.path()), file.size());
            }
            for (Journal.Event event : events) {
                catalogue.add(event);
            }
            if (settled) {
                catalogue.setPosition(Journal.LINES, writing.journal().position());
                catalogue.setPosition(Manifest.LINES, writing.manifest().position());
            }
        });
    }

    private Journal.Entry entry(Adopted adopted) {
        MediaFile file = adopted.resource().file();
        return new Journal.Entry(
                false,
                "",
                new Journal.Stored(file.path(), Names.withoutExtension(file.path()), adopted.sha256(), file.size()),
                new Journal.Origin(source, file),
                new Journal.Part(adopted.asset(), adopted.resource().role()),
                adopted.captured(),
                new Journal.Bytes(
                        Optional.of(adopted.content().looks()),
                        new Evidence(adopted.content().digests().fingerprint(), Optional.empty())));
    }

    private void forceFolders(List<Adopted> files) throws IOException {
        if (!writing.abilities().forcesFolders()) {
            return;
        }
        Set<String> folders = new HashSet<>();
        for (Adopted each : files) {
            String folder = Names.folder(each.resource().file().path());
            while (folders.add(folder)) {
                disk.forceFolder(folder);
                folder = Names.folder(folder);
            }
        }
    }
}
