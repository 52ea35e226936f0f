package dev.shoebox.device;

import dev.shoebox.TransportUnderTest;
import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.plan.LibrarySource;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.GeneratedLibrary.Part;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.FileHashing;
import dev.shoebox.simulator.phone.PhoneSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A phone that denies every file while it is locked does not count as one that denies its files. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag(TransportUnderTest.TAG)
class LockedMidwayTest {
    private static final int PHOTOS = 60;
    private static final GeneratedLibrary SPEC = GeneratedLibrary.empty(3).with(Part.PHOTO, PHOTOS, 90_001, 65_536);

    @TempDir
    private Path folder;

    private final List<BackupEvent> events = new ArrayList<>();

    private BackupResult run(Plugged plugged, Duration patience, Consumer<BackupEvent> listener) throws IOException {
        var persistence = new RetryPolicy(patience, Duration.ofMillis(10), Duration.ofSeconds(15));
        var options = new Backup.Options(
                Layout.parse("month"), ZoneId.of("UTC"), persistence, OptionalLong.empty(), Backup.Verify.AUTO);
        try (MediaSource photos = plugged.photos();
                Destination destination = Destination.open(
                        folder.resolve("backup"), OpenMode.CREATE_IF_EMPTY, InstantSource.system(), line -> {})) {
            return new Backup(photos, destination, LibrarySource.NONE, options, InstantSource.system(), event -> {
                        events.add(event);
                        listener.accept(event);
                    })
                    .run();
        }
    }

    private Plugged plugIn(FileHashing.Answer hashes) throws IOException {
        Plugged plugged = Plugged.in(PhoneSettings.of(Libraries.generated(SPEC)).withPaired(true));
        plugged.phone.faults().denyWhileLocked();
        plugged.phone.faults().lockAfter(1_000_000);
        plugged.phone.faults().hashing().answer(hashes);
        return plugged;
    }

    private List<Exception> pauses() {
        return events.stream()
                .filter(BackupEvent.Paused.class::isInstance)
                .map(event -> (Exception) ((BackupEvent.Paused) event).why())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void itIsWaitedForAndGoneOnWith(FileHashing.Answer hashes) throws IOException {
        try (Plugged plugged = plugIn(hashes)) {
            BackupResult result = run(plugged, Duration.ofSeconds(30), event -> {
                if (event instanceof BackupEvent.Paused) {
                    plugged.phone.faults().unlock();
                }
            });
            assertEquals(List.of(), result.did().failures());
            assertEquals(PHOTOS, result.counts().copied());
            assertInstanceOf(DeviceException.Locked.class, pauses().get(0));
        }
    }

    @Test
    void itEndsTheRunIfItStaysLocked() throws IOException {
        try (Plugged plugged = plugIn(FileHashing.Answer.REFUSED)) {
            BackupResult result = run(plugged, Duration.ofSeconds(1), event -> {});
            assertTrue(result.ended().isPresent(), result.toString());
            assertInstanceOf(DeviceException.Locked.class, pauses().get(0));
            plugged.phone.faults().unlock();
            assertTrue(run(plugged, Duration.ofSeconds(1), event -> {}).ended().isEmpty());
        }
    }
}
