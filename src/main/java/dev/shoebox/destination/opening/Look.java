package dev.shoebox.destination.opening;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.lock.RunLock;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Database;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Opens a shoebox to look at it, also beside a run: nothing is written, created or locked. */
final class Look {
    /** What part of Java's memory a snapshot of the catalogue may take. */
    private static final int SNAPSHOT_SHARE = 2;

    private final Path root;
    private final Disk disk;
    private final Consumer<String> say;

    Look(Path root, Disk disk, Consumer<String> say) {
        this.root = root;
        this.disk = disk;
        this.say = say;
    }

    /** @param isDamaged whether the catalogue on the disk could not be used, and this one was made in memory */
    record Seen(Catalogue catalogue, boolean isDamaged) {}

    /** Where the catalogue cannot be read, one is made in memory. */
    Seen open() throws IOException {
        boolean isDamaged =
                Identity.hasRecords(disk) && disk.look(Catalogue.FILE).isEmpty();
        RunLock.State lock = RunLock.state(root.resolve(Identity.FOLDER));
        // What a run writes, and no lock of this computer keeps whole, is read from the journal, which only grows.
        if (disk.hasFile(Catalogue.FILE) && lock != RunLock.State.UNSEEN) {
            try {
                CatalogueFile.requireOrdinary(disk);
                Optional<Database> database = lock == RunLock.State.HELD_BESIDE
                        ? snapshot()
                        : Optional.of(Database.shared(
                                root.resolve(Catalogue.FILE),
                                RunLock.isHeldOrLeft(disk) || CatalogueFile.isToBeChecked(disk)));
                if (database.isPresent()) {
                    var catalogue = new Catalogue(database.get());
                    // One of an earlier version cannot be brought up to date without writing: the journal says the
                    // same.
                    boolean isOld = catalogue.isOld();
                    if (!catalogue.isFresh() && !isOld) {
                        return new Seen(catalogue, false);
                    }
                    catalogue.close();
                    isDamaged = lock != RunLock.State.HELD_BESIDE
                            && !isOld
                            && disk.hasFile(Journal.FILE)
                            && disk.look(Journal.FILE).orElseThrow().size() > 0;
                }
            } catch (Database.Damaged e) {
                isDamaged = true;
            } catch (DestinationException e) {
                // In use by a run, or not to be opened by SQLite: the journal says the same.
            }
        }
        var catalogue = new Catalogue(Database.inMemory());
        new Recovery(disk, catalogue, false, say).look();
        return new Seen(catalogue, isDamaged);
    }

    private Optional<Database> snapshot() throws IOException, Database.Damaged {
        long most = Runtime.getRuntime().maxMemory() / SNAPSHOT_SHARE;
        Optional<byte[]> bytes = new CatalogueSnapshot(disk, most).read();
        return bytes.isEmpty() ? Optional.empty() : Optional.of(Database.of(bytes.get()));
    }
}
