package dev.shoebox.device.afc;

import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.sorting.Clutter;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.Scope;

import java.util.List;
import java.util.Optional;

/** Takes everything except clutter: a phone keeps nothing among its photos that does not belong to them. */
final class PhotoRules implements WalkRules {
    private static final String MUTATIONS = "PhotoData/Mutations/";
    private static final String ADJUSTMENTS = "/Adjustments/";
    private static final int MOST_DEPTH = 16;

    private final List<String> roots;
    private final Clutter clutter;

    PhotoRules(Scope scope, List<String> roots) {
        this.roots = List.copyOf(roots);
        this.clutter = Clutter.below("", scope);
    }

    @Override
    public List<String> roots() {
        return roots;
    }

    @Override
    public boolean enters(String folder) {
        return true;
    }

    @Override
    public Optional<PassedOver> folder(String path) {
        return clutter.folder(path);
    }

    @Override
    public Optional<PassedOver> file(String path) {
        Optional<PassedOver> made = clutter.file(path);
        if (made.isPresent()) {
            return made;
        }
        if (path.startsWith(MUTATIONS) && !path.contains(ADJUSTMENTS)) {
            return Optional.of(
                    new PassedOver(path, PassedOver.Kind.DATA, "named like an edit's settings (.AAE), but is not one"));
        }
        boolean hidden = path.charAt(path.lastIndexOf('/') + 1) == '.';
        return hidden && !AssetGrouping.isMediaOrCompanion(path)
                ? Optional.of(
                        new PassedOver(path, PassedOver.Kind.SYSTEM, "a hidden file that is not a photo or video"))
                : Optional.empty();
    }

    @Override
    public String noun() {
        return "photo";
    }

    @Override
    public int depth() {
        return MOST_DEPTH;
    }

    @Override
    public boolean areNamesTelling() {
        return true;
    }

    /** Orders an edit directly after its original. */
    @Override
    public String order(String folder) {
        return folder.startsWith(MUTATIONS) ? folder.substring(MUTATIONS.length()) : folder;
    }
}
