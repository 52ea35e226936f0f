package dev.shoebox.library.column;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Strings come back unchanged, wherever they are stored, and equal ones are stored once. */
class StringPoolTest {
    @Test
    void eachTextComesBackAndEqualOnesShareAPlace() {
        var texts = new StringPool(64 << 20);
        var random = new Random(1);
        Map<Integer, String> kept = new LinkedHashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String text = (i + "\u00e9\u732b").repeat(1 + random.nextInt(i % 100 == 0 ? 2_000 : 5));
            int place = texts.keep(text);
            assertEquals(place, texts.keep(text));
            kept.put(place, text);
        }
        assertEquals(20_000, kept.size());
        kept.forEach((place, text) -> assertEquals(Optional.of(text), texts.get(place)));
    }

    @Test
    void stringsBeyondTheLimitAreAbsentAndKnownOnesStay() {
        var texts = new StringPool(30);
        int known = texts.keep("twenty characters...");
        assertEquals(StringPool.NONE, texts.keep("twenty more of them."));
        assertEquals(known, texts.keep("twenty characters..."));
        assertEquals(Optional.empty(), texts.get(StringPool.NONE));
    }

    @Test
    void numbersOfKeysAreFoundAgainHoweverManyThereAre() {
        var map = new LongIntMap();
        for (long key = -5_000; key < 5_000; key++) {
            map.putIfAbsent(key * 1_000_003, (int) key + 5_000);
            map.putIfAbsent(key * 1_000_003, 7);
        }
        for (long key = -5_000; key < 5_000; key++) {
            assertEquals((int) key + 5_000, map.get(key * 1_000_003));
        }
        assertEquals(-1, map.get(5));
    }
}
