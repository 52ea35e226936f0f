package dev.shoebox.system;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;

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

    @Test
    void aDatabaseDeepDownOnWindowsIsNamedAsItsDevicesAre() {
        String deep = "/" + "a%20b/".repeat(60);
        assertEquals("file:////%3F/C:" + deep + "c.db", Storage.databaseUri(URI.create("file:///C:" + deep + "c.db")));
        assertEquals(
                "file:////%3F/UNC/nas" + deep + "c.db", Storage.databaseUri(URI.create("file://nas" + deep + "c.db")));
        assertEquals("file://" + deep + "c.db", Storage.databaseUri(URI.create("file://" + deep + "c.db")));
    }

    @Test
    void aFileSystemThatKnowsOfNoBytesIsNotFull() throws IOException {
        FileStore silent = new FileStore() {
            @Override
            public String name() {
                return "smbnetfs";
            }

            @Override
            public String type() {
                return "fuse.smbnetfs";
            }

            @Override
            public boolean isReadOnly() {
                return false;
            }

            @Override
            public long getTotalSpace() {
                return 0;
            }

            @Override
            public long getUsableSpace() {
                return 0;
            }

            @Override
            public long getUnallocatedSpace() {
                return 0;
            }

            @Override
            public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
                return false;
            }

            @Override
            public boolean supportsFileAttributeView(String name) {
                return false;
            }

            @Override
            public <V extends FileStoreAttributeView> V getFileStoreAttributeView(Class<V> type) {
                return null;
            }

            @Override
            public Object getAttribute(String attribute) {
                throw new UnsupportedOperationException(attribute);
            }
        };
        assertEquals(Long.MAX_VALUE, Storage.freeBytes(silent));
    }
}
