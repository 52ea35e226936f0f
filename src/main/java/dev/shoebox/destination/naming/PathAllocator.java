package dev.shoebox.destination.naming;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Catalogue.Known;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides what is a duplicate, and the names of all other files. Considers the catalogue, the disk, and decisions that
 * are not yet catalogued. A name is never given to other content.
 */
public final class PathAllocator {
    private static final int[] DISTINCTIONS = {0, 8, 16, 32, 64};
    private static final Layout.Facts NO_FACTS = new Layout.Facts(Optional.empty(), "", "other", Optional.empty(), "");

    private final Disk disk;
    private final Catalogue catalogue;
    private final SourceId source;
    private final Layout layout;
    private final ContentClaims claims;
    private final ListedPaths listed;
    private Map<String, String> forgotten; // or null until somebody asks

    /** Names recently found to be free, for the asset that is being placed. */
    private final Set<String> free = new HashSet<>();

    private final FolderNames names;
    /** Decisions that are not yet catalogued. */
    private final PendingPlaces pending = new PendingPlaces();

    public PathAllocator(
            Disk disk, Catalogue catalogue, SourceId source, Layout layout, ContentClaims claims, ListedPaths listed) {
        this.disk = disk;
        this.catalogue = catalogue;
        this.source = source;
        this.layout = layout;
        this.claims = claims;
        this.listed = listed;
        this.names = new FolderNames(disk);
    }

    /**
     * An asset to place, or those of its files that arrive.
     *
     * @param files of the asset, with their content
     */
    public record Given(Asset asset, Optional<CaptureTime> captured, Layout.Facts facts, List<Content> files) {}

    /** @param broken whether its content is not a photo: equal content then does not make two files the same photo */
    public record Content(Resource resource, String sha256, long size, boolean broken) {
        /**
         * Returns the digits that distinguish its name; for a broken file, of its origin, because thousands may have
         * equal content.
         */
        private String distinction(SourceId source) {
            String origin =
                    source.kind() + " " + source.id() + " " + resource.file().path() + " " + sha256;
            return broken ? Sha256.hex(origin) : sha256;
        }
    }

    /**
     * @param fresh whether the bytes must be stored at the path; otherwise they are there already
     * @param listed whether the manifest has that path with that content already, in parts or not as it is stored now
     */
    public record Place(Resource resource, String path, String stem, boolean fresh, boolean listed) {}

    public Instant now() {
        return claims.now();
    }

    /** Returns the forgotten contents with their last paths. */
    public Map<String, String> forgotten() throws DestinationException {
        if (forgotten == null) {
            forgotten = catalogue.forgotten();
        }
        return forgotten;
    }

    /** Returns and clears findings about the originals of duplicates since the last call. */
    public List<Journal.Event> news() {
        return claims.news();
    }

    /** Drops the pending places, which are now catalogued. */
    public void forget() {
        pending.clear();
    }

    /** Drops a place that was not used: the name is free, and no other file is a duplicate of it. */
    public void takeBack(String path) {
        long size = pending.at(path).map(Kept::size).orElse(0L);
        disk.takenBy(path, size).forEach(names::remove);
        claims.forget(path);
        pending.remove(path);
    }

    /** Returns one place for each file, in order. */
    public List<Place> place(Given given) throws IOException {
        var places = new ArrayList<Place>();
        free.clear();
        Optional<String> home = home(given.asset());
        for (Content file : given.files()) {
            boolean isPrimary = file.resource().equals(given.asset().primary());
            Optional<Place> place = isPrimary ? sameContent(file, twins(file, given.asset())) : Optional.empty();
            if (place.isPresent()) {
                home = place.map(Place::stem);
            } else if (home.isPresent()) {
                place = Optional.of(beside(home.get(), file, given.asset(), isPrimary));
            } else {
                home = Optional.of(freshStem(given, file));
                place = Optional.of(beside(home.get(), file, given.asset(), true));
            }
            remember(place.get(), file, given.asset());
            places.add(place.get());
        }
        return places;
    }

    /** Returns the stem under which the asset is stored already. */
    public Optional<String> home(Asset asset) throws DestinationException {
        List<Known> known = known(asset);
        MediaFile primary = asset.primary().file();
        Optional<Known> exact =
                known.stream().filter(each -> each.file().equals(primary)).findFirst();
        if (exact.isPresent()) {
            return exact.map(each -> each.kept().stem());
        }
        // If the source's file was stored with other content, it is now another asset on disk. The same is true if it
        // shares only its name with a stored one: counters restart, cards are formatted.
        if (known.stream().anyMatch(each -> each.file().path().equals(primary.path()))) {
            return Optional.empty();
        }
        Set<MediaFile> files = asset.resources().stream().map(Resource::file).collect(Collectors.toSet());
        return known.stream()
                .filter(each -> files.contains(each.file()))
                .reduce((first, second) -> second)
                .map(each -> each.kept().stem());
    }

