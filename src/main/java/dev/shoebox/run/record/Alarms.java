package dev.shoebox.run.record;

import dev.shoebox.history.Alarm;
import dev.shoebox.history.RunRecord;
import dev.shoebox.json.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** @param longest how long a backup may be missing */
    void after(RunRecord run, Duration longest) {
        try {
            Map<String, Instant> told = read();
            Alarm alarm = new Alarm(longest, told);
            for (Alarm.Notice over : alarm.over(run)) {
                notices.over(over.title(), over.text());
                told.remove(over.key());
                write(told);
            }
            Optional<Alarm.Notice> notice = alarm.after(run, new RecordedRuns(state, clock, line -> {}).here());
            if (notice.isPresent()) {
                notices.tell(notice.get().title(), notice.get().text());
                told.put(notice.get().key(), run.ended());
                write(told);
            }
        } catch (IOException unwritable) {
            // What cannot be remembered is told once more; that the computer remembers nothing was said before.
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

    /** Tells something else, and not again before so long. */
    public void tell(Alarm.Notice notice, Duration peace) {
        Instant now = clock.instant();
        try {
            Map<String, Instant> told = read();
            Instant last = told.get(notice.key());
            if (last == null || Duration.between(last, now).abs().compareTo(peace) >= 0) {
                notices.tell(notice.title(), notice.text());
                told.put(notice.key(), now);
                write(told);
            }
        } catch (IOException unwritable) {
            // As after a run.
        }
    }

    /** Looks for what nobody ran at all; see {@link Alarm#absence}. */
    void absence(Duration longest) {
        Instant now = clock.instant();
        try {
            Map<String, Instant> told = read();
            Optional<Alarm.Notice> notice =
                    new Alarm(longest, told).absence(new RecordedRuns(state, clock, line -> {}).here(), now);
            if (notice.isPresent()) {
                notices.tell(notice.get().title(), notice.get().text());
                told.put(notice.get().key(), now);
                write(told);
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

    private void write(Map<String, Instant> told) throws IOException {
        Map<String, String> text = new HashMap<>();
        told.forEach((key, at) -> text.put(key, at.toString()));
        Files.writeString(file(), JsonObject.line(text));
    }
}
