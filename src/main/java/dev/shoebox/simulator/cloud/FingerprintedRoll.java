package dev.shoebox.simulator.cloud;

import dev.shoebox.simulator.library.Fingerprints;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.GeneratedRoll;
import dev.shoebox.simulator.library.GeneratedTree;
import dev.shoebox.simulator.library.GeneratedTree.Entry;
import dev.shoebox.simulator.library.SimulatedLibrary;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A generated camera roll with a Photos library that has the fingerprint and the size of every original, Live film and
 * edit. iCloud Photos was never on.
 */
public final class FingerprintedRoll {
    private static final String EDITS = "PhotoData/Mutations/";

    // Values of ZKINDSUBTYPE.
    private static final int STILL = 0;
    private static final int LIVE_PHOTO = 2;
    private static final int FILM = 100;

    private FingerprintedRoll() {}

    /**
     * Creates a library with true fingerprints.
     *
     * @throws IOException if a file cannot be read or the database cannot be created
     */
    public static SimulatedLibrary of(GeneratedLibrary spec) throws IOException {
        return of(spec, prints -> {});
    }

    /**
     * Creates a library with modified fingerprints.
     *
     * @param changed changes, swaps or removes true fingerprints, given by path
     */
    public static SimulatedLibrary of(GeneratedLibrary spec, Consumer<Map<String, String>> changed) throws IOException {
        return withLibrary(GeneratedRoll.develop(spec), changed);
    }

    /**
     * Creates a library that contradicts itself.
     *
     * @param attributes changes the fingerprints in the attributes of assets, which are those of originals and edits
     * @param resources changes the fingerprints of the resources, which are those of originals and Live films
     */
    public static SimulatedLibrary contradicting(
            GeneratedLibrary spec, Consumer<Map<String, String>> attributes, Consumer<Map<String, String>> resources)
            throws IOException {
        return withLibrary(GeneratedRoll.develop(spec), attributes, resources);
    }

    /**
     * Creates a library with the same originals on another phone.
     *
     * @param names the folder and base name there, by those here ({@code DCIM/100APPLE/IMG_0001})
     * @param later how much later all files arrived on it
     */
    public static SimulatedLibrary onAnotherPhone(
            GeneratedLibrary spec, UnaryOperator<String> names, Duration later, Consumer<Map<String, String>> changed)
            throws IOException {
        GeneratedTree tree = GeneratedRoll.develop(spec);
        return withLibrary(tree.renamed(path -> renamed(path, names), later), changed);
    }

    private static String renamed(String path, UnaryOperator<String> names) {
        if (path.startsWith(EDITS)) {
            int end = path.indexOf("/Adjustments/");
            return EDITS + names.apply(path.substring(EDITS.length(), end)) + path.substring(end);
        }
        int dot = path.lastIndexOf('.');
        return names.apply(path.substring(0, dot)) + path.substring(dot);
    }

    private static SimulatedLibrary withLibrary(GeneratedTree tree, Consumer<Map<String, String>> changed)
            throws IOException {
        return withLibrary(tree, changed, changed);
    }

    private static SimulatedLibrary withLibrary(
            GeneratedTree tree, Consumer<Map<String, String>> attributes, Consumer<Map<String, String>> resources)
            throws IOException {
        Map<String, String> prints = new TreeMap<>();
        for (String folder : List.of("DCIM/", "PhotoData/CPLAssets/", EDITS)) {
            for (Entry entry : tree.entries(folder)) {
                prints.put(entry.path(), Fingerprints.of(tree, entry.path()));
            }
        }
        Map<String, String> ofResources = new TreeMap<>(prints);
        resources.accept(ofResources);
        attributes.accept(prints);
        try (LiveDatabase tables = new LiveDatabase()) {
            fill(tables, tree, prints, ofResources);
            LiveDatabase.Bytes bytes = tables.bytes();
            Instant written = Instant.parse("2026-01-01T00:00:00.123456789Z");
            tree.add("PhotoData/Photos.sqlite", bytes.database(), written);
            tree.add("PhotoData/Photos.sqlite-wal", bytes.log(), written);
        }
        return tree;
    }

