package dev.shoebox.web;

import dev.shoebox.coverage.SecondCopyLack;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.text.PrintableText;
import dev.shoebox.web.saving.PageWork;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The second copies of the backup on view. Each is read on a thread of its own, because its drive may hang. */
final class ShownCopies {
    private final PageModel model;
    private final PageWork work;

    /** By folder, in the order of the configuration. */
    private final Map<Path, Copy> copies = new LinkedHashMap<>();

    /** By folder; what is still to be found out. */
    private final Map<Path, Request> requests = new HashMap<>();

    /** By folder. One each, because a drive that hangs would keep any other, too. */
    private final Map<Path, Thread> readers = new HashMap<>();

    private final Function<Path, Disk> disks;

    /** Of the last request. */
    private int turn;

    ShownCopies(PageModel model, PageWork work) {
        this(model, work, PathDisk::new);
    }

    /** @param disks creates the disk of a second copy for a real path */
    ShownCopies(PageModel model, PageWork work, Function<Path, Disk> disks) {
        this.model = model;
        this.work = work;
        this.disks = disks;
    }

    /** What is known of a second copy, apart from earlier runs. */
    enum State {
        /** It is being read; if its drive hangs, it stays so. */
        CHECKING,
        /** A run of the page adds what it lacks. */
        FILLING,
        COMPLETE,
        /** It lacks something, or something there is damaged. */
        BEHIND,
        /** A new folder, or the mount point of a drive that is not connected. */
        EMPTY,
        /** A folder with other files and no backup, which no run fills. */
        OTHER_FILES,
        /** The folder of the backup itself, by another name or a link. */
        SAME_FOLDER,
        /** A backup that a newer version of Shoebox made. */
        NEWER,
        AWAY,
        UNREADABLE
    }

    /**
     * A second copy.
     *
     * @param lack what it lacks and what is damaged there, if it could be read
     * @param arrived the number of files that the run of the page has added
     */
    record Copy(PageWork.SecondCopy known, State state, SecondCopyLack lack, int arrived) {
        Copy(PageWork.SecondCopy known, State state, SecondCopyLack lack) {
            this(known, state, lack, 0);
        }

        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("folder", known.folder().toString());
            fields.put("state", PrintableText.hyphenated(state));
            fields.put("photos", lack.photos());
            fields.put("files", lack.files());
            fields.put("damaged", lack.damaged());
            fields.put("arrived", arrived);
            fields.put("filled", known.isFilled());
            known.complete().ifPresent(at -> fields.put("complete", at.toEpochMilli()));
            known.failure().ifPresent(why -> fields.put("failure", why));
            return fields;
        }
    }

    /**
     * What to find out about a second copy.
     *
     * @param turn increases with each request, so that the answer to an earlier one is not shown
     */
    private record Request(Path backup, PageWork.SecondCopy known, int turn) {}

    /** Shows none, because there is no backup. */
    synchronized void clear() {
        turn++;
        requests.clear();
        copies.clear();
        publish();
    }

    /** Reads the second copies of a backup again. Never waits for a drive. */
    void refresh(Path backup) {
        int mine = nextTurn();
        List<PageWork.SecondCopy> known = work.copies(backup);
        synchronized (this) {
            if (mine != turn) {
                return;
            }
            requests.clear();
            copies.clear();
            for (PageWork.SecondCopy copy : known) {
                requests.put(copy.folder(), new Request(backup, copy, mine));
                copies.put(copy.folder(), new Copy(copy, State.CHECKING, SecondCopyLack.NOTHING));
                if (!readers.containsKey(copy.folder())) {
                    Thread reader = new Thread(() -> read(copy.folder()), "shoebox-page-copy");
                    reader.setDaemon(true);
                    readers.put(copy.folder(), reader);
                    reader.start();
                }
            }
            publish();
        }
    }

    /**
     * Shows that a run of the page fills a second copy, until the next {@link #refresh}.
     *
     * @param files the number of new files there so far
     */
    synchronized void filled(Path folder, int files) {
        // What a reader finds there while it is filled is soon wrong.
        requests.remove(folder);
        Copy before = copies.get(folder);
        PageWork.SecondCopy known = before == null
                ? new PageWork.SecondCopy(folder, true, Optional.empty(), Optional.empty())
                : before.known();
        copies.put(folder, new Copy(known, State.FILLING, SecondCopyLack.NOTHING, files));
        publish();
    }

    private synchronized int nextTurn() {
        return ++turn;
    }

    private void publish() {
        model.copies(copies.values().stream().map(Copy::fields).toList());
    }

    private void read(Path folder) {
        try {
            Optional<Request> request = request(folder);
            while (request.isPresent()) {
                show(request.get(), read(request.get()));
                request = request(folder);
            }
        } finally {
            synchronized (this) {
                readers.remove(folder, Thread.currentThread());
            }
        }
    }

    /** Returns what is still to be found out; if nothing is, the next request starts another reader. */
    private synchronized Optional<Request> request(Path folder) {
        Request request = requests.get(folder);
        if (request == null) {
            readers.remove(folder);
        }
        return Optional.ofNullable(request);
    }

    private synchronized void show(Request request, Copy copy) {
        Path folder = request.known().folder();
        if (requests.remove(folder, request)) {
            copies.put(folder, copy);
            publish();
        }
    }

    private Copy read(Request request) {
        PageWork.SecondCopy known = request.known();
        try (Destination first = Destination.view(request.backup(), OpenMode.REQUIRE_EXISTING);
                Destination second = Destination.view(known.folder(), OpenMode.REQUIRE_EXISTING, disks)) {
            if (Files.isSameFile(request.backup(), known.folder())) {
                return new Copy(known, State.SAME_FOLDER, SecondCopyLack.NOTHING);
            }
            SecondCopyLack lack = SecondCopyLack.of(first, SecondCopyLack.There.of(second));
            return new Copy(known, lack.equals(SecondCopyLack.NOTHING) ? State.COMPLETE : State.BEHIND, lack);
        } catch (DestinationException.Absent away) {
            return new Copy(known, State.AWAY, SecondCopyLack.NOTHING);
        } catch (DestinationException.Newer newer) {
            return new Copy(known, State.NEWER, SecondCopyLack.NOTHING);
        } catch (DestinationException.NotAShoebox other) {
            return new Copy(known, withoutBackup(known.folder()), SecondCopyLack.NOTHING);
        } catch (IOException | RuntimeException unreadable) {
            return new Copy(known, State.UNREADABLE, SecondCopyLack.NOTHING);
        }
    }

    private State withoutBackup(Path folder) {
        try (Destination empty = Destination.view(folder, OpenMode.CREATE_IF_EMPTY, disks)) {
            return empty.isNew() ? State.EMPTY : State.UNREADABLE;
        } catch (DestinationException.NotAShoebox others) {
            return State.OTHER_FILES;
        } catch (DestinationException | RuntimeException unreadable) {
            return State.UNREADABLE;
        }
    }
}
