package dev.shoebox.destination.opening;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Database;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The catalogue on the disk, from the file that SQLite is given to the place of one that is damaged. */
public final class CatalogueFile {
    private static final String JOURNAL = Catalogue.FILE + "-journal";

    /** Up to this many bytes, some ten thousand photos, are read and checked in an instant. */
    private static final long ALWAYS_CHECKED = 8 << 20;

    private final Path root;
    private final Disk disk;
    private final Instant now;
    private final Consumer<String> say;

    public CatalogueFile(Path root, Disk disk, Instant now, Consumer<String> say) {
        this.root = root;
        this.disk = disk;
        this.now = now;
        this.say = say;
    }

    /**
     * Opens it for writing, or a new one.
     *
     * @param wasLeft whether the run before did not end as it should
     * @param tells whether to tell of one that is missing
     */
    public Catalogue open(boolean wasLeft, boolean tells) throws IOException {
        boolean existed = disk.hasFile(Catalogue.FILE)
                && disk.look(Catalogue.FILE).orElseThrow().size() > 0;
        Database database;
        try {
            database = database(wasLeft || isToBeChecked(disk));
        } catch (Database.Damaged e) {
            return replaced(e.getMessage());
        }
        var catalogue = new Catalogue(database);
        if (tells && !existed && catalogue.isFresh() && (disk.hasFile(Journal.FILE) || disk.hasFile(Manifest.FILE))) {
            say.accept("The catalogue was missing; it is rebuilt from the journal and " + Manifest.FILE + ".");
        }
        return catalogue;
    }

    /**
     * Whether all of the catalogue is to be read and checked before it is used, however its last run ended: it is small,
     * or a transaction was cut off. Damage in a larger one is met in use, and the next opening makes it again.
     */
    static boolean isToBeChecked(Disk disk) throws IOException {
        return disk.look(Catalogue.FILE)
                        .filter(file -> file.size() > ALWAYS_CHECKED)
                        .isEmpty()
                || disk.look(JOURNAL).filter(journal -> journal.size() > 0).isPresent();
    }

    /** Sets the damaged one aside and opens a new one. */
    Catalogue replaced(String damage) throws IOException {
        setAside(disk, now);
        say.accept("The catalogue was damaged (" + damage.replaceAll("\\p{Cntrl}+", " ") + "); it was moved to "
                + Identity.SET_ASIDE + " and is rebuilt. No photo is affected.");
        try {
            return new Catalogue(database(false));
        } catch (Database.Damaged again) {
            throw new IOException("the catalogue cannot be written: " + again.getMessage(), again);
        }
    }

    private Database database(boolean check) throws IOException, Database.Damaged {
        requireOrdinary(disk);
        Optional<String> denied =
                disk.look(Catalogue.FILE).isPresent() ? disk.denied(Catalogue.FILE) : Optional.empty();
        if (denied.isPresent()) {
            throw new DestinationException.Lost(
                    root.resolve(Catalogue.FILE) + " cannot be used: " + denied.get() + ". Nothing there was changed.");
        }
        if (!disk.hasFile(Catalogue.FILE)) {
            // A rollback journal without its database must not be played into the next one.
            if (disk.hasFile(JOURNAL)) {
                disk.delete(JOURNAL);
            }
            // Made here and not by SQLite, which would let others read it.
            disk.create(Catalogue.FILE).close();
        }
        return Database.exclusive(root.resolve(Catalogue.FILE), check, this::isFull);
    }

    /** Tries it, since a quota shows in no figure. */
    private boolean isFull() {
        String scratch = Identity.STAGING + "/probe-room";
        boolean full = false;
        try (Disk.Out out = disk.create(scratch)) {
            out.write(ByteBuffer.allocate(DestinationException.NO_ROOM));
            out.force();
        } catch (IOException e) {
            full = DestinationException.of(e, disk) instanceof DestinationException.Full;
        }
        try {
            disk.delete(scratch);
            // On FAT a name that comes back after a power cut takes its place along, where a photo may be by then.
            disk.forceFolder(Identity.STAGING);
        } catch (IOException e) {
            // The next opening removes it.
        }
        return full;
    }

    /** SQLite follows links and would take what is behind them for its own: none is there when it opens anything. */
    static void requireOrdinary(Disk disk) throws IOException {
        for (String ending : new String[] {"", "-journal", "-wal", "-shm"}) {
            Optional<Disk.Entry> there = disk.look(Catalogue.FILE + ending);
            if (there.isPresent() && !there.get().isFile()) {
                throw DestinationException.inTheWay(Catalogue.FILE + ending, "file");
            }
        }
    }

    /** Moves the catalogue away, if there is one: the next opening makes it again. */
    public static void setAside(Disk disk, Instant now) throws IOException {
        String when = SetAside.when(now);
        for (String ending : new String[] {"-journal", ""}) {
            if (disk.hasFile(Catalogue.FILE + ending)) {
                disk.move(Catalogue.FILE + ending, SetAside.freeName(disk, "catalogue-" + when + ".sqlite" + ending));
            }
        }
    }
}
