package dev.shoebox.photos.format;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * The format of a file by its first bytes, whatever its name. The signatures come from the formats' specifications if
 * these are public; those of RAW formats from cameras.
 */
public enum FileFormat {
    JPEG(FileKind.STILL),
    PNG(FileKind.STILL),
    GIF(FileKind.STILL),
    BMP(FileKind.STILL),
    WEBP(FileKind.STILL),
    HEIF(FileKind.STILL),
    TIFF(FileKind.STILL),
    PHOTOSHOP(FileKind.STILL),
    JPEG_2000(FileKind.STILL),
    JPEG_XL(FileKind.STILL),
    JPEG_XR(FileKind.STILL),
    OPEN_EXR(FileKind.STILL),
    DPX(FileKind.STILL),
    GIMP(FileKind.STILL),
    BPG(FileKind.STILL),
    FLIF(FileKind.STILL),
    DICOM(FileKind.STILL),
    RAW(FileKind.RAW),
    ISO_MEDIA(FileKind.VIDEO),
    AVI(FileKind.VIDEO),
    ASF(FileKind.VIDEO),
    MATROSKA(FileKind.VIDEO),
    MPEG_TS(FileKind.VIDEO),
    MPEG_PS(FileKind.VIDEO),
    MPEG_VIDEO(FileKind.VIDEO),
    DV(FileKind.VIDEO),
    FLASH_VIDEO(FileKind.VIDEO),
    OGG_VIDEO(FileKind.VIDEO),
    REAL_MEDIA(FileKind.VIDEO),
    MXF(FileKind.VIDEO),
    REDCODE(FileKind.VIDEO),
    SOUND(FileKind.OTHER);

    /** So many bytes are enough for all formats. */
    public static final int HEAD = 1024;

    private static final Set<String> SOUND_BRANDS = Set.of("M4A ", "M4B ", "M4P ", "F4A ", "F4B ", "aax ");
    private static final Set<String> STILL_BRANDS = Set.of(
            "mif1", "mif2", "msf1", "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "avci", "avcs",
            "avif", "avis", "jpeg", "jpgs", "miaf", "MiHB", "unif");
    private static final Set<String> FIRST_BOXES =
            Set.of("moov", "mdat", "wide", "free", "skip", "pnot", "junk", "uuid");

    private static final int TS_PACKET = 188;

    /** The packet size of AVCHD: each packet follows a time stamp of four bytes. */
    private static final int M2TS_PACKET = 192;

    private final FileKind kind;

    FileFormat(FileKind kind) {
        this.kind = kind;
    }

    /** Returns the kind of such a file. */
    public FileKind kind() {
        return kind;
    }

    /** Returns whether it is a photo or film. */
    public boolean isMedia() {
        return kind.isShot();
    }

    /**
     * Returns the format; empty if it is unknown.
     *
     * @param head the first bytes of the file, from position to limit, which are not changed: {@link #HEAD}, or all of
     *     a shorter file
     * @param size of the whole file in bytes
     */
    public static Optional<FileFormat> of(ByteBuffer head, long size) {
        byte[] bytes = new byte[Math.min(HEAD, head.remaining())];
        head.get(head.position(), bytes);
        return Optional.ofNullable(new Head(new String(bytes, ISO_8859_1), size).format());
    }

    /**
     * Returns whether a file has the name of a photo or film, but no known signature: a text, a saved error page, a
     * file that lost its beginning. It may still be one, and is stored, but must not be relied on.
     *
     * @param name of the file, or its path
     * @param head as for {@link #of}
     * @param size of the whole file in bytes
     */
    public static boolean isUnknownUnderPhotosName(String name, ByteBuffer head, long size) {
        return FileKind.isSigned(name.substring(name.lastIndexOf('/') + 1))
                && of(head, size).isEmpty();
    }

    /** @param text one character per byte */
    private record Head(String text, long size) {
        private FileFormat format() {
            FileFormat simple = bySignature();
            if (simple != null) {
                return simple;
            }
            if (at(4, "ftyp") || (FIRST_BOXES.contains(word(4)) && isBox())) {
                return isoMedia();
            }
            if (is("RIFF") || is("RIFX")) {
                return switch (word(8)) {
                    case "WEBP" -> WEBP;
                    case "AVI ", "AVIX", "CDXA" -> AVI;
                    case "WAVE", "RMID" -> SOUND;
                    default -> null;
                };
            }
            if (is("OggS")) {
                return text.contains("theora") || text.contains("BBCD") || text.contains("OVP80") ? OGG_VIDEO : SOUND;
            }
            if (isTransportStream(0, TS_PACKET) || isTransportStream(4, M2TS_PACKET)) {
                return MPEG_TS;
            }
            return null;
        }

