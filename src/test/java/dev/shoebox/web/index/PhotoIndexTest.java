package dev.shoebox.web.index;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PhotoIndexTest {
    private static PageEntry photo(int id, String taken, int flags, String words, String... albums) {
        int minutes = taken.isEmpty()
                ? PageEntry.UNDATED
                : (int) (LocalDateTime.parse(taken).toEpochSecond(ZoneOffset.UTC) / 60);
        return new PageEntry(id, words, minutes, flags, 1500, words, List.of(albums));
    }

    private static List<PhotoIndex.Range> search(PhotoIndex index, String text) {
        return index.search(new Search(text, List.of(Locale.ENGLISH, Locale.GERMAN)));
    }

    private final PhotoIndex index = new PhotoIndex(List.of(
            photo(0, "2026-08-03T14:05", Place.ONLY_HERE.bits() | Flag.HERE.bit(), "IMG_0001.HEIC sunset"),
            photo(1, "2026-08-04T14:05", Place.BOTH.bits() | Flag.HERE.bit(), "IMG_0002.HEIC", "Lake Garda"),
            photo(2, "2025-03-01T00:00", Place.WAITING.bits() | Flag.HERE.bit() | Flag.HIDDEN.bit(), "IMG_0003.MOV"),
            photo(3, "", Place.ONLY_HERE.bits() | Flag.HERE.bit() | Flag.TRASHED.bit(), "x.png", "Lake Garda"),
            photo(4, "1969-12-31T23:59", Place.ONLY_HERE.bits() | Flag.BACKED_UP.bit() | Flag.HERE.bit(), "old.jpg"),
            photo(5, "2026-09-01T08:00", Place.ONLY_IN_ICLOUD.bits(), "IMG_0006.HEIC")));

    @Test
    void columnsAreNewestFirstAndUndatedLast() {
        ByteBuffer bytes = ByteBuffer.wrap(index.columns()).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(8 + 6 * 16, bytes.limit());
        assertEquals(6, bytes.getInt(4));
        int[] ids = new int[6];
        for (int i = 0; i < 6; i++) {
            ids[i] = bytes.getInt(8 + 4 * i);
        }
        assertEquals(
                List.of(5, 1, 0, 2, 4, 3), java.util.Arrays.stream(ids).boxed().toList());
        assertEquals(-1, bytes.getInt(8 + 24 + 16));
        assertEquals(Integer.MIN_VALUE, bytes.getInt(8 + 24 + 20));
        assertEquals(2, bytes.getInt(8 + 72));
    }

    @Test
    void photosOnlyHereIncludeWaitingAndHiddenButNotDeletedOnes() {
        PhotoIndex.Count count = index.unsaved(PhotoIndex.places(PhotoIndex.ONLY_HERE));
        assertEquals(2, count.photos());
        assertEquals(1, count.hidden());
        assertEquals(
                List.of(0, 2),
                index.unsavedOf(PhotoIndex.ONLY_HERE).stream()
                        .map(PageEntry::id)
                        .toList());
        assertEquals(3, index.unsavedOf(PhotoIndex.UNSAVED).size());
        assertEquals(5, index.kept());
    }

    @Test
    void aSearchFindsNamesTitlesAlbumsAndDates() {
        assertEquals(List.of(new PhotoIndex.Range(0, 0)), search(index, "SUNSET"));
        assertEquals(List.of(new PhotoIndex.Range(0, 1)), search(index, "2026-08"));
        assertEquals(List.of(new PhotoIndex.Range(0, 1)), search(index, "august 2026"));
        assertEquals(List.of(new PhotoIndex.Range(2, 2)), search(index, "März"));
        assertEquals(List.of(new PhotoIndex.Range(1, 1), new PhotoIndex.Range(3, 3)), search(index, "garda"));
        assertEquals(List.of(new PhotoIndex.Range(1, 1)), search(index, "garda 2026"));
        assertTrue(search(index, "nothing.*").isEmpty());
    }

    @Test
    void albumsAreCountedAndHaveNumbers() {
        assertEquals(List.of(new PhotoIndex.Album(0, "Lake Garda", 2)), index.albums());
        assertEquals(2, index.album(0).orElseThrow().size());
        assertTrue(index.album(1).isEmpty());
        assertTrue(index.album(-1).isEmpty());
    }

    @Test
    void allIsSafeOnlyWhereEveryPhotoIsInTheBackupAndSound() {
        int saved = Place.BOTH.bits() | Flag.HERE.bit() | Flag.BACKED_UP.bit();
        assertTrue(safe(saved, saved));
        assertFalse(safe(saved, Place.ONLY_IN_ICLOUD.bits()));
        assertFalse(safe(saved, saved | Flag.DAMAGED.bit()));
        assertTrue(safe(saved, Place.ONLY_HERE.bits() | Flag.HERE.bit() | Flag.TRASHED.bit()));
    }

    private static boolean safe(int one, int other) {
        return new PhotoIndex(List.of(
                        photo(0, "2026-08-03T14:05", one, "IMG_0001.HEIC"),
                        photo(1, "2026-08-04T14:05", other, "IMG_0002.HEIC")))
                .isSafe();
    }
}
