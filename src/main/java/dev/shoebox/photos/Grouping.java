package dev.shoebox.photos;

import java.util.ArrayList;
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
public final class Grouping {
    private static final String MUTATIONS = "PhotoData/Mutations/";
    private static final String ADJUSTMENTS = "/Adjustments/";
    private static final String EDITED = "IMG_E";
    private static final Pattern EDITED_NAME = Pattern.compile(EDITED + "(\\d+)");
    private static final Pattern ADJUSTMENT_NAME = Pattern.compile("IMG_[EO](\\d+)");

    private Grouping() {}

    /** Every file belongs to exactly one asset; assets and their files keep the order of {@code files}. */
    public static List<Asset> group(List<MediaFile> files) {
        List<Member> members = new ArrayList<>(files.size());
        Set<String> shot = new HashSet<>();
        for (MediaFile file : files) {
            Member member = member(file);
            members.add(member);
            if (member.place() == Place.BESIDE && member.isShot()) {
                shot.add(member.key());
            }
        }
        Map<String, Stem> stems = new LinkedHashMap<>();
        for (Member member : members) {
            Member settled = asMotion(asRender(member, shot), shot);
            stems.computeIfAbsent(settled.key(), Stem::new).add(settled);
        }
        List<Asset> assets = new ArrayList<>(stems.size());
        Set<String> keys = new HashSet<>(stems.keySet());
        for (Stem stem : stems.values()) {
            stem.addTo(assets, keys);
        }
        return assets;
    }

    /**
     * Whether a file is a photo, a video or something that belongs to one, by the name at the end of its path or by
     * lying among a phone's edits.
     */
    public static boolean isMediaOrCompanion(String path) {
        return FileKind.of(path.substring(path.lastIndexOf('/') + 1)) != FileKind.OTHER
                || editedAsset(path).isPresent();
    }

    private static Member member(MediaFile file) {
        String name = file.name();
        String extension = FileKind.extension(name);
        FileKind kind = FileKind.ofExtension(extension);
        Optional<String> edited = editedAsset(file.path());
        if (edited.isPresent()) {
            return new Member(file, kind, extension, edited.get(), Place.MUTATION);
        }
        String base = FileKind.base(name);
        if (kind == FileKind.ADJUSTMENT) {
            var matcher = ADJUSTMENT_NAME.matcher(base);
            base = matcher.matches() ? "IMG_" + matcher.group(1) : base;
        }
        return new Member(file, kind, extension, key(file.directory(), base), Place.BESIDE);
    }

    /** The film of {@code PXL_1.MP.jpg} is called {@code PXL_1.MP} in an export. */
    private static Member asMotion(Member member, Set<String> shot) {
        String path = member.file().path();
        return member.place() == Place.BESIDE && member.kind() == FileKind.VIDEO && shot.contains(path)
                ? new Member(member.file(), member.kind(), member.extension(), path, Place.BESIDE)
                : member;
    }

    /**
     * {@code IMG_E0001} or {@code IMG_0001-edited} is an edit only where its original lies beside it: any program may call
     * a photo so.
     */
    private static Member asRender(Member member, Set<String> shot) {
        String name = member.file().name();
        if (member.place() == Place.BESIDE && member.isShot() && name.indexOf('-') > 0) {
            Optional<String> original = EditedName.original(FileKind.base(name))
                    .map(base -> key(member.file().directory(), base))
                    .filter(shot::contains);
            if (original.isPresent()) {
                return new Member(member.file(), member.kind(), member.extension(), original.get(), Place.RENDER);
            }
        }
        if (member.place() == Place.BESIDE && name.startsWith(EDITED)) {
            var matcher = EDITED_NAME.matcher(FileKind.base(name));
            if (matcher.matches()) {
                String original = key(member.file().directory(), "IMG_" + matcher.group(1));
                if (shot.contains(original)) {
                    return new Member(member.file(), member.kind(), member.extension(), original, Place.RENDER);
                }
            }
        }
        return member;
    }

    /** The key of the asset that a file under {@code PhotoData/Mutations} is an edit of. */
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

    /** How a file came to its asset. */
    enum Place {
        /** By the same name in the same folder. */
        BESIDE,
        /** As {@code IMG_E0001} beside {@code IMG_0001}. */
        RENDER,
        /** From the phone's folder of edits. */
        MUTATION
    }

    record Member(MediaFile file, FileKind kind, String extension, String key, Place place) {
        boolean isShot() {
            return kind == FileKind.STILL || kind == FileKind.RAW || kind == FileKind.VIDEO;
        }
    }
}
