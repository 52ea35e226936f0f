package dev.shoebox.coverage;

import dev.shoebox.coverage.AssetCoverage.Confidence;
import dev.shoebox.photos.Asset;
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

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where each asset of a phone is: a pure function of what the phone lists and what its library says. A file that is listed
 * is there, whatever the library says; one that is not listed is not, unless its folder could not be listed.
 *
 * <p>The order of the questions decides: is the original absent (then only in iCloud, with evidence, or unknown); is it not
 * in iCloud (only on this phone) or on its way there (waiting); is an original part of it absent (part missing); is it in
 * iCloud (both).
 */
public final class Coverage {
    private final Optional<Library> library;
    private final boolean icloudOff;
    private final Map<String, Asset> byPath = new HashMap<>();
    private final Map<String, Asset> byKey = new HashMap<>();
    private final Set<String> unreadable = new HashSet<>();
    private final List<AssetCoverage> covered = new ArrayList<>();

    private Coverage(Listing listing, List<Asset> assets, Optional<Library> library) {
        this.library = library;
        this.icloudOff = library.flatMap(Library::icloud).equals(Optional.of(false));
        for (Asset asset : assets) {
            byKey.put(asset.key(), asset);
            for (Resource resource : asset.resources()) {
                byPath.put(resource.file().path(), asset);
            }
        }
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
     * Every asset that the phone lists or the library knows, once each: those of the library in its order, then the files
     * that it does not know. The copies of shared albums, whose originals are somebody else's, are left out.
     */
    public static List<AssetCoverage> of(Listing listing, Optional<Library> library) {
        List<Asset> assets = AssetGrouping.group(listing);
        Coverage coverage = new Coverage(listing, assets, library);
        Set<Asset> known = coverage.addKnown();
        for (Asset asset : assets) {
            if (!known.contains(asset)) {
                coverage.addStranger(asset);
            }
        }
        return coverage.covered;
    }

    /** @return whose files they are */
    private Set<Asset> addKnown() {
        // By identity, which is what is meant: an asset's own comparison walks through all its files.
        Set<Asset> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<String> paths = new HashSet<>();
        for (LibraryAsset row : library.map(Library::assets).orElse(List.of())) {
            if (!paths.add(row.path())) {
                continue;
            }
            LibraryAsset asset = library.flatMap(all -> all.at(row.path())).orElse(row);
            Optional<Asset> files = files(asset);
            files.filter(all -> isWhole(asset, all)).ifPresent(taken::add);
            if (!asset.is(Trait.SHARED_COPY) || files.isPresent()) {
                covered.add(judge(asset, files));
            }
        }
        return taken;
    }

    /** Whether the library knows of all that is there, and not just of a film that shares its name with a still. */
    private boolean isWhole(LibraryAsset asset, Asset files) {
        return asset.kind() != Role.VIDEO
                || files.primary().role() != Role.PHOTO
                || library.flatMap(all -> all.at(files.primary().file().path())).isPresent();
    }

    /** The files that are of an asset: those its original stands among, or what edits and films are left without one. */
    private Optional<Asset> files(LibraryAsset asset) {
        Asset there = byPath.get(asset.path());
        if (there != null) {
            return Optional.of(there);
        }
        return Optional.ofNullable(byKey.get(asset.key()))
                .filter(left -> left.resources().stream().allMatch(resource -> isLeftOver(asset, resource)));
    }

    private boolean isLeftOver(LibraryAsset asset, Resource resource) {
        if (library.flatMap(all -> all.at(resource.file().path())).isPresent()) {
            return false;
        }
        boolean film = resource.role() == Role.VIDEO || resource.role() == Role.PAIRED_VIDEO;
        boolean ownFilm = film && asset.kind() == Role.PHOTO && expects(asset, Role.PAIRED_VIDEO);
        return ownFilm || !resource.role().isOriginal() || resource.role() == Role.ALTERNATE_PHOTO;
    }

    private AssetCoverage judge(LibraryAsset asset, Optional<Asset> files) {
        if (!byPath.containsKey(asset.path())) {
            return judgeAbsent(asset, files);
        }
        Judgement judgement = judgePresent(asset, files.orElseThrow());
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
                    "it is on the iPhone, whose library does not say that iCloud has it");
        }
        if (upload == Upload.REJECTED) {
            return new Judgement(
                    CoverageClass.ONLY_ON_PHONE,
                    Confidence.HIGH,
                    "it is on the iPhone, whose library says that iCloud could not take it");
        }
        if (upload == Upload.PENDING) {
            return new Judgement(
                    CoverageClass.WAITING_FOR_ICLOUD,
                    Confidence.HIGH,
                    "it is on the iPhone, whose library says that it is still to be uploaded");
        }
        Optional<Role> missing = missingPart(asset, files);
        if (missing.isPresent()) {
            boolean told = asset.originals().stream()
                    .anyMatch(original ->
                            original.role() == missing.get() && original.here().equals(Optional.of(false)));
            return new Judgement(
                    CoverageClass.PART_MISSING,
                    told ? Confidence.HIGH : Confidence.MEDIUM,
                    (missing.get() == Role.PAIRED_VIDEO ? "the film of this Live Photo" : "its RAW half")
                            + " is not on the iPhone");
        }
        if (upload == Upload.UPLOADED) {
            return new Judgement(
                    CoverageClass.IN_ICLOUD_AND_ON_PHONE,
                    Confidence.HIGH,
                    "it is on the iPhone, whose library says that it was uploaded");
        }
        return new Judgement(
                CoverageClass.UNKNOWN,
                Confidence.LOW,
                "it is on the iPhone, but the library does not tell whether iCloud has it");
    }

    private AssetCoverage judgeAbsent(LibraryAsset asset, Optional<Asset> files) {
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
        Judgement judgement;
        if (said || (inCloud && listed)) {
            judgement = new Judgement(
                    CoverageClass.ONLY_IN_ICLOUD,
                    !listed ? Confidence.LOW : said ? Confidence.HIGH : Confidence.MEDIUM,
                    said
                            ? "the library says that the original is in iCloud and not on the iPhone"
                            : "the original is not on the iPhone, and the library says that iCloud has it");
        } else {
            judgement = new Judgement(
                    CoverageClass.UNKNOWN,
                    Confidence.LOW,
                    listed
                            ? "the original is not on the iPhone, and nothing says that iCloud has it"
                            : "the iPhone does not let its folder be read");
        }
        return new AssetCoverage(
                asset.path(),
                judgement.whereabouts,
                judgement.confidence,
                judgement.evidence,
                files.map(all -> own(asset.path(), all)),
                Optional.of(asset));
    }

    private void addStranger(Asset files) {
        boolean off = icloudOff;
        Asset asset = own("", files);
        covered.add(new AssetCoverage(
                asset.primary().file().path(),
                off ? CoverageClass.ONLY_ON_PHONE : CoverageClass.UNKNOWN,
                off ? Confidence.MEDIUM : Confidence.LOW,
                off
                        ? "it is on the iPhone, and iCloud Photos seems to be off"
                        : library.isPresent()
                                ? "it is on the iPhone, but the library does not know it"
                                : "it is on the iPhone, and no library tells whether iCloud has it",
                Optional.of(asset),
                Optional.empty()));
    }

    /** An original that the asset should have and that is not among its files. */
    private Optional<Role> missingPart(LibraryAsset asset, Asset files) {
        for (Role part : List.of(Role.PAIRED_VIDEO, Role.ALTERNATE_PHOTO)) {
            if (expects(asset, part) && !has(files, asset, part) && isListed(asset.key())) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    /** Which originals of an asset these files of it lack, while its primary original is among them. */
    public static List<Role> missingParts(LibraryAsset asset, Asset files) {
        return Stream.of(Role.PAIRED_VIDEO, Role.ALTERNATE_PHOTO)
                .filter(part -> expects(asset, part) && !has(files, asset, part))
                .toList();
    }

    private static boolean expects(LibraryAsset asset, Role part) {
        return (part == Role.PAIRED_VIDEO && asset.is(Trait.LIVE))
                || asset.originals().stream().anyMatch(original -> original.role() == part);
    }

    /** Which of a RAW + JPEG pair is the other one depends on who looks: there must be two. */
    private static boolean has(Asset files, LibraryAsset asset, Role part) {
        boolean film = part == Role.PAIRED_VIDEO;
        return files.resources().stream()
                .filter(resource -> !resource.file().path().equals(asset.path()))
                .anyMatch(resource -> film
                        ? resource.role() == Role.PAIRED_VIDEO || resource.role() == Role.VIDEO
                        : resource.role() == Role.ALTERNATE_PHOTO || resource.role() == Role.PHOTO);
    }

    /** Without the files that the library knows as an asset of their own: a film may share its name with a still. */
    private Asset own(String mine, Asset all) {
        List<Resource> own = new ArrayList<>(all.resources().size());
        for (Resource resource : all.resources()) {
            String path = resource.file().path();
            if (path.equals(mine) || library.flatMap(known -> known.at(path)).isEmpty()) {
                own.add(resource);
            }
        }
        return own.size() == all.resources().size() ? all : new Asset(all.key(), all.name(), own);
    }

    /** Whether a path would have been listed if it were there: no folder around it was closed, nor it itself. */
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
