package dev.shoebox.photos.naming;

import dev.shoebox.photos.metadata.Crafted;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

class EscapedNameTest {
    @Test
    void validUtf8IsUnchanged() {
        for (String name : new String[] {"IMG_0001.HEIC", "é ü 日本 😀.jpg", "a\\b.jpg", "\\x4.jpg", "\\xe9.jpg", ""}) {
            assertEquals(name, EscapedName.text(name.getBytes(UTF_8)));
            assertArrayEquals(name.getBytes(UTF_8), EscapedName.bytes(name));
        }
    }

    @Test
    void invalidUtf8AndApparentEscapesAreEscaped() {
        assertEquals("caf\\xE9.jpg", EscapedName.text(Crafted.bytes('c', 'a', 'f', 0xe9, '.', 'j', 'p', 'g')));
        assertEquals("\\x5Cx41", EscapedName.text("\\x41".getBytes(UTF_8)));
        assertEquals("\\xC0\\xAF", EscapedName.text(Crafted.bytes(0xc0, 0xaf)), "an over-long slash is no slash");
        assertEquals("\\xED\\xA0\\x80", EscapedName.text(Crafted.bytes(0xed, 0xa0, 0x80)), "half a surrogate pair");
    }

    @Test
    void twoNamesNeverShareAText() {
        Random random = new Random(8);
        Map<String, byte[]> seen = new HashMap<>();
        int[] alphabet = {'\\', 'x', 'E', '9', '5', 'C', 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xff};
        for (int i = 0; i < 50_000; i++) {
            int[] name = random.ints(random.nextInt(8), 0, alphabet.length)
                    .map(at -> alphabet[at])
                    .toArray();
            byte[] bytes = Crafted.bytes(name);
            String text = EscapedName.text(bytes);
            assertArrayEquals(bytes, EscapedName.bytes(text), text);
            byte[] other = seen.putIfAbsent(text, bytes);
            if (other != null) {
                assertArrayEquals(other, bytes, text);
            }
        }
    }
}
