package dev.shoebox.photos.format;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The kind of a file, by the extension of its name if nothing else is known. */
public enum FileKind {
    STILL,
    RAW,
    VIDEO,
    /** The description of an edit beside the photo, useful even if the photo is elsewhere. */
    ADJUSTMENT,
    /** A file that belongs to a photo or film of the same name, and to nothing else. */
    COMPANION,
    OTHER;

    private static final Map<String, FileKind> BY_EXTENSION = new HashMap<>();

    /** Extensions of formats without a known signature. */
    private static final Set<String> UNSIGNED = Set.of(("svg svgz pcx tga pct pict pcd psp pspimage kra hdr cin fpx pgf"
                    + " pbm pgm ppm pnm pam pfm miff xisf fits fts exv acr dcm qtif qti eip mfw mdc dc2 drf rwz bay bmq"
                    + " cs1 cine lfp lfr lri pxn rdc ari qtk k25 nsv amv y4m h264 h265 264 265 hevc mjpg mjpeg dif evo rv"
                    + " glv wtv m2p mpv")
            .split(" ", -1));

    static {
        // HEIF and JPEG, with the extensions of cameras and browsers; stereo and panoramic pairs.
        put(STILL, "heic heif hif heics heifs avci avcs avif avifs jpg jpeg jpe jfif jfi jif pjpeg pjp jps mpo insp");
        put(STILL, "jp2 j2k j2c jpc jpf jpx jpm jph jhc jxl jxr hdp wdp webp png apng mng jng gif bpg flif");
        put(
                STILL,
                "tif tiff btf bmp dib psd psb psp pspimage xcf kra pcx tga dpx cin exr hdr fpx pcd pgf pict pct qtif qti");
        put(STILL, "pbm pgm ppm pnm pam pfm miff svg svgz dcm acr fits fts xisf exv");
        // By maker: Adobe, Canon, Nikon, Sony, Fuji, Olympus, Panasonic, Pentax, Samsung, Hasselblad, Phase One, ...
        put(RAW, "dng cr2 cr3 crw ciff nef nrw arw sr2 srf arq raf orf ori rw2 rwl pef srw 3fr fff iiq eip mos");
        put(RAW, "mef mfw mdc mrw kdc dcr dcs k25 dc2 drf erf x3f gpr rwz bay bmq cs1 cine lfp lfr lri pxn");
        put(RAW, "rdc ari arx qtk");
        put(
                VIDEO,
                "mov qt mqv mp4 m4v mp4v f4v f4p 3gp 3gpp 3g2 3gp2 3gpp2 mp mv mj2 mjp2 crm insv 360 braw r3d dvb glv");
        put(VIDEO, "avi divx xvid wmv asf wm dvr-ms wtv mkv mk3d webm flv ogv ogm rm rmvb rv mxf dv dif amv nsv");
        put(
                VIDEO,
                "mts m2ts m2t tod m2p mpg mpeg mpe mpv m1v m2v mp2v vob vro evo mjpg mjpeg h264 h265 264 265 hevc y4m");
        // Apple, XMP, RawTherapee, DxO, Canon, ON1, Capture One, Nikon, AfterShot, Samsung, Silkypix.
        put(ADJUSTMENT, "aae xmp pp3 dop vrd dr4 on1 cos nksc nksx arp rws mie");
        put(
                COMPANION,
                "thm lrv lrf wav amr m4a mp3 aac caf 3ga ogg opus wma srt json gpx nmea moi modd ifo bup xml txt ctg gps 3gf");
    }

    private static void put(FileKind kind, String extensions) {
        for (String extension : extensions.split(" ", -1)) {
            BY_EXTENSION.put(extension, kind);
        }
    }

    /** Returns the kind by the extension of a name or path. */
    public static FileKind of(String name) {
        return ofExtension(extension(name));
    }

    /** @param extension in lower case */
    public static FileKind ofExtension(String extension) {
        // The second film of a motion photo is PXL_1.MP~2.
        int tilde = extension.startsWith("m") ? extension.indexOf('~') : -1;
        return BY_EXTENSION.getOrDefault(tilde < 0 ? extension : extension.substring(0, tilde), OTHER);
    }

    /** Returns whether files of this name start with a known signature. */
    static boolean isSigned(String name) {
        String extension = extension(name);
        return ofExtension(extension).isShot() && !UNSIGNED.contains(extension);
    }

    /** Returns whether it is a photo or film. */
    public boolean isShot() {
        return this == STILL || this == RAW || this == VIDEO;
    }

    /** Returns the extension in lower case, without the dot; empty if there is none. */
    public static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** Returns the name without its extension. */
    public static String base(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }
}
