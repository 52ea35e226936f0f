package dev.shoebox.json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class JsonObjectTest {
    @Test
    void aWrittenLineIsReadAgain() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("text", "a \"line\"\nand \u2028 more");
        fields.put("number", 9_000_000_000L);
        fields.put("decimal", 0.5);
        fields.put("yes", true);
        fields.put("texts", List.of("a", "b"));
        fields.put("objects", List.of(Map.of("name", "x")));

        String line = JsonObject.line(fields);
        JsonObject read = JsonObject.parse(line);

        assertEquals(1, line.lines().count(), line);
        assertEquals("a \"line\"\nand \u2028 more", read.text("text"));
        assertEquals(9_000_000_000L, read.number("number"));
        assertEquals(0.5, read.decimal("decimal"));
        assertTrue(read.isTrue("yes"));
        assertFalse(read.isTrue("no"));
        assertEquals(List.of("a", "b"), read.texts("texts"));
        assertEquals("x", read.objects("objects").get(0).text("name"));
        assertEquals(Optional.empty(), read.optional("nothing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "7", "[1]", "{\"a\":1", "{\"a\" 1}", "nonsense"})
    void onlyObjectsAreAccepted(String text) {
        assertThrows(IllegalArgumentException.class, () -> JsonObject.parse(text));
    }

    @Test
    void aFieldOfAnotherKindIsRefused() {
        JsonObject read = JsonObject.parse("{\"text\":\"a\",\"number\":1,\"none\":null}");

        assertThrows(RuntimeException.class, () -> read.text("number"));
        assertThrows(RuntimeException.class, () -> read.number("text"));
        assertThrows(RuntimeException.class, () -> read.texts("text"));
        assertThrows(RuntimeException.class, () -> read.object("text"));
        assertThrows(RuntimeException.class, () -> read.text("none"));
        assertThrows(RuntimeException.class, () -> read.text("missing"));
    }

    @Test
    void controlAndDirectionCharactersAreEscapedAndReadBack() {
        String hostile = "a\u009b31mb\u007fc\u202ed\u2066e\u2028f\u2029g\u0085h\ufeffi\u200fj" + "\ud83d\ude00"
                + new String(Character.toChars(0xE0041)) + "\ud800" + "k\u00e9\u65e5";
        String line = JsonObject.line(Map.of("na\u202eme", List.of(hostile)));

        line.codePoints().forEach(point -> {
            int type = Character.getType(point);
            assertTrue(
                    type != Character.CONTROL
                            && type != Character.FORMAT
                            && type != Character.LINE_SEPARATOR
                            && type != Character.PARAGRAPH_SEPARATOR
                            && type != Character.SURROGATE,
                    () -> String.format("U+%04X in %s", point, line));
        });
        assertTrue(line.contains("\ud83d\ude00") && line.contains("\u00e9\u65e5"), line);
        assertEquals(List.of(hostile), JsonObject.parse(line).texts("na\u202eme"));
    }
}
