package dev.shoebox.library;

import dev.shoebox.library.column.LongColumn;
import dev.shoebox.photos.LibraryAsset.Original;
import dev.shoebox.photos.Role;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the library says of the original files of each asset, by the place of the asset's key: a column for each kind of
 * them. A value is one bit that it is there, two for each question (0 untold, 1 no, 3 yes), and its size in bytes above.
 */
final class Originals {
    private static final int PRIMARY = 1;
    private static final int RAW = 17;
    private static final int LIVE_FILM = 18;

    private static final int THERE = 1;
    private static final int HERE = 1;
    private static final int IN_CLOUD = 3;
    private static final int NO = 1;
    private static final int YES = 3;
    private static final int SIZE = 8;
    private static final long LARGEST = Long.MAX_VALUE >>> SIZE;

    private static final Optional<Boolean> IS = Optional.of(true);
    private static final Optional<Boolean> IS_NOT = Optional.of(false);

    private final LongColumn primaries = new LongColumn(0);
    private final LongColumn films = new LongColumn(0);
    private final LongColumn raws = new LongColumn(0);

    /**
     * Takes in a row. Of two for one file, what one of them has is there.
     *
     * @param kind as the library numbers them; others than those of originals are passed over
     * @param bytes absent where it is not known
     */
    void note(int place, int kind, Optional<Boolean> here, Optional<Boolean> inCloud, OptionalLong bytes) {
        LongColumn column = kind == PRIMARY ? primaries : kind == LIVE_FILM ? films : kind == RAW ? raws : null;
        if (column == null) {
            return;
        }
        long known = column.get(place);
        long size = bytes.isPresent() && bytes.getAsLong() <= LARGEST ? bytes.getAsLong() : 0;
        long answers = (known & ((1L << SIZE) - 1)) | THERE | (answer(here) << HERE) | (answer(inCloud) << IN_CLOUD);
        column.set(place, answers | ((known >>> SIZE != 0 ? known >>> SIZE : size) << SIZE));
    }

    private static long answer(Optional<Boolean> is) {
        return is.isEmpty() ? 0 : is.get() ? YES : NO;
    }

    /**
     * The photo or video itself comes first.
     *
     * @param primary what that is
     */
    List<Original> of(int place, Role primary) {
        List<Original> originals = new ArrayList<>(1);
        add(originals, primary, primaries.get(place));
        add(originals, Role.PAIRED_VIDEO, films.get(place));
        add(originals, Role.ALTERNATE_PHOTO, raws.get(place));
        return originals;
    }

    private static void add(List<Original> originals, Role role, long value) {
        if (value != 0) {
            long bytes = value >>> SIZE;
            originals.add(new Original(
                    role,
                    told(value >>> HERE & YES),
                    told(value >>> IN_CLOUD & YES),
                    bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes)));
        }
    }

    private static Optional<Boolean> told(long answer) {
        return answer == 0 ? Optional.empty() : answer == YES ? IS : IS_NOT;
    }
}
