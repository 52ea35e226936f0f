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

/** Tells the person what {@link Alarm} finds worth it, and remembers what was told, so that it is told once a week at most, and when it is over. */
public final class Alarms {
    /** What is larger is not ours, in bytes. */
    private static final long LARGEST = 1 << 20;

    private final Path state;
    private final Notices notices;
    private final InstantSource clock;

    /** @param state where Shoebox remembers what it did */
    public Alarms(Path state, InstantSource clock, Notices notices) {
        this.state = state;
        this.clock = clock;
        this.notices = notices;
    }

    /**
     * @param longest how long a backup may be missing
     * @param wanted whether a source is one that the run may have been for
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
            // What is not remembered is told once more; that the computer remembers nothing was said before.
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

    /** Each title once, though it may have been told under more than one key. */
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

    /** A scheduled run passed its preconditions. */
    void begins() {
        notices.begins();
    }

    /** A scheduled run ended. */
    void ended(RunRecord run) {
        notices.ended(run);
    }

    /** @param ways of the run that is to come */
    void tellBy(List<String> ways) {
        notices.tellBy(ways);
    }

    /** Tells something that no run ended with, unless it was told within the last week. */
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

    /** Tells that something is over, if it was told. */
    void over(List<Alarm.Notice> notices) {
        try {
            end(notices, read());
        } catch (IOException unwritable) {
            // As after a run.
        }
    }

    /**
     * Looks for what nobody ran at all; see {@link Alarm#absence}.
     *
     * @param wanted which sources should come
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

    /** Beside what is there, and then in its place: a full disk must not make it forget what it knew. */
    private void write(Map<String, Instant> told) {
        Map<String, String> text = new HashMap<>();
        told.forEach((key, at) -> text.put(key, at.toString()));
        try {
            Path next = file().resolveSibling("told.json.new");
            Files.writeString(next, JsonObject.line(text));
            Files.deleteIfExists(file());
            Files.move(next, file());
        } catch (IOException unwritable) {
            // The next trouble is told all the same, and this one once more after the next run.
        }
    }
}
