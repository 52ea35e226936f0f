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
 * same edit as {@code IMG_E0001.HEIC} and {@code IMG_0001.AAE} beside the original. Both are understood, wherever in a
 * folder the copy of a phone lies.
 */
public final class Grouping {
    private static final String MUTATIONS = "PhotoData/Mutations/";
    private static final String ADJUSTMENTS = "/Adjustments/";
    private static final Pattern EDITED_NAME = Pattern.compile("IMG_E(\\d+)");
    private static final Pattern ADJUSTMENT_NAME = Pattern.compile("IMG_[EO](\\d+)");

    private Grouping() {}

    /** Every file belongs to exactly one asset; assets and their files keep the order of {@code files}. */
    public static List<Asset> group(List<MediaFile> files) {
        Set<String> shot = new HashSet<>();
        for (MediaFile file : files) {
            FileKind kind = FileKind.of(file.name());
            if (kind != FileKind.OTHER
                    && kind != FileKind.ADJUSTMENT
                    && editedAsset(file).isEmpty()) {
                shot.add(key(file.directory(), FileKind.base(file.name())));
            }
        }
        Map<String, Stem> stems = new LinkedHashMap<>();
        for (MediaFile file : files) {
            Member member = member(file, shot);
            stems.computeIfAbsent(member.key(), Stem::new).add(member);
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

    private static Member member(MediaFile file, Set<String> shot) {
        Optional<String> edited = editedAsset(file);
        if (edited.isPresent()) {
            return new Member(file, edited.get(), Place.MUTATION);
        }
        String base = FileKind.base(file.name());
        if (FileKind.of(file.name()) == FileKind.ADJUSTMENT) {
            var matcher = ADJUSTMENT_NAME.matcher(base);
            String original = matcher.matches() ? "IMG_" + matcher.group(1) : base;
            return new Member(file, key(file.directory(), original), Place.BESIDE);
        }
        var matcher = EDITED_NAME.matcher(base);
        if (matcher.matches()) {
            String original = key(file.directory(), "IMG_" + matcher.group(1));
            if (shot.contains(original)) {
                return new Member(file, original, Place.RENDER);
            }
        }
        return new Member(file, key(file.directory(), base), Place.BESIDE);
    }

    private static Optional<String> editedAsset(MediaFile file) {
        return editedAsset(file.path());
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

    record Member(MediaFile file, String key, Place place) {
        FileKind kind() {
            return FileKind.of(file.name());
        }

        boolean is(Place where, FileKind what) {
            return place == where && kind() == what;
        }
    }
}
