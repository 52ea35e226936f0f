package dev.shoebox.photos;

import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.format.FileKind;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The kinds of photos and videos; an asset may be of several kinds. */
public enum Kind {
    /** Any asset with a still, including Live Photos. */
    PHOTO,
    /** A separate film, not the moving half of a Live Photo. */
    VIDEO,
    LIVE,
    SCREENSHOT,
    SCREEN_RECORDING,
    BURST,
    /** Any asset with a RAW file. */
    RAW,
    EDITED;

    /** iPhones save screenshots under a camera's name, but as PNG, which no camera does. */
    private static final Pattern SCREENSHOT_NAME =
            Pattern.compile("IMG_\\d{4,}\\.PNG|.*screen[ _-]?shot.*", Pattern.CASE_INSENSITIVE);

    private static final Pattern RECORDING_NAME =
            Pattern.compile("RPReplay.*|.*screen[ _-]?recording.*", Pattern.CASE_INSENSITIVE);

    /** Returns the kinds by the library, and by the files for what the library does not know. */
    public static Set<Kind> of(Asset asset, LibraryAsset known) {
        Set<Kind> kinds = of(known);
        if (known.is(Trait.EXPORTED)) {
            kinds.addAll(byName(asset));
        }
        kinds.addAll(byFiles(asset));
        return kinds;
    }

    /** Returns the kinds by the files only. */
    public static Set<Kind> of(Asset asset) {
        Set<Kind> kinds = byName(asset);
        kinds.addAll(byFiles(asset));
        Set<Role> roles = EnumSet.noneOf(Role.class);
        asset.resources().forEach(resource -> roles.add(resource.role()));
        if (roles.contains(Role.PHOTO) || roles.contains(Role.ALTERNATE_PHOTO)) {
            kinds.add(PHOTO);
        } else if (roles.contains(Role.VIDEO)) {
            kinds.add(VIDEO);
        }
        return kinds;
    }

    private static Set<Kind> byFiles(Asset asset) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Resource resource : asset.resources()) {
            switch (resource.role()) {
                case PAIRED_VIDEO -> kinds.add(LIVE);
                case FULL_SIZE_PHOTO, FULL_SIZE_VIDEO, FULL_SIZE_PAIRED_VIDEO -> kinds.add(EDITED);
                case PHOTO, ALTERNATE_PHOTO, VIDEO, ADJUSTMENT_DATA, ADJUSTMENT_BASE_PHOTO, PREVIEW, OTHER, FILE -> {
                    // Shows no kind.
                }
            }
            if (resource.role().isOriginal() && FileKind.of(resource.file().name()) == FileKind.RAW) {
                kinds.add(RAW);
            }
        }
        return kinds;
    }

    /** Returns the kinds by the library only. */
    public static Set<Kind> of(LibraryAsset known) {
        Set<Kind> kinds = EnumSet.of(known.kind() == Role.VIDEO ? VIDEO : PHOTO);
        for (Trait trait : known.traits()) {
            switch (trait) {
                case LIVE -> kinds.add(LIVE);
                case SCREENSHOT -> kinds.add(SCREENSHOT);
                case SCREEN_RECORDING -> kinds.add(SCREEN_RECORDING);
                case BURST -> kinds.add(BURST);
                case ADJUSTED -> kinds.add(EDITED);
                default -> {
                    // Not a selectable kind.
                }
            }
        }
        if (known.burst().isPresent()) {
            kinds.add(BURST);
        }
        boolean raw = FileKind.of(known.path()) == FileKind.RAW
                || known.originals().stream().anyMatch(original -> original.role() == Role.ALTERNATE_PHOTO);
        if (raw) {
            kinds.add(RAW);
        }
        return kinds;
    }

    private static Set<Kind> byName(Asset asset) {
        String name = asset.primary().file().name();
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        if (FileKind.of(name) == FileKind.STILL && SCREENSHOT_NAME.matcher(name).matches()) {
            kinds.add(SCREENSHOT);
        } else if (FileKind.of(name) == FileKind.VIDEO
                && RECORDING_NAME.matcher(name).matches()) {
            kinds.add(SCREEN_RECORDING);
        }
        return kinds;
    }

    /** Returns the word for users: {@code screen-recording}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
