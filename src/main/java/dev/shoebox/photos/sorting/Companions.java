package dev.shoebox.photos.sorting;

import dev.shoebox.photos.format.FileKind;
import dev.shoebox.photos.naming.ExportName;
import dev.shoebox.photos.source.MediaFile;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the photo or film that a file belongs to, by their names in one folder: {@code IMG_1.xmp}, {@code
 * IMG_1.JPG.xmp}, {@code IMG_1.JPG_original}, and the conventions of cameras and programs. A name in another case is
 * enough if it is that of one photo only, because some programs and file systems change it.
 */
final class Companions {
    /** How ExifTool, editors and file managers name an earlier state: NAME_original, NAME~, NAME~2, NAME.~2~. */
    private static final Pattern EARLIER = Pattern.compile("(.+?)(_original|\\.?~\\d*~?)", Pattern.CASE_INSENSITIVE);

    /** Darktable's second version of NAME.NEF: NAME_01.NEF.xmp. */
    private static final Pattern VERSION = Pattern.compile("(.+)_\\d\\d(\\.[^.]+)\\.xmp", Pattern.CASE_INSENSITIVE);

    /** Canon's voice memo: SND_0003.WAV for IMG_0003.JPG. */
    private static final Pattern MEMO = Pattern.compile("SND_(\\d+)", Pattern.CASE_INSENSITIVE);

    /** GoPro's low-resolution film: GL010001.LRV for GX010001.MP4 or GH010001.MP4. */
    private static final Pattern SMALL_FILM = Pattern.compile("GL(\\d+)", Pattern.CASE_INSENSITIVE);

    /** Sony's metadata file for C0001.MP4: C0001M01.XML. */
    private static final Pattern CLIP = Pattern.compile("(.+)M\\d\\d", Pattern.CASE_INSENSITIVE);

    /** More dots than meaningful names have. */
    private static final int MOST_DOTS = 4;

    private final Names shots;
    private final Names keys;

    /** The subjects of an export's JSON files, by path. */
    private final Map<String, String> told = new HashMap<>();

    /**
     * Creates a finder.
     *
     * @param shots the paths of photos and films
     * @param keys the same without extensions
     */
    Companions(Set<String> shots, Set<String> keys) {
        this.shots = new Names(shots);
        this.keys = new Names(keys);
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
        for (String shot : shots.exact) {
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
        return Optional.ofNullable(told.get(path))
                .map(Companions::owner)
                .or(() -> named(Case.EXACT, folder, name, kind))
                .or(() -> named(Case.ANY, folder, name, kind));
    }

    private Optional<Owner> named(Case names, String folder, String name, FileKind kind) {
        Optional<Owner> whole = byWholeName(names, folder, name, kind);
        return whole.isPresent() || !(kind == FileKind.ADJUSTMENT || kind == FileKind.COMPANION)
                ? whole
                : byBase(names, folder, FileKind.base(name));
    }

    private Optional<Owner> byWholeName(Case names, String folder, String name, FileKind kind) {
        Matcher earlier = EARLIER.matcher(name);
        Optional<String> later = earlier.matches() ? shots.find(names, folder + earlier.group(1)) : Optional.empty();
        if (later.isPresent() || kind.isShot()) {
            return later.map(Companions::owner);
        }
        int dot = name.lastIndexOf('.');
        for (int dots = 0; dots < MOST_DOTS && dot > 0; dots++) {
            Optional<String> whole = shots.find(names, folder + name.substring(0, dot));
            if (whole.isPresent()) {
                return whole.map(Companions::owner);
            }
            dot = name.lastIndexOf('.', dot - 1);
        }
        Matcher version = VERSION.matcher(name);
        return version.matches()
                ? shots.find(names, folder + version.group(1) + version.group(2))
                        .map(Companions::owner)
                : Optional.empty();
    }

    private static Owner owner(String shot) {
        int dot = shot.lastIndexOf('.');
        boolean extended = dot > shot.lastIndexOf('/') + 1;
        return new Owner(extended ? shot.substring(0, dot) : shot, Optional.of(shot));
    }

    private Optional<Owner> byBase(Case names, String folder, String base) {
        return keys.find(names, folder + base)
                .or(() -> variant(names, MEMO, folder, base, "IMG_"))
                .or(() -> variant(names, MEMO, folder, base, "_MG_"))
                .or(() -> variant(names, MEMO, folder, base, "MVI_"))
                .or(() -> variant(names, SMALL_FILM, folder, base, "GX"))
                .or(() -> variant(names, SMALL_FILM, folder, base, "GH"))
                .or(() -> variant(names, CLIP, folder, base, ""))
                .map(key -> new Owner(key, Optional.empty()));
    }

    private Optional<String> variant(Case names, Pattern pattern, String folder, String base, String instead) {
        Matcher matcher = pattern.matcher(base);
        return matcher.matches() ? keys.find(names, folder + instead + matcher.group(1)) : Optional.empty();
    }

    private enum Case {
        EXACT,
        ANY
    }

    /** Paths, found by a name in the same case or in any. */
    private static final class Names {
        private static final String AMBIGUOUS = "";

        private final Set<String> exact;

        /** The paths by their folder and folded name; null until the first is needed. */
        private Map<String, String> folded;

        Names(Set<String> exact) {
            this.exact = exact;
        }

        Optional<String> find(Case names, String path) {
            if (names == Case.EXACT) {
                return Optional.of(path).filter(exact::contains);
            }
            if (folded == null) {
                folded = new HashMap<>();
                exact.forEach(each -> folded.merge(fold(each), each, (one, other) -> AMBIGUOUS));
            }
            return Optional.ofNullable(folded.get(fold(path))).filter(found -> !found.equals(AMBIGUOUS));
        }

        /** Returns the folder as it is, and the name composed and in lower case. */
        private static String fold(String path) {
            int name = path.lastIndexOf('/') + 1;
            return path.substring(0, name)
                    + Normalizer.normalize(path.substring(name), Normalizer.Form.NFC)
                            .toLowerCase(Locale.ROOT);
        }
    }
}
