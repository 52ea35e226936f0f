package dev.shoebox.photos.fingerprint;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A library's claims about the files of its assets. */
public final class Claims {
    /** The claims of a library without any. */
    public static final Claims NONE = new Claims(new ClaimTable(), Map.of());

    /** If this many claims are wrong and none is right, they prove nothing. */
    public static final int MOST_WRONG = 10;

    private final ClaimTable table;
    private final Map<String, Integer> counts;

    /** Returns whether the claims of a library may contradict a file, after so many were compared with files. */
    public static boolean areBelieved(int right, int wrong) {
        return right > 0 || wrong < MOST_WRONG;
    }

    /** The file of an asset that a claim is about. */
    public enum Part {
        /** The photo or video as imported; its key is its own path. */
        ORIGINAL,
        /** The moving half of a Live Photo. */
        FILM,
        /** The RAW half. */
        RAW,
        /** The edited photo or video. */
        EDIT
    }

    /**
     * @param table by {@link #key}
     * @param counts the number of fingerprints in each column, by table and column
     */
    public Claims(ClaimTable table, Map<String, Integer> counts) {
        this.table = table;
        this.counts = Map.copyOf(counts);
    }

    /** @param owner the path of the asset's primary original */
    public static String key(Part part, String owner) {
        return part == Part.ORIGINAL ? owner : owner + '\0' + part.name();
    }

    /** @param owner the path of the asset's primary original */
    public Optional<Claim> find(Part part, String owner) {
        return table.find(key(part, owner));
    }

    public boolean isEmpty() {
        return table.size() == 0;
    }

    /** Returns the number of fingerprints in each column, by table and column. */
    public Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }
}
