package dev.shoebox.library;

import dev.shoebox.library.column.LongColumn;
import dev.shoebox.photos.LibraryAsset.Original;
import dev.shoebox.photos.Role;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The facts about the original files of each asset, by the index of the asset's key: a column for each kind. A value
 * has one bit for existence, two for each {@link Answer}, and the size in bytes above.
 */
final class Originals {
    private static final int PRIMARY = 1;
    private static final int RAW = 17;
    private static final int LIVE_FILM = 18;

    private static final int THERE = 1;
    private static final int HERE = 1;
    private static final int IN_CLOUD = 3;
    private static final int ANSWER = 3;
    private static final int SIZE = 8;
    private static final long LARGEST = Long.MAX_VALUE >>> SIZE;

    /** The answer to a question, which the library may leave open. */
    enum Answer {
        UNKNOWN(0),
        NO(1),
        YES(3);

        private final long bits;

        Answer(long bits) {
            this.bits = bits;
        }

        static Answer of(boolean is) {
            return is ? YES : NO;
        }

        static Optional<Boolean> is(long bits) {
            return bits == UNKNOWN.bits ? Optional.empty() : Optional.of(bits == YES.bits);
        }
    }

    private final LongColumn primaries = new LongColumn(0);
    private final LongColumn films = new LongColumn(0);
    private final LongColumn raws = new LongColumn(0);

    /**
     * Adds a row. Two rows for one file are combined.
     *
     * @param kind the library's number; kinds other than those of originals are ignored
     * @param bytes 0 if unknown
     */
    void note(int place, int kind, Answer here, Answer inCloud, long bytes) {
        LongColumn column = kind == PRIMARY ? primaries : kind == LIVE_FILM ? films : kind == RAW ? raws : null;
        if (column == null) {
            return;
        }
        long known = column.get(place);
        long size = bytes <= LARGEST ? bytes : 0;
        long answers = (known & ((1L << SIZE) - 1)) | THERE | (here.bits << HERE) | (inCloud.bits << IN_CLOUD);
        column.set(place, answers | ((known >>> SIZE != 0 ? known >>> SIZE : size) << SIZE));
    }

    /**
     * Returns the originals; the photo or video itself comes first.
     *
     * @param primary the role of the first
     * @param imported the size of the first in bytes, if its row does not tell it or is absent; 0 if unknown
     */
    List<Original> of(int place, Role primary, long imported) {
        List<Original> originals = new ArrayList<>(1);
        long known = primaries.get(place);
        boolean sized = known >>> SIZE != 0 || imported > LARGEST;
        add(originals, primary, sized ? known : known | (imported << SIZE));
        add(originals, Role.PAIRED_VIDEO, films.get(place));
        add(originals, Role.ALTERNATE_PHOTO, raws.get(place));
        return originals;
    }

    private static void add(List<Original> originals, Role role, long value) {
        if (value != 0) {
            long bytes = value >>> SIZE;
            originals.add(new Original(
                    role,
                    Answer.is(value >>> HERE & ANSWER),
                    Answer.is(value >>> IN_CLOUD & ANSWER),
                    bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes)));
        }
    }
}
