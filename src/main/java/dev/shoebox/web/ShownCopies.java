package dev.shoebox.web;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.Holdings;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.web.saving.PageWork;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The second copies of the backup on view. Each is read on a thread of its own, because its drive may hang. */
final class ShownCopies {
    private final PageModel model;
    private final PageWork work;

    /** By folder, in the order of the configuration. */
    private final Map<Path, Copy> copies = new LinkedHashMap<>();

    private final Map<Path, Thread> readers = new HashMap<>();

    ShownCopies(PageModel model, PageWork work) {
        this.model = model;
        this.work = work;
    }

    /** What is known of a second copy, apart from earlier runs. */
    enum State {
        /** It is being read; if its drive hangs, it stays so. */
        CHECKING("checking"),
        COMPLETE("complete"),
        BEHIND("behind"),
        AWAY("away"),
        UNREADABLE("unreadable");

        private final String word;

        State(String word) {
            this.word = word;
        }
    }

    /**
     * A second copy.
     *
     * @param lack what it lacks, if it could be read
     */
    record Copy(PageWork.SecondCopy known, State state, Lack lack) {
        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("folder", known.folder().toString());
            fields.put("state", state.word);
            fields.put("photos", lack.photos());
            fields.put("files", lack.files());
            known.complete().ifPresent(at -> fields.put("complete", at.toEpochMilli()));
            known.failure().ifPresent(why -> fields.put("failure", why));
            return fields;
        }
    }

    /**
     * What a second copy lacks.
     *
     * @param photos photos and videos of which it lacks a file
     * @param files files other than photos, and files there that are damaged or missing
     */
    record Lack(int photos, int files) {
        static final Lack NOTHING = new Lack(0, 0);

        private State state() {
            return equals(NOTHING) ? State.COMPLETE : State.BEHIND;
        }
    }

    /** Shows none, because there is no backup. */
    synchronized void clear() {
        copies.clear();
        publish();
    }

    /** Reads the second copies of a backup again. Never waits for a drive. */
    void refresh(Path backup) {
        List<PageWork.SecondCopy> known = work.copies(backup);
        synchronized (this) {
            copies.clear();
            for (PageWork.SecondCopy copy : known) {
                copies.put(copy.folder(), new Copy(copy, State.CHECKING, Lack.NOTHING));
                Thread before = readers.get(copy.folder());
                if (before == null || !before.isAlive()) {
                    Thread reader = new Thread(() -> read(backup, copy), "shoebox-page-copy");
                    reader.setDaemon(true);
                    readers.put(copy.folder(), reader);
                    reader.start();
                }
            }
            publish();
        }
    }

    private void publish() {
        model.copies(copies.values().stream().map(Copy::fields).toList());
    }

    private void read(Path backup, PageWork.SecondCopy known) {
        Copy copy;
        try (Destination first = Destination.view(backup, OpenMode.REQUIRE_EXISTING);
                Destination second = Destination.view(known.folder(), OpenMode.REQUIRE_EXISTING)) {
            Lack lack = lack(first, second);
            copy = new Copy(known, lack.state(), lack);
        } catch (DestinationException.Absent away) {
            copy = new Copy(known, State.AWAY, Lack.NOTHING);
        } catch (DestinationException | RuntimeException unreadable) {
            copy = new Copy(known, State.UNREADABLE, Lack.NOTHING);
        }
        synchronized (this) {
            if (copies.replace(known.folder(), copy) != null) {
                publish();
            }
        }
    }

    private static Lack lack(Destination first, Destination second) throws DestinationException {
        Set<String> there = second.holdings().contents();
        int damaged = second.damaged().size();
        Set<String> lacking = new HashSet<>();
        for (Holdings.Listed listed : first.holdings().listed()) {
            if (!there.contains(listed.sha256())) {
                lacking.add(listed.path());
            }
        }
        Set<String> paths = new HashSet<>(lacking);
        int photos = 0;
        for (SourceId source : first.holdings().sources()) {
            if (!source.isOfFiles()) {
                Set<String> assets = new HashSet<>();
                try (Stream<StoredFile> rows = first.stored(source)) {
                    rows.filter(row -> lacking.contains(row.path())).forEach(row -> {
                        assets.add(row.asset());
                        paths.remove(row.path());
                    });
                } catch (UncheckedIOException unreadable) {
                    throw (DestinationException) unreadable.getCause();
                }
                photos += assets.size();
            }
        }
        return new Lack(photos, paths.size() + damaged);
    }
}
