package dev.shoebox.destination.lock;

import dev.shoebox.InMemory;
import dev.shoebox.destination.disk.DestinationException;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The lock record of a run that died excludes the next run at most until a user says that the run is dead. */
final class RunLockFuzz {
    private RunLockFuzz() {}

    static List<byte[]> seeds() {
        return Stream.of(
                        "{\"host\":\"elsewhere\",\"pid\":4711,\"processStarted\":\"2026-11-20T08:00:00Z\","
                                + "\"since\":\"2026-11-20T08:00:00Z\"}\n",
                        "{\"host\":\"elsewhere\",\"pid\":1e999}",
                        "{\"host\":\"elsewhere\",\"computer\":\"1\",\"boot\":\"2\",\"pid\":4711,\"run\":\"3\",\"beat\":\"4\"}",
                        "")
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        Path folder = InMemory.folder("shoebox-fuzz");
        try {
            Files.write(folder.resolve("lock.json"), bytes);
            try {
                take(folder).close();
            } catch (DestinationException.InUse other) {
                // The record of another computer stays until a user says that its run is dead.
                RunLock.unlock(folder, Computer.here(), Duration.ZERO);
                take(folder).close();
            }
        } finally {
            Files.deleteIfExists(folder.resolve("lock.json"));
            Files.deleteIfExists(folder.resolve("lock"));
            Files.delete(folder);
        }
    }

    /** Takes the lock without the pauses for a run that writes its record: there is none. */
    private static RunLock take(Path folder) throws IOException {
        return RunLock.take(folder, Instant.EPOCH, Computer.here(), RunLock.BEAT, new RunLock.Locks() {
            @Override
            public FileLock tryLock(FileChannel channel) throws IOException {
                return channel.tryLock();
            }

            @Override
            public void awaitRecord() {}
        });
    }
}
