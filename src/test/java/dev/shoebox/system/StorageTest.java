package dev.shoebox.system;

import org.junit.jupiter.api.Test;

import java.net.URI;

import static org.junit.jupiter.api.Assertions.assertEquals;

class StorageTest {
    /** SQLite refuses a file URI with a server: "invalid uri authority". */
    @Test
    void aDatabaseOnAShareOfWindowsIsNamedAsSqliteReadsIt() {
        assertEquals(
                "file:////nas/photos/my%20iPhone/catalogue.db",
                Storage.databaseUri(URI.create("file://nas/photos/my%20iPhone/catalogue.db")));
        assertEquals("file:///home/anna/a%23b.db", Storage.databaseUri(URI.create("file:///home/anna/a%23b.db")));
        assertEquals("file:///C:/a.db", Storage.databaseUri(URI.create("file:///C:/a.db")));
    }
}
