package dev.shoebox.destination;

import dev.shoebox.destination.disk.Names;
import dev.shoebox.photos.Role;

import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Arbitrary names become names that every disk can hold. */
final class SafeNameFuzz {
    private static final String FOLDER = "2024/05";

    private SafeNameFuzz() {}

    static List<byte[]> seeds() {
        return Stream.of(
                        "IMG_0001.HEIC",
                        "../../..",
                        "CON.jpg",
                        "lpt\u00b9 .x",
                        "a. . .",
                        "e\u0301\u202e.jpg",
                        "\\xFF\\x2F",
                        "\ud83d\ude00".repeat(60) + ".mov")
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        String name = new String(bytes, UTF_8);
        String safe = Names.safe(name, Names.STEM_BYTES);
        assertTrue(safe.getBytes(UTF_8).length <= Names.STEM_BYTES + 1, name);
        assertEquals(safe, Names.safe(safe, Names.STEM_BYTES), name);
        assertComponent(safe, name);
        String stem = Names.stem(FOLDER, name, "3fa9c1d2");
        assertEquals(FOLDER, Names.folder(stem), name);
        for (Role role : Role.values()) {
            String part = Names.part(stem, role, name, "3fa9c1d2");
            assertTrue(part.length() <= Names.PATH_CHARACTERS, name);
            assertEquals(FOLDER, Names.folder(part), name);
            assertComponent(Names.last(part), name);
        }
    }

    private static void assertComponent(String component, String name) {
        assertFalse(component.isEmpty() || component.startsWith("."), name);
        assertFalse(component.endsWith(".") || component.endsWith(" "), name);
        assertTrue(component.chars().noneMatch(each -> "\"*/:<>?\\|".indexOf(each) >= 0 || each < ' '), name);
    }
}
