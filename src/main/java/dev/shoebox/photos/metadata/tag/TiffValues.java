package dev.shoebox.photos.metadata.tag;

import com.drew.lang.RandomAccessReader;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The numbers of the TIFF and EXIF tags that are read, and the encoding of their values. */
final class TiffValues {
    static final int MAKE = 0x010f;
    static final int MODEL = 0x0110;
    static final int CHANGED = 0x0132;
    static final int DESCRIPTION = 0x010e;
    static final int EXPOSURE_TIME = 0x829a;
    static final int F_NUMBER = 0x829d;
    static final int ISO = 0x8827;
    static final int ORIGINAL = 0x9003;
    static final int DIGITIZED = 0x9004;
    static final int OFFSET_CHANGED = 0x9010;
    static final int OFFSET_ORIGINAL = 0x9011;
    static final int OFFSET_DIGITIZED = 0x9012;
    static final int FOCAL_LENGTH = 0x920a;
    static final int FRACTION_CHANGED = 0x9290;
    static final int FRACTION_ORIGINAL = 0x9291;
    static final int FRACTION_DIGITIZED = 0x9292;
    static final int WIDTH = 0xa002;
    static final int HEIGHT = 0xa003;
    static final int LENS = 0xa434;
    static final int EXIF = 0x8769;
    static final int GPS = 0x8825;

    private static final int LONGEST_STRING = 256;

    private TiffValues() {}

    /** Returns whether a tag points to a directory that is read. */
    static boolean isPointer(int tag) {
        return tag == EXIF || tag == GPS;
    }

    static String string(RandomAccessReader reader, int at, int count) throws IOException {
        long most = reader instanceof TiffBlock block ? block.from(at) : count;
        int length = (int) Math.min(Math.min(count, LONGEST_STRING), most);
        String text = new String(reader.getBytes(at, length), StandardCharsets.UTF_8);
        int nul = text.indexOf('\0');
        return nul < 0 ? text : text.substring(0, nul);
    }

    /** Reads a SHORT, a LONG or a RATIONAL, distinguished by length. */
    static Optional<Double> number(RandomAccessReader reader, int at, int count) throws IOException {
        if (count == 2) {
            return Optional.of((double) reader.getUInt16(at));
        } else if (count == 4) {
            return Optional.of((double) reader.getUInt32(at));
        } else if (count >= 8) {
            long denominator = reader.getUInt32(at + 4);
            return denominator == 0 ? Optional.empty() : Optional.of((double) reader.getUInt32(at) / denominator);
        }
        return Optional.empty();
    }
}
