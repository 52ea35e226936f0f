package dev.shoebox.export;

import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.naming.ExportName;
import dev.shoebox.photos.source.MediaFile;

import java.text.Normalizer;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The JSON files of a Google Takeout. A photo is in the folder of its year and again in that of each album, in either
 * with or without its JSON. A photo without one uses the JSON of its copy.
 */
final class TakeoutAlbums {
    /**
     * Folders that Google Photos creates for years, or once created for days, in the language of the account. They are
     * not albums.
     */
    private static final Pattern YEAR = Pattern.compile(
            "(?iu)(19|20)\\d\\d-\\d\\d-\\d\\d( - (19|20)\\d\\d-\\d\\d-\\d\\d)?( #\\d+)?|(photos (from|de|du)|photos prises en|fotos (von|aus|de|do|del|van)|foto (dal|del|da|van|dari)|foto's (uit|van)"
                    + "|zdjęcia z|foton från|bilder (fra|från|aus|von)|billeder fra|kuvat vuodelta|fotky z|fotografie z( roku)?"
                    + "|fényképek|poze din|фото(графии)? (за|из|от)|снимки от|фото з) ?(19|20)\\d\\d.*"
                    + "|(19|20)\\d\\d ?(年の写真|年的照片|年的相片|년의 사진|.*fotoğrafları)|来自 ?(19|20)\\d\\d.*");

    /** The folder of deleted photos, in the language of the account. */
    private static final Set<String> TRASH = Set.of(
            "trash",
            "bin",
            "papierkorb",
            "corbeille",
            "papelera",
            "cestino",
            "prullenbak",
            "kosz",
            "papirkurv",
            "papperskorg",
            "papperskorgen",
            "lixeira",
            "lixo",
            "koš",
            "kôš",
            "roskakori",
            "kuka",
            "lomtár",
            "coș de gunoi",
            "coș",
            "paperera",
            "çöp kutusu",
            "çöp",
            "sampah",
            "корзина",
            "кошче",
            "кошик",
            "κάδος ανακύκλωσης",
            "κάδος",
            "ゴミ箱",
            "휴지통",
            "回收站",
            "垃圾桶",
            "ถังขยะ",
            "thùng rác",
            "אשפה",
            "المهملات");

    /** Folders that Google Photos creates itself, with a title like an album's. */
    private static final Set<String> ARCHIVE = Set.of(
            "archive",
            "archiv",
            "archives",
            "archivo",
            "archivio",
            "archief",
            "archiwum",
            "arkiv",
            "arquivo",
            "архив",
            "アーカイブ",
            "보관함",
            "归档",
            "封存");

    private final Map<String, TakeoutText> photos = new HashMap<>();
    private final Map<String, String> titles = new HashMap<>();

    void add(String path, TakeoutText text) {
        if (text.isOfPhoto()) {
            photos.put(path, text);
        } else {
            text.title().ifPresent(title -> titles.merge(directory(path), title, TakeoutAlbums::first));
        }
    }

