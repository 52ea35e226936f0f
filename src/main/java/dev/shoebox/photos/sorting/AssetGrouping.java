package dev.shoebox.photos.sorting;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.format.FileKind;
import dev.shoebox.photos.naming.EditedName;
import dev.shoebox.photos.naming.ExportName;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.PackedFiles;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Groups files into assets: same folder and base name, edits through their path, never by the bare name.
 *
 * <p>An iPhone keeps the edit of {@code DCIM/100APPLE/IMG_0001.HEIC} under
 * {@code PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments}; programs that copied photos by cable before wrote the
 * same edit as {@code IMG_E0001.HEIC} and {@code IMG_0001.AAE} beside the original, and Google Photos exports it as
 * {@code IMG_0001-edited.HEIC}. All are understood, wherever in a folder the copy of a phone lies.
 */
public final class AssetGrouping {
    private static final String MUTATIONS = "PhotoData/Mutations/";
    private static final String ADJUSTMENTS = "/Adjustments/";
    private static final String EDITED = "IMG_E";
    private static final Pattern EDITED_NAME = Pattern.compile("(IMG_)E(\\d+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADJUSTMENT_NAME = Pattern.compile("(IMG_)[EO](\\d+)", Pattern.CASE_INSENSITIVE);

    private AssetGrouping() {}

    /**
     * Groups files. Every file belongs to exactly one asset; assets and their files keep the order of {@code files}.
     */
    public static List<Asset> group(List<MediaFile> files) {
        return group(PackedFiles.of(files), Map.of());
    }

    /** Groups the files of a listing, each into exactly one asset. */
    public static List<Asset> group(Listing listing) {
        return group(PackedFiles.of(listing.files()), listing.inventory().told());
    }

    /** @param told the kind of files whose names do not tell it, by path */
    private static List<Asset> group(PackedFiles files, Map<String, FileKind> told) {
        PackedAssets.Builder assets = new PackedAssets.Builder(files);
        for (int[] together : new RelatedFolders(files, AssetGrouping::folderOfAsset).files()) {
            group(files, together, told, assets);
        }
        return assets.build();
    }

    /** @param together all files of a set of folders that are unrelated to any others */
    private static void group(
            PackedFiles files, int[] together, Map<String, FileKind> told, PackedAssets.Builder assets) {
        List<Member> members = new ArrayList<>(together.length);
        Set<String> shot = new HashSet<>();
        boolean companions = false;
        for (int index : together) {
            Member member = member(index, files.get(index), told);
            members.add(member);
            if (member.place() == Place.BESIDE && member.isShot()) {
                shot.add(member.key());
            }
            companions |= isPerhapsCompanion(member, told);
        }
        if (companions) {
            join(members, shot, told);
        }
        Map<String, String> originals = new HashMap<>();
        members.replaceAll(member -> {
            Member settled = asMotion(asRender(member, shot), shot);
            if (settled.place() == Place.RENDER && member.place() == Place.BESIDE) {
                originals.put(member.key(), settled.key());
            }
            return settled;
        });
        Map<String, AssetBuilder> stems = new LinkedHashMap<>();
        for (Member member : members) {
            Member settled = member.place() == Place.COMPANION
                    ? member.ofAsset(originals.getOrDefault(member.key(), member.key()))
                    : member;
            stems.computeIfAbsent(settled.key(), AssetBuilder::new).add(settled);
        }
        Set<String> keys = new HashSet<>(stems.keySet());
        for (AssetBuilder stem : stems.values()) {
            stem.addTo(assets, keys);
        }
    }

    private static boolean isPerhapsCompanion(Member member, Map<String, FileKind> told) {
        return member.place() == Place.BESIDE
                && (!member.isShot() || told.containsKey(member.file().path()));
    }

    /** Assigns companions to their photo or film. */
    private static void join(List<Member> members, Set<String> shot, Map<String, FileKind> told) {
        Set<String> paths = new HashSet<>();
        for (Member member : members) {
            if (member.place() == Place.BESIDE && member.isShot()) {
                paths.add(member.file().path());
            }
        }
        Companions companions = new Companions(paths, shot);
        companions.addTexts(members.stream()
                .map(Member::file)
                .filter(file -> ExportName.isJson(file.name()))
                .toList());
        members.replaceAll(member -> isPerhapsCompanion(member, told)
                ? companions
                        .of(member.file().path(), FileKind.of(member.file().name()))
                        .filter(owner ->
                                !owner.path().equals(Optional.of(member.file().path())))
                        .map(owner -> member.with(owner))
                        .orElse(member)
                : member);
    }

    /**
     * Returns whether a file is a photo, a video or a companion of one, by its name, or because it is among the edits
     * of a phone or a photo library.
     */
    public static boolean isMediaOrCompanion(String path) {
        FileKind kind = FileKind.of(path.substring(path.lastIndexOf('/') + 1));
        return kind.isShot() || kind == FileKind.ADJUSTMENT || isEdit(path);
    }

    /** Returns whether a file is where a phone or a photo library on a Mac keeps its edits. */
    public static boolean isEdit(String path) {
        return editedAsset(path).isPresent()
                || MacLibrary.part(path).filter(MacLibrary.Part::isEdit).isPresent();
    }

    /** Returns the folder of the asset that the file may belong to, with a slash at the end. */
    private static String folderOfAsset(String path) {
        Optional<String> key = editedAsset(path).or(() -> MacLibrary.part(path).map(MacLibrary.Part::key));
        String place = key.orElse(path);
        return place.substring(0, place.lastIndexOf('/') + 1);
    }

    private static Member member(int index, MediaFile file, Map<String, FileKind> told) {
        String name = file.name();
        String extension = FileKind.extension(name);
        FileKind kind = told.getOrDefault(file.path(), FileKind.ofExtension(extension));
        Optional<String> edited = editedAsset(file.path());
        if (edited.isPresent()) {
            return new Member(index, file, kind, extension, edited.get(), Place.MUTATION);
        }
        Optional<MacLibrary.Part> part = MacLibrary.part(file.path());
        if (part.isPresent()) {
            return new Member(
                    index, file, kind, extension, part.get().key(), part.get().isEdit() ? Place.RENDER : Place.BESIDE);
        }
        String base = FileKind.base(name);
        if (kind == FileKind.ADJUSTMENT) {
            var matcher = ADJUSTMENT_NAME.matcher(base);
            base = matcher.matches() ? matcher.group(1) + matcher.group(2) : base;
        }
        return new Member(index, file, kind, extension, key(file.directory(), base), Place.BESIDE);
    }

    /** In an export, the film of {@code PXL_1.MP.jpg} is named {@code PXL_1.MP}. */
    private static Member asMotion(Member member, Set<String> shot) {
        String path = member.file().path();
        return member.place() == Place.BESIDE && member.kind() == FileKind.VIDEO && shot.contains(path)
                ? member.at(path, Place.BESIDE)
                : member;
    }

    /**
     * {@code IMG_E0001} or {@code IMG_0001-edited} is an edit only if its original is beside it: any program may use
     * such names.
     */
    private static Member asRender(Member member, Set<String> shot) {
        String name = member.file().name();
        if (member.place() == Place.BESIDE && member.isShot() && name.indexOf('-') > 0) {
            Optional<String> original = EditedName.original(FileKind.base(name))
                    .map(base -> key(member.file().directory(), base))
                    .filter(shot::contains);
            if (original.isPresent()) {
                return member.at(original.get(), Place.RENDER);
            }
        }
        if (member.place() == Place.BESIDE && name.regionMatches(true, 0, EDITED, 0, EDITED.length())) {
            var matcher = EDITED_NAME.matcher(FileKind.base(name));
            if (matcher.matches()) {
                String original = key(member.file().directory(), matcher.group(1) + matcher.group(2));
                if (shot.contains(original)) {
                    return member.at(original, Place.RENDER);
                }
            }
        }
        return member;
    }

    /** Returns the key of the asset that a file under {@code PhotoData/Mutations} is an edit of. */
    private static Optional<String> editedAsset(String path) {
        int mutations = path.indexOf(MUTATIONS);
        if (mutations < 0 || (mutations > 0 && path.charAt(mutations - 1) != '/')) {
            return Optional.empty();
        }
        String rest = path.substring(mutations + MUTATIONS.length());
        int adjustments = rest.indexOf(ADJUSTMENTS);
        return adjustments <= 0
                ? Optional.empty()
                : Optional.of(path.substring(0, mutations) + rest.substring(0, adjustments));
    }

    private static String key(String directory, String base) {
        return directory.isEmpty() ? base : directory + "/" + base;
    }

    /** Why a file belongs to its asset. */
    enum Place {
        /** The same name in the same folder. */
        BESIDE,
        /** Named like {@code IMG_E0001} beside {@code IMG_0001}. */
        RENDER,
        /** In the phone's folder of edits. */
        MUTATION,
        /** Named after its photo or film. */
        COMPANION
    }

    /**
     * A file with what its name reveals.
     *
     * @param index its index among all files to group
     * @param owner the path of the one file that a companion is named after, if any
     */
    record Member(
            int index,
            MediaFile file,
            FileKind kind,
            String extension,
            String key,
            Place place,
            Optional<String> owner) {
        Member(int index, MediaFile file, FileKind kind, String extension, String key, Place place) {
            this(index, file, kind, extension, key, place, Optional.empty());
        }

        Member with(Companions.Owner photo) {
            return new Member(index, file, kind, extension, photo.key(), Place.COMPANION, photo.path());
        }

        Member ofAsset(String otherKey) {
            return new Member(index, file, kind, extension, otherKey, place, owner);
        }

        Member at(String otherKey, Place otherPlace) {
            return new Member(index, file, kind, extension, otherKey, otherPlace);
        }

        boolean isShot() {
            return kind.isShot();
        }
    }
}
