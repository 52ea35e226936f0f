package dev.shoebox.run;

import dev.shoebox.coverage.icloud.Cause;
import dev.shoebox.coverage.icloud.CloudLook;
import dev.shoebox.coverage.icloud.CloudWords;
import dev.shoebox.coverage.icloud.Diagnosis;
import dev.shoebox.coverage.icloud.LibraryCounts;
import dev.shoebox.history.Alarm;
import dev.shoebox.library.cloud.CloudNotesReader;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.record.RunHistory;
import dev.shoebox.run.record.RunRecorder;
import dev.shoebox.text.Amounts;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The answer of {@code shoebox icloud}, for other commands that mention it. */
public final class CloudAnswer {
    private static final String DELETING = "icloud-deleting ";
    private static final String REJECTED = "icloud-rejected ";

    private CloudAnswer() {}

    /**
     * Returns the diagnosis, or empty if the phone shows no cause and the library has no items that iCloud rejected.
     * Never fails a command that has another purpose.
     *
     * @param cache a folder for copies of phones' databases
     */
    public static Optional<Diagnosis> of(MediaSource source, Library library, Path cache, Instant now) {
        try {
            return new CloudLook(cache, CloudNotesReader.SECOND)
                    .at(source, library, now)
                    .map(CloudLook.Seen::diagnosis)
                    .filter(diagnosis -> diagnosis.cause() != Cause.UNREADABLE
                            || diagnosis.also().contains(Cause.REJECTED_ITEMS));
        } catch (IOException lost) {
            return Optional.empty();
        }
    }

    /** Returns the cause in one sentence, and where to read on; empty if nothing is wrong. */
    public static Optional<String> trouble(Diagnosis diagnosis) {
        return diagnosis.cause() == Cause.NONE
                ? Optional.empty()
                : Optional.of(new CloudWords(diagnosis, ZoneId.systemDefault()).verdict()
                        + " Run 'shoebox icloud' to see what to do.");
    }

    /**
     * Records why iCloud has stopped, and alerts a user who does not watch.
     *
     * @param known the library of the phone; may be absent
     */
    static void tell(MediaSource source, Library known, Surroundings around, RunRecorder recorder, RunHistory history) {
        Optional<Diagnosis> found =
                of(source, known, around.places().cache(), around.clock().instant());
        found.flatMap(CloudAnswer::trouble).ifPresent(recorder::warn);
        if (recorder.isScheduled() && found.isPresent()) {
            history.over(over(found.get(), source.id()));
            alarm(found.get(), source.id()).ifPresent(history::tell);
        }
    }

    /** Returns an alarm for a user who does not watch: iCloud is about to delete its copy, or has rejected items. */
    static Optional<Alarm.Notice> alarm(Diagnosis diagnosis, SourceId source) {
        if (diagnosis.cause() == Cause.DELETING) {
            return Optional.of(new Alarm.Notice(
                    DELETING + source.id(),
                    "iCloud is about to delete its photos of " + source.name(),
                    trouble(diagnosis).orElseThrow()));
        }
        int count = diagnosis.facts().rejectedItems().size();
        return isRejecting(diagnosis)
                ? Optional.of(new Alarm.Notice(
                        REJECTED + source.id(),
                        "iCloud could not take photos of " + source.name(),
                        Amounts.count(count, "item")
                                + " could not be uploaded and will not be tried again: 'shoebox icloud' lists them."))
                : Optional.empty();
    }

    private static boolean isRejecting(Diagnosis diagnosis) {
        return diagnosis.cause() == Cause.REJECTED_ITEMS || diagnosis.also().contains(Cause.REJECTED_ITEMS);
    }

    /** Returns the alarms that are certainly over. Facts that the phone does not show end none. */
    static List<Alarm.Notice> over(Diagnosis diagnosis, SourceId source) {
        List<Alarm.Notice> over = new ArrayList<>();
        if (diagnosis.cause() != Cause.DELETING && diagnosis.cause() != Cause.UNREADABLE) {
            over.add(new Alarm.Notice(
                    DELETING + source.id(),
                    "iCloud will no longer delete its photos of " + source.name(),
                    trouble(diagnosis).orElse("iCloud Photos is on, and nothing is wrong.")));
            boolean isCounted =
                    diagnosis.facts().library().filter(LibraryCounts::told).isPresent();
            if (isCounted && diagnosis.facts().rejectedItems().isEmpty()) {
                over.add(new Alarm.Notice(
                        REJECTED + source.id(), "iCloud no longer refuses any photo of " + source.name(), ""));
            }
        }
        return over;
    }
}
