package dev.shoebox.library;

import dev.shoebox.library.database.Keys;
import dev.shoebox.library.database.NoLibraryException;
import dev.shoebox.library.database.Tables;
import dev.shoebox.library.database.Tables.Table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The persons on each photo: faces, and pets, that are named on the phone. Unnamed faces are ignored.
 *
 * <p>Source of the columns: osxphotos, with both names of those that changed in iOS 16.
 */
final class Persons {
    private static final int MOST_PERSONS = 100_000;
    private static final int MOST_ON_ONE_PHOTO = 100;
    /** The maximum average number of named faces per asset. */
    private static final int MOST_ON_AVERAGE = 2;

    private static final List<String> ASSETS = List.of("ZASSETFORFACE", "ZASSET");
    private static final List<String> PERSONS = List.of("ZPERSONFORFACE", "ZPERSON");

    private final Map<Long, String> names = new HashMap<>();

    /** The index of an asset's key in the upper half, the key of a person in the lower. */
    private final Keys pairs = new Keys();

    /**
     * @param assets the primary keys of all assets
     * @param most the maximum number of assets
     */
    Persons(Tables tables, Keys assets, int most) throws NoLibraryException {
        Optional<Table> persons = tables.find("ZPERSON");
        Optional<Table> faces = tables.find("ZDETECTEDFACE");
        if (persons.isEmpty() || faces.isEmpty()) {
            return;
        }
        persons.get().scan(List.of("Z_PK", "ZFULLNAME", "ZDISPLAYNAME"), row -> {
            Optional<String> full = row.text("ZFULLNAME");
            Optional<String> name = full.isPresent() ? full : row.text("ZDISPLAYNAME");
            if (name.isPresent() && names.size() < MOST_PERSONS) {
                names.put(row.numberOrZero("Z_PK"), name.get().strip());
            }
        });
        Optional<String> asset = ASSETS.stream().filter(faces.get()::has).findFirst();
        Optional<String> person = PERSONS.stream().filter(faces.get()::has).findFirst();
        if (names.isEmpty() || asset.isEmpty() || person.isEmpty()) {
            return;
        }
        faces.get().scan(List.of(asset.get(), person.get()), row -> {
            int place = assets.place(row.numberOrZero(asset.get()));
            long key = row.numberOrZero(person.get());
            if (place >= 0 && names.containsKey(key) && pairs.size() < (long) most * MOST_ON_AVERAGE) {
                pairs.add((long) place << Integer.SIZE | (key & 0xffff_ffffL));
            }
        });
        pairs.sorted();
    }

    /** Returns the names of the persons on an asset, sorted. */
    List<String> of(int place) {
        int at = pairs.from((long) place << Integer.SIZE);
        Set<String> on = new TreeSet<>();
        int end = Math.min(pairs.size(), at + MOST_ON_ONE_PHOTO);
        for (; at < end && pairs.at(at) >>> Integer.SIZE == place; at++) {
            Optional.ofNullable(names.get(pairs.at(at) & 0xffff_ffffL)).ifPresent(on::add);
        }
        return List.copyOf(on);
    }
}
