package dev.shoebox.library;

import dev.shoebox.library.Tables.Table;
import dev.shoebox.photos.LibraryAsset.Original;
import dev.shoebox.photos.LibraryAsset.Upload;
import dev.shoebox.photos.Role;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the library says of where originals are: {@code ZINTERNALRESOURCE} (from iOS 12 on) of those on the phone and in
 * iCloud, {@code ZCLOUDMASTER} of how far each asset's upload has come.
 *
 * <p>Values as iLEAPP and osxphotos read them: data store 0 is the library; version 0 the original; of its kinds 1 is the
 * photo or video itself, 17 the RAW half, 18 the film of a Live Photo; local availability 1 is here and -1 is not; a cloud
 * master's state 0 is not uploaded, 1 waiting, 3 uploaded.
 */
final class Cloud {
    private static final int PRIMARY = 1;
    private static final int RAW = 17;
    private static final int LIVE_FILM = 18;
    private static final int MOST_OF_ONE_ASSET = 3;

    private final Map<Long, List<Part>> parts = new HashMap<>();
    private final Map<Long, Long> masters = new HashMap<>();
    private final boolean hasMasters;
    private final boolean hasMasterStates;
    private boolean uploads;

    /** @param most how many rows there may be */
    Cloud(Tables tables, int most) throws NoLibraryException {
        readParts(tables, most);
        Optional<Table> table = tables.find("ZCLOUDMASTER");
        this.hasMasters = table.isPresent();
        this.hasMasterStates =
                table.filter(found -> found.has("ZCLOUDLOCALSTATE")).isPresent();
        if (table.isPresent()) {
            table.get().scan(List.of("Z_PK", "ZCLOUDLOCALSTATE"), Optional.empty(), row -> {
                if (masters.size() >= most) {
                    throw new NoLibraryException("it has more assets than there is memory for");
                }
                long state = row.number("ZCLOUDLOCALSTATE").orElse(-1);
                masters.put(row.numberOrZero("Z_PK"), state);
                uploads |= state == 1 || state == 3;
            });
        }
    }

    /** One original file, as its resource says. */
    private record Part(int kind, Optional<Boolean> here, Optional<Boolean> inCloud, OptionalLong bytes) {
        Part with(Part other) {
            return new Part(
                    kind,
                    either(here, other.here),
                    either(inCloud, other.inCloud),
                    bytes.isPresent() ? bytes : other.bytes);
        }

        /** Two rows for one file: what one of them has is there. */
        private static Optional<Boolean> either(Optional<Boolean> one, Optional<Boolean> other) {
            return one.isPresent() && other.isPresent() ? Optional.of(one.get() || other.get()) : one.or(() -> other);
        }
    }

    private void readParts(Tables tables, int most) throws NoLibraryException {
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
        table.get().scan(columns, Optional.of(condition.toString()), row -> {
            OptionalLong local = row.number("ZLOCALAVAILABILITY");
            OptionalLong remote = row.number("ZREMOTEAVAILABILITY");
            OptionalLong bytes = row.number("ZDATALENGTH");
            Part part = new Part(
                    (int) row.numberOrZero("ZDATASTORESUBTYPE"),
                    local.isEmpty() || local.getAsLong() == 0 ? Optional.empty() : Optional.of(local.getAsLong() > 0),
                    remote.isEmpty() ? Optional.empty() : Optional.of(remote.getAsLong() > 0),
                    bytes.isPresent() && bytes.getAsLong() > 0 ? bytes : OptionalLong.empty());
            if (parts.size() >= most) {
                throw new NoLibraryException("it has more assets than there is memory for");
            }
            add(parts.computeIfAbsent(row.numberOrZero("ZASSET"), key -> new ArrayList<>(1)), part);
        });
    }

    private static void add(List<Part> all, Part part) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).kind == part.kind) {
                all.set(i, all.get(i).with(part));
                return;
            }
        }
        if (all.size() < MOST_OF_ONE_ASSET) {
            all.add(part);
        }
    }

    /**
     * What is said of the original files of an asset, the photo or video itself first.
     *
     * @param primary what that is
     */
    List<Original> originals(long asset, Role primary) {
        List<Part> known = parts.getOrDefault(asset, List.of());
        List<Original> originals = new ArrayList<>(known.size());
        for (int kind : new int[] {PRIMARY, LIVE_FILM, RAW}) {
            for (Part part : known) {
                if (part.kind == kind) {
                    originals.add(new Original(role(kind, primary), part.here, part.inCloud, part.bytes));
                }
            }
        }
        return originals;
    }

    private static Role role(int kind, Role primary) {
        return switch (kind) {
            case LIVE_FILM -> Role.PAIRED_VIDEO;
            case RAW -> Role.ALTERNATE_PHOTO;
            default -> primary;
        };
    }

    /**
     * How far an asset's upload has come.
     *
     * @param knowsMaster whether assets say which cloud master is theirs
     * @param master the key of this asset's
     */
    Upload upload(boolean knowsMaster, OptionalLong master) {
        if (!knowsMaster) {
            return Upload.UNKNOWN;
        }
        if (master.isEmpty()) {
            return Upload.NOT_UPLOADED;
        }
        if (!hasMasters || !hasMasterStates) {
            return Upload.UNKNOWN;
        }
        Long state = masters.get(master.getAsLong());
        if (state == null || state == 0) {
            return Upload.NOT_UPLOADED;
        }
        return state == 1 ? Upload.PENDING : state == 3 ? Upload.UPLOADED : Upload.UNKNOWN;
    }

    /** Whether anything was, or is to be, uploaded. */
    boolean uploads() {
        return uploads;
    }

    /** Whether the library can tell of uploads at all. */
    boolean tellsOfUploads() {
        return hasMasters && hasMasterStates;
    }
}
