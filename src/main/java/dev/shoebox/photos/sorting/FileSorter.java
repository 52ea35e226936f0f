package dev.shoebox.photos.sorting;

import dev.shoebox.photos.format.FileFormat;
import dev.shoebox.photos.format.FileKind;
import dev.shoebox.photos.naming.ExportName;
import dev.shoebox.photos.source.Inventory;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.PackedFiles;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.PassedOver.Kind;
import dev.shoebox.photos.source.Unreadable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Decides which files of a source are backed up, and accounts for all others. The walk through the source reports each
 * file as {@linkplain #met() met}, and then its outcome. Not thread-safe.
 */
public final class FileSorter {
    /** Larger files are not thumbnails, whatever the name of their folder. In bytes. */
    private static final int LARGEST_THUMBNAIL = 64 << 10;

    /** The limit on JSON and CSV files of an export; each takes a request or more to read. */
    private static final int MOST_TEXTS = 300_000;

    private static final Set<String> THUMBNAIL_FOLDERS =
            Set.of("thumbs", "thumb", "thumbnails", "thumbnail", "_thumbs", "_thumb", "_thumbnails", "thumbs128");

    /** Reads the start of a file. */
    public interface Eye {
        /** @param bytes the number of bytes to read, if the file has so many */
        FileProbe look(MediaFile file, int bytes) throws IOException;
    }

    private final PackedFiles.Builder taken = new PackedFiles.Builder();
    private final ListingLimits.Count count;
    private final String where;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<String, PassedOver> named = new LinkedHashMap<>();
    private final Map<String, FileKind> told = new HashMap<>();
    private final List<MediaFile> texts = new ArrayList<>();
    private long met;
    private long refused;

    /**
     * Creates a sorter.
     *
     * @param limits the limits of the listing
     * @param where the name of the source in messages
     */
    public FileSorter(ListingLimits limits, String where) {
        this.count = limits.count();
        this.where = where;
    }

    /** Returns the memory that the listing takes so far. */
    public ListingLimits.Count count() {
        return count;
    }

    /** Counts one more file of any kind, or a folder that cannot be listed. */
    public void met() {
        met++;
    }

    /** Counts more files. */
    public void met(long files) {
        met += files;
    }

    /** Takes a file, whatever it is. */
    public void take(MediaFile file) {
        taken.add(file);
    }

    /** Returns the number of files taken so far. */
    public int taken() {
        return taken.size();
    }

    /**
     * Sorts the files taken by path.
     *
     * @param place maps a folder, with a slash at the end, to its sort key
     */
    public void order(UnaryOperator<String> place) {
        taken.sort(place);
    }

    /** Records a file or a folder that cannot be listed. */
    public void refuse(Unreadable what) {
        refused++;
        count.refuse(what);
    }

    /** Records something that is passed over. Several calls for one folder become one entry. */
    public void passOver(PassedOver what) {
        if (what.files() == 0) {
            return;
        }
        counts.merge(what.kind(), what.files(), Long::sum);
        PassedOver before = named.get(what.path());
        if (before != null || named.size() < Inventory.MOST_NAMED) {
            long files = what.files() + (before == null ? 0 : before.files());
            named.put(what.path(), new PassedOver(what.path(), what.kind(), what.why(), files));
        }
    }

    /**
     * Returns how many bytes of a file {@link #sort} may request; 0 if its name is enough.
     *
     * @param path the path of the file
     */
    public static int wanted(String path, long size) {
        if (isPerhapsThumbnail(path, size)) {
            return LARGEST_THUMBNAIL;
        }
        return AssetGrouping.isMediaOrCompanion(path) && !isHidden(path) ? 0 : FileFormat.HEAD;
    }

    /**
     * Decides about files that are not clutter. Must be called with all files of a folder at once, because companions
     * are recognised by the photo beside them.
     *
     * @param eye reads files, only where necessary
     * @throws IOException if the source is lost
     */
    public void sort(List<MediaFile> files, Eye eye) throws IOException {
        int textsBefore = texts.size();
        Set<String> thumbnails = thumbnails(files, eye);
        Map<String, FileProbe> looked = new HashMap<>();
        Set<String> shots = new HashSet<>();
        Set<String> keys = new HashSet<>();
        Set<String> settled = new HashSet<>();
        boolean open = false;
        for (MediaFile file : files) {
            String path = file.path();
            FileKind kind = FileKind.of(file.name());
            open |= !kind.isShot();
            if (isHidden(path) || (kind == FileKind.OTHER && !AssetGrouping.isEdit(path))) {
                open = true;
                Optional<FileProbe> content = look(file, eye);
                if (content.isEmpty()) {
                    settled.add(path);
                    continue;
                }
                looked.put(path, content.get());
                kind = kind(content.get());
            }
            if (kind.isShot()) {
                shots.add(path);
                keys.add(key(path));
            }
        }
        Companions companions = new Companions(shots, keys);
        if (open) {
            for (MediaFile file : files) {
                if (ExportName.isText(file.path()) && !isHidden(file.path()) && texts.size() < MOST_TEXTS) {
                    texts.add(file);
                }
            }
            companions.addTexts(texts.subList(textsBefore, texts.size()));
        }
        for (MediaFile file : files) {
            if (settled.contains(file.path())) {
                continue;
            }
            if (thumbnails.contains(file.path())) {
                passOver(new PassedOver(file.directory(), Kind.THUMBNAILS, "small pictures in a thumbnail folder"));
            } else if (!open) {
                taken.add(file);
            } else {
                sort(file, looked, companions, eye);
            }
        }
    }

    private void sort(MediaFile file, Map<String, FileProbe> looked, Companions companions, Eye eye)
            throws IOException {
        String path = file.path();
        FileKind byName = FileKind.of(file.name());
        boolean clear = !looked.containsKey(path)
                && (byName.isShot() || byName == FileKind.ADJUSTMENT || AssetGrouping.isEdit(path));
        Optional<Companions.Owner> owner = clear || isHidden(path) ? Optional.empty() : companions.of(path, byName);
        if (clear || owner.isPresent()) {
            taken.add(file);
            return;
        }
        Optional<FileProbe> content = looked.containsKey(path) ? Optional.of(looked.get(path)) : look(file, eye);
        if (content.isEmpty()) {
            return;
        }
        FileKind kind = kind(content.get());
        if (kind.isShot()) {
            taken.add(file);
            if (!byName.isShot()) {
                told.put(path, kind);
            }
        } else {
            passOver(NonMediaFiles.of(file, content.get()));
        }
    }

    private Optional<FileProbe> look(MediaFile file, Eye eye) throws IOException {
        if (file.size() == 0) {
            return Optional.of(FileProbe.NOTHING);
        }
        try {
            return Optional.of(eye.look(file, FileFormat.HEAD));
        } catch (MediaSource.UnreadableException failed) {
            if (NonMediaFiles.isKnown(file.name())) {
                return Optional.of(FileProbe.NOTHING);
            }
            // It is unknown, and may be a photo.
            refuse(failed.unreadable());
            return Optional.empty();
        }
    }

    private static FileKind kind(FileProbe content) {
        return content.format().map(FileFormat::kind).orElse(FileKind.OTHER);
    }

    /**
     * Returns the paths of JSON files that belong to a photo or film. Needed where files were sorted apart from the rest
     * of their folder: {@link #sort} passed such a file over as {@link Kind#DATA}.
     *
     * @param listing the whole source; of its folders only those with texts matter
     * @param texts the JSON files of these folders, listed or passed over
     */
    public static Set<String> owned(Listing listing, List<MediaFile> texts) {
        Set<String> folders = texts.stream().map(MediaFile::directory).collect(Collectors.toSet());
        Map<String, FileKind> told = listing.inventory().told();
        Set<String> shots = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (MediaFile file : folders.isEmpty() ? List.<MediaFile>of() : listing.files()) {
            if (folders.contains(file.directory())
                    && told.getOrDefault(file.path(), FileKind.of(file.name())).isShot()) {
                shots.add(file.path());
                keys.add(key(file.path()));
            }
        }
        Companions companions = new Companions(shots, keys);
        companions.addTexts(texts);
        return texts.stream()
                .filter(text ->
                        companions.of(text.path(), FileKind.of(text.name())).isPresent())
                .map(MediaFile::path)
                .collect(Collectors.toSet());
    }

    /**
     * Returns the pictures in folders named after thumbnails, if all pictures in the folder are small. A user's own
     * photos are larger, and one of them is enough to take the whole folder.
     */
    private static Set<String> thumbnails(List<MediaFile> files, Eye eye) throws IOException {
        Map<String, List<MediaFile>> folders = new HashMap<>();
        Set<String> persons = new HashSet<>();
        for (MediaFile file : files) {
            if (!isInThumbnailFolder(file.path())) {
                continue;
            }
            String folder = file.directory();
            if (file.size() <= LARGEST_THUMBNAIL) {
                folders.computeIfAbsent(folder, path -> new ArrayList<>()).add(file);
            } else if (FileKind.of(file.name()).isShot()) {
                persons.add(folder);
            }
        }
        Set<String> thumbnails = new HashSet<>();
        for (Map.Entry<String, List<MediaFile>> folder : folders.entrySet()) {
            List<String> tiny = new ArrayList<>();
            boolean all = !persons.contains(folder.getKey());
            for (MediaFile file : all ? folder.getValue() : List.<MediaFile>of()) {
                if (FileKind.of(file.name()).isShot()) {
                    all &= isTiny(file, eye);
                    tiny.add(file.path());
                }
                if (!all) {
                    break;
                }
            }
            if (all) {
                thumbnails.addAll(tiny);
            }
        }
        return thumbnails;
    }

    private static boolean isTiny(MediaFile file, Eye eye) throws IOException {
        try {
            return eye.look(file, LARGEST_THUMBNAIL).isTiny();
        } catch (MediaSource.UnreadableException failed) {
            return false;
        }
    }

    private static boolean isPerhapsThumbnail(String path, long size) {
        return size <= LARGEST_THUMBNAIL && isInThumbnailFolder(path);
    }

    private static boolean isInThumbnailFolder(String path) {
        int end = path.lastIndexOf('/');
        int start = path.lastIndexOf('/', end - 1) + 1;
        return end > 0 && THUMBNAIL_FOLDERS.contains(path.substring(start, end).toLowerCase(Locale.ROOT));
    }

    private static boolean isHidden(String path) {
        return path.startsWith(".", path.lastIndexOf('/') + 1);
    }

    private static String key(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
    }

    /** Returns the result so far. */
    public Listing listing() {
        List<Unreadable> unreadable = count.refused(where);
        // If there are very many refusals, the last one stands for all that are not named.
        long found = met - refused + unreadable.size();
        return new Listing(
                taken.build(), unreadable, new Inventory(found, counts, List.copyOf(named.values()), told, texts));
    }
}