    private static void fill(
            LiveDatabase tables, GeneratedTree tree, Map<String, String> prints, Map<String, String> ofResources)
            throws IOException {
        tables.table(
                "ZASSET",
                "Z_PK INTEGER PRIMARY KEY, ZUUID VARCHAR, ZDIRECTORY VARCHAR, ZFILENAME VARCHAR, ZKIND INTEGER,"
                        + " ZKINDSUBTYPE INTEGER, ZTRASHEDSTATE INTEGER, ZSAVEDASSETTYPE INTEGER,"
                        + " ZDATECREATED TIMESTAMP, ZADDITIONALATTRIBUTES INTEGER");
        tables.table(
                "ZADDITIONALASSETATTRIBUTES",
                "Z_PK INTEGER PRIMARY KEY, ZASSET INTEGER, ZORIGINALFILENAME VARCHAR, ZORIGINALFILESIZE INTEGER,"
                        + " ZMASTERFINGERPRINT VARCHAR, ZADJUSTEDFINGERPRINT VARCHAR");
        tables.table(
                "ZINTERNALRESOURCE",
                "Z_PK INTEGER PRIMARY KEY, ZASSET INTEGER, ZDATASTORECLASSID INTEGER, ZDATASTORESUBTYPE INTEGER,"
                        + " ZVERSION INTEGER, ZLOCALAVAILABILITY INTEGER, ZREMOTEAVAILABILITY INTEGER,"
                        + " ZDATALENGTH INTEGER, ZFINGERPRINT VARCHAR");
        List<Entry> all = new ArrayList<>(tree.entries("DCIM/"));
        all.addAll(tree.entries("PhotoData/CPLAssets/"));
        Set<String> stills = new HashSet<>();
        Map<String, Entry> films = new HashMap<>();
        for (Entry entry : all) {
            if (CloudLibrary.isFilm(entry.path())) {
                films.put(CloudLibrary.stem(entry.path()), entry);
            } else {
                stills.add(CloudLibrary.stem(entry.path()));
            }
        }
        all.removeIf(entry -> CloudLibrary.isFilm(entry.path()) && stills.contains(CloudLibrary.stem(entry.path())));
        all.sort(Comparator.comparing(Entry::taken));
        int key = 0;
        for (Entry asset : all) {
            boolean isFilm = CloudLibrary.isFilm(asset.path());
            Entry film = isFilm ? null : films.get(CloudLibrary.stem(asset.path()));
            add(tables, ++key, asset, isFilm ? FILM : film == null ? STILL : LIVE_PHOTO, prints);
            resource(tables, key, 1, asset, ofResources);
            if (film != null) {
                resource(tables, key, 18, film, ofResources);
            }
        }
    }

    private static void add(LiveDatabase tables, int key, Entry asset, int subtype, Map<String, String> prints)
            throws IOException {
        String path = asset.path();
        int slash = path.lastIndexOf('/');
        String render = EDITS + CloudLibrary.stem(path) + "/Adjustments/FullSizeRender.";
        tables.insert(
                "ZASSET",
                LiveDatabase.row(
                        "Z_PK",
                        key,
                        "ZUUID",
                        CloudStore.id(path),
                        "ZDIRECTORY",
                        path.substring(0, slash),
                        "ZFILENAME",
                        path.substring(slash + 1),
                        "ZKIND",
                        subtype == FILM ? 1 : 0,
                        "ZKINDSUBTYPE",
                        subtype,
                        "ZTRASHEDSTATE",
                        0,
                        "ZSAVEDASSETTYPE",
                        3,
                        "ZDATECREATED",
                        asset.taken(),
                        "ZADDITIONALATTRIBUTES",
                        900_000 + key));
        tables.insert(
                "ZADDITIONALASSETATTRIBUTES",
                LiveDatabase.row(
                        "Z_PK",
                        900_000 + key,
                        "ZASSET",
                        key,
                        "ZORIGINALFILENAME",
                        path.substring(slash + 1),
                        "ZORIGINALFILESIZE",
                        asset.size(),
                        "ZMASTERFINGERPRINT",
                        prints.get(path),
                        "ZADJUSTEDFINGERPRINT",
                        prints.getOrDefault(render + "jpg", prints.get(render + "heic"))));
    }

    private static void resource(LiveDatabase tables, int asset, int kind, Entry file, Map<String, String> prints)
            throws IOException {
        tables.insert(
                "ZINTERNALRESOURCE",
                LiveDatabase.row(
                        "ZASSET",
                        asset,
                        "ZDATASTORECLASSID",
                        0,
                        "ZDATASTORESUBTYPE",
                        kind,
                        "ZVERSION",
                        0,
                        "ZLOCALAVAILABILITY",
                        1,
                        "ZREMOTEAVAILABILITY",
                        0,
                        "ZDATALENGTH",
                        file.size(),
                        "ZFINGERPRINT",
                        prints.get(file.path())));
    }
}
