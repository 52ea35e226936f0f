package dev.shoebox.photos.sorting;

import dev.shoebox.photos.format.FileKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.text.Normalizer;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;

class CompanionsTest {
    /** Returns the key of the photo or film that the file belongs to. */
    private static Optional<String> owner(String path, String... shots) {
        Set<String> keys = Set.of(shots).stream()
                .map(shot -> shot.substring(0, shot.lastIndexOf('.')))
                .collect(Collectors.toSet());
        return new Companions(Set.of(shots), keys)
                .of(path, FileKind.of(path.substring(path.lastIndexOf('/') + 1)))
                .map(Companions.Owner::key);
    }

    @ParameterizedTest
    @CsvSource({
        "a/IMG_10.jpg.txt, a/IMG_10.JPG",
        "a/img_10.xmp, a/IMG_10.JPG",
        "a/IMG_10.XMP, a/img_10.jpg",
        "a/img_10.jpg.xmp, a/IMG_10.JPG",
        "a/img_10_01.jpg.xmp, a/IMG_10.JPG",
        "a/img_10.jpg_original, a/IMG_10.JPG",
        "a/IMG_10.JPG_ORIGINAL, a/IMG_10.JPG",
        "a/img_10.jpg~, a/IMG_10.JPG",
        "a/IMG_10.AAE, a/img_10.jpg",
        "a/img_10.aae, a/IMG_10.HEIC",
        "a/img_10.thm, a/IMG_10.MOV",
        "a/img_10.mp3, a/IMG_10.JPG",
        "a/snd_0003.wav, a/IMG_0003.JPG",
        "a/gl010001.lrv, a/GX010001.MP4",
        "a/c0001m01.xml, a/C0001.MP4",
        "a/IMG_10.jpg.json, a/IMG_10.JPG",
    })
    void aCompanionIsFoundInAnyCase(String companion, String shot) {
        Optional<String> key = Optional.of(shot.substring(0, shot.lastIndexOf('.')));
        assertEquals(key, owner(companion, shot));
        assertEquals(key, owner(companion, shot, "b/img_10.jpg", "A/img_10.jpg", "a/img_100.jpg"));
    }

    @Test
    void theExactCaseWins() {
        assertEquals(Optional.of("a/img_10"), owner("a/img_10.xmp", "a/IMG_10.JPG", "a/img_10.jpg"));
        assertEquals(Optional.of("a/IMG_10"), owner("a/IMG_10.xmp", "a/IMG_10.JPG", "a/img_10.jpg"));
        assertEquals(Optional.of("a/IMG_10"), owner("a/IMG_10.JPG.xmp", "a/IMG_10.JPG", "a/IMG_10.jpg"));
        assertEquals(Optional.of("a/IMG_10"), owner("a/img_10.xmp", "a/IMG_10.JPG", "a/IMG_10.MOV"));
    }

    @Test
    void aCompanionOfTwoPhotosHasNoOwner() {
        assertEquals(Optional.empty(), owner("a/Img_10.xmp", "a/IMG_10.JPG", "a/img_10.jpg"));
        assertEquals(Optional.empty(), owner("a/Img_10.jpg.txt", "a/IMG_10.JPG", "a/img_10.jpg"));
        assertEquals(Optional.empty(), owner("a/img_10.xmp", "A/IMG_10.JPG"));
    }

    @Test
    void accentsMayBeDecomposed() {
        String decomposed = Normalizer.normalize("a/\u00c9t\u00e9.xmp", Normalizer.Form.NFD);
        assertEquals(Optional.of("a/\u00c9t\u00e9"), owner(decomposed, "a/\u00c9t\u00e9.jpg"));
    }
}
