package dev.shoebox.library;

import dev.shoebox.library.column.Distinct;
import dev.shoebox.library.column.IntColumn;
import dev.shoebox.library.column.LongColumn;
import dev.shoebox.library.column.StringPool;
import dev.shoebox.library.database.NoLibraryException;
import dev.shoebox.photos.AssetTable;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Place;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.LibraryAsset.Upload;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.naming.AlbumPath;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The assets of a library in columns, in some 120 bytes for each; objects take ten times as many. All must be added
 * before the first is read; then reads are thread-safe.
 */
final class StoredAssets implements AssetTable {
    private static final long NONE = Long.MIN_VALUE;
    private static final List<Upload> UPLOADS = List.of(Upload.values());

    private final StringPool texts;
    private final Attributes attributes;
    private final Originals originals;
    private final Distinct<List<AlbumPath>> albumLists;
    private final Distinct<Set<Trait>> traitSets = new Distinct<>(Set.of());

    /** The index of each asset's key, and the row of its attributes. */
    private final IntColumn places = new IntColumn(0);

    private final IntColumn attributeRows = new IntColumn(-1);

    private final IntColumn folders = new IntColumn(StringPool.NONE);
    private final IntColumn names = new IntColumn(StringPool.NONE);
    private final IntColumn traits = new IntColumn(0);
    private final IntColumn albums = new IntColumn(0);
    private final IntColumn bursts = new IntColumn(StringPool.NONE);
    /** Whether it is a film, and above that the state of its upload. */
    private final IntColumn kinds = new IntColumn(0);

    /** Milliseconds. */
    private final LongColumn created = new LongColumn(NONE);

    private final LongColumn durations = new LongColumn(NONE);
    /** The bits of degrees. */
    private final LongColumn latitudes = new LongColumn(NONE);

    private final LongColumn longitudes = new LongColumn(NONE);
    private int size;

    StoredAssets(StringPool texts, Attributes attributes, Originals originals, Distinct<List<AlbumPath>> albumLists) {
        this.texts = texts;
        this.attributes = attributes;
        this.originals = originals;
        this.albumLists = albumLists;
    }

    /**
     * Starts an asset; facts that are not set afterwards are absent.
     *
     * @param key the index of its primary key
     * @param attributeRow the row of its attributes, negative for none
     */
    void add(int key, int attributeRow) {
        places.set(size, key);
        attributeRows.set(size, attributeRow);
        size++;
    }

    /** @throws NoLibraryException if there is no room for its path */
    void path(String path) throws NoLibraryException {
        int slash = path.lastIndexOf('/');
        int name = texts.keep(path.substring(slash + 1));
        int folder = slash < 0 ? StringPool.NONE : texts.keep(path.substring(0, slash));
        if (name == StringPool.NONE || (slash >= 0 && folder == StringPool.NONE)) {
            throw new NoLibraryException("its names need more memory than is available");
        }
        names.set(size - 1, name);
        folders.set(size - 1, folder);
    }

    void kind(Role kind, Upload upload, Set<Trait> seen) {
        kinds.set(size - 1, (kind == Role.VIDEO ? 1 : 0) | UPLOADS.indexOf(upload) << 1);
        traits.set(size - 1, traitSets.keep(Set.copyOf(seen)));
    }

    /** @param list the number of its list of albums */
    void albums(int list) {
        albums.set(size - 1, list);
    }

    void burst(String name) {
        bursts.set(size - 1, texts.keep(name));
    }

    void created(Instant at) {
        created.set(size - 1, at.toEpochMilli());
    }

    void duration(Duration length) {
        durations.set(size - 1, length.toMillis());
    }

    void place(Place where) {
        latitudes.set(size - 1, Double.doubleToRawLongBits(where.latitude()));
        longitudes.set(size - 1, Double.doubleToRawLongBits(where.longitude()));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public String path(int number) {
        String name = texts.text(names.get(number));
        int folder = folders.get(number);
        return folder == StringPool.NONE ? name : texts.text(folder) + "/" + name;
    }

    @Override
    public LibraryAsset asset(int number) {
        int row = attributeRows.get(number);
        Role kind = (kinds.get(number) & 1) == 1 ? Role.VIDEO : Role.PHOTO;
        Optional<Instant> at =
                Optional.of(created.get(number)).filter(StoredAssets::isThere).map(Instant::ofEpochMilli);
        return new LibraryAsset(
                path(number),
                kind,
                traitSets.get(traits.get(number)),
                new LibraryAsset.Taken(
                        at,
                        at.isPresent() ? attributes.offset(row, at.get()) : attributes.offset(row),
                        place(number),
                        Optional.of(durations.get(number))
                                .filter(StoredAssets::isThere)
                                .map(Duration::ofMillis)),
                new LibraryAsset.Words(
                        attributes.originalName(row),
                        attributes.title(row),
                        attributes.caption(row),
                        attributes.keywords(row)),
                new LibraryAsset.Membership(albumLists.get(albums.get(number)), texts.get(bursts.get(number))),
                new LibraryAsset.OriginalFiles(
                        UPLOADS.get(kinds.get(number) >>> 1),
                        originals.of(places.get(number), kind, imported(number, row))));
    }

    /** Of a shared copy, the library may have the size of somebody's original instead. */
    private long imported(int number, int row) {
        return traitSets.get(traits.get(number)).contains(Trait.SHARED_COPY) ? 0 : attributes.originalSize(row);
    }

    private Optional<Place> place(int number) {
        long latitude = latitudes.get(number);
        return isThere(latitude)
                ? Optional.of(
                        new Place(Double.longBitsToDouble(latitude), Double.longBitsToDouble(longitudes.get(number))))
                : Optional.empty();
    }

    private static boolean isThere(long value) {
        return value != NONE;
    }
}
