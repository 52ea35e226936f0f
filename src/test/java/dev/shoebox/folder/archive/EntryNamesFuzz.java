package dev.shoebox.folder.archive;

import dev.shoebox.photos.naming.EscapedName;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Names of archive entries: none that is accepted leads out of the archive. */
final class EntryNamesFuzz {
    private EntryNamesFuzz() {}

    static List<byte[]> seeds() {
        return Stream.of(
                        "DCIM/100APPLE/IMG_0001.JPG",
                        "../up.jpg",
                        "/etc/absolute.jpg",
                        "C:/drive.jpg",
                        "a\\b.jpg",
                        "./a//b/./c.MOV",
                        "__MACOSX/._a.jpg",
                        "zero\0byte.jpg")
                .map(text -> text.getBytes(ISO_8859_1))
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        EntryNames names = new EntryNames();
        String suspect = new String(bytes, ISO_8859_1);
        EntryNames.Verdict first = names.judge(suspect, EscapedName.text(bytes));
        EntryNames.Verdict second = names.judge(suspect, EscapedName.text(bytes));
        if (first.refused().isEmpty() && first.passedOver().isEmpty()) {
            String path = first.path();
            assertFalse(
                    path.isEmpty() || path.indexOf('\0') >= 0 || Path.of(path).isAbsolute(), suspect);
            assertTrue(Path.of(path).equals(Path.of(path).normalize()), suspect);
            assertFalse(second.path().equals(path), suspect);
        }
    }
}
