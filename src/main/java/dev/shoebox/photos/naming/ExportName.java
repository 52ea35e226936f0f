package dev.shoebox.photos.naming;

import dev.shoebox.photos.format.FileKind;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Matches the JSON files of a Google Takeout to photos, by the names in one folder only. Takeout writes
 * {@code NAME.json} or {@code NAME.supplemental-metadata.json}; the part before {@code .json} is cut at 46 characters,
 * wherever that is, and a photo's own name at 47 before its extension. A number that distinguishes names precedes the
 * extension of the photo and ends the name of the JSON: {@code IMG(1).jpg} has {@code IMG.jpg(1).json}. The film of a
 * Live Photo and an edit have no JSON of their own.
 */
public final class ExportName {
    private static final String JSON = ".json";
    private static final String SUPPLEMENT = "supplemental-metadata";

    /** Names are cut to 46 UTF-16 units, or one less to keep a surrogate pair together. */
    private static final int SHORTEST_CUT = 45;

    private static final int LONGEST_CUT = 51;

    /** The extension of a shorter name is complete: IMG.MP and IMG.MP4 are two files. */
    private static final int SHORTEST_CUT_BASE = 40;

    /**
     * A name with its distinguishing number: {@code IMG_0001(2)}.
     *
     * @param number zero if there is none
     */
    record Numbered(String text, int number) {
        private static final int MOST_DIGITS = 6;

        static Numbered of(String text) {
            int open = text.endsWith(")") ? text.lastIndexOf('(') : -1;
            int digits = text.length() - 1 - (open + 1);
            if (open <= 0 || digits < 1 || digits > MOST_DIGITS) {
                return new Numbered(text, 0);
            }
            for (int i = open + 1; i < text.length() - 1; i++) {
                if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                    return new Numbered(text, 0);
                }
            }
            return new Numbered(text.substring(0, open), Integer.parseInt(text.substring(open + 1, text.length() - 1)));
        }

