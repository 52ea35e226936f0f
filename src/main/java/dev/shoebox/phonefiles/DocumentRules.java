package dev.shoebox.phonefiles;

import dev.shoebox.device.afc.WalkRules;
import dev.shoebox.device.apps.HouseArrest;
import dev.shoebox.photos.source.PassedOver;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes everything that an app shares, except deleted files and those that macOS leaves behind. */
final class DocumentRules implements WalkRules {
    private static final String TRASH = HouseArrest.DOCUMENTS + "/.Trash";
    private static final Set<String> LEFT_BEHIND = Set.of(".DS_Store", ".localized");

    @Override
    public List<String> roots() {
        return List.of(HouseArrest.DOCUMENTS);
    }

    @Override
    public boolean enters(String folder) {
        return true;
    }

    @Override
    public Optional<PassedOver> folder(String path) {
        return path.equals(TRASH)
                ? Optional.of(new PassedOver(path, PassedOver.Kind.TRASH, "it is in a trash folder", 0))
                : Optional.empty();
    }

    @Override
    public Optional<PassedOver> file(String path) {
        return isLeftBehind(path)
                ? Optional.of(
                        new PassedOver(path, PassedOver.Kind.SYSTEM, "made by an operating system for its own use"))
                : Optional.empty();
    }

    /** Returns whether macOS creates such files in every folder that it opens. */
    static boolean isLeftBehind(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.startsWith("._") || LEFT_BEHIND.contains(name);
    }
}
