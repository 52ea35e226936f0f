package dev.shoebox.cli.browse;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.event.Skipped;
import dev.shoebox.history.RunResult;
import dev.shoebox.history.UnsafeFiles;
import dev.shoebox.web.saving.PageWork;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What the page learns of a run. */
class HeardRunTest {
    private final List<String> told = new ArrayList<>();

    private HeardRun heard(boolean hasCopies) {
        return new HeardRun(new Told(), line -> {}, hasCopies);
    }

    private static BackupResult whole() {
        RunResult did = new RunResult(
                new RunResult.Counts(1, 1, 0, 0, 0, 0),
                new RunResult.Traffic(100, Duration.ofSeconds(1), 0, Map.of()),
                List.of(),
                List.of(),
                UnsafeFiles.NOTHING,
                Optional.empty());
        return new BackupResult(did, List.of(), Skipped.NOTHING, List.of(), false, null, false);
    }

    /** A slow or hanging drive may keep the update from its beginning for minutes. */
    @Test
    void theBackupHasEndedBeforeTheFirstCopyIsOpenedAgain() {
        HeardRun heard = heard(true);
        heard.finished(whole(), 0);
        assertEquals(List.of("updates"), told);
    }

    @Test
    void withoutCopiesNoneIsUpdated() {
        heard(false).finished(whole(), 0);
        assertEquals(List.of(), told);
    }

    private final class Told implements PageWork.SaveListener {
        @Override
        public void event(BackupEvent event) {
            told.add("event");
        }

        @Override
        public void updatesCopies() {
            told.add("updates");
        }

        @Override
        public void secondCopyHas(Path copy, int files) {
            told.add(copy + " has " + files);
        }
    }
}