        String suffix() {
            return number == 0 ? "" : "(" + number + ")";
        }
    }

    /** By the names as they are; the others by names that do not differ in case. */
    private final Map<Numbered, String> byExactName = new HashMap<>();

    private final Map<Numbered, String> byName = new HashMap<>();
    private final Map<Numbered, String> byCutName = new HashMap<>();
    private final Map<Numbered, String> byBase = new HashMap<>();

    private ExportName(Collection<String> names) {
        for (String json : new TreeSet<>(names)) {
            if (isJson(json)) {
                add(json);
            }
        }
    }

    /**
     * Returns the JSON file of each photo or film.
     *
     * @param names of all files of one folder
     * @return photo to JSON; several photos may share one
     */
    public static Map<String, String> told(Collection<String> names) {
        ExportName jsons = new ExportName(names);
        Map<String, String> told = new LinkedHashMap<>();
        if (jsons.byName.isEmpty()) {
            return told;
        }
        Map<String, String> byStem = new HashMap<>();
        for (String name : names) {
            if (isTold(name)) {
                jsons.of(name).ifPresent(json -> {
                    told.put(name, json);
                    if (FileKind.of(name) != FileKind.VIDEO) {
                        byStem.putIfAbsent(comparable(FileKind.base(name)), json);
                    }
                });
            }
        }
        for (String name : names) {
            if (isTold(name) && !told.containsKey(name)) {
                jsons.ofWhole(name, byStem).ifPresent(json -> told.put(name, json));
            }
        }
        return told;
    }

    private static boolean isTold(String name) {
        return FileKind.of(name).isShot();
    }

    /** Returns whether a file could describe photos, by its name. */
    public static boolean isText(String path) {
        return isJson(path) || path.toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    public static boolean isJson(String name) {
        return name.length() > JSON.length() && name.toLowerCase(Locale.ROOT).endsWith(JSON);
    }

    private void add(String json) {
        String exact = composed(json.substring(0, json.length() - JSON.length()));
        Numbered named = Numbered.of(exact);
        byExactName.putIfAbsent(named, json);
        byExactName.putIfAbsent(new Numbered(withoutSupplement(named.text()), named.number()), json);
        String text = exact.toLowerCase(Locale.ROOT);
        Numbered whole = Numbered.of(text);
        byName.putIfAbsent(whole, json);
        // A photo may be named IMG(1).jpg from the start; the number then belongs to its name.
        byName.putIfAbsent(new Numbered(text, 0), json);
        if (whole.text().length() >= SHORTEST_CUT) {
            byCutName.putIfAbsent(whole, json);
        }
        String plain = withoutSupplement(whole.text());
        byName.putIfAbsent(new Numbered(plain, whole.number()), json);
        byBase.putIfAbsent(new Numbered(FileKind.base(plain), whole.number()), json);
    }

    private static String withoutSupplement(String text) {
        int dot = text.lastIndexOf('.');
        return dot > 0 && SUPPLEMENT.startsWith(text.substring(dot + 1)) ? text.substring(0, dot) : text;
    }

    private Optional<String> of(String name) {
        String exact = composed(name);
        Numbered own = Numbered.of(FileKind.base(exact));
        String extended = own.text() + exact.substring(FileKind.base(exact).length());
        return find(byExactName, new Numbered(extended, own.number())).or(() -> ofAnyCase(name));
    }

    private Optional<String> ofAnyCase(String name) {
        String whole = comparable(name);
        String base = FileKind.base(whole);
        String extension = whole.substring(base.length());
        Numbered numbered = Numbered.of(base);
        String full = numbered.text() + extension;
        return find(byName, new Numbered(full, numbered.number()))
                .or(() -> find(byName, new Numbered(whole, 0)))
                .or(() -> cutInExtension(numbered, extension))
                .or(() -> cut(full, numbered.number()))
                .or(() -> numbered.number() == 0 ? Optional.empty() : cut(full, 0));
    }

    private Optional<String> cutInExtension(Numbered base, String extension) {
        int longest = base.text().length() < SHORTEST_CUT_BASE ? 0 : extension.length() - 1;
        for (int length = longest; length > 0; length--) {
            String part = base.text() + extension.substring(0, length);
            Optional<String> json = find(byName, new Numbered(part, base.number()));
            if (json.isPresent()) {
                return json;
            }
        }
        return Optional.empty();
    }

    private Optional<String> cut(String full, int number) {
        for (int length = Math.min(LONGEST_CUT, full.length()); length >= SHORTEST_CUT; length--) {
            Optional<String> json = find(byCutName, new Numbered(full.substring(0, length), number));
            if (json.isPresent()) {
                return json;
            }
        }
        return Optional.empty();
    }

    /** Returns the JSON of the whole photo, for the film of a Live Photo or motion photo and for an edit. */
    private Optional<String> ofWhole(String name, Map<String, String> byStem) {
        String whole = comparable(name);
        String base = FileKind.base(whole);
        if (FileKind.of(name) == FileKind.VIDEO) {
            Optional<String> still = Optional.ofNullable(byStem.get(base))
                    .or(() -> Optional.ofNullable(byStem.get(whole)))
                    .or(() -> find(byBase, Numbered.of(base)))
                    .or(() -> find(byBase, new Numbered(whole, 0)));
            if (still.isPresent()) {
                return still;
            }
        }
        return EditedName.original(base).map(ExportName::comparable).flatMap(original -> {
            Numbered numbered = Numbered.of(original);
            return Optional.ofNullable(byStem.get(original))
                    .or(() -> find(byBase, numbered))
                    .or(() -> cut(numbered.text(), numbered.number()));
        });
    }

    private static Optional<String> find(Map<Numbered, String> jsons, Numbered name) {
        return Optional.ofNullable(jsons.get(name));
    }

    private static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    private static String comparable(String name) {
        return composed(name).toLowerCase(Locale.ROOT);
    }
}