    private List<Known> known(Asset asset) throws DestinationException {
        var known = new ArrayList<>(catalogue.known(source, asset.key()));
        known.addAll(pending.of(asset));
        return known;
    }

    /** Returns the files that make a primary with the same content a duplicate. */
    private List<Kept> twins(Content file, Asset asset) throws DestinationException {
        if (file.broken()) {
            return ofSameFile(file, asset);
        }
        if (file.resource().role() == Role.FILE) {
            return versions(file, asset);
        }
        List<Kept> twins = new ArrayList<>(catalogue.withContent(file.sha256()));
        twins.addAll(pending.withContent(file.sha256()));
        twins.removeIf(FileNames::isFile);
        if (file.resource().role() != Role.PREVIEW) {
            // Even an original as small as its preview is stored on its own.
            twins.removeIf(twin -> twin.role().equals(Optional.of(Role.PREVIEW)));
        }
        if (file.resource().role() != Role.ADJUSTMENT_DATA) {
            // An edit that changed nothing is stored beside its original, even if a crash left only the edit.
            if (!twins.isEmpty() && file.resource().role().isOriginal()) {
                Set<String> edits = known(asset).stream()
                        .filter(known -> !known.role().isOriginal())
                        .map(known -> known.kept().path())
                        .collect(Collectors.toSet());
                twins.removeIf(twin -> edits.contains(twin.path()));
            }
            return twins;
        }
        // Such files of different photos are often equal, and useless away from their own photo.
        List<Kept> own = new ArrayList<>();
        for (Known known : known(asset)) {
            if (known.kept().sha256().equals(file.sha256())) {
                own.add(known.kept());
            }
        }
        String name = Names.fold(Names.safe(asset.name(), Names.STEM_BYTES));
        twins.stream()
                .filter(twin -> twin.role().isEmpty()
                        && Names.fold(Names.last(twin.stem())).startsWith(name))
                .forEach(own::add);
        return own;
    }

    private List<Kept> versions(Content file, Asset asset) throws DestinationException {
        Layout.Spot spot = layout.spot(NO_FACTS, asset.name());
        String stem = Names.stem(spot.folder(), spot.base(), "");
        List<Kept> same = new ArrayList<>(catalogue.withContent(file.sha256()));
        same.addAll(pending.withContent(file.sha256()));
        same.removeIf(
                kept -> !FileNames.isVersion(kept, stem, file.resource().file().name()));
        return same;
    }

    /**
     * Returns files that have the content of a broken file because they were stored from it, not because they are
     * equally broken.
     */
    private List<Kept> ofSameFile(Content file, Asset asset) throws DestinationException {
        return known(asset).stream()
                .filter(known -> known.file().equals(file.resource().file()))
                .map(Known::kept)
                .filter(kept -> kept.sha256().equals(file.sha256()))
                .toList();
    }

    /** Places a primary whose content is or was in the backup: at the path in the manifest. */
    private Optional<Place> sameContent(Content file, List<Kept> twins) throws IOException {
        for (Kept twin : twins) {
            if (isPresent(twin, file.size()) && holds(twin)) {
                return Optional.of(duplicate(file, twin));
            }
        }
        for (Kept twin : twins) {
            if (disk.isClear(twin.path(), file.size())) {
                return Optional.of(restored(file, twin));
            }
        }
        return Optional.empty();
    }

    private boolean isPresent(Kept kept, long size) throws IOException {
        // The size of the received bytes counts: a rebuilt catalogue has only the size on the disk.
        return kept.id() == 0
                || disk.look(kept.path())
                        .filter(entry -> entry.isFile() && entry.size() == size)
                        .isPresent();
    }

    /**
     * Whether the file has its content. A file placed a moment ago is published before the duplicate is reported, or
     * fails with it.
     */
    private boolean holds(Kept kept) {
        return kept.id() == 0 || claims.holds(kept);
    }

    private static Place duplicate(Content file, Kept twin) {
        return new Place(file.resource(), twin.path(), twin.stem(), false, true);
    }

    private Place restored(Content file, Kept twin) throws IOException {
        boolean isListed = listed.has(twin.path(), twin.sha256(), disk.needsParts(file.size()));
        return new Place(file.resource(), twin.path(), twin.stem(), true, isListed);
    }

