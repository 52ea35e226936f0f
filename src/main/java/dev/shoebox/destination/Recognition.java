package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Permission;
import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.ingest.ReadBack;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.opening.Recovery;
import dev.shoebox.destination.records.FileMarks.Fingerprinted;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.AssetLookup;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.fingerprint.Claim;
import dev.shoebox.photos.fingerprint.Claims;
import dev.shoebox.photos.fingerprint.ContentDigest;
import dev.shoebox.photos.fingerprint.Evidence;
import dev.shoebox.photos.fingerprint.Fingerprint;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises files of a source by their fingerprints, without reading them, if the backup has a proven copy with that
 * fingerprint and size. Such files stay marked until they are read.
 */
public final class Recognition {
    private static final int PAGE = 500;
    private static final int ROWS = 2000;
    private static final int READ_BYTES = 1 << 20;

    private static final MediaFile BEFORE_ALL = new MediaFile("", 0, Instant.EPOCH, Optional.empty());

    private final DestinationOpener.Opened opened;

    Recognition(DestinationOpener.Opened opened) {
        this.opened = opened;
    }

    /**
     * A file of a source, and the copy with its content, by the claim of the source.
     *
     * @param path of the copy, relative to the root
     * @param proof how that was proven
     */
    public record Recognised(Asset asset, Resource resource, Fingerprint fingerprint, String path, Proof proof) {
        /** A file known only by a claim. */
        public Recognised(Asset asset, Resource resource, Fingerprint fingerprint, String path) {
            this(asset, resource, fingerprint, path, Proof.CLAIMED);
        }

        /** Returns this file, proven by the source's own hash, which the copy has, too. */
        public Recognised withHash() {
            return new Recognised(asset, resource, fingerprint, path, Proof.PHONE_HASH);
        }

        /** Returns whether the source hashed it. */
        public boolean hashed() {
            return proof == Proof.PHONE_HASH;
        }
    }

    /**
     * Returns the path of a copy that exists with its size, was proven once, and is not known to be damaged or
     * implausible.
     */
    public Optional<String> find(Fingerprint fingerprint, long size) throws DestinationException {
        for (Kept kept : opened.catalogue().withFingerprint(fingerprint)) {
            boolean photo = kept.role()
                    .filter(role -> role == Role.PREVIEW || role == Role.FILE)
                    .isEmpty();
            if (photo && kept.size() == size && size > 0 && isThere(kept)) {
                return Optional.of(kept.path());
            }
        }
        return Optional.empty();
    }

    /**
     * Returns whether the source once had a file at that path. If it has another one now, it was changed, or the name
     * was used again.
     */
    public boolean hasPath(SourceId source, MediaFile file) throws DestinationException {
        return opened.catalogue().knowsPath(source, file.path());
    }

