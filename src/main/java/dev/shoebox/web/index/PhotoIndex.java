package dev.shoebox.web.index;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** All photos of the page at one time, newest first. Immutable. */
public final class PhotoIndex {
    /** The index of a page that has not read anything yet. */
    public static final PhotoIndex EMPTY = new PhotoIndex(List.of());

    /** The photos that exist only on the phone, as far as is known. */
    public static final String ONLY_HERE = "only-here";

    /** All photos that are not backed up. */
    public static final String UNSAVED = "unsaved";

    private static final byte[] MAGIC = "SBX1".getBytes(StandardCharsets.US_ASCII);
    private static final int COLUMNS = 4;
    private static final int KILO = 1000;

    private final List<PageEntry> entries;
    private final Map<Integer, PageEntry> byId = new HashMap<>();
    private final List<Album> albums;

    public PhotoIndex(Collection<PageEntry> entries) {
        this.entries = entries.stream()
                .sorted(Comparator.comparingInt(PageEntry::minutes)
                        .thenComparingInt(PageEntry::id)
                        .reversed())
                .toList();
        this.entries.forEach(entry -> byId.put(entry.id(), entry));
        Map<String, Integer> counts =
                new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.<String>naturalOrder()));
        for (PageEntry entry : this.entries) {
            entry.albums().forEach(album -> counts.merge(album, 1, Integer::sum));
        }
        List<Album> named = new ArrayList<>();
        counts.forEach((name, count) -> named.add(new Album(named.size(), name, count)));
        this.albums = List.copyOf(named);
    }

    /** @param count the number of its photos in the index */
    public record Album(int id, String name, int count) {}

    /** The first and last of consecutive ids. */
    public record Range(int first, int last) {}

    /**
     * The number and size of photos.
     *
     * @param bytes the size of their files
     * @param hidden how many of them the owner has hidden
     */
    public record Count(int photos, long bytes, int hidden) {
        public boolean isNone() {
            return photos == 0;
        }
    }

    public int size() {
        return entries.size();
    }

    /** Returns the photos, newest first. */
    public List<PageEntry> entries() {
        return entries;
    }

    public Optional<PageEntry> find(int id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns the albums of the owner, by name. */
    public List<Album> albums() {
        return albums;
    }

    /** Returns the photos of an album; empty if there is no such album. */
    public Optional<List<Range>> album(int id) {
        return id >= 0 && id < albums.size()
                ? Optional.of(
                        where(entry -> entry.albums().contains(albums.get(id).name())))
                : Optional.empty();
    }

    /** Returns all matches of a search. */
    public List<Range> search(Search search) {
        return where(search::finds);
    }

    /** Counts the photos that can be saved, are not backed up, and were not deleted. */
    public Count unsaved(Predicate<Place> places) {
        int photos = 0;
        long bytes = 0;
        int hidden = 0;
        for (PageEntry entry : entries) {
            if (isUnsaved(entry) && places.test(entry.place())) {
                photos++;
                bytes += entry.bytes();
                hidden += entry.is(Flag.HIDDEN) ? 1 : 0;
            }
        }
        return new Count(photos, bytes, hidden);
    }

    /**
     * Returns the photos that one of the page's buttons saves.
     *
     * @param what {@link #ONLY_HERE} or {@link #UNSAVED}
     */
    public List<PageEntry> unsavedOf(String what) {
        Predicate<Place> places = places(what);
        return entries.stream()
                .filter(entry -> isUnsaved(entry) && places.test(entry.place()))
                .toList();
    }

    /** Returns where photos of this kind are. A photo that waits for iCloud is nowhere else yet. */
    public static Predicate<Place> places(String what) {
        return what.equals(ONLY_HERE) ? place -> place == Place.ONLY_HERE || place == Place.WAITING : place -> true;
    }

    /** Returns whether the photo is on the phone, not backed up, not broken there, and not deleted. */
    public static boolean isUnsaved(PageEntry entry) {
        return entry.is(Flag.HERE) && !entry.is(Flag.BACKED_UP) && !entry.is(Flag.BROKEN) && !entry.is(Flag.TRASHED);
    }

    /** Counts the photos that were not deleted. */
    public int kept() {
        return (int) entries.stream().filter(entry -> !entry.is(Flag.TRASHED)).count();
    }

    /** Counts those with a property. */
    public int kept(Flag flag) {
        return (int) entries.stream()
                .filter(entry -> entry.is(flag) && !entry.is(Flag.TRASHED))
                .count();
    }

    /** Counts those that are only in iCloud. */
    public int onlyInICloud() {
        return (int) entries.stream()
                .filter(entry ->
                        entry.place() == Place.ONLY_IN_ICLOUD && !entry.is(Flag.BACKED_UP) && !entry.is(Flag.TRASHED))
                .count();
    }

    /** Returns whether every photo that was not deleted is in the backup and not known to be damaged there. */
    public boolean isSafe() {
        return entries.stream()
                .filter(entry -> !entry.is(Flag.TRASHED))
                .allMatch(entry -> entry.is(Flag.BACKED_UP) && !entry.is(Flag.DAMAGED));
    }

    /** Returns the same for the photos on the phone, if there are any. */
    public boolean isSafeHere() {
        List<PageEntry> here = entries.stream()
                .filter(entry -> entry.is(Flag.HERE) && !entry.is(Flag.TRASHED))
                .toList();
        return !here.isEmpty() && here.stream().allMatch(entry -> entry.is(Flag.BACKED_UP) && !entry.is(Flag.DAMAGED));
    }

    private List<Range> where(Predicate<PageEntry> wanted) {
        int[] ids =
                entries.stream().filter(wanted).mapToInt(PageEntry::id).sorted().toArray();
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < ids.length; ) {
            int end = i;
            while (end + 1 < ids.length && ids[end + 1] == ids[end] + 1) {
                end++;
            }
            ranges.add(new Range(ids[i], ids[end]));
            i = end + 1;
        }
        return ranges;
    }

    /**
     * Encodes the index for the page: {@code SBX1}, the number of photos, then the columns of ids, minutes, flags and
     * kilobytes, newest first; all 32 bits, little-endian.
     */
    public byte[] columns() {
        int count = entries.size();
        ByteBuffer bytes = ByteBuffer.allocate(MAGIC.length + Integer.BYTES + COLUMNS * Integer.BYTES * count)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putInt(count);
        entries.forEach(entry -> bytes.putInt(entry.id()));
        entries.forEach(entry -> bytes.putInt(entry.minutes()));
        entries.forEach(entry -> bytes.putInt(entry.flags()));
        entries.forEach(entry -> bytes.putInt((int) Math.min(Integer.MAX_VALUE, (entry.bytes() + KILO - 1) / KILO)));
        return bytes.array();
    }
}
