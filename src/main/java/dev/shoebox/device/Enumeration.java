package dev.shoebox.device;

import dev.shoebox.device.Afc.Request;
import dev.shoebox.photos.EscapedName;
import dev.shoebox.photos.Grouping;
import dev.shoebox.photos.Listing;
import dev.shoebox.photos.MediaFile;
import dev.shoebox.photos.Scope;
import dev.shoebox.photos.Unreadable;
import dev.shoebox.photos.Unreadable.Reason;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A walk through the folders in which a phone keeps photos, with many questions in flight: it costs bandwidth, not
 * round trips. What the phone says is not believed further than it must be: names cannot lead out of their folder,
 * links are not followed, depth and number are bounded.
 */
final class Enumeration {
    private static final String MUTATIONS = "PhotoData/Mutations/";
    private static final String ADJUSTMENTS = "/Adjustments/";
    /** What other systems write beside a file that they copied: never a photo, whatever its ending. */
    private static final String APPLE_DOUBLE = "._";

    /** How often a question is put that the phone answers with an error, each time behind all that wait by then. */
    private static final int TRIES = 3;

    private static final int MOST_OUTSTANDING = 256;
    private static final int MOST_DEPTH = 16;
    private static final int MOST_ENTRIES = 2_000_000;

    /** In characters. iOS allows 1024 bytes (PATH_MAX), each of which may take four characters here. */
    private static final int MOST_PATH = 4096;

    private final AfcConnection connection;
    private final Scope scope;
    private final Deque<Place> folders = new ArrayDeque<>();
    private final Deque<Place> entries = new ArrayDeque<>();
    private final List<MediaFile> files = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private int entryCount;

    Enumeration(AfcConnection connection) {
        this(connection, Scope.USUAL);
    }

    Enumeration(AfcConnection connection, Scope scope) {
        this.connection = connection;
        this.scope = scope;
    }

    /** A place on the phone that is still to be asked about, in vain so far as often as it says; the roots have depth 0. */
    private record Place(String path, int depth, int inVain) {
        Place(String path, int depth) {
            this(path, depth, 0);
        }
    }

    Listing list() throws DeviceException {
        scope.folders().forEach(root -> folders.add(new Place(root, 0)));
        while (!folders.isEmpty() || !entries.isEmpty() || connection.outstanding() > 0) {
            if (connection.outstanding() <= MOST_OUTSTANDING / 2) {
                ask();
            }
            connection.receive();
        }
        files.sort(Comparator.comparing(file -> place(file.path())));
        return new Listing(files, unreadable);
    }

    /** Entries before folders: what waits to be asked about stays small. */
    private void ask() throws DeviceException {
        while (connection.outstanding() < MOST_OUTSTANDING && connection.hasRoom()) {
            if (!entries.isEmpty()) {
                Place entry = entries.remove();
                connection.askPath(Request.GET_FILE_INFO, entry.path, reply -> info(entry, reply));
            } else if (!folders.isEmpty()) {
                Place folder = folders.remove();
                connection.askPath(Request.READ_DIR, folder.path, reply -> names(folder, reply));
            } else {
                return;
            }
        }
    }

    private void names(Place folder, AfcConnection.Reply reply) {
        if (!reply.ok()) {
            boolean absentRoot = folder.depth == 0 && reply.status() == AfcStatus.NOT_FOUND;
            if (!absentRoot) {
                inVain(folder, reply, folders);
            }
            return;
        }
        Set<String> seen = new HashSet<>();
        while (reply.data().hasRemaining()) {
            String name = EscapedName.text(Afc.untilNul(reply.data()));
            // Every folder lists itself and its parent.
            if (name.equals(".") || name.equals("..") || !seen.add(name)) {
                continue;
            }
            String path = folder.path + "/" + name;
            if (name.isEmpty() || name.indexOf('/') >= 0) {
                refuse(path, "The iPhone lists a file under a name that cannot be one.");
            } else if (path.length() > MOST_PATH || folder.depth >= MOST_DEPTH) {
                refuse(path, "It lies deeper in folders than a photo can.");
            } else if (entryCount == MOST_ENTRIES) {
                refuse(folder.path, "The iPhone lists more than " + MOST_ENTRIES + " files; the rest is left out.");
                return;
            } else if (!name.startsWith(APPLE_DOUBLE)) {
                entryCount++;
                entries.add(new Place(path, folder.depth + 1));
            }
        }
    }

    private void info(Place entry, AfcConnection.Reply reply) {
        if (!reply.ok()) {
            inVain(entry, reply, entries);
            return;
        }
        FileInfo info = FileInfo.of(reply.data());
        boolean hidden = entry.path.charAt(entry.path.lastIndexOf('/') + 1) == '.';
        switch (info.kind()) {
            case FOLDER -> {
                if (!hidden) {
                    folders.add(entry);
                }
            }
            case FILE -> {
                if (isWanted(entry.path) && (!hidden || Grouping.isMediaOrCompanion(entry.path))) {
                    info.file(entry.path)
                            .ifPresentOrElse(
                                    files::add,
                                    () -> refuse(entry.path, "The iPhone gives it a size or date that cannot be."));
                }
            }
            case UNKNOWN -> refuse(entry.path, "The iPhone does not say what it is.");
            case OTHER -> {
                // A link or a device is no photo, and a link could lead anywhere.
            }
        }
    }

    /** A busy phone is asked again: a folder that it would not list for a moment may hold every photo. */
    private void inVain(Place place, AfcConnection.Reply reply, Deque<Place> waiting) {
        Unreadable why = reply.unreadable(place.path);
        if (why.reason() == Reason.READ_ERROR && place.inVain + 1 < TRIES) {
            waiting.add(new Place(place.path, place.depth, place.inVain + 1));
        } else {
            unreadable.add(why);
        }
    }

    private void refuse(String path, String message) {
        unreadable.add(new Unreadable(path, Reason.READ_ERROR, message));
    }

    private static boolean isWanted(String path) {
        return !path.startsWith(MUTATIONS) || path.contains(ADJUSTMENTS);
    }

    /** Where a file stands in the listing: an edit right behind the file it was made from. */
    private static String place(String path) {
        return path.startsWith(MUTATIONS) ? path.substring(MUTATIONS.length()) : path;
    }
}
