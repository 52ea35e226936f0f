package dev.shoebox.run.record;

import dev.shoebox.history.Alarm;
import dev.shoebox.history.RunRecord;
import dev.shoebox.json.JsonObject;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Notifies the user of each {@link Alarm}. Remembers what was reported, so that each is reported once a week at most,
 * and again when it is over.
 */
public final class Alarms {
    /** A larger file is not ours, in bytes. */
    private static final long LARGEST = 1 << 20;

    private final Path state;
    private final Notices notices;
    private final InstantSource clock;

    /** @param state the state folder of Shoebox */
    public Alarms(Path state, InstantSource clock, Notices notices) {
        this.state = state;
        this.clock = clock;
        this.notices = notices;
    }

    /**
     * @param longest how long a backup may be missing
     * @param wanted whether the run may have been for a source
     */
    void after(RunRecord run, Duration longest, Predicate<SourceId> wanted) {
        try {
            Map<String, Instant> told = read();
            Alarm alarm = new Alarm(longest, told);
            end(alarm.over(run), told);
            for (Alarm.Notice notice : alarm.after(run, remembered(), wanted)) {
                raise(notice, told, run.ended());
            }
        } catch (IOException unreadable) {
            // An alarm that is not remembered is raised once more; that the state folder is unusable was reported
            // before.
        }
    }

    private List<RunRecord> remembered() {
        return new RecordedRuns(state, clock, line -> {}).here();
    }

    private void raise(Alarm.Notice notice, Map<String, Instant> told, Instant at) {
        notices.tell(notice.title(), notice.text());
        told.put(notice.key(), at);
        write(told);
    }

    /** Reports the end of each title once, even if it was raised under several keys. */
    private void end(List<Alarm.Notice> over, Map<String, Instant> told) {
        Set<String> said = new HashSet<>();
        for (Alarm.Notice notice : over) {
            if (told.remove(notice.key()) != null) {
                write(told);
                if (said.add(notice.title())) {
                    notices.over(notice.title(), notice.text());
                }
            }
        }
    }

    /** Called when a scheduled run has passed its preconditions. */
    void begins() {
        notices.begins();
    }

    /** Called when a scheduled run has ended. */
    void ended(RunRecord run) {
        notices.ended(run);
    }

    /** @param ways the channels of the next run */
    void tellBy(List<String> ways) {
        notices.tellBy(ways);
    }

    /** Raises an alarm that does not depend on the end of a run, unless it was raised within the last week. */
    public void tell(Alarm.Notice notice) {
        Instant now = clock.instant();
        try {
            Map<String, Instant> told = read();
            if (new Alarm(RunRecorder.USUAL_ALARM, told).isNews(notice, now)) {
                raise(notice, told, now);
            }
        } catch (IOException unwritable) {
            // As after a run.
        }
    }

    /** Reports that alarms are over, if they were raised. */
    void over(List<Alarm.Notice> notices) {
        try {
            end(notices, read());
        } catch (IOException unwritable) {
            // As after a run.
        }
    }

    /**
     * Raises alarms for backups that never started; see {@link Alarm#absence}.
     *
     * @param wanted the sources that should be backed up
     */
    void absence(Duration longest, Predicate<SourceId> wanted) {
        Instant now = clock.instant();
        try {
            Map<String, Instant> told = read();
            Optional<Alarm.Notice> notice = new Alarm(longest, told).absence(remembered(), wanted, now);
            if (notice.isPresent()) {
                raise(notice.get(), told, now);
            }
        } catch (IOException unwritable) {
            // As after a run.
        }
    }

    private Path file() {
        return state.resolve("told.json");
    }

    private Map<String, Instant> read() throws IOException {
        Map<String, Instant> told = new HashMap<>();
        if (Files.isRegularFile(file()) && Files.size(file()) <= LARGEST) {
            try {
                JsonObject said = JsonObject.parse(Files.readString(file()));
                said.fields().keySet().forEach(key -> told.put(key, Instant.parse(said.text(key))));
            } catch (IOException | RuntimeException torn) {
                told.clear();
            }
        }
        return told;
    }

    /** Writes a new file beside the old one and then replaces it, so that a full disk does not lose the old one. */
    private void write(Map<String, Instant> told) {
        Map<String, String> text = new HashMap<>();
        told.forEach((key, at) -> text.put(key, at.toString()));
        try {
            Path next = file().resolveSibling("told.json.new");
            Files.writeString(next, JsonObject.line(text));
            Files.deleteIfExists(file());
            Files.move(next, file());
        } catch (IOException unwritable) {
            // The next alarm is still raised, and this one is raised again after the next run.
        }
    }
}
