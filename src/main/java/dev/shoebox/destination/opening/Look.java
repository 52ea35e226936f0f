package dev.shoebox.destination.opening;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.lock.RunLock;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.database.Database;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Opens a shoebox for reading, even during a run: writes, creates and locks nothing. */
final class Look {
    /** A snapshot of the catalogue may take this fraction of Java's memory. */
    private static final int SNAPSHOT_SHARE = 2;

    private final Path root;
    private final Disk disk;
    private final Consumer<String> say;

    Look(Path root, Disk disk, Consumer<String> say) {
        this.root = root;
        this.disk = disk;
        this.say = say;
    }

    /** @param isDamaged whether the catalogue on the disk could not be used, and this one was built in memory */
    record Seen(Catalogue catalogue, boolean isDamaged) {}

    /** Opens the catalogue; if it cannot be read, builds one in memory. */
    Seen open() throws IOException {
        boolean isDamaged =
                Identity.hasRecords(disk) && disk.look(Catalogue.FILE).isEmpty();
        RunLock.State lock = RunLock.state(root.resolve(Identity.FOLDER));
        // If a run writes without a lock that this computer sees, reads the journal, which only grows.
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
                    // A catalogue of an earlier version cannot be upgraded without writing: the journal has the same
                    // facts.
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
                // In use by a run, or unreadable for SQLite: the journal has the same facts.
            }
        }
        var catalogue = new Catalogue(Database.inMemory());
        new Recovery(disk, catalogue, DiskCapabilities.UNTRIED, false, say).look();
        return new Seen(catalogue, isDamaged);
    }

    private Optional<Database> snapshot() throws IOException, Database.Damaged {
        long most = Runtime.getRuntime().maxMemory() / SNAPSHOT_SHARE;
        Optional<byte[]> bytes = new CatalogueSnapshot(disk, most).read();
        return bytes.isEmpty() ? Optional.empty() : Optional.of(Database.of(bytes.get()));
    }
}
