package dev.shoebox.destination.naming;

import dev.shoebox.destination.disk.Names;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaSource.Placed;
import dev.shoebox.photos.source.Scope;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns files other than photos into assets of their own. The name of each includes its folders, as the layout of files
 * needs it: {@code Files/Apps/Sketches/Plans/house.pdf}.
 */
public final class FileAssets {
    private FileAssets() {}

    /** Returns the part of a listing that is within a scope; files other than photos always are. */
    public static Listing within(Scope scope, Listing listing, MediaSource source) {
        return Placed.of(source).isPresent() ? listing : scope.of(listing);
    }

    /** Returns the files of a source of such files; of another source, its photos. */
    public static List<Asset> group(Listing listing, MediaSource source) {
        return Placed.of(source)
                .map(placed -> of(listing.files(), placed))
                .orElseGet(() -> AssetGrouping.group(listing));
    }

    private static List<Asset> of(List<MediaFile> files, Placed source) {
        Map<MediaFile, String> places = new LinkedHashMap<>();
        Set<String> folders = new HashSet<>();
        for (MediaFile file : files) {
            String place = FileNames.place(source.place(file));
            places.put(file, place);
            for (int slash = place.lastIndexOf('/'); slash > 0; slash = place.lastIndexOf('/', slash - 1)) {
                if (!folders.add(Names.fold(place.substring(0, slash)))) {
                    break;
                }
            }
        }
        List<Asset> assets = new ArrayList<>(files.size());
        places.forEach((file, place) -> {
            String extension = Names.extension(file.name());
            String name = place.endsWith(extension) ? place.substring(0, place.length() - extension.length()) : place;
            // On the phone, names that differ only in case are different; elsewhere a file would have the name of a
            // folder.
            String apart = folders.contains(Names.fold(place)) ? name + "_" : name;
            assets.add(new Asset(file.path(), apart, List.of(new Resource(file, Role.FILE))));
        });
        return assets;
    }
}
