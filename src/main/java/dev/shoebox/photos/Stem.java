package dev.shoebox.photos;

import dev.shoebox.photos.Grouping.Member;
import dev.shoebox.photos.Grouping.Place;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The files of one folder and base name, with the edits that belong to them; tells what each is. */
final class Stem {
    /**
     * Of two stills that share a stem, the one a camera rather makes is the asset's, whatever order the source lists
     * them in: keys must be the same from run to run.
     */
    private static final List<String> STILLS =
            List.of("heic", "heif", "hif", "jpg", "jpeg", "avif", "jxl", "tif", "tiff");

    private static final List<String> VIDEOS = List.of("mov", "mp4");

    private final String key;
    private final List<Member> members = new ArrayList<>(2);

    Stem(String key) {
        this.key = key;
    }

    void add(Member member) {
        members.add(member);
    }

    /** @param keys every key in use, to which the keys of assets that split off are added */
    void addTo(List<Asset> assets, Set<String> keys) {
        Optional<Member> still = best(FileKind.STILL, STILLS);
        boolean hasStill = still.isPresent() || members.stream().anyMatch(m -> m.is(Place.BESIDE, FileKind.RAW));
        Optional<Member> video = best(FileKind.VIDEO, VIDEOS)
                .filter(v ->
                        !hasStill || VIDEOS.contains(FileKind.extension(v.file().name())));
        boolean editHasStill = hasStill || (video.isEmpty() && members.stream().anyMatch(Stem::isRenderedStill));

        List<Resource> resources = new ArrayList<>(members.size());
        List<Asset> apart = new ArrayList<>(0);
        Map<String, String> firstOfExtension = firstOfExtension();
        boolean rawIsTheShot = still.isEmpty();
        for (Member member : members) {
            MediaFile file = member.file();
            Role role =
                    switch (member.place()) {
                        case MUTATION -> roleOfEdit(file.name(), editHasStill);
                        case RENDER -> roleOfRender(member.kind(), editHasStill);
                        case BESIDE ->
                            switch (member.kind()) {
                                case STILL -> Role.PHOTO;
                                case RAW -> rawIsTheShot ? Role.PHOTO : Role.ALTERNATE_PHOTO;
                                case VIDEO -> hasStill ? Role.PAIRED_VIDEO : Role.VIDEO;
                                case ADJUSTMENT -> Role.ADJUSTMENT_DATA;
                                case OTHER -> Role.OTHER;
                            };
                    };
            boolean surplus =
                    switch (member.place()) {
                        case MUTATION, RENDER -> false;
                        case BESIDE ->
                            switch (member.kind()) {
                                case STILL -> !still.equals(Optional.of(member));
                                case VIDEO -> !video.equals(Optional.of(member));
                                case RAW, OTHER ->
                                    !file.path().equals(firstOfExtension.get(FileKind.extension(file.name())));
                                case ADJUSTMENT -> false;
                            };
                    };
            if (surplus) {
                Role own = member.kind() == FileKind.VIDEO
                        ? Role.VIDEO
                        : member.kind() == FileKind.OTHER ? Role.OTHER : Role.PHOTO;
                apart.add(new Asset(unused(file.path(), keys), base(), List.of(new Resource(file, own))));
            } else {
                rawIsTheShot &= member.kind() != FileKind.RAW;
                resources.add(new Resource(file, role));
            }
        }
        if (!resources.isEmpty()) {
            assets.add(new Asset(key, base(), primaryFirst(resources)));
        }
        assets.addAll(apart);
    }

    private String base() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    private Optional<Member> best(FileKind kind, List<String> preference) {
        return members.stream()
                .filter(member -> member.is(Place.BESIDE, kind))
                .min(Comparator.comparingInt((Member member) -> {
                            int index = preference.indexOf(
                                    FileKind.extension(member.file().name()));
                            return index < 0 ? preference.size() : index;
                        })
                        .thenComparing(member -> member.file().path()));
    }

    /** Of files whose names differ in the case of the extension alone, one has the right to it. */
    private Map<String, String> firstOfExtension() {
        Map<String, String> first = new HashMap<>();
        for (Member member : members) {
            if (member.place() == Place.BESIDE) {
                String path = member.file().path();
                first.merge(FileKind.extension(member.file().name()), path, (a, b) -> a.compareTo(b) <= 0 ? a : b);
            }
        }
        return first;
    }

    private static boolean isRenderedStill(Member member) {
        boolean rendered =
                member.place() == Place.MUTATION && isRender(member.file().name());
        return member.kind() == FileKind.STILL && (rendered || member.place() == Place.RENDER);
    }

    private static boolean isRender(String name) {
        return FileKind.base(name).equalsIgnoreCase("FullSizeRender");
    }

    private static Role roleOfRender(FileKind kind, boolean hasStill) {
        return switch (kind) {
            case STILL, RAW -> Role.FULL_SIZE_PHOTO;
            case VIDEO -> hasStill ? Role.FULL_SIZE_PAIRED_VIDEO : Role.FULL_SIZE_VIDEO;
            case ADJUSTMENT -> Role.ADJUSTMENT_DATA;
            case OTHER -> Role.OTHER;
        };
    }

    private static Role roleOfEdit(String name, boolean hasStill) {
        FileKind kind = FileKind.of(name);
        if (isRender(name)) {
            return roleOfRender(kind, hasStill);
        }
        return switch (kind) {
            case STILL, RAW -> Role.ADJUSTMENT_BASE_PHOTO;
            case ADJUSTMENT -> Role.ADJUSTMENT_DATA;
            case VIDEO -> Role.OTHER;
            case OTHER ->
                Set.of("plist", "data").contains(FileKind.extension(name)) ? Role.ADJUSTMENT_DATA : Role.OTHER;
        };
    }

    private static List<Resource> primaryFirst(List<Resource> resources) {
        int primary = IntStream.range(0, resources.size())
                .boxed()
                .min(Comparator.comparingInt(i -> precedence(resources.get(i).role())))
                .orElseThrow();
        List<Resource> ordered = new ArrayList<>(resources);
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
            case OTHER -> 8;
            case ADJUSTMENT_DATA -> 9;
        };
    }

    /** A path is unique among paths, but may equal the key of a file that has this name and one more extension. */
    private static String unused(String path, Set<String> keys) {
        String key = path;
        while (!keys.add(key)) {
            key += "." + FileKind.extension(path).toUpperCase(Locale.ROOT);
        }
        return key;
    }
}
