package dev.shoebox.photos.naming;

import dev.shoebox.photos.format.FileKind;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The names in a folder of an export, one a line. */
final class ExportNameFuzz {
    private ExportNameFuzz() {}

    static List<byte[]> seeds() {
        return Stream.of(
                        "a.jpg\na(1).jpg\na.jpg.supplemental-metadata.json\na.jpg.supplemental-metadata(1).json",
                        "PXL_1.MP\nPXL_1.MP.jpg\nPXL_1.MP.jpg.json\nPXL_1.MP-edited.jpg",
                        "ThisIsAPhotoWithAVeryLongNameForATakeoutExport.jpg\n"
                                + "ThisIsAPhotoWithAVeryLongNameForATakeoutExport.json")
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        Set<String> names = new TreeSet<>(List.of(new String(bytes, UTF_8).split("\n")));
        ExportName.told(names).forEach((photo, json) -> {
            assertTrue(names.contains(photo) && names.contains(json));
            assertTrue(ExportName.isJson(json) && FileKind.of(photo).isShot());
        });
    }
}
