package dev.shoebox.coverage;

import dev.shoebox.coverage.AssetCoverage.Confidence;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.AssetLookup;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Original;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.LibraryAsset.Upload;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.Unreadable;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Determines where each asset of a phone is: a pure function of the phone's listing and its library. A listed file is
 * on the phone, whatever the library says. A file that is not listed is not on the phone, unless its folder could not
 * be listed.
 *
 * <p>The first matching question decides. Is the original absent? Then it is only in iCloud if there is evidence, else
 * unknown. Is the asset not in iCloud? Only on this phone. Is it on its way there? Waiting. Is another original part
 * absent? Part missing. Is it in iCloud? Both.
 */
public final class Coverage {
    private final Library library;
    private final boolean icloudOff;
    private final List<Asset> assets;
    private final AssetLookup lookup;
    private final Set<String> unreadable = new HashSet<>();

    private Coverage(Listing listing, List<Asset> assets, Library library) {
        this.library = library;
        this.icloudOff = library.icloud().equals(Optional.of(false));
        this.assets = assets;
        this.lookup = new AssetLookup(assets);
        for (Unreadable closed : listing.unreadable()) {
            String path = closed.path();
            unreadable.add(path);
            int dot = path.lastIndexOf('.');
            if (dot > path.lastIndexOf('/')) {
                unreadable.add(path.substring(0, dot));
            }
        }
    }

    /**
     * Returns every asset that the phone lists or the library knows, once each: those of the library in its order, then
     * files that the library does not know. Leaves out copies from shared albums, whose originals belong to somebody
     * else.
     *
     * @return a lazy list that judges an asset at each access: iterate over it, and keep only what you need
     */
    public static List<AssetCoverage> of(Listing listing, Library library) {
        Coverage coverage = new Coverage(listing, AssetGrouping.group(listing), library);
        BitSet whole = new BitSet();
        int[] known = coverage.known(library, whole);
        int[] strangers = IntStream.range(0, coverage.assets.size())
                .filter(asset -> !whole.get(asset))
                .map(asset -> ~asset)
                .toArray();
        int[] rows = Arrays.copyOf(known, known.length + strangers.length);
        System.arraycopy(strangers, 0, rows, known.length, strangers.length);
        return new Judged(coverage, rows);
    }

    /** Every asset, by its index in the library; negative complements are indexes into the phone's listing. */
    private static final class Judged extends AbstractList<AssetCoverage> implements RandomAccess {
        private final Coverage coverage;
        private final int[] rows;

        Judged(Coverage coverage, int[] rows) {
            this.coverage = coverage;
            this.rows = rows;
        }

        @Override
        public int size() {
            return rows.length;
        }

        @Override
        public AssetCoverage get(int index) {
            int row = rows[index];
            if (row < 0) {
                return coverage.stranger(coverage.assets.get(~row));
            }
            LibraryAsset asset = coverage.library.assets().get(row);
            return coverage.judge(asset);
        }
    }

    /** @param whole receives the indexes of the assets whose files these are */
    private int[] known(Library all, BitSet whole) {
        BitSet seen = new BitSet(all.size());
        return IntStream.range(0, all.size())
                .map(row -> all.numberAt(all.path(row)))
                .filter(row -> {
                    boolean again = seen.get(row);
                    seen.set(row);
                    return !again;
                })
                .filter(row -> {
                    LibraryAsset asset = all.assets().get(row);
                    int number = number(asset);
                    if (number >= 0 && isWhole(asset, assets.get(number))) {
                        whole.set(number);
                    }
                    return number >= 0 || !asset.is(Trait.SHARED_COPY);
                })
                .toArray();
    }

    /**
     * Returns whether the library knows every file of the asset, rather than only a film that shares its name with a
     * still.
     */
    private boolean isWhole(LibraryAsset asset, Asset files) {
        return asset.kind() != Role.VIDEO
                || files.primary().role() != Role.PHOTO
                || isKnown(files.primary().file().path());
    }

    private boolean isKnown(String path) {
        return library.numberAt(path) >= 0;
    }

