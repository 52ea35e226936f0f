package dev.shoebox.history;

import dev.shoebox.photos.source.SourceId;
import dev.shoebox.text.Amounts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Decides what to notify a person of after an unattended run: damage, failed copies, the first complete backup, and the
 * lack of one for too long, of photos or of other files. A single missed run is no reason. Each condition is notified
 * separately, repeated after a week, and notified once more when it is over.
 */
public final class Alarm {
    /** The interval between repetitions. */
    private static final Duration WEEK = Duration.ofDays(7);

    private static final String DAMAGE = "damage ";
    private static final String HOOK = "hook ";
    private static final String COPY = "copy ";
    private static final String OVERDUE = "overdue ";

    private final Duration longest;
    private final Map<String, Instant> told;

    /**
     * A notification.
     *
     * @param key identifies the condition
     */
    public record Notice(String key, String title, String text) {}

    /**
     * Creates an alarm.
     *
     * @param longest the maximum age of a backup
     * @param told when each condition was last notified, by key
     */
    public Alarm(Duration longest, Map<String, Instant> told) {
        this.longest = longest;
        this.told = Map.copyOf(told);
    }

    /**
     * Returns the notifications after a run.
     *
     * @param run the run that ended
     * @param before the records of earlier runs
     * @param wanted tests whether a source may have been meant by a run that ended before it found one
     */
    public List<Notice> after(RunRecord run, List<RunRecord> before, Predicate<SourceId> wanted) {
        Instant now = run.ended();
        return Stream.of(
                        damage(run).stream(),
                        copies(run, before, now),
                        failedCommand(run).stream(),
                        first(run, before).stream(),
                        !run.isComplete() ? overdue(run, before, wanted, now).stream() : Stream.<Notice>empty())
                .flatMap(notices -> notices)
                .filter(notice -> isNews(notice, now))
                .toList();
    }

    /**
     * Returns the conditions that are over.
     *
     * @param run the run that ended
     */
    public List<Notice> over(RunRecord run) {
        boolean isBackup = run.kind() == RunRecord.Kind.BACKUP;
        List<Notice> over = new ArrayList<>();
        if ((isBackup || isOfFiles(run)) && run.isComplete()) {
            // The condition may have been raised without a known iPhone. Clear it under either key.
            Stream.concat(run.source().map(from -> overdueKey(run, from)).stream(), Stream.of(overdueKey(run)))
                    .filter(told::containsKey)
                    .map(key -> new Notice(
                            key,
                            "Backups of " + ofFiles(run) + name(run) + " complete again",
                            RunSummary.of(run).headline()))
                    .forEach(over::add);
        }
        if (isBackup && run.isComplete() && run.followUps().stream().noneMatch(Alarm::isFailedCommand)) {
            over.add(new Notice(
                    HOOK + run.destination(), "The command after the backup of " + name(run) + " works again", ""));
        }
        run.followUps().stream()
                .filter(each -> each.isCopy() && each.state() == FollowUp.State.DONE)
                .map(copy -> new Notice(
                        copyKey(run, copy),
                        "The second copy of " + name(run) + " is complete again",
                        copy.subject() + " holds everything in " + run.destination() + "."))
                .forEach(over::add);
        if ((run.isGood() || (isBackup && run.isComplete())) && damaged(run) == 0) {
            over.add(new Notice(
                    DAMAGE + run.destination(),
                    "The photos in the backup are intact again",
                    "No file in " + run.destination() + " is known to be damaged or missing."));
        }
        return over.stream().filter(notice -> told.containsKey(notice.key())).toList();
    }

    /**
     * Returns the notification if no run happened for a while.
     *
     * @param runs the records of all runs
     * @param wanted tests whether a source is expected
     */
    public Optional<Notice> absence(List<RunRecord> runs, Predicate<SourceId> wanted, Instant now) {
        List<RunRecord> backups = runs.stream()
                .filter(run -> run.kind() == RunRecord.Kind.BACKUP)
                .sorted(RunRecord.latestFirst(now))
                .toList();
        return backups.stream()
                .filter(run -> run.source().filter(wanted).isPresent())
                .findFirst()
                .or(() -> backups.stream().filter(run -> run.source().isEmpty()).findFirst())
                .flatMap(last -> overdue(last, runs, wanted, now))
                .filter(notice -> isNews(notice, now));
    }

    /** Returns whether a condition was not notified within the last week. */
    public boolean isNews(Notice notice, Instant now) {
        Instant last = told.get(notice.key());
        // After a clock error, the last notification may lie in the future. That must not silence the alarm for ever.
        return last == null || Duration.between(last, now).abs().compareTo(WEEK) >= 0;
    }

    private static int damaged(RunRecord run) {
        return run.result().counts().damaged();
    }

    private static Optional<Notice> damage(RunRecord run) {
        int damaged = damaged(run);
        return damaged == 0
                ? Optional.empty()
                : Optional.of(new Notice(
                        DAMAGE + run.destination(),
                        "Photos in the backup are damaged",
                        Amounts.count(damaged, "file") + " in " + run.destination()
                                + " are damaged or missing. Run 'shoebox repair' to restore them from the "
                                + "iPhone or a second backup."));
    }

