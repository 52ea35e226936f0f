package dev.shoebox.photos.source;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ScopeTest {
    private static final String SHARED = "PhotoData/PhotoCloudSharingData/1/ABC/100CLOUD/IMG_0001.JPG";

    private static List<String> within(Scope scope, String... paths) {
        Listing all = new Listing(
                Stream.of(paths)
                        .map(path -> new MediaFile(path, 1, Instant.EPOCH, Optional.empty()))
                        .toList(),
                List.of());
        return scope.of(all).files().stream().map(MediaFile::path).toList();
    }

    @Test
    void sharedAlbumsAreLookedThroughOnlyWhereAskedFor() {
        String copy = "old phone/" + SHARED;
        assertEquals(List.of("DCIM/a.JPG"), within(Scope.USUAL, "DCIM/a.JPG", SHARED, copy));
        assertEquals(List.of(SHARED, copy), within(new Scope(true, false), SHARED, copy));
        assertEquals(4, new Scope(true, false).folders().size());
    }

    @Test
    void aFolderThatOnlyHasTheNameBelongsToTheUser() {
        String own = "my PhotoData/PhotoCloudSharingDataX/IMG_0001.JPG";
        assertEquals(List.of(own), within(Scope.USUAL, own));
    }
}
