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
    /** Of a page that has seen nothing yet. */
    public static final PhotoIndex EMPTY = new PhotoIndex(List.of());

    /** What the phone alone has, as far as is known. */
    public static final String ONLY_HERE = "only-here";

    /** Whatever is not backed up. */
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

    /** @param count of its photos that are here */
    public record Album(int id, String name, int count) {}

    /** First and last of ids that follow each other. */
    public record Range(int first, int last) {}

    /**
     * How many photos are of a kind, and how large they are.
     *
     * @param bytes of their files
     * @param hidden how many of them the person has hidden
     */
    public record Count(int photos, long bytes, int hidden) {
        public boolean isNone() {
            return photos == 0;
        }
    }

    public int size() {
        return entries.size();
    }

    /** Newest first. */
    public List<PageEntry> entries() {
        return entries;
    }

    public Optional<PageEntry> find(int id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The person's albums, by name. */
    public List<Album> albums() {
        return albums;
    }

    /** The photos of an album; empty where there is no such album. */
    public Optional<List<Range>> album(int id) {
        return id >= 0 && id < albums.size()
                ? Optional.of(
                        where(entry -> entry.albums().contains(albums.get(id).name())))
                : Optional.empty();
    }

    /** Whatever a search finds. */
    public List<Range> search(Search search) {
        return where(search::finds);
    }

    /** What can be saved, is not backed up, and was not thrown away. */
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
     * The photos that one of the page's buttons saves.
     *
     * @param what {@link #ONLY_HERE} or {@link #UNSAVED}
     */
    public List<PageEntry> unsavedOf(String what) {
        Predicate<Place> places = places(what);
        return entries.stream()
                .filter(entry -> isUnsaved(entry) && places.test(entry.place()))
                .toList();
    }

    /** Where photos of such a kind are. What waits for iCloud is nowhere else yet. */
    public static Predicate<Place> places(String what) {
        return what.equals(ONLY_HERE) ? place -> place == Place.ONLY_HERE || place == Place.WAITING : place -> true;
    }

    /** Whether it can be saved, is not backed up as well as it can be, and was not thrown away. */
    public static boolean isUnsaved(PageEntry entry) {
        return entry.is(Flag.HERE) && !entry.is(Flag.BACKED_UP) && !entry.is(Flag.BROKEN) && !entry.is(Flag.TRASHED);
    }

    /** Where it is. */
    public static Place placeOf(PageEntry entry) {
        return entry.place();
    }

    /** How many there are that were not thrown away. */
    public int kept() {
        return (int) entries.stream().filter(entry -> !entry.is(Flag.TRASHED)).count();
    }

    /** How many of these are so. */
    public int kept(Flag flag) {
        return (int) entries.stream()
                .filter(entry -> entry.is(flag) && !entry.is(Flag.TRASHED))
                .count();
    }

    /** How many of these are in iCloud and nowhere else. */
    public int onlyInICloud() {
        return (int) entries.stream()
                .filter(entry ->
                        entry.place() == Place.ONLY_IN_ICLOUD && !entry.is(Flag.BACKED_UP) && !entry.is(Flag.TRASHED))
                .count();
    }

    /** Whether everything that was not thrown away is in the backup, and not known to be damaged there. */
    public boolean isSafe() {
        return entries.stream()
                .filter(entry -> !entry.is(Flag.TRASHED))
                .allMatch(entry -> entry.is(Flag.BACKED_UP) && !entry.is(Flag.DAMAGED));
    }

    /** The same of what is on the phone, if there is anything. */
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
     * For the page: {@code SBX1}, the number of photos, then the columns of ids, minutes, flags and kilobytes, newest
     * first; all 32 bits, little-endian.
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
