package dev.shoebox.phonefiles;

import dev.shoebox.device.afc.WalkRules;
import dev.shoebox.photos.source.PassedOver;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes the user's files in the media folder, except photos, which another source provides. */
final class MediaRules implements WalkRules {
    private static final Set<String> PHOTOS = Set.of("DCIM", "PhotoData");

    private final FileChoice choice;

    MediaRules(FileChoice choice) {
        this.choice = choice;
    }

    @Override
    public List<String> roots() {
        return List.of("");
    }

    @Override
    public boolean enters(String folder) {
        return !PHOTOS.contains(folder);
    }

    @Override
    public Optional<PassedOver> folder(String path) {
        return FileGroup.mayHold(path)
                ? Optional.empty()
                : Optional.of(new PassedOver(path, PassedOver.Kind.SYSTEM, "reserved by iOS", 0));
    }

    @Override
    public Optional<PassedOver> file(String path) {
        Optional<FileGroup> group = FileGroup.of(path);
        if (group.isEmpty()) {
            return Optional.of(new PassedOver(path, PassedOver.Kind.SYSTEM, "reserved by iOS"));
        }
        if (!choice.groups().contains(group.get())) {
            return Optional.of(new PassedOver(path, PassedOver.Kind.SOUND, "not one of the requested kinds"));
        }
        return FileGroup.isProtected(path)
                ? Optional.of(new PassedOver(
                        path,
                        PassedOver.Kind.PROTECTED,
                        "a protected purchase, playable only with the account that bought it or subscribes to it"))
                : Optional.empty();
    }
}