    private Optional<Asset> files(LibraryAsset asset) {
        int number = number(asset);
        return number < 0 ? Optional.empty() : Optional.of(assets.get(number));
    }

    /**
     * Returns the index of the files of an asset: the group that contains its original, or the edits and films that
     * were left without one; -1 if there are none.
     */
    private int number(LibraryAsset asset) {
        int there = lookup.at(asset.path());
        if (there >= 0) {
            return there;
        }
        int left = lookup.withKey(asset.key());
        boolean isOf =
                left >= 0 && assets.get(left).resources().stream().allMatch(resource -> isLeftOver(asset, resource));
        return isOf ? left : -1;
    }

    private boolean isLeftOver(LibraryAsset asset, Resource resource) {
        if (isKnown(resource.file().path())) {
            return false;
        }
        boolean film = resource.role() == Role.VIDEO || resource.role() == Role.PAIRED_VIDEO;
        boolean ownFilm = film && asset.kind() == Role.PHOTO && expects(asset, Role.PAIRED_VIDEO);
        return ownFilm || !resource.role().isOriginal() || resource.role() == Role.ALTERNATE_PHOTO;
    }

    private AssetCoverage judge(LibraryAsset asset) {
        Optional<Asset> files = files(asset);
        Judgement judgement = files.filter(all -> all.resources().stream()
                        .anyMatch(resource -> resource.file().path().equals(asset.path())))
                .map(all -> judgePresent(asset, all))
                .orElseGet(() -> judgeAbsent(asset));
        return new AssetCoverage(
                asset.path(),
                judgement.whereabouts,
                judgement.confidence,
                judgement.evidence,
                files.map(all -> own(asset.path(), all)),
                Optional.of(asset));
    }

    private record Judgement(CoverageClass whereabouts, Confidence confidence, String evidence) {}

    private Judgement judgePresent(LibraryAsset asset, Asset files) {
        Upload upload = asset.upload();
        if (icloudOff && upload != Upload.UPLOADED && upload != Upload.PENDING) {
            return new Judgement(
                    CoverageClass.ONLY_ON_PHONE,
                    Confidence.MEDIUM,
                    "it is on the iPhone, and iCloud Photos seems to be off");
        }
        if (upload == Upload.NOT_UPLOADED) {
            return new Judgement(
                    CoverageClass.ONLY_ON_PHONE,
                    Confidence.HIGH,
                    "it is on the iPhone; the library does not say that iCloud has it");
        }
        if (upload == Upload.REJECTED) {
            return new Judgement(
                    CoverageClass.ONLY_ON_PHONE,
                    Confidence.HIGH,
                    "it is on the iPhone; the library says that iCloud refused it");
        }
        if (upload == Upload.PENDING) {
            return new Judgement(
                    CoverageClass.WAITING_FOR_ICLOUD,
                    Confidence.HIGH,
                    "it is on the iPhone; the library says that it is waiting for upload");
        }
        Optional<Role> missing = missingPart(asset, files);
        if (missing.isPresent()) {
            boolean told = asset.originals().stream()
                    .anyMatch(original ->
                            original.role() == missing.get() && original.here().equals(Optional.of(false)));
            return new Judgement(
                    CoverageClass.PART_MISSING,
                    told ? Confidence.HIGH : Confidence.MEDIUM,
                    (missing.get() == Role.PAIRED_VIDEO ? "the video of this Live Photo" : "its RAW half")
                            + " is not on the iPhone");
        }
        if (upload == Upload.UPLOADED) {
            return new Judgement(
                    CoverageClass.IN_ICLOUD_AND_ON_PHONE,
                    Confidence.HIGH,
                    "it is on the iPhone; the library says that it was uploaded");
        }
        return new Judgement(
                CoverageClass.UNKNOWN,
                Confidence.LOW,
                "it is on the iPhone, but the library does not say whether iCloud has it");
    }

