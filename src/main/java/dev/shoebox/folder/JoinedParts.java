package dev.shoebox.folder;

import dev.shoebox.folder.archive.ArchiveHolder;
import dev.shoebox.folder.archive.ArchiveHolder.Contents;
import dev.shoebox.folder.archive.ArchiveHolder.Opener;
import dev.shoebox.folder.archive.ArchiveName;
import dev.shoebox.photos.sorting.FileSorter;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.Unreadable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds what to read together: each named root, the archives in a folder, and the archives in an archive. Archives
 * nested deeper are passed over by name, and archives beyond a certain number are refused.
 */
final class JoinedParts {
    /** Each stays open until the run ends. */
    private static final int MOST_ARCHIVES = 200;

    /**
     * One folder or archive.
     *
     * @param place the prefix of its paths; empty, or ending with a slash
     */
    record Part(MediaSource source, String place, Listing listing) {}

    private final List<Part> parts = new ArrayList<>();
    private final List<MediaSource> opened = new ArrayList<>();
    /**
     * The share of the listing limit that tables of contents may use. They need several times the memory of a listing.
     */
    private static final int SHARE_HELD = 8;

    private final ListingLimits limits;
    private final FileSorter rest;
    private int archives;
    private long met;

    /** @param where the name of the source in messages */
    JoinedParts(ListingLimits limits, String where) {
        this.limits = limits;
        this.rest = new FileSorter(limits, where);
    }

    /** Adds a named root and the archives in it. */
    void add(MediaSource source, String place) throws IOException {
        Contents contents = contents(source);
        met += contents.listing().inventory().found();
        parts.add(new Part(source, place, contents.listing()));
        for (Map.Entry<String, Opener> archive : contents.archives().entrySet()) {
            add(place + archive.getKey(), archive.getValue(), source instanceof Folder);
        }
    }

    private static Contents contents(MediaSource source) throws IOException {
        Contents contents =
                source instanceof ArchiveHolder holder ? holder.contents() : new Contents(source.list(), Map.of());
        return source instanceof Folder
                ? contents
                : new Contents(PackedBackups.passedOver(contents.listing()), contents.archives());
    }

    /** @param further whether to open the archives in it as well */
    private void add(String path, Opener opener, boolean further) throws IOException {
        if (++archives > MOST_ARCHIVES) {
            refuse(
                    path,
                    path + " was skipped: there are more than " + MOST_ARCHIVES + " archives. Pass it to "
                            + "--from in another run.");
            return;
        }
        if (met > limits.entries()) {
            refuse(
                    path,
                    path + " was skipped: there are more than " + limits.entries() + " files. Pass it to "
                            + "--from in another run.");
            return;
        }
        MediaSource source;
        try {
            source = opener.open(met < limits.entries() / SHARE_HELD);
        } catch (IOException unsuitable) {
            refuse(path, unsuitable.getMessage());
            return;
        }
        opened.add(source);
        Contents contents =
                further ? contents(source) : new Contents(PackedBackups.passedOver(source.list()), Map.of());
        Listing listing = contents.listing();
        met += listing.inventory().found();
        if (listing.files().isEmpty()
                && !listing.inventory().mayHoldMore()
                && listing.unreadable().isEmpty()
                && listing.inventory().texts().isEmpty()
                && contents.archives().isEmpty()) {
            rest.met();
            rest.passOver(new PassedOver(path, PassedOver.Kind.ARCHIVE, "an archive without photos or videos in it"));
            return;
        }
        String place = ArchiveName.place(path);
        parts.add(new Part(source, place, listing));
        for (Map.Entry<String, Opener> archive : contents.archives().entrySet()) {
            add(place + archive.getKey(), archive.getValue(), false);
        }
    }

    private void refuse(String path, String message) {
        rest.met();
        rest.refuse(new Unreadable(path, Unreadable.Reason.REFUSED, message));
    }

    /** Returns the parts, in the same order in every run. */
    List<Part> found() {
        return parts;
    }

    /** Returns everything found on the way that is not a part. */
    Listing rest() {
        return rest.listing();
    }

    /** Closes everything opened so far. */
    void close() {
        opened.forEach(MediaSource::close);
    }
}
