package dev.shoebox.photos.choice;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;

/** Selects the files of an asset with several that could stand alone. */
public record ResourceFilter(Live live, Edited edited, Raw raw) {
    public static final ResourceFilter ALL = new ResourceFilter(Live.BOTH, Edited.BOTH, Raw.BOTH);

    /** For a Live Photo. */
    public enum Live {
        BOTH,
        PHOTO,
        VIDEO
    }

    /** For an edited photo. */
    public enum Edited {
        BOTH,
        ORIGINAL,
        EDITED
    }

    /** For a RAW + JPEG pair. */
    public enum Raw {
        BOTH,
        RAW,
        JPEG
    }

    /** Whether nothing is left out. */
    public boolean isAll() {
        return live == Live.BOTH && edited == Edited.BOTH && raw == Raw.BOTH;
    }

    /** Returns whether to keep a file. It is excluded only if the preferred one is on the source. */
    public boolean keep(Asset asset, Resource resource) {
        return keepsForLive(asset, resource.role())
                && keepsForEdited(asset, resource.role())
                && keepsForRaw(asset, resource.role());
    }

    private boolean keepsForLive(Asset asset, Role role) {
        boolean moving = role == Role.PAIRED_VIDEO || role == Role.FULL_SIZE_PAIRED_VIDEO;
        boolean still = role == Role.PHOTO
                || role == Role.ALTERNATE_PHOTO
                || role == Role.FULL_SIZE_PHOTO
                || role == Role.ADJUSTMENT_BASE_PHOTO;
        return switch (live) {
            case BOTH -> true;
            case PHOTO -> !moving || !(has(asset, Role.PHOTO) || has(asset, Role.ALTERNATE_PHOTO));
            case VIDEO -> !still || !has(asset, Role.PAIRED_VIDEO);
        };
    }

    private boolean keepsForEdited(Asset asset, Role role) {
        return switch (edited) {
            case BOTH -> true;
            case ORIGINAL ->
                role.isOriginal()
                        || asset.resources().stream()
                                .noneMatch(resource -> resource.role().isOriginal());
            case EDITED ->
                switch (role) {
                    case PHOTO, ALTERNATE_PHOTO -> !has(asset, Role.FULL_SIZE_PHOTO);
                    case VIDEO -> !has(asset, Role.FULL_SIZE_VIDEO);
                    case PAIRED_VIDEO -> !has(asset, Role.FULL_SIZE_PAIRED_VIDEO);
                    default -> true;
                };
        };
    }

    private boolean keepsForRaw(Asset asset, Role role) {
        return switch (raw) {
            case BOTH -> true;
            case RAW -> role != Role.PHOTO || !has(asset, Role.ALTERNATE_PHOTO);
            case JPEG -> role != Role.ALTERNATE_PHOTO || !has(asset, Role.PHOTO);
        };
    }

    private static boolean has(Asset asset, Role role) {
        return asset.resources().stream().anyMatch(resource -> resource.role() == role);
    }
}