    /** If a folder has two titles, the result does not depend on their order. */
    private static String first(String one, String other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    boolean isEmpty() {
        return photos.isEmpty();
    }

    /** Identifies a photo and its copies in albums: the same name and size. */
    private record Copy(String root, String name, long size) {}

    /** The subject of a JSON whose photo is not in the same folder. */
    private record Named(String root, String title, Instant taken) {}

    void tell(List<MediaFile> files, Map<String, Told> told) {
        if (isEmpty()) {
            return;
        }
        Map<String, String> jsons = jsons(files);
        Set<String> roots = new HashSet<>();
        jsons.values().forEach(json -> roots.add(directory(directory(json))));
        Map<Copy, Set<TakeoutText>> copies = new HashMap<>();
        Map<Copy, Set<String>> albums = new HashMap<>();
        Map<Named, Set<String>> elsewhere = elsewhere(jsons);
        for (MediaFile file : files) {
            Copy copy = copy(file);
            TakeoutText text = text(jsons, file);
            if (text != null) {
                copies.computeIfAbsent(copy, none -> new HashSet<>()).add(text);
            }
            album(file.directory()).ifPresent(title -> albums.computeIfAbsent(copy, none -> new TreeSet<>())
                    .add(title));
        }
        for (MediaFile file : files) {
            Copy copy = copy(file);
            Set<TakeoutText> texts = copies.getOrDefault(copy, Set.of());
            TakeoutText own = text(jsons, file);
            Optional<TakeoutText> text = own != null ? Optional.of(own) : agreed(texts);
            boolean trashed = isTrash(file.directory(), roots)
                    && !text.filter(says -> !says.trashed() && titles.containsKey(file.directory()))
                            .isPresent();
            if (text.isEmpty() && !trashed) {
                continue;
            }
            Set<String> in = new TreeSet<>(albums.getOrDefault(copy, Set.of()));
            text.flatMap(says -> named(copy.root(), says)).map(elsewhere::get).ifPresent(in::addAll);
            Told of = text.map(TakeoutAlbums::told).orElse(Told.NOTHING).in(in);
            told.put(file.path(), trashed ? of.with(Trait.TRASHED) : of);
        }
    }

    private TakeoutText text(Map<String, String> jsons, MediaFile file) {
        String json = jsons.get(file.path());
        return json == null ? null : photos.get(json);
    }

    /** Returns the path of the JSON for each path of a photo. */
    private Map<String, String> jsons(List<MediaFile> files) {
        Map<String, Set<String>> folders = new LinkedHashMap<>();
        for (String json : photos.keySet()) {
            folders.computeIfAbsent(directory(json), none -> new TreeSet<>()).add(name(json));
        }
        for (MediaFile file : files) {
            Set<String> names = folders.get(file.directory());
            if (names != null && !ExportName.isText(file.path())) {
                names.add(file.name());
            }
        }
        Map<String, String> jsons = new HashMap<>();
        folders.forEach((folder, names) ->
                ExportName.told(names).forEach((photo, json) -> jsons.put(path(folder, photo), path(folder, json))));
        return jsons;
    }

    /** Returns the albums in whose folders a JSON is, while its photo is in another folder. */
    private Map<Named, Set<String>> elsewhere(Map<String, String> jsons) {
        Set<String> used = new HashSet<>(jsons.values());
        Map<Named, Set<String>> elsewhere = new HashMap<>();
        photos.forEach((path, text) -> {
            Optional<String> album = used.contains(path) ? Optional.empty() : album(directory(path));
            album.ifPresent(title -> named(directory(directory(path)), text).ifPresent(named -> elsewhere
                    .computeIfAbsent(named, none -> new TreeSet<>())
                    .add(title)));
        });
        return elsewhere;
    }

    private static Optional<Named> named(String root, TakeoutText text) {
        return text.title().flatMap(title -> text.taken().map(taken -> new Named(root, title, taken)));
    }

    private static Copy copy(MediaFile file) {
        return new Copy(directory(file.directory()), file.name(), file.size());
    }

    /** Copies that were taken at different times are different photos. */
    private static Optional<TakeoutText> agreed(Set<TakeoutText> texts) {
        long times = texts.stream().map(TakeoutText::taken).distinct().count();
        return times == 1 ? texts.stream().filter(text -> !text.trashed()).findAny() : Optional.empty();
    }

    private Optional<String> album(String folder) {
        String name = comparable(name(folder));
        return Optional.ofNullable(titles.get(folder))
                .filter(title -> !YEAR.matcher(comparable(title)).matches()
                        && !YEAR.matcher(name).matches()
                        && !TRASH.contains(comparable(title))
                        && !ARCHIVE.contains(comparable(title)));
    }

    private static boolean isTrash(String folder, Set<String> roots) {
        return TRASH.contains(comparable(name(folder))) && roots.contains(directory(folder));
    }

    private static Told told(TakeoutText text) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (text.favourite()) {
            traits.add(Trait.FAVOURITE);
        }
        if (text.trashed()) {
            traits.add(Trait.TRASHED);
        }
        return new Told(text.taken(), text.title(), text.description(), text.place(), List.of(), traits);
    }

    private static String comparable(String name) {
        return Normalizer.normalize(name.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private static String directory(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String path(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }
}
