package dev.shoebox.photos.sorting;

import dev.shoebox.photos.Role;
import dev.shoebox.photos.format.FileKind;
import dev.shoebox.photos.sorting.AssetGrouping.Member;
import dev.shoebox.photos.sorting.AssetGrouping.Place;
import dev.shoebox.photos.sorting.PackedAssets.Part;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Builds the asset of one folder and base name from its files and their edits, and assigns a role to each. */
final class AssetBuilder {
    /**
     * Extensions in order of preference: if two stills share a stem, the one that a camera is more likely to write is
     * the primary, whatever the order of the listing. Keys must be the same in every run.
     */
    private static final List<String> CAMERAS_CHOICE =
            List.of("heic", "heif", "hif", "jpg", "jpeg", "avif", "jxl", "tif", "tiff", "mov", "mp4");

    private static final Comparator<Member> BEST_FIRST = Comparator.comparingInt((Member member) -> {
                int index = CAMERAS_CHOICE.indexOf(member.extension());
                return index < 0 ? CAMERAS_CHOICE.size() : index;
            })
            .thenComparing(member -> member.file().path());

    /** Extensions of the moving half of a Live Photo. */
    private static final Set<String> PAIRED = Set.of("mov", "mp4", "mp", "mv");

    /** Stills that have no moving half: a screenshot and a film with the same name are two shots. */
    private static final Set<String> UNPAIRED = Set.of("png", "gif", "bmp", "webp", "tif", "tiff", "psd");

    private final String key;
    private final List<Member> members = new ArrayList<>(2);
    private Member still; // or null
    private Member raw; // or null
    private Member video; // or null

    AssetBuilder(String key) {
        this.key = key;
    }

    void add(Member member) {
        members.add(member);
        if (member.place() == Place.BESIDE) {
            switch (member.kind()) {
                case STILL -> still = best(still, member);
                case RAW -> raw = best(raw, member);
                case VIDEO -> video = best(video, member);
                case ADJUSTMENT, COMPANION, OTHER -> {
                    // These choose nothing.
                }
            }
        }
    }

    private static Member best(Member championOrNull, Member challenger) {
        return championOrNull != null && BEST_FIRST.compare(championOrNull, challenger) <= 0
                ? championOrNull
                : challenger;
    }

    /** @param keys every key in use; receives the keys of assets that are split off */
    void addTo(PackedAssets.Builder assets, Set<String> keys) {
        int first = members.get(0).index();
        boolean hasStill = still != null || raw != null;
        if (hasStill) {
            boolean alone = still != null && UNPAIRED.contains(still.extension());
            boolean isPair =
                    video != null && !alone && PAIRED.contains(video.extension().replaceFirst("~\\d+$", ""));
            video = isPair ? video : null;
        }
        boolean editHasStill = hasStill || (video == null && hasRenderedStill());
        List<Part> parts = new ArrayList<>(members.size());
        Map<String, List<Part>> apart = new LinkedHashMap<>(0);
        Map<String, String> firstOfExtension = members.size() == 1 ? Map.of() : firstOfExtension();
        for (Member member : members) {
            if (member.place() == Place.BESIDE && isSurplus(member, firstOfExtension)) {
                apart.computeIfAbsent(member.file().path(), path -> new ArrayList<>(1))
                        .add(0, new Part(member.index(), ownRole(member.kind())));
            } else if (member.owner()
                    .filter(path -> isApart(path, firstOfExtension))
                    .isPresent()) {
                apart.computeIfAbsent(member.owner().get(), path -> new ArrayList<>(1))
                        .add(new Part(member.index(), roleOfCompanion(member.kind())));
            } else {
                Role role =
                        switch (member.place()) {
                            case MUTATION -> roleOfEdit(member, editHasStill);
                            case RENDER -> roleOfRender(member, editHasStill);
                            case BESIDE -> roleOfShot(member, hasStill);
                            case COMPANION -> roleOfCompanion(member.kind());
                        };
                parts.add(new Part(member.index(), role));
            }
        }
        if (!parts.isEmpty()) {
            assets.add(first, key, base(), primaryFirst(parts));
        }
        apart.forEach((path, files) -> assets.add(first, unused(path, keys), base(), files));
    }

    private static Role ownRole(FileKind kind) {
        return switch (kind) {
            case VIDEO -> Role.VIDEO;
            case STILL, RAW -> Role.PHOTO;
            case ADJUSTMENT, COMPANION, OTHER -> Role.OTHER;
        };
    }

    private static Role roleOfCompanion(FileKind kind) {
        return kind == FileKind.ADJUSTMENT ? Role.ADJUSTMENT_DATA : Role.OTHER;
    }