    private Judgement judgeAbsent(LibraryAsset asset) {
        Optional<Original> primary = asset.originals().stream()
                .filter(original -> original.role() == asset.kind())
                .findFirst();
        boolean said = primary.filter(original -> original.inCloud().equals(Optional.of(true))
                        && original.here().equals(Optional.of(false)))
                .isPresent();
        boolean inCloud = primary.filter(original -> original.inCloud().equals(Optional.of(true)))
                        .isPresent()
                || asset.upload() == Upload.UPLOADED;
        boolean listed = isListed(asset.path());
        if (said || (inCloud && listed)) {
            return new Judgement(
                    CoverageClass.ONLY_IN_ICLOUD,
                    !listed ? Confidence.LOW : said ? Confidence.HIGH : Confidence.MEDIUM,
                    said
                            ? "the library says that the original is in iCloud and not on the iPhone"
                            : "the original is not on the iPhone, and the library says that iCloud has it");
        }
        return new Judgement(
                CoverageClass.UNKNOWN,
                Confidence.LOW,
                listed
                        ? "the original is not on the iPhone, and nothing shows that iCloud has it"
                        : "the iPhone does not allow reading its folder");
    }

    private AssetCoverage stranger(Asset files) {
        boolean off = icloudOff;
        Asset asset = own("", files);
        return new AssetCoverage(
                asset.primary().file().path(),
                off ? CoverageClass.ONLY_ON_PHONE : CoverageClass.UNKNOWN,
                off ? Confidence.MEDIUM : Confidence.LOW,
                off
                        ? "it is on the iPhone, and iCloud Photos seems to be off"
                        : library.isThere()
                                ? "it is on the iPhone, but not in the library"
                                : "it is on the iPhone, and there is no library to say whether iCloud has it",
                Optional.of(asset),
                Optional.empty());
    }

    /** Returns an original that the asset should have and that is not among its files. */
    private Optional<Role> missingPart(LibraryAsset asset, Asset files) {
        for (Role part : List.of(Role.PAIRED_VIDEO, Role.ALTERNATE_PHOTO)) {
            if (expects(asset, part) && !has(files, asset, part) && isListed(asset.key())) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    /** Returns the original roles that an asset lacks, if its primary original is present. */
    public static List<Role> missingParts(LibraryAsset asset, Asset files) {
        return Stream.of(Role.PAIRED_VIDEO, Role.ALTERNATE_PHOTO)
                .filter(part -> expects(asset, part) && !has(files, asset, part))
                .toList();
    }

    private static boolean expects(LibraryAsset asset, Role part) {
        return (part == Role.PAIRED_VIDEO && asset.is(Trait.LIVE))
                || asset.originals().stream().anyMatch(original -> original.role() == part);
    }

    /**
     * Apple and we may disagree on which half of a RAW + JPEG pair is the alternate, so the two halves only have to be
     * present.
     */
    private static boolean has(Asset files, LibraryAsset asset, Role part) {
        boolean film = part == Role.PAIRED_VIDEO;
        return files.resources().stream()
                .filter(resource -> !resource.file().path().equals(asset.path()))
                .anyMatch(resource -> film
                        ? resource.role() == Role.PAIRED_VIDEO || resource.role() == Role.VIDEO
                        : resource.role() == Role.ALTERNATE_PHOTO || resource.role() == Role.PHOTO);
    }

    /** Drops files that the library knows as an asset of their own: a film may share its name with a still. */
    private Asset own(String mine, Asset all) {
        List<Resource> own = new ArrayList<>(all.resources().size());
        for (Resource resource : all.resources()) {
            String path = resource.file().path();
            if (path.equals(mine) || !isKnown(path)) {
                own.add(resource);
            }
        }
        return own.size() == all.resources().size() ? all : new Asset(all.key(), all.name(), own);
    }

    /** Returns whether a path would have been listed if it existed: neither it nor a folder above it was unreadable. */
    private boolean isListed(String path) {
        if (unreadable.isEmpty()) {
            return true;
        }
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (unreadable.contains(path.substring(0, end))) {
                return false;
            }
        }
        return true;
    }
}
