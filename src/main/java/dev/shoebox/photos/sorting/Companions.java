package dev.shoebox.photos.sorting;

import dev.shoebox.photos.format.FileKind;
import dev.shoebox.photos.naming.ExportName;
import dev.shoebox.photos.source.MediaFile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the photo or film that a file belongs to, by their names in one folder: {@code IMG_1.xmp}, {@code
 * IMG_1.JPG.xmp}, {@code IMG_1.JPG_original}, and the conventions of cameras and programs.
 */
final class Companions {
    /** How ExifTool, editors and file managers name an earlier state: NAME_original, NAME~, NAME~2, NAME.~2~. */
    private static final Pattern EARLIER = Pattern.compile("(.+?)(_original|\\.?~\\d*~?)");

    /** Darktable's second version of NAME.NEF: NAME_01.NEF.xmp. */
    private static final Pattern VERSION = Pattern.compile("(.+)_\\d\\d(\\.[^.]+)\\.xmp", Pattern.CASE_INSENSITIVE);

    /** Canon's voice memo: SND_0003.WAV for IMG_0003.JPG. */
    private static final Pattern MEMO = Pattern.compile("SND_(\\d+)");

    /** GoPro's low-resolution film: GL010001.LRV for GX010001.MP4 or GH010001.MP4. */
    private static final Pattern SMALL_FILM = Pattern.compile("GL(\\d+)");

    /** Sony's metadata file for C0001.MP4: C0001M01.XML. */
    private static final Pattern CLIP = Pattern.compile("(.+)M\\d\\d");

    /** More dots than meaningful names have. */
    private static final int MOST_DOTS = 4;

    private final Set<String> shots;
    private final Set<String> keys;

    /** The subjects of an export's JSON files, by path. */
    private final Map<String, String> told = new HashMap<>();

    /**
     * Creates a finder.
     *
     * @param shots the paths of photos and films
     * @param keys the same without extensions
     */
    Companions(Set<String> shots, Set<String> keys) {
        this.shots = shots;
        this.keys = keys;
    }

    /**
     * Adds files that may be the JSON of an export. Their names can only be interpreted with all names in the folder.
     */
    void addTexts(List<MediaFile> texts) {
        Map<String, Set<String>> folders = new HashMap<>();
        for (MediaFile text : texts) {
            folders.computeIfAbsent(text.directory(), none -> new TreeSet<>()).add(text.name());
        }
        if (folders.isEmpty()) {
            return;
        }
        for (String shot : shots) {
            int slash = shot.lastIndexOf('/');
            Set<String> names = folders.get(shot.substring(0, Math.max(0, slash)));
            if (names != null) {
                names.add(shot.substring(slash + 1));
            }
        }
        folders.forEach((folder, names) -> {
            String before = folder.isEmpty() ? "" : folder + "/";
            ExportName.told(names).forEach((shot, json) -> told.putIfAbsent(before + json, before + shot));
        });
    }

    /**
     * A photo or film.
     *
     * @param key its path without extension
     * @param path set if the file is named after this one, and no other with that key
     */
    record Owner(String key, Optional<String> path) {}

    /**
     * @param kind the kind of the file by its name; a photo or film has no owner unless its name says that it is an
     * earlier state
     */
    Optional<Owner> of(String path, FileKind kind) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        String name = path.substring(folder.length());
        Optional<Owner> named =
                Optional.ofNullable(told.get(path)).map(Companions::owner).or(() -> byWholeName(folder, name, kind));
        return named.isPresent() || !(kind == FileKind.ADJUSTMENT || kind == FileKind.COMPANION)
                ? named
                : byBase(folder, FileKind.base(name));
    }

    private Optional<Owner> byWholeName(String folder, String name, FileKind kind) {
        Matcher earlier = EARLIER.matcher(name);
        if (earlier.matches() && shots.contains(folder + earlier.group(1))) {
            return Optional.of(owner(folder + earlier.group(1)));
        }
        if (kind.isShot()) {
            return Optional.empty();
        }
        int dot = name.lastIndexOf('.');
        for (int dots = 0; dots < MOST_DOTS && dot > 0; dots++) {
            String whole = folder + name.substring(0, dot);
            if (shots.contains(whole)) {
                return Optional.of(owner(whole));
            }
            dot = name.lastIndexOf('.', dot - 1);
        }
        Matcher version = VERSION.matcher(name);
        return version.matches() && shots.contains(folder + version.group(1) + version.group(2))
                ? Optional.of(owner(folder + version.group(1) + version.group(2)))
                : Optional.empty();
    }

    private static Owner owner(String shot) {
        int dot = shot.lastIndexOf('.');
        boolean extended = dot > shot.lastIndexOf('/') + 1;
        return new Owner(extended ? shot.substring(0, dot) : shot, Optional.of(shot));
    }

    private Optional<Owner> byBase(String folder, String base) {
        return Optional.of(folder + base)
                .filter(keys::contains)
                .or(() -> variant(MEMO, folder, base, "IMG_"))
                .or(() -> variant(MEMO, folder, base, "_MG_"))
                .or(() -> variant(MEMO, folder, base, "MVI_"))
                .or(() -> variant(SMALL_FILM, folder, base, "GX"))
                .or(() -> variant(SMALL_FILM, folder, base, "GH"))
                .or(() -> variant(CLIP, folder, base, ""))
                .map(key -> new Owner(key, Optional.empty()));
    }

    private Optional<String> variant(Pattern pattern, String folder, String base, String instead) {
        Matcher matcher = pattern.matcher(base);
        return matcher.matches()
                ? Optional.of(folder + instead + matcher.group(1)).filter(keys::contains)
                : Optional.empty();
    }
}
