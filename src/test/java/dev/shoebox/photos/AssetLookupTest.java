package dev.shoebox.photos;

import dev.shoebox.photos.source.MediaFile;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;

class AssetLookupTest {
    private static MediaFile file(String path) {
        return new MediaFile(path, path.length(), Instant.EPOCH, Optional.empty());
    }

    @Test
    void findsEveryFileAndKeyAndNothingElse() {
        List<Asset> assets = new ArrayList<>();
        List<MediaFile> files = new ArrayList<>();
        for (int number = 0; number < 5000; number++) {
            String key = "DCIM/" + number % 7 + "/IMG_" + number;
            List<Resource> resources = new ArrayList<>(List.of(new Resource(file(key + ".HEIC"), Role.PHOTO)));
            if (number % 3 == 0) {
                resources.add(new Resource(file(key + ".MOV"), Role.PAIRED_VIDEO));
            }
            resources.forEach(resource -> files.add(resource.file()));
            assets.add(new Asset(key, "IMG_" + number, resources));
        }
        AssetLookup lookup = new AssetLookup(assets);

        assertEquals(files.size(), lookup.files());
        for (int index = 0; index < files.size(); index++) {
            assertEquals(index, lookup.indexOf(files.get(index)));
        }
        for (int number = 0; number < assets.size(); number++) {
            Asset asset = assets.get(number);
            assertEquals(number, lookup.withKey(asset.key()));
            for (Resource resource : asset.resources()) {
                assertEquals(number, lookup.at(resource.file().path()));
            }
            MediaFile same = asset.primary().file();
            assertEquals(
                    -1, lookup.indexOf(new MediaFile(same.path(), same.size() + 1, same.modified(), same.created())));
            assertEquals(-1, lookup.at(asset.key()));
            assertEquals(-1, lookup.withKey(same.path()));
        }
    }

    @Test
    void amongNoAssetsThereIsNothing() {
        AssetLookup lookup = new AssetLookup(List.of());

        assertEquals(0, lookup.files());
        assertEquals(-1, lookup.indexOf(file("a")));
        assertEquals(-1, lookup.at("a"));
        assertEquals(-1, lookup.withKey("a"));
    }
}
