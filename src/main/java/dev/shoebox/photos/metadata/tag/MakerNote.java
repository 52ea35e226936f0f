package dev.shoebox.photos.metadata.tag;

import com.drew.metadata.exif.makernotes.CanonMakernoteDirectory;
import com.drew.metadata.exif.makernotes.NikonType2MakernoteDirectory;
import com.drew.metadata.exif.makernotes.PanasonicMakernoteDirectory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Facts from the maker note of a camera that EXIF lacks: the lens, and the time zone of the camera's clock. The layouts
 * follow ExifTool's documentation for Canon, Nikon and Panasonic.
 *
 * <p>An editor that moves a note without adjusting its offsets makes them point at other bytes, so a value counts only
 * if it has the maker's format.
 */
final class MakerNote {
    enum Maker {
        CANON,
        NIKON,
        PANASONIC
    }

    /** A directory to visit, and its position in its block. */
    record Directory(Maker maker, TiffBlock block, int at) {}

    private static final String NIKON = "Nikon\0";
    private static final int NIKON_TIFF = 10;
    private static final String PANASONIC = "Panasonic\0\0\0";

    /**
     * Canon's TimeInfo, which metadata-extractor does not name: its length in bytes, the offset from UTC in minutes
     * including summer time, city, summer time.
     */
    private static final int CANON_TIME_INFO = 0x0035;

    private static final int LENS_RATIONALS = 4 * 8;
    private static final int WESTERNMOST_MINUTES = -12 * 60;
    private static final int EASTERNMOST_MINUTES = 14 * 60;

    private String lens; // or null
    private ZoneOffset zone; // or null

    /** @param make from EXIF, because Canon's notes have no header */
    static Optional<Directory> find(TiffBlock block, int at, String make) throws IOException {
        if (startsWith(block, at, NIKON)) {
            TiffBlock own = block.within(at + NIKON_TIFF);
            int order = own.getUInt16(0);
            if (order != 0x4d4d && order != 0x4949) {
                return Optional.empty();
            }
            own.setMotorolaByteOrder(order == 0x4d4d);
            return Optional.of(new Directory(Maker.NIKON, own, own.getInt32(4)));
        } else if (startsWith(block, at, PANASONIC)) {
            return Optional.of(new Directory(Maker.PANASONIC, block.within(0), at + PANASONIC.length()));
        } else if (make.startsWith("Canon")) {
            return Optional.of(new Directory(Maker.CANON, block.within(0), at));
        }
        return Optional.empty();
    }

    private static boolean startsWith(TiffBlock block, int at, String head) throws IOException {
        return block.from(at) >= head.length()
                && new String(block.getBytes(at, head.length()), StandardCharsets.ISO_8859_1).equals(head);
    }

    void tag(Maker maker, int tag, TiffBlock block, int at, int count) throws IOException {
        switch (maker) {
            case CANON -> {
                if (tag == CanonMakernoteDirectory.TAG_LENS_MODEL) {
                    lensName(TiffValues.string(block, at, count));
                } else if (tag == CANON_TIME_INFO && count >= 16 && block.getInt32(at) == count) {
                    zone(block.getInt32(at + 4));
                }
            }
            case NIKON -> {
                if (tag == NikonType2MakernoteDirectory.TAG_LENS && count == LENS_RATIONALS) {
                    lensRange(block, at);
                } else if (tag == NikonType2MakernoteDirectory.TAG_WORLD_TIME && count >= 4) {
                    // Nikon records the zone without summer time.
                    int summer = block.getUInt8(at + 2);
                    if (summer <= 1) {
                        zone(block.getInt16(at) + 60 * summer);
                    }
                }
            }
            case PANASONIC -> {
                if (tag == PanasonicMakernoteDirectory.TAG_LENS_TYPE) {
                    lensName(TiffValues.string(block, at, count));
                }
            }
        }
    }

    private void lensName(String text) {
        String name = text.strip();
        if (name.matches("[ -~]*[0-9][ -~]*")) {
            if (lens == null) {
                lens = name;
            }
        }
    }

    /** Reads the shortest and the longest focal length, and the widest aperture at each. */
    private void lensRange(TiffBlock block, int at) throws IOException {
        double[] values = new double[4];
        for (int i = 0; i < values.length; i++) {
            double value = TiffValues.number(block, at + 8 * i, 8).orElse(0.0);
            if (value < 0.5 || value > 5000) {
                return;
            }
            values[i] = value;
        }
        if (lens == null) {
            lens = range(values[0], values[1]) + "mm f/" + range(values[2], values[3]);
        }
    }

    private static String range(double from, double to) {
        String first = ExifFacts.decimal(from);
        String last = ExifFacts.decimal(to);
        return first.equals(last) ? first : first + "-" + last;
    }

    private void zone(int minutes) {
        if (minutes >= WESTERNMOST_MINUTES && minutes <= EASTERNMOST_MINUTES && minutes % 15 == 0) {
            if (zone == null) {
                zone = ZoneOffset.ofTotalSeconds(minutes * 60);
            }
        }
    }

    Optional<String> lens() {
        return Optional.ofNullable(lens);
    }

    /** Returns the time zone of the camera's clock. */
    Optional<ZoneOffset> zone() {
        return Optional.ofNullable(zone);
    }
}