    /** Returns whether the file becomes an asset of its own. */
    private boolean isApart(String path, Map<String, String> firstOfExtension) {
        for (Member member : members) {
            if (member.file().path().equals(path)) {
                return member.place() == Place.BESIDE && isSurplus(member, firstOfExtension);
            }
        }
        return false;
    }

    private String base() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    private Role roleOfShot(Member member, boolean hasStill) {
        return switch (member.kind()) {
            case STILL -> Role.PHOTO;
            case RAW -> still == null && isChosen(member, raw) ? Role.PHOTO : Role.ALTERNATE_PHOTO;
            case VIDEO -> hasStill ? Role.PAIRED_VIDEO : Role.VIDEO;
            case ADJUSTMENT -> Role.ADJUSTMENT_DATA;
            case COMPANION, OTHER -> Role.OTHER;
        };
    }

    /** Returns whether another file already has this one's role in the asset. */
    private boolean isSurplus(Member member, Map<String, String> firstOfExtension) {
        return switch (member.kind()) {
            case STILL -> !isChosen(member, still);
            case VIDEO -> !isChosen(member, video);
            case RAW, COMPANION, OTHER -> {
                String path = member.file().path();
                yield !path.equals(firstOfExtension.getOrDefault(member.extension(), path));
            }
            case ADJUSTMENT -> false;
        };
    }

    private static boolean isChosen(Member member, Member chosenOrNull) {
        return chosenOrNull != null
                && chosenOrNull.file().path().equals(member.file().path());
    }

    /** Selects one of several files whose names differ only in the case of the extension. */
    private Map<String, String> firstOfExtension() {
        Map<String, String> first = new HashMap<>();
        for (Member member : members) {
            if (member.place() == Place.BESIDE) {
                first.merge(member.extension(), member.file().path(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
            }
        }
        return first;
    }

    private boolean hasRenderedStill() {
        for (Member member : members) {
            if (member.kind() == FileKind.STILL && member.place() == Place.MUTATION && isRender(member)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRender(Member member) {
        return FileKind.base(member.file().name()).equalsIgnoreCase("FullSizeRender");
    }

    private static Role roleOfRender(Member member, boolean hasStill) {
        return switch (member.kind()) {
            case STILL, RAW -> Role.FULL_SIZE_PHOTO;
            case VIDEO -> hasStill ? Role.FULL_SIZE_PAIRED_VIDEO : Role.FULL_SIZE_VIDEO;
            case ADJUSTMENT -> Role.ADJUSTMENT_DATA;
            case COMPANION, OTHER -> isWrittenEdit(member) ? Role.ADJUSTMENT_DATA : Role.OTHER;
        };
    }

    private static boolean isWrittenEdit(Member member) {
        return Set.of("plist", "data").contains(member.extension());
    }

    private static Role roleOfEdit(Member member, boolean hasStill) {
        if (isRender(member)) {
            return roleOfRender(member, hasStill);
        }
        return switch (member.kind()) {
            case STILL, RAW -> Role.ADJUSTMENT_BASE_PHOTO;
            case ADJUSTMENT -> Role.ADJUSTMENT_DATA;
            case VIDEO -> Role.OTHER;
            case COMPANION, OTHER -> isWrittenEdit(member) ? Role.ADJUSTMENT_DATA : Role.OTHER;
        };
    }

    private static List<Part> primaryFirst(List<Part> parts) {
        int primary = 0;
        for (int i = 1; i < parts.size(); i++) {
            if (precedence(parts.get(i).role()) < precedence(parts.get(primary).role())) {
                primary = i;
            }
        }
        List<Part> ordered = new ArrayList<>(parts);
        ordered.add(0, ordered.remove(primary));
        return ordered;
    }

    private static int precedence(Role role) {
        return switch (role) {
            case PHOTO -> 0;
            case VIDEO -> 1;
            case ALTERNATE_PHOTO -> 2;
            case PAIRED_VIDEO -> 3;
            case FULL_SIZE_PHOTO -> 4;
            case FULL_SIZE_VIDEO -> 5;
            case FULL_SIZE_PAIRED_VIDEO -> 6;
            case ADJUSTMENT_BASE_PHOTO -> 7;
            case OTHER, FILE -> 8;
            case ADJUSTMENT_DATA -> 9;
            case PREVIEW -> 10;
        };
    }

    /** Paths are unique, but a path may equal the key of a file with this name and another extension appended. */
    private static String unused(String path, Set<String> keys) {
        String key = path;
        while (!keys.add(key)) {
            key += "." + FileKind.extension(path).toUpperCase(Locale.ROOT);
        }
        return key;
    }
}
