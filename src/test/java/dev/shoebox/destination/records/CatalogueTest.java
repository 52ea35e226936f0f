package dev.shoebox.destination.records;

import dev.shoebox.destination.Backups;
import dev.shoebox.destination.DelegatingDisk;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.opening.CatalogueFile;
import dev.shoebox.destination.records.database.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class CatalogueTest {
    @TempDir
    Path folder;

    /** SQLite cannot create its rollback journal, and does not say why. */
    @Test
    void aFailureThatSqliteDoesNotExplainIsThatOfAFullDiskWhereItIsFull() throws Exception {
        Path file = folder.resolve("catalogue.sqlite");
        Files.createDirectory(folder.resolve("catalogue.sqlite-journal"));
        assertThrows(DestinationException.Full.class, () -> Database.exclusive(file, false, () -> true));
        assertThrows(DestinationException.Lost.class, () -> Database.exclusive(file, false, () -> false));
    }

    @Test
    void whetherTheDiskIsFullIsFoundByTryingBecauseAQuotaShowsInNoFigure() throws Exception {
        for (boolean quota : new boolean[] {true, false}) {
            Path root = folder.toRealPath().resolve("quota " + quota);
            Files.createDirectories(root.resolve(Identity.STAGING));
            Files.createDirectory(root.resolve(Catalogue.FILE + "-journal"));
            Disk disk = new DelegatingDisk(new PathDisk(root)) {
                @Override
                public Out create(String path) throws IOException {
                    if (quota && path.startsWith(Identity.STAGING)) {
                        throw new FileSystemException(path, null, "Disk quota exceeded");
                    }
                    return super.create(path);
                }

                @Override
                public Optional<Entry> look(String path) throws IOException {
                    return path.endsWith("-journal") ? Optional.empty() : super.look(path);
                }
            };
            var file = new CatalogueFile(root, disk, Backups.CLOCK.instant(), line -> {});
            Class<? extends DestinationException> expected =
                    quota ? DestinationException.Full.class : DestinationException.Lost.class;
            assertThrows(expected, () -> file.open(CatalogueFile.Missing.IS_EXPECTED, false));
            try (var left = Files.list(root.resolve(Identity.STAGING))) {
                assertEquals(0, left.count());
            }
        }
    }

    @Test
    void anAssetIsFoundWithoutWalkingTheRowsOfItsSource() throws Exception {
        try (Database database = Database.exclusive(folder.resolve("catalogue.sqlite"), false, () -> false)) {
            var catalogue = new Catalogue(database);
            catalogue.transaction(catalogue::create);

            List<String> steps =
                    database.query("EXPLAIN QUERY PLAN " + Rows.KNOWN, row -> row.getString(4), 1, "DCIM/IMG_0001");

            assertTrue(
                    steps.get(0).contains("USING INDEX resources_by_asset (source=? AND asset=?)"), steps.toString());
            assertTrue(steps.get(1).contains("USING INTEGER PRIMARY KEY (rowid=?)"), steps.toString());
        }
    }
}
