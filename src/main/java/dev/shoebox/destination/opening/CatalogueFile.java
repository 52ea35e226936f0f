package dev.shoebox.destination.opening;

import dev.shoebox.destination.aside.SetAside;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.destination.records.database.Database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The catalogue on the disk: opens it with SQLite, and replaces a damaged one. */
public final class CatalogueFile {
    private static final String JOURNAL = Catalogue.FILE + "-journal";

    /** Up to this many bytes, some ten thousand photos, reading and checking it takes no noticeable time. */
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

    /** What is done with a catalogue that is there. */
    enum Existing {
        KEPT,
        REBUILT
    }

    /** What is done about a catalogue that is not there. */
    public enum Missing {
        IS_TOLD,
        IS_EXPECTED
    }

    /**
     * Opens the catalogue for writing, or creates one.
     *
     * @param wasLeft whether the previous run did not end properly
     */
    public Catalogue open(Missing missing, boolean wasLeft) throws IOException {
        boolean existed = disk.hasFile(Catalogue.FILE)
                && disk.look(Catalogue.FILE).orElseThrow().size() > 0;
        Database database;
        try {
            database = database(wasLeft || isToBeChecked(disk));
        } catch (Database.Damaged e) {
            return replaced(e.getMessage());
        }
        var catalogue = new Catalogue(database);
        if (missing == Missing.IS_TOLD
                && !existed
                && catalogue.isFresh()
                && (disk.hasFile(Journal.FILE) || disk.hasFile(Manifest.FILE))) {
            say.accept("The catalogue was missing; it is rebuilt from the journal and " + Manifest.FILE + ".");
        }
        return catalogue;
    }

    /**
     * Whether to read and check the whole catalogue before use, however its last run ended: if it is small, or a
     * transaction was cut off. Damage in a larger one is noticed in use, and the next opening rebuilds it.
     */
    static boolean isToBeChecked(Disk disk) throws IOException {
        return disk.look(Catalogue.FILE)
                        .filter(file -> file.size() > ALWAYS_CHECKED)
                        .isEmpty()
                || disk.look(JOURNAL).filter(journal -> journal.size() > 0).isPresent();
    }

    /** Sets the catalogue aside, if there is one, and opens a new one for writing. */
    Catalogue rebuilt(boolean wasLeft) throws IOException {
        setAside(disk, now);
        return open(Missing.IS_EXPECTED, wasLeft);
    }

    /** Sets a damaged catalogue aside and opens a new one. */
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
            // A rollback journal without its database must not be applied to the next one.
            if (disk.hasFile(JOURNAL)) {
                disk.delete(JOURNAL);
            }
            // Created here and not by SQLite, which would let others read it.
            disk.create(Catalogue.FILE).close();
        }
        return Database.exclusive(root.resolve(Catalogue.FILE), check, this::isFull);
    }

    /** Whether the disk is full. Tries to write, because a quota does not show in the free space. */
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
            // On FAT, a name that comes back after a power cut also brings back its blocks, where a photo may be by
            // then.
            disk.forceFolder(Identity.STAGING);
        } catch (IOException e) {
            // The next opening removes it.
        }
        return full;
    }

    /** Rejects links in place of database files: SQLite would follow them. */
    static void requireOrdinary(Disk disk) throws IOException {
        for (String ending : new String[] {"", "-journal", "-wal", "-shm"}) {
            Optional<Disk.Entry> there = disk.look(Catalogue.FILE + ending);
            if (there.isPresent() && !there.get().isFile()) {
                throw DestinationException.inTheWay(Catalogue.FILE + ending, "file");
            }
        }
    }

    /** Sets the catalogue aside, if there is one; the next opening rebuilds it. */
    public static void setAside(Disk disk, Instant now) throws IOException {
        String when = SetAside.when(now);
        for (String ending : new String[] {"-journal", ""}) {
            if (disk.hasFile(Catalogue.FILE + ending)) {
                disk.move(Catalogue.FILE + ending, SetAside.freeName(disk, "catalogue-" + when + ".sqlite" + ending));
            }
        }
    }
}
