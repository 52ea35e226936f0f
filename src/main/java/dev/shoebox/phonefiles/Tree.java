package dev.shoebox.phonefiles;

import dev.shoebox.device.afc.PhonePhotos;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.MediaStream.Bytes;
import dev.shoebox.photos.source.MediaStream.Piece;
import dev.shoebox.photos.source.MediaStream.Whole;
import dev.shoebox.photos.source.Unreadable;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/**
 * One tree of files on a phone, read over at most one connection, with its mapping to the paths of {@link PhoneFiles}.
 */
final class Tree {
    private final PhonePhotos files;
    private final Runnable before;
    private final String theirs;
    private final String ours;

    /**
     * Creates a tree.
     *
     * @param before called before every request to the phone
     * @param theirs the common prefix of the paths on the phone
     * @param ours the prefix that replaces it; different for every tree
     */
    Tree(PhonePhotos files, Runnable before, String theirs, String ours) {
        this.files = files;
        this.before = before;
        this.theirs = theirs;
        this.ours = ours;
    }

    Listing list() throws IOException {
        before.run();
        Listing listing = files.list();
        return new Listing(
                listing.files().stream().map(file -> file.at(ours(file.path()))).toList(),
                listing.unreadable().stream()
                        .map(each -> new Unreadable(ours(each.path()), each.reason(), words(each)))
                        .toList(),
                listing.inventory().at(this::ours));
    }

    MediaStream read(List<MediaSource.Request> requests) throws IOException {
        before.run();
        return files.read(requests);
    }

    SeekableByteChannel open(MediaFile file) throws IOException {
        before.run();
        return files.open(theirs(file));
    }

    MediaFile theirs(MediaFile file) {
        return file.at(theirs + file.path().substring(ours.length()));
    }

    private String ours(String path) {
        return path.startsWith(theirs) ? ours + path.substring(theirs.length()) : path;
    }

    /** Returns a piece under the reader's path for the file. */
    Piece named(Piece piece, String path) {
        if (piece instanceof Bytes bytes) {
            return new Bytes(path, bytes.buffer(), bytes.release());
        }
        return piece instanceof Unreadable one ? new Unreadable(path, one.reason(), words(one)) : new Whole(path);
    }

    /** Only photos are in iCloud Photos, so the messages of AFC about photos would mislead. */
    private static String words(Unreadable one) {
        return switch (one.reason()) {
            case REFUSED, DENIED ->
                "The iPhone lists it but will not open it. Unlock the iPhone, keep it unlocked, and run the "
                        + "command again.";
            default -> one.message();
        };
    }

    void leave() {
        files.leave();
    }
}
