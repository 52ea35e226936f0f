package dev.shoebox.export;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.fingerprint.ClaimTable;
import dev.shoebox.photos.fingerprint.Claims;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what an export says about its photos in files beside them: Google's Takeout in JSON, Apple's data export in
 * CSV. The files may come in any order and from any part of an export; they are matched with photos at the end. They
 * are untrusted: their length and number are limited, and values that make no sense are ignored.
 */
public final class Export {
    /** Takeout writes some hundred bytes for a photo, but comments on an album may be long. */
    private static final int LONGEST_JSON = 1 << 20;

    private static final int LONGEST_CSV = 16 << 20;

    /** Each takes a few hundred bytes of memory. */
    private static final int MOST_TEXTS = 300_000;

    private static final int MOST_ROWS = 500_000;

    private final TakeoutAlbums takeout = new TakeoutAlbums();
    private final AppleFolders apple = new AppleFolders();
    private int texts;
    private int rows;

    /**
     * Reads all such files of a source. Unreadable ones are ignored.
     *
     * @param listing the current listing of the source; nothing else may read from the source meanwhile
     * @throws IOException if the source is lost
     */
    public static Optional<Library> of(MediaSource source, Listing listing) throws IOException {
        Export export = new Export();
        for (MediaFile text : listing.inventory().texts()) {
            try (InputStream in = Channels.newInputStream(source.open(text))) {
                export.read(text.path(), in);
            } catch (MediaSource.UnreadableException unreadable) {
                // The listing of the source reports the error.
            }
        }
        return export.library(listing.files());
    }

    /**
     * Adds one file.
     *
     * @param path as the source lists it
     * @param in read at most to its end
     */
    public void read(String path, InputStream in) throws IOException {
        boolean json = path.toLowerCase(Locale.ROOT).endsWith(".json");
        int longest = json ? LONGEST_JSON : LONGEST_CSV;
        if (texts >= MOST_TEXTS || rows >= MOST_ROWS) {
            return;
        }
        byte[] bytes = in.readNBytes(longest + 1);
        if (bytes.length > longest) {
            return;
        }
        texts++;
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (json) {
            TakeoutText.parse(text).ifPresent(told -> takeout.add(path, told));
        } else {
            rows += apple.add(path, text);
        }
    }

    /**
     * Returns everything that the files say.
     *
     * @param files all files of the source, with or without these
     * @return empty if they say nothing about any photo
     */
    public Optional<Library> library(List<MediaFile> files) {
        if (takeout.isEmpty() && apple.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Told> told = new HashMap<>();
        takeout.tell(files, told);
        apple.tell(files, told);
        List<LibraryAsset> assets = new ArrayList<>();
        for (Asset asset : AssetGrouping.group(files)) {
            for (Resource resource : asset.resources()) {
                Told of = told.get(resource.file().path());
                if (of != null) {
                    assets.add(of.asset(asset));
                    break;
                }
            }
        }
        ClaimTable claims = apple.claims(files);
        return assets.isEmpty()
                ? Optional.empty()
                : Optional.of(new Library(assets)
                        .withClaims(new Claims(claims, Map.of("Photo Details.fileChecksum", claims.size()))));
    }
}