    /** Returns a place beside the asset with this stem, where the same content is stored once. */
    private Place beside(String stem, Content file, Asset asset, boolean isPrimary) throws IOException {
        if (!isPrimary && !file.broken()) {
            List<Kept> mates = new ArrayList<>(catalogue.withStem(Names.fold(stem)));
            mates.addAll(pending.withStem(Names.fold(stem)));
            for (Kept mate : mates) {
                // An edit that changed nothing is stored beside its original, in whatever run it arrives.
                boolean isOriginal = file.resource().role().isOriginal();
                boolean alike = mate.role().map(Role::isOriginal).orElse(isOriginal) == isOriginal;
                if (alike && mate.sha256().equals(file.sha256()) && isPresent(mate, file.size()) && holds(mate)) {
                    return duplicate(file, mate);
                }
            }
            Optional<Kept> elsewhere = elsewhere(stem, file);
            if (elsewhere.isPresent()) {
                return duplicate(file, elsewhere.get());
            }
        }
        Role role = file.resource().role();
        List<Kept> own = file.broken() ? ofSameFile(file, asset) : List.of();
        for (int digits : DISTINCTIONS) {
            String distinction = file.distinction(source).substring(0, digits);
            String path = Names.part(stem, role, file.resource().file().name(), distinction);
            if (isFree(path, file.size())) {
                return new Place(file.resource(), path, stem, true, false);
            }
            Optional<Kept> occupant = at(path).filter(kept -> kept.sha256().equals(file.sha256()))
                    .filter(kept -> !file.broken()
                            || own.stream().anyMatch(known -> known.path().equals(path)));
            if (occupant.isPresent() && isPresent(occupant.get(), file.size()) && holds(occupant.get())) {
                return duplicate(file, occupant.get());
            }
            if (occupant.isPresent() && disk.isClear(path, file.size())) {
                return restored(file, occupant.get());
            }
        }
        throw new DestinationException.Lost("No free name was found for "
                + Names.part(stem, role, file.resource().file().name(), "")
                + "; move files with similar names out of the destination.");
    }

    /** Finds the same content under another stem: a film, an edit or another part of a photo is stored once as well. */
    private Optional<Kept> elsewhere(String stem, Content file) throws IOException {
        Role role = file.resource().role();
        if (role == Role.ADJUSTMENT_DATA || file.size() == 0) {
            // Descriptions of edits are often equal for many photos, and useless away from their own.
            return Optional.empty();
        }
        List<Kept> twins = new ArrayList<>(catalogue.withContent(file.sha256()));
        twins.addAll(pending.withContent(file.sha256()));
        for (Kept twin : twins) {
            boolean own = Names.fold(twin.stem()).equals(Names.fold(stem));
            boolean preview = twin.role().equals(Optional.of(Role.PREVIEW));
            if (!own && !preview && !FileNames.isFile(twin) && isPresent(twin, file.size()) && holds(twin)) {
                return Optional.of(twin);
            }
        }
        return Optional.empty();
    }

    private Optional<Kept> at(String path) throws DestinationException {
        Optional<Kept> placed = pending.at(path);
        return placed.isPresent() ? placed : catalogue.at(path);
    }

    /** Returns a free stem, for an asset without stored files. */
    private String freshStem(Given given, Content first) throws IOException {
        Layout.Spot spot = layout.spot(given.facts(), given.asset().name());
        String folder = layout == Layout.OF_FILES ? FileNames.standing(spot.folder(), disk, catalogue) : spot.folder();
        String stem = "";
        for (int digits : DISTINCTIONS) {
            stem = Names.stem(folder, spot.base(), first.distinction(source).substring(0, digits));
            if (isFreeStem(stem, given.files().stream().map(Content::resource).toList())) {
                break;
            }
        }
        return stem;
    }

    boolean isFreeStem(String stem, List<Resource> files) throws IOException {
        free.clear();
        String folded = Names.fold(stem);
        // A file other than a photo may share its stem with any others, except for the extension.
        boolean isFile = files.stream().allMatch(file -> file.role() == Role.FILE);
        if (!isFile
                && (!pending.withStem(folded).isEmpty()
                        || !catalogue.withStem(folded).isEmpty())) {
            return false;
        }
        for (Resource resource : files) {
            if (!isFree(
                    Names.part(stem, resource.role(), resource.file().name(), ""),
                    resource.file().size())) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the path and, for a file in parts, the names of the parts are free. */
    private boolean isFree(String path, long size) throws IOException {
        for (String taken : disk.takenBy(path, size)) {
            if (!isFree(taken)) {
                return false;
            }
        }
        return true;
    }

    private boolean isFree(String path) throws IOException {
        if (names.has(path) || pending.at(path).isPresent()) {
            return false;
        }
        if (free.contains(path)) {
            return true;
        }
        // If another program created it, or this disk folds more names, an intention must not name it.
        return !catalogue.hasFolded(Names.fold(path)) && disk.look(path).isEmpty() && free.add(path);
    }

    private void remember(Place place, Content file, Asset asset) throws IOException {
        var kept = new Kept(
                0, place.path(), place.stem(), Optional.of(place.resource().role()), file.sha256(), file.size());
        if (place.fresh()) {
            claims.stored(place.path());
            names.addAll(disk.takenBy(place.path(), file.size()));
            pending.add(kept);
        }
        pending.add(asset, new Known(file.resource().file(), file.resource().role(), kept));
    }
}
