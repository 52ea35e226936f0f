package dev.shoebox.photos.source;

import java.util.ArrayList;
import java.util.List;

/**
 * Which folders of a phone are listed in addition to originals and edits.
 *
 * @param sharedAlbums the reduced copies of photos in shared albums
 * @param previews the reduced renditions of originals that are not on the phone
 */
public record Scope(boolean sharedAlbums, boolean previews) {
    /** The default. */
    public static final Scope USUAL = new Scope(false, false);

    /** The phone's folder for photos of shared albums. */
    public static final String SHARED_ALBUMS = "PhotoData/PhotoCloudSharingData";

    private static final String PREVIEWS = "PhotoData/Metadata";

    /** Whether nobody asked for more. */
    public boolean isUsual() {
        return !sharedAlbums && !previews;
    }

    /** Returns the folders of a phone, as paths without trailing slash. */
    public List<String> folders() {
        // DCIM: taken on this phone, or imported. CPLAssets: received through iCloud. Mutations: edits of both.
        List<String> folders = new ArrayList<>(List.of("DCIM", "PhotoData/CPLAssets", "PhotoData/Mutations"));
        if (sharedAlbums) {
            folders.add(SHARED_ALBUMS);
        }
        if (previews) {
            folders.add(PREVIEWS);
        }
        return List.copyOf(folders);
    }

    /**
     * Returns the part of a listing within this scope. A folder with the copy of a phone may list more than requested.
     */
    public Listing of(Listing all) {
        if ((sharedAlbums && previews)
                || (all.files().stream().allMatch(file -> contains(file.path()))
                        && all.unreadable().stream().allMatch(file -> contains(file.path())))) {
            return all;
        }
        List<MediaFile> files = new ArrayList<>();
        List<PassedOver> outside = new ArrayList<>();
        for (MediaFile file : all.files()) {
            if (contains(file.path())) {
                files.add(file);
            } else {
                outside.add(passedOver(file.path()));
            }
        }
        List<Unreadable> unreadable = new ArrayList<>();
        for (Unreadable file : all.unreadable()) {
            if (contains(file.path())) {
                unreadable.add(file);
            } else {
                outside.add(passedOver(file.path()));
            }
        }
        return new Listing(files, unreadable, all.inventory().passing(outside));
    }

    /** Returns the entry for a file outside this scope that could be requested. */
    public static PassedOver passedOver(String path) {
        return lies(path, SHARED_ALBUMS)
                ? new PassedOver(
                        path,
                        PassedOver.Kind.SHARED_ALBUM,
                        "a reduced copy in a shared album; --shared-albums includes it")
                : new PassedOver(
                        path,
                        PassedOver.Kind.PREVIEW,
                        "a reduced copy kept by the iPhone; --placeholders preview includes those of originals in iCloud");
    }

    private boolean contains(String path) {
        return (sharedAlbums || !lies(path, SHARED_ALBUMS)) && (previews || !lies(path, PREVIEWS));
    }

    private static boolean lies(String path, String folder) {
        int at = path.indexOf(folder);
        return at >= 0
                && (at == 0 || path.charAt(at - 1) == '/')
                && (path.length() == at + folder.length() || path.charAt(at + folder.length()) == '/');
    }
}
