package dev.shoebox.photos.sorting;

import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.PassedOver.Kind;
import dev.shoebox.photos.source.Scope;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognises folders and files that systems, network disks and photo programs create for themselves, by name and place.
 * A name that a person could have chosen is not sufficient.
 */
public final class Clutter {
    private static final Map<String, Kind> FOLDERS = new HashMap<>();

    static {
        // Synology, QNAP, GNOME and Android, digiKam; only they create these folders.
        put(
                Kind.THUMBNAILS,
                "@eadir .@__thumb @__thumb .thumbnails .thumbnail .thumbs .thumb .xvpics .mini_thumbnails");
        put(Kind.THUMBNAILS, ".thumbdata .imagethumb .videothumb .face .faces");
        put(Kind.SNAPSHOTS, "#snapshot @snapshot @recently-snapshot @gmt-snapshot .snapshot .snapshots ~snapshot .zfs");
        put(Kind.SNAPSHOTS, ".mobilebackups .mobilebackups.trash .documentrevisions-v100 .versions .stversions");
        put(
                Kind.TRASH,
                "#recycle @recycle $recycle.bin recycler recycled .recycle .recycle.bin .trash .trashes .dtrash");
        put(Kind.TRASH, ".globaltrash .deleted .trashbin .wastebasket");
        put(Kind.CACHE, ".cache .bridgecache .bridgecachet .shotwell .darktable");
        put(Kind.SYSTEM, "__macosx .spotlight-v100 .fseventsd .temporaryitems .appledouble .appledb .appledesktop");
        put(
                Kind.SYSTEM,
                ".hfs+ @tmp @sharebin @synocalendar .@upload_cache .streams .ds_store .sync .stfolder .git .svn");
    }

    private static final Map<String, Kind> FOLDERS_OF_WORDS = Map.of(
            "system volume information", Kind.SYSTEM,
            "lost+found", Kind.SYSTEM,
            "temporary items", Kind.SYSTEM,
            "network trash folder", Kind.TRASH,
            ".hfs+ private directory data", Kind.SYSTEM);

    private static final Set<String> FILES = Set.of(
            ".ds_store",
            "thumbs.db",
            "ehthumbs.db",
            "ehthumbs_vista.db",
            "desktop.ini",
            "folder.ini",
            ".picasa.ini",
            "picasa.ini",
            ".nomedia",
            ".localized",
            ".apdisk",
            "icon\r",
            "zbthumbnail.info",
            "pspbrwse.jbf",
            ".fcpcache",
            "thumbnails-digikam.db",
            ".bridgesort",
            ".bridgelabelsandratings",
            ".directory",
            ".hidden",
            "photothumb.db",
            "image.db",
            "autorun.inf",
            "indexervolumeguid",
            "wpsettings.dat",
            ".volumeicon.icns",
            ".volumeicon.ico");

    private static final Pattern TRASH_FOLDER = Pattern.compile("\\.trash-\\d+", Pattern.CASE_INSENSITIVE);
    /** Android 11 and later: a deleted photo, or one that is still being written. */
    private static final Pattern ANDROID_TRASH = Pattern.compile("\\.(trashed|pending)-\\d+-.*");

    private static final Pattern DARKTABLE = Pattern.compile("mipmaps-[0-9a-f]{40}(\\.d)?");
    private static final Pattern APP_CACHE =
            Pattern.compile("(?:.*/)?android/(?:data|media)/[^/]+/(?:.*/)?[^/]*(?:cache|thumb)[^/]*");
    private static final Pattern CAPTURE_ONE = Pattern.compile("(?:.*/)?captureone/cache");
    /** Lightroom's previews and smart previews, in packages beside the catalogue. */
    private static final String LIGHTROOM = ".lrdata";
    /** Thumbnails of the films on a Sony card. */
    private static final String SONY = "m4root/thmbnl";

    private static final Pattern MAC_DERIVATIVE =
            Pattern.compile("(?:.*/)?resources/derivatives/(?:masters/)?[0-9A-F]/[0-9A-F-]{36}_[^/]+");

    /** What an iPhone keeps beside originals and edits: thumbnails, and the files of a database. */
    private static final Set<String> PHONES_OWN = Set.of("Thumbnails", "Metadata", "Caches", "UBF");

    private final String top;
    private final Scope scope;

    /** The last folder that was checked, since the files of one folder come consecutively. */
    private String lastFolder = "";

    private PassedOver lastAnswer; // or null

    private Clutter(String top, Scope scope) {
        this.top = top;
        this.scope = scope;
    }

    private static void put(Kind kind, String names) {
        for (String name : names.split(" ", -1)) {
            FOLDERS.put(name, kind);
        }
    }

