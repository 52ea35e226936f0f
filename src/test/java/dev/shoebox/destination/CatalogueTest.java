package dev.shoebox.destination;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the catalogue costs that holds a library of a hundred thousand photos. */
final class CatalogueTest {
    @TempDir
    Path folder;

    @Test
    void anAssetIsFoundWithoutWalkingTheRowsOfItsSource() throws Exception {
        try (Database database = Database.exclusive(folder.resolve("catalogue.sqlite"), false)) {
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
