package dev.shoebox.library;

import dev.shoebox.library.Originals.Answer;
import dev.shoebox.library.database.Keys;
import dev.shoebox.library.database.NoLibraryException;
import dev.shoebox.library.database.Tables;
import dev.shoebox.library.database.Tables.Table;
import dev.shoebox.photos.LibraryAsset.Upload;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The state of originals in the library: {@code ZINTERNALRESOURCE} (since iOS 12) lists those on the phone and in
 * iCloud, {@code ZCLOUDMASTER} the progress of each upload.
 *
 * <p>Values by iLEAPP and osxphotos: data store 0 is the library; version 0 the original; subtype 1 is the photo or
 * video itself, 17 the RAW half, 18 the film of a Live Photo; local availability 1 is present, -1 absent; the state of
 * a cloud master is 0 not uploaded, 1 waiting, 3 uploaded, 4 rejected. The asset's own state is 0 if it waits or iCloud
 * is off, 1 if it is or can be synced, 4 if it was rejected.
 */
final class Cloud {
    private static final long REJECTED = 4;
    private static final int MOST_REJECTED = 10_000;

    private final Originals originals = new Originals();

    private final Keys waiting = new Keys();
    private final Keys uploaded = new Keys();
    private final Keys others = new Keys();
    private final Map<Long, String> rejectedMasters = new HashMap<>();
    private final boolean hasMasters;
    private final boolean hasMasterStates;
    private boolean uploads;

    /**
     * @param assets the primary keys of all assets
     * @param most the maximum number of rows
     */
    Cloud(Tables tables, Keys assets, int most) throws NoLibraryException {
        readOriginals(tables, assets);
        Optional<Table> table = tables.find("ZCLOUDMASTER");
        this.hasMasters = table.isPresent();
        this.hasMasterStates =
                table.filter(found -> found.has("ZCLOUDLOCALSTATE")).isPresent();
        if (table.isPresent()) {
            table.get().scan(List.of("Z_PK", "ZCLOUDLOCALSTATE", "ZCLOUDMASTERGUID"), row -> {
                if (waiting.size() + uploaded.size() + others.size() >= most) {
                    throw new NoLibraryException("its assets need more memory than is available");
                }
                long state = row.number("ZCLOUDLOCALSTATE").orElse(-1);
                if (state != 0) {
                    (state == 1 ? waiting : state == 3 ? uploaded : others).add(row.numberOrZero("Z_PK"));
                }
                uploads |= state == 1 || state == 3;
                if (state == REJECTED && rejectedMasters.size() < MOST_REJECTED) {
                    rejectedMasters.put(
                            row.numberOrZero("Z_PK"),
                            row.text("ZCLOUDMASTERGUID").orElse(""));
                }
            });
        }
        waiting.sorted();
        uploaded.sorted();
        others.sorted();
    }

    private void readOriginals(Tables tables, Keys assets) throws NoLibraryException {
        Optional<Table> table = tables.find("ZINTERNALRESOURCE");
        if (table.isEmpty() || !table.get().has("ZASSET") || !table.get().has("ZDATASTORESUBTYPE")) {
            return;
        }
        StringBuilder condition = new StringBuilder("\"ZDATASTORESUBTYPE\" IN (1, 17, 18)");
        for (String column : List.of("ZDATASTORECLASSID", "ZVERSION")) {
            if (table.get().has(column)) {
                condition.append(" AND \"").append(column).append("\" = 0");
            }
        }
        List<String> columns =
                List.of("ZASSET", "ZDATASTORESUBTYPE", "ZLOCALAVAILABILITY", "ZREMOTEAVAILABILITY", "ZDATALENGTH");
        table.get().scan(columns, condition.toString(), row -> {
            OptionalLong local = row.number("ZLOCALAVAILABILITY");
            OptionalLong remote = row.number("ZREMOTEAVAILABILITY");
            int place = assets.place(row.numberOrZero("ZASSET"));
            if (place >= 0) {
                originals.note(
                        place,
                        (int) row.numberOrZero("ZDATASTORESUBTYPE"),
                        local.orElse(0) == 0 ? Answer.UNKNOWN : Answer.of(local.getAsLong() > 0),
                        remote.isEmpty() ? Answer.UNKNOWN : Answer.of(remote.getAsLong() > 0),
                        Math.max(0, row.numberOrZero("ZDATALENGTH")));
            }
        });
    }

    /** Returns the facts about the original files, by the index of the asset's key. */
    Originals originals() {
        return originals;
    }

    /**
     * Returns the state of an asset's upload.
     *
     * @param knowsMaster whether assets refer to their cloud masters
     * @param master the key of this asset's master; 0 for none
     */
    Upload upload(boolean knowsMaster, long master) {
        if (!knowsMaster) {
            return Upload.UNKNOWN;
        }
        if (master == 0) {
            return Upload.NOT_UPLOADED;
        }
        if (!hasMasters || !hasMasterStates) {
            return Upload.UNKNOWN;
        }
        if (uploaded.contains(master)) {
            return Upload.UPLOADED;
        } else if (waiting.contains(master)) {
            return Upload.PENDING;
        }
        if (rejectedMasters.containsKey(master)) {
            return Upload.REJECTED;
        }
        return others.contains(master) ? Upload.UNKNOWN : Upload.NOT_UPLOADED;
    }

    /** Returns the identifier of a master that iCloud rejected; empty for any other. */
    Optional<String> rejected(long master) {
        return master == 0 ? Optional.empty() : Optional.ofNullable(rejectedMasters.get(master));
    }

    /** Returns whether anything was uploaded, or is waiting. */
    boolean uploads() {
        return uploads;
    }

    /** Returns whether the library has information on uploads at all. */
    boolean tellsOfUploads() {
        return hasMasters && hasMasterStates;
    }
}
