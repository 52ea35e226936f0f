package dev.shoebox.run;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.config.Profile;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.hook.HookCommands;
import dev.shoebox.run.record.Alarms;
import dev.shoebox.run.record.Notices;
import dev.shoebox.run.record.RunHistory;
import dev.shoebox.run.record.RunRecorder;
import dev.shoebox.schedule.NothingToDoNow;
import dev.shoebox.schedule.ScheduledRunLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A run that is stopped before it has opened its source. */
class StopTest {
    @TempDir
    private Path home;

    private BackupRun run;
    private boolean isBegun;

    /** @param failure of opening the source */
    private BackupRun run(OpenMode opening, Supplier<RuntimeException> failure) {
        var clock = InstantSource.system();
        var listener = new SilentListener();
        run = new BackupRun(
                        new BackupRequest(
                                new Backup.Options(
                                        Layout.parse("month"),
                                        ZoneOffset.UTC,
                                        RetryPolicy.waiting(Duration.ZERO),
                                        OptionalLong.empty(),
                                        Backup.Verify.AUTO),
                                LibraryUse.OPTIONAL,
                                new BackupRequest.Begun(opening, BackupRequest.Access.OWNER),
                                List.of(),
                                HookCommands.NONE,
                                BackupRequest.Attended.YES,
                                RunRecorder.USUAL_ALARM),
                        new Unopened(failure),
                        around(),
                        new RunHistory(
                                listener,
                                clock,
                                around().state(),
                                new Alarms(around().state(), clock, Notices.NONE),
                                defect -> false),
                        listener)
                .onBegun(() -> isBegun = true);
        return run;
    }

    private Surroundings around() {
        return new Surroundings(InstantSource.system(), Notices.NONE, Map.of("HOME", home.toString()), home, List.of());
    }

    private RunEnding stoppedBeforeItFailed(Supplier<RuntimeException> failure) throws IOException {
        return run(OpenMode.CREATE_IF_EMPTY, failure)
                .byHand(
                        home.resolve("backup"),
                        new PhoneWait(Duration.ZERO, Duration.ZERO, line -> {}, line -> {}, line -> {}));
    }

    @Test
    void anInterruptEndsItProperly() throws IOException {
        assertEquals(
                RunEnding.INTERRUPTED,
                stoppedBeforeItFailed(() -> new UncheckedIOException(new ClosedByInterruptException())));
    }

    @Test
    void aDefectIsNotTakenForAnInterrupt() {
        assertThrows(
                IllegalStateException.class, () -> stoppedBeforeItFailed(() -> new IllegalStateException("defect")));
    }

    /** Then the first signal ends the process at once. */
    @Test
    void aRunThatWaitsForItsTurnHasNotBegun() throws IOException {
        Path backup = home.resolve("backup");
        Destination.open(backup, OpenMode.CREATE_IF_EMPTY, InstantSource.system(), line -> {})
                .close();
        var conditions = new BackupConditions(
                Optional.of(backup), Optional.empty(), Duration.ZERO, Duration.ZERO, BackupConditions.PowerNeed.ANY, 0);
        BackupRun scheduled = run(OpenMode.REQUIRE_EXISTING, () -> new UncheckedIOException(new IOException()));
        try (ScheduledRunLock other = ScheduledRunLock.take(around().state().resolve("turn"), Duration.ZERO)
                .orElseThrow()) {
            assertEquals(RunEnding.NOTHING_TO_DO_NOW, ended(scheduled, conditions), other::toString);
        }
        assertFalse(isBegun);
        assertEquals(RunEnding.INTERRUPTED, ended(scheduled, conditions));
        assertTrue(isBegun);
    }

    private static RunEnding ended(BackupRun run, BackupConditions conditions) throws IOException {
        try {
            return run.scheduled(conditions, new NoProfiles());
        } catch (NothingToDoNow notNow) {
            return RunEnding.NOTHING_TO_DO_NOW;
        }
    }

    /** A source that stops the run when it is opened, and fails. */
    private final class Unopened implements SourceOpener {
        private final Supplier<RuntimeException> failure;

        Unopened(Supplier<RuntimeException> failure) {
            this.failure = failure;
        }

        @Override
        public boolean isPhone() {
            return false;
        }

        @Override
        public boolean mayBe(SourceId known) {
            return true;
        }

        @Override
        public void check(Path root) {}

        @Override
        public MediaSource open(PhoneWait wait) {
            run.stop();
            throw failure.get();
        }
    }

    private static final class NoProfiles implements BackupProfiles {
        @Override
        public Profile profile(String name) throws IOException {
            throw new IOException("none is configured");
        }

        @Override
        public Profile onlyProfile() throws IOException {
            throw new IOException("none is configured");
        }

        @Override
        public Optional<String> id(Profile profile) {
            return Optional.empty();
        }

        @Override
        public void remember(Path path, String id) {}
    }
}