    /** A failed copy is notified at once; one whose drive is absent, once it exceeds the maximum age. */
    private Stream<Notice> copies(RunRecord run, List<RunRecord> before, Instant now) {
        return run.followUps().stream().filter(FollowUp::isCopy).flatMap(copy -> switch (copy.state()) {
            case DONE -> Stream.empty();
            case FAILED ->
                Stream.of(new Notice(
                        copyKey(run, copy), "The second copy of " + name(run) + " is not complete", copy.message()));
            case AWAY -> {
                Duration age = Duration.between(lastDone(copy, run, before), now);
                yield age.compareTo(longest) <= 0
                        ? Stream.empty()
                        : Stream.of(new Notice(
                                copyKey(run, copy),
                                "The second copy of " + name(run) + " is " + Amounts.age(age) + " behind",
                                copy.message() + " Connect its drive: the next backup updates it."));
            }
        });
    }

    /** Returns when a second copy was last complete, or else first requested. */
    private static Instant lastDone(FollowUp copy, RunRecord run, List<RunRecord> before) {
        List<RunRecord> same = before.stream()
                .filter(other -> other.destination().equals(run.destination()) && !other.isAfter(run.started()))
                .filter(other -> of(copy, other).findAny().isPresent())
                .toList();
        return same.stream()
                .filter(other -> of(copy, other).anyMatch(each -> each.state() == FollowUp.State.DONE))
                .map(RunRecord::started)
                .max(Comparator.naturalOrder())
                .or(() -> same.stream().map(RunRecord::started).min(Comparator.naturalOrder()))
                .orElse(run.started());
    }

    private static Stream<FollowUp> of(FollowUp copy, RunRecord run) {
        return run.followUps().stream()
                .filter(each -> each.isCopy() && each.subject().equals(copy.subject()));
    }

    private static String copyKey(RunRecord run, FollowUp copy) {
        return COPY + run.destination() + " " + copy.subject();
    }

    private static boolean isFailedCommand(FollowUp each) {
        return each.isRunAfter() && each.isFailed();
    }

    /** A copy elsewhere that no longer succeeds may be the only one left some day. */
    private static Optional<Notice> failedCommand(RunRecord run) {
        return run.followUps().stream()
                .filter(Alarm::isFailedCommand)
                .findFirst()
                .map(each -> new Notice(
                        HOOK + run.destination(),
                        "The command after the backup of " + name(run) + " failed",
                        each.message()));
    }

    private static Optional<Notice> first(RunRecord run, List<RunRecord> before) {
        boolean isFirst = run.isGood()
                && run.kind() == RunRecord.Kind.BACKUP
                && before.stream()
                        .filter(other -> !other.id().equals(run.id()))
                        .noneMatch(isSameBackup(run, source -> true).and(RunRecord::isGood));
        return isFirst
                ? Optional.of(new Notice(
                        "first " + name(run) + " " + run.destination(),
                        "The first backup of " + name(run) + " is complete",
                        RunSummary.of(run).headline()))
                : Optional.empty();
    }

    /** Other files have alarms of their own: a backup of photos says nothing about them, nor the other way round. */
    private static boolean isOfFiles(RunRecord run) {
        return run.kind() == RunRecord.Kind.FILES;
    }

    /** Measured from the last good run, or from the first attempt. */
    private Optional<Notice> overdue(RunRecord run, List<RunRecord> before, Predicate<SourceId> wanted, Instant now) {
        // A run dated in the future, after a clock error, would silence the alarm until then.
        Predicate<RunRecord> same = isSameBackup(run, wanted).and(other -> !other.isAfter(now));
        Optional<Instant> lastGood = before.stream()
                .filter(same.and(RunRecord::isComplete))
                .map(RunRecord::started)
                .max(Comparator.naturalOrder());
        Instant since = lastGood.or(() ->
                        before.stream().filter(same).map(RunRecord::started).min(Comparator.naturalOrder()))
                .orElse(run.started());
        Duration age = Duration.between(since, now);
        if (age.compareTo(longest) <= 0) {
            return Optional.empty();
        }
        Optional<SourceId> missing = run.source().or(() -> only(before.stream().filter(same)));
        String name = ofFiles(run) + missing.map(SourceId::name).orElse("the iPhone");
        String title = lastGood.isPresent()
                ? "No backup of " + name + " for " + Amounts.age(age)
                : "No backup of " + name + " has ever completed";
        String why = run.message().orElse(RunSummary.of(run).headline());
        return Optional.of(
                new Notice(missing.map(from -> overdueKey(run, from)).orElseGet(() -> overdueKey(run)), title, why));
    }

    private static String overdueKey(RunRecord run, SourceId source) {
        return overdueKey(run) + " " + source.id();
    }

    private static String overdueKey(RunRecord run) {
        return OVERDUE + run.destination() + (isOfFiles(run) ? " files" : "");
    }

    /** Returns the only source of these runs; empty if there are several. */
    private static Optional<SourceId> only(Stream<RunRecord> runs) {
        List<SourceId> sources = runs.flatMap(run -> run.source().stream()).toList();
        return sources.stream().map(SourceId::id).distinct().count() == 1
                ? Optional.of(sources.get(0))
                : Optional.empty();
    }

    /** A run that ended before it found a phone counts for every phone that it may have been meant for. */
    private static Predicate<RunRecord> isSameBackup(RunRecord run, Predicate<SourceId> wanted) {
        return other -> isOfFiles(other) == isOfFiles(run)
                && other.kind() != RunRecord.Kind.VERIFY
                && other.destination().equals(run.destination())
                && (other.source().isEmpty()
                        || run.source()
                                .map(known ->
                                        known.id().equals(other.source().get().id()))
                                .orElseGet(() -> wanted.test(other.source().get())));
    }

    private static String ofFiles(RunRecord run) {
        return isOfFiles(run) ? "the other files of " : "";
    }

    private static String name(RunRecord run) {
        return run.source().map(SourceId::name).orElse("the iPhone");
    }
}
