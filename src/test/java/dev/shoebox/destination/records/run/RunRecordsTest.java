package dev.shoebox.destination.records.run;

import dev.shoebox.destination.DelegatingDisk;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RunRecordsTest {
    @TempDir
    private Path folder;

    private static String name(int number) {
        return String.format("20260301T%06dZ-0a1b2c3d-0", number);
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("runs"))) {
            return all.count();
        }
    }

    private static List<String> texts(RunRecords records) throws IOException {
        return records.texts().stream()
                .map(text -> text.text().orElse("unreadable"))
                .toList();
    }

    @Test
    void oneThatCannotBeReadHidesNoOther() throws IOException {
        RunRecords.in(folder, "runs").keep(name(1), "one");
        RunRecords.in(folder, "runs").keep(name(2), "two");
        RunRecords.in(folder, "runs").keep(name(3), "three");
        Disk disk = new DelegatingDisk(new PathDisk(folder.toRealPath())) {
            @Override
            public SeekableByteChannel read(String path) throws IOException {
                if (path.contains(name(2))) {
                    throw new AccessDeniedException(path);
                }
                return super.read(path);
            }
        };
        assertEquals(List.of("three", "unreadable", "one"), texts(new RunRecords(disk, "runs")));
    }

    @Test
    void theNewestComeFirst() throws IOException {
        RunRecords records = RunRecords.in(folder, "runs");
        records.keep(name(1), "one");
        records.keep(name(2), "two");

        assertEquals(List.of("two", "one"), texts(RunRecords.in(folder, "runs")));
    }

    @Test
    void theOldestMakeRoomAndNothingElseDoes() throws IOException {
        RunRecords records = RunRecords.in(folder, "runs");
        records.note(name(0), "zero");
        Path notOurs = Files.writeString(folder.resolve("runs/notes.txt"), "a person's own");
        for (int number = 1; number < RunRecords.MOST; number++) {
            records.note(name(number), "text");
        }
        records.keep(name(RunRecords.MOST), "last");

        assertEquals(RunRecords.MOST, records.names().size());
        assertEquals(name(1), records.names().get(RunRecords.MOST - 1));
        assertTrue(Files.exists(notOurs));
    }

    @Test
    void bigOnesMakeRoomSooner() throws IOException {
        RunRecords records = RunRecords.in(folder, "runs");
        for (int number = 0; number < 20; number++) {
            records.keep(name(number), "x".repeat(1 << 20));
        }
        assertEquals(16, files());
    }

    @Test
    void noneIsEverReplaced() throws IOException {
        RunRecords records = RunRecords.in(folder, "runs");
        records.keep(name(1), "one");

        assertThrows(IOException.class, () -> records.keep(name(1), "another"));
        assertEquals(List.of("one"), texts(records));
    }

    @Test
    void nothingIsWrittenThroughALinkNorUnderANameThatLeadsElsewhere() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("runs"), elsewhere);
        RunRecords records = RunRecords.in(folder, "runs");

        assertThrows(IOException.class, () -> records.keep(name(1), "one"));
        assertThrows(IllegalArgumentException.class, () -> records.keep("20260301T000000Z-../../x", "one"));
        try (Stream<Path> all = Files.list(elsewhere)) {
            assertEquals(0, all.count());
        }
    }
}