        private FileFormat bySignature() {
            if (is("\u00ff\u00d8\u00ff")) {
                return JPEG;
            } else if (is("\u0089PNG\r\n\u001a\n") || is("\u008aMNG\r\n\u001a\n") || is("\u008bJNG\r\n\u001a\n")) {
                return PNG;
            } else if (is("GIF87a") || is("GIF89a")) {
                return GIF;
            } else if (is("BM") && isBitmap()) {
                return BMP;
            } else if (isRaw()) {
                return RAW;
            } else if (is("II*\0") || is("MM\0*") || is("II+\0") || is("MM\0+")) {
                return TIFF;
            } else if (is("II\u00bc")) {
                return JPEG_XR;
            } else if (is("8BPS")) {
                return PHOTOSHOP;
            } else if (is("\0\0\0\u000cjP  \r\n\u0087\n") || is("\u00ffO\u00ffQ")) {
                return JPEG_2000;
            } else if (is("\0\0\0\u000cJXL \r\n\u0087\n") || isJpegXlStream()) {
                return JPEG_XL;
            } else if (is("v/1\u0001")) {
                return OPEN_EXR;
            } else if (is("SDPX") || is("XPDS") || is("\u0080*_\u00d7")) {
                return DPX;
            } else if (is("gimp xcf ")) {
                return GIMP;
            } else if (is("BPG\u00fb")) {
                return BPG;
            } else if (is("FLIF")) {
                return FLIF;
            } else if (at(128, "DICM")) {
                return DICOM;
            }
            return filmBySignature();
        }

        private FileFormat filmBySignature() {
            if (is("0&\u00b2u\u008ef\u00cf\u0011")) {
                return ASF;
            } else if (is("\u001aE\u00df\u00a3")) {
                return MATROSKA;
            } else if (is("\0\0\u0001\u00ba")) {
                return MPEG_PS;
            } else if (is("\0\0\u0001") && text.length() > 3 && text.charAt(3) >= '\u00b0') {
                return MPEG_VIDEO;
            } else if (is("\u001f\u0007\0") && size >= 80) {
                return DV;
            } else if (is("FLV\u0001")) {
                return FLASH_VIDEO;
            } else if (is(".RMF")) {
                return REAL_MEDIA;
            } else if (is("\u0006\u000e+4\u0002\u0005\u0001\u0001\r\u0001\u0002")) {
                return MXF;
            } else if (at(4, "RED1") || at(4, "RED2")) {
                return REDCODE;
            } else if (is("ID3") || is("fLaC") || is("#!AMR") || (is("FORM") && at(8, "AIF")) || is(".snd")) {
                return SOUND;
            }
            return null;
        }

        private boolean isRaw() {
            return is("IIRO")
                    || is("IIRS")
                    || is("MMOR")
                    || is("IIU\0")
                    || is("II\u001a\0\0\0HEAPCCDR")
                    || is("FUJIFILMCCD-RAW")
                    || is("FOVb")
                    || is("\0MRM")
                    || is("ARRI\u00124Vx")
                    || (is("II*\0") && at(8, "CR\u0002"));
        }

        /** Detects a bitmap by the six known header sizes, unlike a text that starts with BM. */
        private boolean isBitmap() {
            return text.length() >= 26 && Set.of(12, 40, 52, 56, 64, 108, 124).contains((int) little(14));
        }

        /**
         * Detects a JPEG XL stream: two bytes prove little, so the following header must not be all zeros, nor the
         * whole a text.
         */
        private boolean isJpegXlStream() {
            return is("\u00ff\n") && text.length() > 12;
        }

        private FileFormat isoMedia() {
            if (!at(4, "ftyp")) {
                return ISO_MEDIA;
            }
            String brand = word(8);
            if (STILL_BRANDS.contains(brand)) {
                return HEIF;
            }
            return SOUND_BRANDS.contains(brand) ? SOUND : brand.equals("crx ") ? RAW : ISO_MEDIA;
        }

        /**
         * Whether the length of a first box without a type is valid; 1 means a 64-bit length, 0 the rest of the file.
         */
        private boolean isBox() {
            long length = big(0);
            return length == 0
                    || length == 1
                    || (length >= 8 && (length <= size || at(4, "mdat")) && text.charAt(0) < 8);
        }

        private boolean isTransportStream(int first, int packet) {
            int seen = 0;
            for (int sync = first; sync < text.length(); sync += packet) {
                if (text.charAt(sync) != 'G') {
                    return false;
                }
                seen++;
            }
            return seen >= 3 || (seen >= 1 && text.length() == size && size == (long) seen * packet);
        }

        private boolean is(String signature) {
            return text.startsWith(signature);
        }

        private boolean at(int offset, String signature) {
            return text.startsWith(signature, offset);
        }

        private String word(int offset) {
            return text.length() < offset + 4 ? "" : text.substring(offset, offset + 4);
        }

        private long big(int offset) {
            return text.length() < offset + 4
                    ? -1
                    : (long) text.charAt(offset) << 24
                            | text.charAt(offset + 1) << 16
                            | text.charAt(offset + 2) << 8
                            | text.charAt(offset + 3);
        }

        private long little(int offset) {
            return Integer.toUnsignedLong(Integer.reverseBytes((int) big(offset)));
        }
    }
}
