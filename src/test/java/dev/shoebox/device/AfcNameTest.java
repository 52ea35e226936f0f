package dev.shoebox.device;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AfcNameTest {
    @Test
    void ordinaryNamesAreTheirText() {
        for (String name : new String[] {"IMG_0001.HEIC", "Ünïcödé é.JPG", "写真.heic", "🙂.mov", "a\\b", "\\x5"}) {
            assertEquals(name, AfcName.text(name.getBytes(UTF_8)));
            assertArrayEquals(name.getBytes(UTF_8), AfcName.bytes(name));
        }
    }

    @Test
    void bytesThatAreNotUtf8StandAsEscapes() {
        assertEquals("IMG_\\xFF\\xFE.JPG", AfcName.text(bytes("494d475ffffe2e4a5047")));
        assertEquals("\\xC0\\x80", AfcName.text(bytes("c080")), "an over-long form");
        assertEquals("\\xED\\xA0\\x80", AfcName.text(bytes("eda080")), "a surrogate");
        assertEquals("é\\xC3", AfcName.text(bytes("c3a9c3")), "a character cut short");
    }

    @Test
    void aNameThatLooksLikeAnEscapeIsToldFromOne() {
        assertEquals("\\x5CxFF", AfcName.text("\\xFF".getBytes(UTF_8)));
        assertEquals("\\xFF", AfcName.text(bytes("ff")));
    }

    @Test
    void noTwoNamesShareATextAndEveryNameComesBack() {
        Random random = new Random(4711);
        byte[] alphabet = bytes("5c7846463043c3a9ff80e2");
        Set<String> texts = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 50_000; i++) {
            ByteArrayOutputStream name = new ByteArrayOutputStream();
            for (int length = random.nextInt(9); length >= 0; length--) {
                name.write(alphabet[random.nextInt(alphabet.length)]);
            }
            String text = AfcName.text(name.toByteArray());
            assertArrayEquals(name.toByteArray(), AfcName.bytes(text), text);
            boolean newText = texts.add(text);
            assertEquals(names.add(HexFormat.of().formatHex(name.toByteArray())), newText, text);
        }
        assertTrue(texts.size() > 10_000);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
