package dev.shoebox.device.afc;

import dev.shoebox.device.afc.Afc.Request;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.photos.naming.EscapedName;
import dev.shoebox.photos.sorting.FileSorter;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Walks the folders in which a phone keeps photos, or those that its rules name, with many requests in flight: the walk
 * costs bandwidth, not round trips. The phone is trusted as little as possible: names cannot leave their folder, links
 * are not followed, depth and number are bounded.
 */
public final class MediaWalk {
    /** Prefix of files that other systems write beside a copied file: never a photo, whatever the extension. */
    private static final String APPLE_DOUBLE = "._";

    /** How often a request is sent that the phone answers with an error, each time after all waiting ones. */
    private static final int TRIES = 3;

    private static final int MOST_OUTSTANDING = 256;
    /**
     * The maximum number of folders without files: a phone has one folder for some hundred photos, and two for each
     * edited one.
     */
    private static final int MOST_BARREN_FOLDERS = 10_000;

    private static final int FOLDERS_PER_FILE = 4;

    /** In characters. iOS allows 1024 bytes (PATH_MAX), each of which may become four characters here. */
    private static final int MOST_PATH = 4096;

    private final AfcConnection connection;
    private final WalkRules rules;
    private final Deque<Place> folders = new ArrayDeque<>();
    private final Deque<Place> entries = new ArrayDeque<>();

    /** Top folders that the phone calls absent. It may be mistaken, so it is asked about the folder itself. */
    private final Deque<Place> absent = new ArrayDeque<>();

    private final FileSorter sorting;
    private int folderCount;
    private boolean isEnded;

    public MediaWalk(AfcConnection connection, Scope scope) {
        this(connection, scope, ListingLimits.STANDARD);
    }

    public MediaWalk(AfcConnection connection, Scope scope, ListingLimits limits) {
        this(connection, new PhotoRules(scope, scope.folders()), limits);
    }

    /** Creates a walk through the folders that the rules name. */
    MediaWalk(AfcConnection connection, WalkRules rules) {
        this(connection, rules, ListingLimits.STANDARD);
    }

    private MediaWalk(AfcConnection connection, WalkRules rules, ListingLimits limits) {
        this.connection = connection;
        this.rules = rules;
        this.sorting = new FileSorter(limits, "the iPhone");
    }

    /**
     * A path on the phone that remains to be requested.
     *
     * @param around its parent folder; empty for a root
     * @param inVain how often it was requested without success
     * @param clutter the folder that is passed over with all contents, if this is one or is inside one
     */
    private record Place(String path, Optional<Opened> around, int inVain, Optional<PassedOver> clutter) {
        int depth() {
            return around.map(Opened::depth).orElse(0);
        }
    }

    /**
     * A folder with known names.
     *
     * @param depth of its contents
     * @param names a digest of the names
     */
    private record Opened(int depth, long names, Optional<Opened> around) {
        /** Returns whether a folder around this one has exactly the same names: then it is that folder once more. */
        boolean isRepeated() {
            for (Optional<Opened> outer = around;
                    outer.isPresent();
                    outer = outer.get().around()) {
                if (outer.get().names() == names) {
                    return true;
                }
            }
            return false;
        }
    }

    public Listing list() throws DeviceException {
        rules.roots().forEach(root -> folders.add(new Place(root, Optional.empty(), 0, Optional.empty())));
        while (!folders.isEmpty() || !entries.isEmpty() || !absent.isEmpty() || connection.outstanding() > 0) {
            if (Thread.currentThread().isInterrupted()) {
                throw connection.interrupted();
            }
            if (connection.outstanding() <= MOST_OUTSTANDING / 2) {
                ask();
            }
            connection.receive();
        }
        sorting.order(rules::order);
        return sorting.listing();
    }

    /** Sends requests: entries before folders, so that few wait. */
    private void ask() throws DeviceException {
        while (connection.outstanding() < MOST_OUTSTANDING && connection.hasRoom()) {
            if (!entries.isEmpty()) {
                Place entry = entries.remove();
                connection.askPath(Request.GET_FILE_INFO, entry.path, reply -> info(entry, reply));
            } else if (!absent.isEmpty()) {
                Place root = absent.remove();
                connection.askPath(Request.GET_FILE_INFO, root.path, reply -> absent(root, reply));
            } else if (!folders.isEmpty()) {
                Place folder = folders.remove();
                connection.askPath(
                        Request.READ_DIR, folder.path.isEmpty() ? "/" : folder.path, reply -> names(folder, reply));
            } else {
                return;
            }
        }
    }