    private boolean isThere(Kept kept) throws DestinationException {
        try {
            return opened.disk()
                    .look(kept.path())
                    .filter(entry -> entry.isFile() && entry.size() == kept.size())
                    .isPresent();
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /** Records files of a source as known although they were not read; not while an ingest is open. */
    public void record(SourceId source, List<Recognised> files) throws DestinationException {
        Publisher.Writing writing =
                opened.writing().orElseThrow(() -> new IllegalStateException("opened for looking only"));
        var readBack = new ReadBack(opened.disk(), writing, ReadBack.Extent.AS_THE_DISK_NEEDS, 0);
        try (var publisher = new Publisher(opened.disk(), writing, opened.catalogue(), readBack)) {
            for (int from = 0; from < files.size(); from += PAGE) {
                var items = new ArrayList<Publisher.Item>();
                for (Recognised file : files.subList(from, Math.min(files.size(), from + PAGE))) {
                    items.add(item(source, file));
                }
                publisher.publish(items, List.of());
                publisher.catalogue();
            }
        }
    }

    private Publisher.Item item(SourceId source, Recognised file) throws DestinationException {
        Kept kept = opened.catalogue().at(file.path()).orElseThrow();
        var entry = new Journal.Entry(
                false,
                "",
                new Journal.Stored(kept.path(), kept.stem(), kept.sha256(), kept.size()),
                new Journal.Origin(source, file.resource().file()),
                new Journal.Part(file.asset().key(), file.resource().role()),
                Optional.empty(),
                new Journal.Bytes(
                        Optional.empty(), new Evidence(Optional.of(file.fingerprint()), Optional.of(file.proof()))));
        return new Publisher.Item(entry, Optional.empty(), Instant.EPOCH, true);
    }

    /** Returns the fingerprint of the copy at a path, if it was computed. */
    public Optional<Fingerprint> fingerprint(String path) throws DestinationException {
        return opened.catalogue().fingerprint(path);
    }

    /**
     * Returns the paths of copies that have the bytes of the phone, as a second read or its hash confirmed, but not those
     * that its library imported.
     */
    public Set<String> perhapsDamaged() throws DestinationException {
        return opened.catalogue().marks().perhapsDamaged();
    }

    /**
     * The copies of a source's files, compared with the content that its library says Photos imported.
     *
     * @param right how many have it
     * @param wrong those that have the size, but other content. They need not be {@link #perhapsDamaged}: another source
     *     may have imported just these bytes
     */
    public record Compared(int right, List<StoredFile> wrong) {
        private static final Compared NOTHING = new Compared(0, List.of());

        /**
         * Returns those that the library contradicts. If it is wrong about many files and right about none, its claims
         * prove nothing, and there are none.
         */
        public List<StoredFile> contradicted() {
            return Claims.areBelieved(right, wrong.size()) ? wrong : List.of();
        }
    }

    /**
     * Compares the files of a source that were read.
     *
     * @param assets all of the source
     */
    public Compared compare(SourceId source, List<Asset> assets, Library library) throws DestinationException {
        if (library.claims().isEmpty()) {
            return Compared.NOTHING;
        }
        var comparison = new Comparison(assets, library, claimed(source));
        MediaFile last = BEFORE_ALL;
        List<Fingerprinted> page;
        do {
            page = opened.catalogue().marks().fingerprinted(source, last, ROWS);
            for (Fingerprinted row : page) {
                last = row.stored().file();
                comparison.add(row);
            }
        } while (page.size() == ROWS);
        return new Compared(comparison.right, comparison.wrong);
    }

    /**
     * Compares only some files again, which may have been stored since.
     *
     * @param before the result for all
     * @param changed the assets of these files
     */
    public Compared compareAgain(Compared before, SourceId source, List<Asset> changed, Library library)
            throws DestinationException {
        if (changed.isEmpty()) {
            return before;
        }
        var comparison = new Comparison(changed, library, claimed(source));
        Set<MediaFile> files = new HashSet<>();
        changed.forEach(asset -> asset.resources().forEach(resource -> files.add(resource.file())));
        before.wrong().stream().filter(copy -> !files.contains(copy.file())).forEach(comparison.wrong::add);
        for (MediaFile file : files) {
            for (Fingerprinted row : opened.catalogue().marks().fingerprinted(source, file.path())) {
                comparison.add(row);
            }
        }
        return new Compared(before.right() + comparison.right, comparison.wrong);
    }

    private static final class Comparison {
        private final List<Asset> assets;
        private final AssetLookup files;
        private final Library library;
        private final Set<MediaFile> unread;
        private final List<StoredFile> wrong = new ArrayList<>();
        private int right;

        Comparison(List<Asset> assets, Library library, Set<MediaFile> unread) {
            this.assets = assets;
            this.files = new AssetLookup(assets);
            this.library = library;
            this.unread = unread;
        }

        void add(Fingerprinted row) {
            MediaFile file = row.stored().file();
            Optional<Claim> claim = unread.contains(file) ? Optional.empty() : claim(file);
            if (claim.isPresent() && claim.get().isOf(row.fingerprint())) {
                right++;
            } else if (claim.isPresent() && claim.get().isContradictedBy(row.fingerprint(), file.size())) {
                wrong.add(row.stored());
            }
        }

        private Optional<Claim> claim(MediaFile file) {
            int number = files.at(file.path());
            return number < 0
                    ? Optional.empty()
                    : assets.get(number).resources().stream()
                            .filter(resource -> resource.file().equals(file))
                            .findFirst()
                            .flatMap(resource -> library.claim(assets.get(number), resource));
        }
    }

    /**
     * The result of reading a copy.
     *
     * @param asStored whether it has the content that was stored
     * @param denied whether it may not be read, which is not damage
     * @param sha1 40 lower-case hexadecimal digits; empty if it cannot be read
     * @param fingerprint empty if it cannot be read
     */
    public record Copy(boolean asStored, boolean denied, Optional<String> sha1, Optional<Fingerprint> fingerprint) {}

    /** Reads a copy. */
    public Copy read(String path) {
        ContentDigest digest = new ContentDigest(EnumSet.of(ContentDigest.Extra.FINGERPRINT, ContentDigest.Extra.SHA1));
        ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
        try (SeekableByteChannel channel = opened.disk().read(path)) {
            while (channel.read(buffer.clear()) >= 0) {
                digest.update(buffer.flip());
            }
            ContentDigest.Result result = digest.complete();
            boolean asStored = opened.catalogue()
                    .at(path)
                    .filter(kept -> kept.sha256().equals(result.sha256()))
                    .isPresent();
            return new Copy(asStored, false, result.sha1(), result.fingerprint());
        } catch (IOException unreadable) {
            return new Copy(false, Permission.isDenied(unreadable), Optional.empty(), Optional.empty());
        }
    }

    /** Opens a copy for a few reads at any position. */
    public SeekableByteChannel open(String path) throws IOException {
        return opened.disk().read(path);
    }

    /** Returns the files of a source that are known but were never read. */
    public Set<MediaFile> claimed(SourceId source) throws DestinationException {
        return opened.catalogue().claimed(source);
    }

    /** Drops all files of a source that were recorded without being read, because its library is unreliable. */
    public void doubt(SourceId source) throws DestinationException {
        Publisher.Writing writing =
                opened.writing().orElseThrow(() -> new IllegalStateException("opened for looking only"));
        try {
            Recovery.note(new Journal.Doubted(source), writing, opened.catalogue());
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }
}
