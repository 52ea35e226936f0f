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
 * What an export tells of its photos in files beside them: Google's Takeout in JSON, Apple's copy of one's data in CSV. The
 * texts may come in any order and from any part of an export; what they say is looked up once all files are known. Anybody
 * may have written them: how long each is and how many there are is bounded, and what makes no sense tells nothing.
 */
public final class Export {
    /** Takeout writes some hundred bytes for a photo; comments on an album may be long. */
    private static final int LONGEST_JSON = 1 << 20;

    private static final int LONGEST_CSV = 16 << 20;

    /** What is kept of a text takes a few hundred bytes of memory. */
    private static final int MOST_TEXTS = 300_000;

    private static final int MOST_ROWS = 500_000;

    private final TakeoutAlbums takeout = new TakeoutAlbums();
    private final AppleFolders apple = new AppleFolders();
    private int texts;
    private int rows;

    /**
     * Reads what a source tells of its photos in texts of its own. Texts that cannot be read tell nothing.
     *
     * @param listing of the source as it is; nothing else may be read from it meanwhile
     * @throws IOException if the source is lost
     */
    public static Optional<Library> of(MediaSource source, Listing listing) throws IOException {
        Export export = new Export();
        for (MediaFile text : listing.inventory().texts()) {
            try (InputStream in = Channels.newInputStream(source.open(text))) {
                export.read(text.path(), in);
            } catch (MediaSource.UnreadableException unreadable) {
                // Whoever lists the source says of it what is to be said.
            }
        }
        return export.library(listing.files());
    }

    /**
     * Takes in one text.
     *
     * @param path as the source lists it
     * @param in read to its end at most
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
     * What all texts together tell.
     *
     * @param files all files of the source, those with the texts among them or not
     * @return empty where they tell nothing of any photo
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
