package dev.shoebox.photos;

import dev.shoebox.photos.metadata.Crafted;
import dev.shoebox.photos.naming.EscapedName;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.MediaFile;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Names of files on a source, one a line: kept byte by byte, grouped, and parsed for a date. */
final class SourceNameFuzz {
    private SourceNameFuzz() {}

    static List<byte[]> seeds() {
        return Stream.of(
                        "IMG_0001.HEIC\nIMG_0001.MOV\nIMG_0001.AAE\nIMG_E0001.HEIC\nIMG_O0001.AAE",
                        "IMG_0002.DNG\nIMG_0002.JPG\nIMG_0002.jpg\nIMG_0002\nIMG_0002.JPG.JPG",
                        "PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/FullSizeRender.heic",
                        "Screenshot 2023-01-15 at 10.11.12 PM.png\nPXL_20230115_101112345.mp4\n20230115101112.jpg",
                        "\\x41\\xFF\u00ff\u00c3\u00a9.jpg")
                .map(Crafted::ascii)
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = EscapedName.text(bytes);
        assertArrayEquals(bytes, EscapedName.bytes(text), text);
        List<MediaFile> files = text.lines()
                .distinct()
                .map(name -> new MediaFile("DCIM/100APPLE/" + name, 1, Instant.EPOCH, Optional.empty()))
                .toList();
        files.forEach(file -> CaptureTime.of(file));
        List<Asset> assets = AssetGrouping.group(files);
        assertEquals(
                files.size(),
                assets.stream().mapToInt(asset -> asset.resources().size()).sum(),
                text);
        assertEquals(assets.size(), assets.stream().map(Asset::key).distinct().count(), text);
    }
}
