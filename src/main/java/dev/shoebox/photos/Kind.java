package dev.shoebox.photos;

import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.format.FileKind;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What people tell photos and videos apart by; an asset may be of several kinds. */
public enum Kind {
    /** Anything with a still, a Live Photo too. */
    PHOTO,
    /** A film of its own, not the moving half of a Live Photo. */
    VIDEO,
    LIVE,
    SCREENSHOT,
    SCREEN_RECORDING,
    BURST,
    /** Anything with a RAW file. */
    RAW,
    EDITED;

    /** iPhones save what is on the screen under a camera's name, but as PNG, which no camera makes. */
    private static final Pattern SCREENSHOT_NAME =
            Pattern.compile("IMG_\\d{4,}\\.PNG|.*screen[ _-]?shot.*", Pattern.CASE_INSENSITIVE);

    private static final Pattern RECORDING_NAME =
            Pattern.compile("RPReplay.*|.*screen[ _-]?recording.*", Pattern.CASE_INSENSITIVE);

    /** By what the library says, and by the files for what it cannot say or where it does not know them. */
    public static Set<Kind> of(Asset asset, Optional<LibraryAsset> known) {
        Set<Kind> kinds = known.map(Kind::of).orElseGet(() -> byName(asset));
        if (known.filter(says -> says.is(Trait.EXPORTED)).isPresent()) {
            kinds.addAll(byName(asset));
        }
        boolean still = false;
        boolean film = false;
        for (Resource resource : asset.resources()) {
            switch (resource.role()) {
                case PHOTO, ALTERNATE_PHOTO -> still = true;
                case VIDEO -> film = true;
                case PAIRED_VIDEO -> kinds.add(LIVE);
                case FULL_SIZE_PHOTO, FULL_SIZE_VIDEO, FULL_SIZE_PAIRED_VIDEO -> kinds.add(EDITED);
                case ADJUSTMENT_DATA, ADJUSTMENT_BASE_PHOTO, PREVIEW, OTHER, FILE -> {
                    // Tells no kind.
                }
            }
            if (resource.role().isOriginal() && FileKind.of(resource.file().name()) == FileKind.RAW) {
                kinds.add(RAW);
            }
        }
        if (known.isEmpty() && (still || film)) {
            kinds.add(still ? PHOTO : VIDEO);
        }
        return kinds;
    }

    /** By what the library says alone. */
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
                    // No kind that can be asked for.
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

    /** As people write it: {@code screen-recording}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
