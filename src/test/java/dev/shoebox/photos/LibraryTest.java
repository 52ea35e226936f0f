package dev.shoebox.photos;

import dev.shoebox.photos.LibraryAsset.Upload;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.MediaFile;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;

class LibraryTest {
    private static LibraryAsset known(String path) {
        return new LibraryAsset(
                path,
                Role.PHOTO,
                Set.of(),
                new LibraryAsset.Taken(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                new LibraryAsset.Words(Optional.empty(), Optional.empty(), Optional.empty(), List.of()),
                new LibraryAsset.Membership(List.of(), Optional.empty()),
                new LibraryAsset.OriginalFiles(Upload.UNKNOWN, List.of()));
    }

    private static List<Asset> files(String... paths) {
        return AssetGrouping.group(List.of(paths).stream()
                .map(path -> new MediaFile(path, 1, Instant.EPOCH, Optional.empty()))
                .toList());
    }

    @Test
    void assetsWithOneStemAreDistinguishedByTheirOriginals() {
        LibraryAsset still = known("DCIM/100APPLE/IMG_0001.HEIC");
        LibraryAsset screenshot = known("DCIM/100APPLE/IMG_0001.PNG");
        Library library = new Library(List.of(screenshot, still));

        assertEquals(
                List.of(Optional.of(still), Optional.of(screenshot)),
                files("DCIM/100APPLE/IMG_0001.HEIC", "DCIM/100APPLE/IMG_0001.PNG").stream()
                        .map(library::find)
                        .toList());
    }

    @Test
    void anEditWithoutItsOriginalIsKnownByItsKey() {
        LibraryAsset placeholder = known("DCIM/100APPLE/IMG_0001.HEIC");
        Library library = new Library(List.of(placeholder));

        Asset edit = files("PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/FullSizeRender.jpg")
                .get(0);
        assertEquals(Optional.of(placeholder), library.find(edit));
        assertEquals(
                Optional.empty(),
                library.find(files("DCIM/101APPLE/IMG_0001.HEIC").get(0)));
    }
}