    private void names(Place folder, AfcConnection.Reply reply) {
        if (!reply.ok()) {
            boolean absentRoot = folder.depth() == 0 && reply.status() == AfcStatus.NOT_FOUND;
            // Folders inside PhotoData are absent on many phones.
            if (absentRoot && !folder.path.isEmpty() && folder.path.indexOf('/') < 0) {
                absent.add(folder);
            } else if (!absentRoot && inVain(folder, reply, folders)) {
                sorting.met();
            }
            return;
        }
        if (isEnded) {
            return;
        }
        if (folder.depth() >= rules.depth()) {
            refuseFolder(folder, "It is nested more deeply than a " + rules.noun() + " can be.");
            return;
        }
        var opened = new Opened(folder.depth() + 1, digest(reply.data().duplicate()), folder.around);
        if (rules.areNamesTelling() && opened.isRepeated()) {
            refuseFolder(folder, "It has the same contents as a folder above it, and was not scanned again.");
            return;
        }
        Set<String> seen = new HashSet<>();
        while (reply.data().hasRemaining()) {
            String name = EscapedName.text(Afc.untilNul(reply.data()));
            // Every folder lists itself and its parent.
            if (name.equals(".") || name.equals("..") || !seen.add(name)) {
                continue;
            }
            sorting.met();
            String path = folder.path.isEmpty() ? name : folder.path + "/" + name;
            if (name.isEmpty() || name.indexOf('/') >= 0) {
                refuse(path, "The iPhone lists a file with an invalid name.");
            } else if (path.length() > MOST_PATH) {
                refuse(path, "It is nested more deeply than a " + rules.noun() + " can be.");
            } else if (name.startsWith(APPLE_DOUBLE)) {
                // It is passed over and counted, whatever the rules say of such names.
                sorting.passOver(rules.file(path)
                        .orElseGet(() ->
                                new PassedOver(path, PassedOver.Kind.SYSTEM, "made by a computer for its own use")));
            } else if (sorting.count().admits(path)) {
                entries.add(new Place(path, Optional.of(opened), 0, folder.clutter));
            } else {
                refuseTheRest("The iPhone lists " + sorting.count().complaint() + "; the rest was skipped.");
                return;
            }
        }
    }

    private void absent(Place root, AfcConnection.Reply reply) {
        if (reply.ok()) {
            refuseFolder(root, "The iPhone has this folder and does not list it: disconnect and reconnect the iPhone.");
        } else if (reply.status() != AfcStatus.NOT_FOUND && inVain(root, reply, absent)) {
            // Whether the folder is there is unknown.
            sorting.met();
        }
    }

    /** Returns a digest that does not depend on the order of names. */
    private static long digest(ByteBuffer names) {
        long sum = 0;
        long name = 0;
        while (names.hasRemaining()) {
            byte next = names.get();
            name = (name ^ next) * 0x9E37_79B9_7F4A_7C15L;
            name ^= name >>> 29;
            if (next == 0) {
                sum += name;
                name = 0;
            }
        }
        return sum + name;
    }

    /** Opens no further folder; the files listed so far are still processed. */
    private void refuseTheRest(String why) {
        folders.clear();
        isEnded = true;
        refuse("the iPhone", why);
    }

    private void info(Place entry, AfcConnection.Reply reply) {
        if (!reply.ok()) {
            inVain(entry, reply, entries);
            return;
        }
        FileInfo info = FileInfo.of(reply.data());
        if (info.kind() == FileInfo.Kind.FOLDER) {
            sorting.met(-1);
            folder(entry);
        } else if (entry.clutter.isPresent()) {
            passOver(entry.clutter.get());
        } else {
            switch (info.kind()) {
                case FILE -> file(entry, info);
                case UNKNOWN -> refuse(entry.path, "The iPhone does not report its type.");
                default ->
                    sorting.passOver(new PassedOver(
                            entry.path, PassedOver.Kind.LINK, "a link or device file, which is never followed"));
            }
        }
    }

    private void folder(Place entry) {
        if (isEnded || !rules.enters(entry.path)) {
            return;
        }
        folders.add(new Place(entry.path, entry.around, 0, entry.clutter.or(() -> rules.folder(entry.path))));
        if (++folderCount > MOST_BARREN_FOLDERS + FOLDERS_PER_FILE * (long) sorting.taken()) {
            sorting.met();
            refuseTheRest("The iPhone lists a very large number of folders and almost no files; the rest was skipped.");
        }
    }

    private void file(Place entry, FileInfo info) {
        Optional<PassedOver> passed = rules.file(entry.path);
        if (passed.isPresent()) {
            sorting.passOver(passed.get());
        } else {
            info.file(entry.path)
                    .ifPresentOrElse(
                            sorting::take, () -> refuse(entry.path, "The iPhone reports no usable size for it."));
        }
    }

    private void passOver(PassedOver folder) {
        sorting.passOver(new PassedOver(folder.path(), folder.kind(), folder.why()));
    }

    /**
     * Requests a path again: a folder that a busy phone did not list at the moment may hold every photo.
     *
     * @return whether it is not requested again
     */
    private boolean inVain(Place place, AfcConnection.Reply reply, Deque<Place> waiting) {
        Unreadable why = reply.unreadable(place.path);
        boolean again = why.reason() == Reason.READ_ERROR && place.inVain + 1 < TRIES;
        if (again) {
            waiting.add(new Place(place.path, place.around, place.inVain + 1, place.clutter));
        } else if (place.clutter.isPresent()) {
            passOver(place.clutter.get());
        } else {
            sorting.refuse(why);
        }
        return !again;
    }

    private void refuse(String path, String message) {
        sorting.refuse(new Unreadable(path, Reason.READ_ERROR, message));
    }

    private void refuseFolder(Place folder, String message) {
        sorting.met();
        if (folder.clutter.isPresent()) {
            passOver(folder.clutter.get());
        } else {
            refuse(folder.path, message);
        }
    }
}