    /**
     * Creates a filter for one source.
     *
     * @param name the name of the source's top folder, which may be that of a photo library; empty if there is none
     * @param scope which folders are listed in a copy of a phone
     */
    public static Clutter below(String name, Scope scope) {
        return new Clutter(MacPackage.isOne(name) ? name + "/" : "", scope);
    }

    /** Classifies a folder whose parents are not clutter. The result applies to everything below it. */
    public Optional<PassedOver> folder(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String lower = name.toLowerCase(Locale.ROOT);
        Kind kind = FOLDERS.getOrDefault(lower, FOLDERS_OF_WORDS.get(lower));
        if (kind != null) {
            return passedOver(path, kind);
        }
        String whole = path.toLowerCase(Locale.ROOT);
        if (TRASH_FOLDER.matcher(name).matches() || whole.endsWith(".local/share/trash")) {
            return passedOver(path, Kind.TRASH);
        }
        if (lower.endsWith(LIGHTROOM)) {
            return passedOver(path, Kind.DERIVATIVES);
        }
        if (DARKTABLE.matcher(name).matches()
                || CAPTURE_ONE.matcher(whole).matches()
                || (whole.contains("android/") && APP_CACHE.matcher(whole).matches())) {
            return passedOver(path, Kind.CACHE);
        }
        if (whole.equals(SONY) || whole.endsWith("/" + SONY)) {
            return passedOver(path, Kind.THUMBNAILS);
        }
        if (isPhonesOwn(path, name)) {
            return passedOver(path, Kind.DERIVATIVES);
        }
        Optional<Kind> library = MacPackage.folder(top + path);
        if (library.isPresent()) {
            return passedOver(path, library.get());
        }
        return name.startsWith(".") && !name.equals(".picasaoriginals") && !name.equals(".")
                ? Optional.of(new PassedOver(path, Kind.SYSTEM, "a hidden folder", 0))
                : Optional.empty();
    }

    private boolean isPhonesOwn(String path, String name) {
        boolean inPhotoData = path.equals("PhotoData/" + name) || path.endsWith("/PhotoData/" + name);
        return inPhotoData && PHONES_OWN.contains(name) && !(scope.previews() && name.equals("Metadata"));
    }

    /** Classifies a file whose folders are not clutter. */
    public Optional<PassedOver> file(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String lower = name.toLowerCase(Locale.ROOT);
        if (FILES.contains(lower) || name.startsWith("._") || name.startsWith("~$") || name.startsWith(".~lock.")) {
            return Optional.of(new PassedOver(path, Kind.SYSTEM, why(Kind.SYSTEM)));
        }
        if (ANDROID_TRASH.matcher(name).matches()) {
            return Optional.of(new PassedOver(path, Kind.TRASH, why(Kind.TRASH)));
        }
        boolean derivative = (path.contains("resources/derivatives/")
                        && MAC_DERIVATIVE.matcher(path).matches())
                || MacPackage.isDerivative(top + path);
        return derivative
                ? Optional.of(new PassedOver(path, Kind.DERIVATIVES, why(Kind.DERIVATIVES)))
                : Optional.empty();
    }

    /** Classifies the first clutter folder on a path, or else the file itself. */
    public Optional<PassedOver> anywhere(String path) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        if (!folder.equals(lastFolder)) {
            lastFolder = folder;
            lastAnswer = firstOf(folder).orElse(null);
        }
        return lastAnswer != null ? Optional.of(lastAnswer) : file(path);
    }

    private Optional<PassedOver> firstOf(String folders) {
        for (int slash = folders.indexOf('/'); slash >= 0; slash = folders.indexOf('/', slash + 1)) {
            Optional<PassedOver> clutter = folder(folders.substring(0, slash));
            if (clutter.isPresent()) {
                return clutter.map(all -> new PassedOver(all.path(), all.kind(), all.why()));
            }
        }
        return Optional.empty();
    }

    private static Optional<PassedOver> passedOver(String path, Kind kind) {
        return Optional.of(new PassedOver(path, kind, why(kind), 0));
    }

    private static String why(Kind kind) {
        return switch (kind) {
            case THUMBNAILS -> "thumbnails of pictures that are stored elsewhere";
            case SNAPSHOTS -> "snapshots of the same files";
            case TRASH -> "it is in a trash folder";
            case DERIVATIVES -> "derived from originals, which are backed up themselves";
            case CACHE -> "temporary copies made by a program";
            case SHARED_ALBUM -> "reduced copies of photos that others shared";
            default -> "made by an operating system for its own use";
        };
    }
}
